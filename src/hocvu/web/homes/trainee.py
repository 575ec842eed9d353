"""The trainee's first screen: the one next thing, and the path of the course below it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hocvu.assessment.api import best_marks
from hocvu.assessment.models import Attempt
from hocvu.attestations.models import Attestation, EligibilityFinding
from hocvu.campaigns.api import campaign_in_view
from hocvu.delivery.api import attendance_of, latest_submissions
from hocvu.evaluation.models import Invitation
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.planning.api import placement_of_person
from hocvu.planning.models import Placement, Session

from .next_thing import HalfDayFact, TraineeFacts, next_thing


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the course; ``state``: done, now, later, missing."""

    title: str
    hint: str
    state: str
    href: str = ""


def trainee_home(actor: Actor) -> dict[str, Any]:
    """Return what the template ``web/home/trainee.html`` shows."""
    campaign = campaign_in_view()
    placement = placement_of_person(campaign.id, actor.person_id) if campaign and actor.person_id else None
    facts = _facts(actor, placement) if placement else TraineeFacts()
    now = clock.now()
    return {
        "placement": placement,
        "address": _address(actor, placement),
        "next": next_thing(facts, now),
        "facts": facts,
        "steps": _steps(facts, placement, now) if placement else [],
    }


def _address(actor: Actor, placement: Placement | None) -> str:
    sex = placement.person.sex if placement else ""
    # Translators: a woman, a man, or we do not know; Vietnamese says chị, anh, anh/chị. %s is the whole name.
    greetings = {"f": _("Welcome, Ms %s"), "m": _("Welcome, Mr %s")}
    return greetings.get(sex, _("Welcome, %s")) % actor.label


def _facts(actor: Actor, placement: Placement) -> TraineeFacts:
    now = clock.now()
    states = {state.half_day: state for state in attendance_of([placement.pk])[placement.pk]}
    sessions = list(Session.objects.filter(cohort=placement.cohort_id).order_by("half_day"))
    attempts = list(Attempt.objects.filter(placement=placement).select_related("sitting").order_by("pk"))
    final = next((a for a in attempts if a.sitting.kind == "final"), None)
    resit = next((a for a in attempts if a.sitting.kind == "resit" and a.state == "assigned"), None)
    live = next((a for a in attempts if a.sitting.state == "open" and a.state in {"assigned", "started"}), None)
    result = best_marks([placement.pk])[placement.pk]
    forms = list(
        Invitation.objects.filter(respondent_id=actor.person_id, state=Invitation.State.SENT).values_list(
            "form__kind", flat=True
        )
    )
    attestation = Attestation.objects.filter(placement=placement, state="issued").first()
    finding = EligibilityFinding.objects.filter(placement=placement).first()
    last_day = sessions[2].starts_at if len(sessions) > 2 else None
    return TraineeFacts(
        half_days=tuple(
            HalfDayFact(s.half_day, str(s.uuid), s.starts_at, s.ends_at, states[s.half_day].status) for s in sessions
        ),
        online=placement.cohort.mode == "online",
        baseline_open="baseline" in forms,
        sitting_open=live is not None,
        sitting_opens_at=final.sitting.opens_at if final else None,
        test_started=live is not None and live.state == "started",
        test_done=live is None and result.attempts > 0,
        test_passed=result.passed if result.attempts else None,
        resit_at=resit.sitting.opens_at if resit else None,
        assignment_handed_in=placement.pk in latest_submissions([placement.pk]),
        assignment_due=last_day is not None and now >= last_day,
        forms_open=sum(kind != "baseline" for kind in forms),
        attestation_code=attestation.code if attestation else "",
        verdict=finding.verdict if finding else "",
        missed=tuple(n for n, s in states.items() if s.closed and s.credit < 2 and s.status != "made_up"),
    )


def _steps(facts: TraineeFacts, placement: Placement, now: Any) -> list[Step]:
    days = facts.half_days
    first, second = days[:2], days[2:]
    return [
        Step(_("My place"), _("Class %s") % placement.cohort.code, "done", reverse("planning:mine")),
        *[
            Step(
                _("Day %(number)s of the class") % {"number": number},
                _("Lessons, exercises, presence"),
                _day_state(halves, now),
                reverse("delivery:my_class"),
            )
            for number, halves in ((1, first), (2, second))
        ],
        Step(_("Lessons and practice"), _("To read before, in and after class"), "", reverse("curriculum:programme")),
        Step(_("Practice test"), _("As often as you like, with explanations"), "", reverse("assessment:practice")),
        Step(
            _("Final assignment"),
            _("One page on what you will apply"),
            "done" if facts.assignment_handed_in else ("now" if facts.assignment_due else "later"),
            reverse("delivery:my_assignment"),
        ),
        Step(_("Test"), _("30 questions, 30 minutes"), _test_state(facts), reverse("assessment:my_test")),
        Step(
            _("Attestation"),
            _("Presence, test, assignment, conduct"),
            "done" if facts.attestation_code else ("missing" if facts.verdict == "refused" else "later"),
            reverse("attestations:mine"),
        ),
        Step(
            _("Your opinion"),
            _("Forms after the course and months later"),
            "now" if facts.forms_open or facts.baseline_open else "later",
            reverse("evaluation:my_forms"),
        ),
    ]


def _day_state(halves: tuple[HalfDayFact, ...], now: Any) -> str:
    if all(h.status in {"present", "late", "made_up"} for h in halves):
        return "done"
    if any(h.starts_at <= now < h.ends_at for h in halves):
        return "now"
    if all(h.ends_at < now for h in halves):
        return "missing"
    return "later" if halves and halves[0].starts_at > now else "now"


def _test_state(facts: TraineeFacts) -> str:
    if facts.test_passed:
        return "done"
    if facts.sitting_open:
        return "now"
    return "missing" if facts.test_passed is False else "later"
