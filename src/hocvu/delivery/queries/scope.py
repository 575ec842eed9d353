"""Which organisations, persons and classes an actor stands for."""

from hocvu.kernel.actor import Actor
from hocvu.people.api import organisations_under
from hocvu.planning.models import CohortInstructor, Placement, TimetablePlan


def own_organisations(actor: Actor) -> list[int]:
    """Return the actor's organisation and all that lies under it, whatever the day; one query."""
    return organisations_under(actor.organisation_id)


def own_placements(person_id: int | None) -> list[Placement]:
    """Return the places of a person in published plans, latest class first, with their classes."""
    if person_id is None:
        return []
    return list(
        Placement.objects.filter(person_id=person_id, plan__state=TimetablePlan.State.PUBLISHED)
        .select_related("cohort__room__venue", "person")
        .order_by("-cohort__starts_on", "-id")
    )


def taught_cohorts(person_id: int | None) -> list[int]:
    """Return the classes that a person teaches in published plans."""
    if person_id is None:
        return []
    return list(
        CohortInstructor.objects.filter(
            instructor__person_id=person_id, cohort__plan__state=TimetablePlan.State.PUBLISHED
        ).values_list("cohort_id", flat=True)
    )


def published_plan_id() -> int | None:
    """Return the published plan of the latest campaign, or none."""
    return (
        TimetablePlan.objects.filter(state=TimetablePlan.State.PUBLISHED)
        .order_by("-campaign__starts_on", "-pk")
        .values_list("pk", flat=True)
        .first()
    )
