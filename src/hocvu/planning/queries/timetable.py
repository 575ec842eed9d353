"""Read the published timetable."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from ..models import Cohort, CohortInstructor, Placement, Session, TimetablePlan


def published_plan(campaign_id: int) -> TimetablePlan | None:
    """Return the timetable that counts, or none before publication."""
    return TimetablePlan.objects.filter(campaign_id=campaign_id, state=TimetablePlan.State.PUBLISHED).first()


def published_cohorts(campaign_id: int) -> QuerySet[Cohort]:
    """Return the classes of the published timetable, by code."""
    return Cohort.objects.filter(plan__campaign_id=campaign_id, plan__state=TimetablePlan.State.PUBLISHED).order_by(
        "code"
    )


def published_placements(campaign_id: int) -> QuerySet[Placement]:
    """Return everybody's place in the published timetable."""
    return Placement.objects.filter(plan__campaign_id=campaign_id, plan__state=TimetablePlan.State.PUBLISHED)


def sessions_between(campaign_id: int, start: datetime, end: datetime) -> QuerySet[Session]:
    """Return the half-days of the published timetable that start in ``[start, end)``."""
    return (
        Session.objects.filter(cohort__in=published_cohorts(campaign_id), starts_at__gte=start, starts_at__lt=end)
        .select_related("cohort")
        .order_by("starts_at", "cohort__code")
    )


def instructors_of(cohort_ids: Iterable[int]) -> dict[int, list[CohortInstructor]]:
    """Return the teams of classes, lead first."""
    found: dict[int, list[CohortInstructor]] = defaultdict(list)
    rows = CohortInstructor.objects.filter(cohort_id__in=list(cohort_ids)).select_related("instructor__person")
    for row in rows.order_by("cohort_id", "ordinal"):
        found[row.cohort_id].append(row)
    return dict(found)


def placement_of_person(campaign_id: int, person_id: int) -> Placement | None:
    """Return a person's place in the published timetable, with its class, room and venue."""
    return (
        published_placements(campaign_id)
        .filter(person_id=person_id)
        .select_related("cohort__room__venue", "organisation", "lab_group__lab", "person")
        .first()
    )
