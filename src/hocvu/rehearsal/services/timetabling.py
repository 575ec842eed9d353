"""Scenes of the timetable: computed, published, sittings planned."""

from datetime import date

from hocvu.assessment.api import plan_sittings
from hocvu.campaigns.api import start_campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.people.models import Account, RoleGrant
from hocvu.planning.api import PlanShape, compute_plan, publish_plan
from hocvu.planning.models import CohortInstructor, Placement, TimetablePlan

from ..domain.types import ModeRules, Population
from .playing import Play, Scene

PUBLISHED = date(2025, 6, 10)


def timetabling_scenes() -> list[Scene]:
    """Return the scenes of the day before the opening."""
    return [
        Scene("timetable", clock.at(PUBLISHED, 13), "the timetable is computed", compute, atomic=False),
        Scene("publication", clock.at(PUBLISHED, 16), "the timetable is published", publish),
        Scene("faces", clock.at(PUBLISHED, 16, 5), "the demo's trainee, instructor and agency", choose_faces),
    ]


def _mode(rules: ModeRules) -> dict[str, int]:
    found = {"classes": rules.classes, "min": rules.min, "target": rules.target, "max": rules.max}
    if rules.test_turns is not None:
        found["test_sittings"] = rules.test_turns
    if rules.concurrent_max is not None:
        found["concurrent_max"] = rules.concurrent_max
    return found


def plan_shape(population: Population) -> PlanShape:
    """Return what the planner is asked for: exact numbers of classes, their sizes, the weights."""
    rules = population.plan_rules
    return PlanShape(
        modes={mode: _mode(found) for mode, found in rules.modes.items()},
        weights=dict(rules.weights),
        track_distance=[list(row) for row in rules.track_distance],
        localities=[
            {"id": place.code, "city": place.city, "km_to_venues": place.km_to_venues}
            for place in population.localities
        ],
        bus_seats=rules.bus_seats,
        size_tolerance=rules.size_tolerance,
        fair_straddle_share_pct=rules.fair_straddle_share_pct,
    )


def compute(play: Play) -> None:
    """Solve the timetable of the whole campaign."""
    done = TimetablePlan.objects.filter(campaign=play.campaign, state=TimetablePlan.State.DRAFT)
    if done.exists():  # computed by a run that was interrupted before its mark
        return
    plan = compute_plan(
        actor=play.actor("manager"),
        campaign_id=play.campaign.pk,
        shape=plan_shape(play.population),
        seed=play.seed,
        on_progress=lambda progress: play.report(f"timetable: {progress.stage}", progress.done),
    )
    if plan.state != TimetablePlan.State.DRAFT:
        raise Refused("rehearsal.no_timetable", causes=plan.causes)


def publish(play: Play) -> None:
    """Publish the timetable, start the campaign, plan the sittings of the tests."""
    plan = TimetablePlan.objects.get(campaign=play.campaign, state=TimetablePlan.State.DRAFT)
    publish_plan(actor=play.actor("manager"), plan_id=plan.pk)
    start_campaign(actor=play.actor("manager"), campaign_id=play.campaign.pk)
    plan_sittings(actor=play.actor("office"), plan_id=plan.pk)


def choose_faces(play: Play) -> None:
    """Put four of the simulated people on the sign-in page: a trainee, an instructor, a focal point, a head.

    The trainee's class is under way on the morning of 18 June, in person, and the agency is theirs.
    """
    staff = RoleGrant.objects.filter(role__in=(Role.FOCAL_POINT, Role.HEAD)).values("account__person_id")
    places = (
        Placement.objects.filter(plan__state="published", cohort__mode="in_person", organisation__restricted=False)
        .exclude(person_id__in=staff)
        .order_by("cohort__code", "number")
        .select_related("person")
    )
    running = places.filter(cohort__starts_on=date(2025, 6, 17))
    placement = running.filter(organisation__sector="commune").first() or running.first() or places.first()
    if placement is None:
        raise Refused("rehearsal.no_face")
    lead = CohortInstructor.objects.filter(cohort=placement.cohort, ordinal=1).select_related("instructor").get()
    faces = {
        "trainee": Account.objects.get(person_id=placement.person_id),
        "instructor": Account.objects.get(person_id=lead.instructor.person_id),
        "focal": _agency_account(placement.organisation_id, Role.FOCAL_POINT),
        "head": _agency_account(placement.organisation_id, Role.HEAD),
    }
    taken: set[int] = set()
    for name, account in faces.items():
        if account.pk in taken:  # in a tiny body one person is head and focal point: one button will do
            continue
        taken.add(account.pk)
        account.username = f"demo-{name}"
        account.is_demo = True
        account.save(update_fields=["username", "is_demo"])


def _agency_account(organisation_id: int, role: Role) -> Account:
    return RoleGrant.objects.filter(organisation_id=organisation_id, role=role).select_related("account")[0].account
