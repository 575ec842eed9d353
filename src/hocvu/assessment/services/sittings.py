"""Sittings: plan, open, run, close."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record
from hocvu.planning.models import Cohort, LabGroup, Session, TimetablePlan

from ..domain.timing import EARLIEST_OPENING, still_saves, window_of_test
from ..models import Attempt, Sitting
from ..queries.bank import blueprint_of
from .papers import prepare_attempts
from .rows import store_attempts
from .scoring import score_attempts

State = Sitting.State


@transaction.atomic
def plan_sittings(*, actor: Actor, plan_id: int) -> int:
    """Plan the final sittings of every class of a timetable in its last half-day; return how many were made.

    Online one, in person one per turn at the computers. What is planned already stays.
    Raises ``assessment.no_blueprint``.
    """
    plan = TimetablePlan.objects.get(pk=plan_id)
    blueprint = blueprint_of(plan.campaign_id)
    if blueprint is None:
        raise Refused("assessment.no_blueprint")
    halves = Session.objects.filter(cohort__plan=plan).order_by("half_day")
    ends: dict[int, datetime] = dict(halves.values_list("cohort_id", "ends_at"))  # the last one stays
    turns: dict[int, set[int]] = defaultdict(set)
    for cohort_id, turn in LabGroup.objects.filter(cohort__plan=plan).values_list("cohort_id", "turn"):
        turns[cohort_id].add(turn)
    planned = set(Sitting.objects.filter(cohort__plan=plan, kind=Sitting.Kind.FINAL).values_list("cohort_id", "turn"))
    made = []
    for cohort in Cohort.objects.filter(plan=plan, pk__in=list(ends)).order_by("code"):
        own = {1} if cohort.mode == "online" else turns[cohort.pk] or {1}
        for turn in sorted(own):
            if (cohort.pk, turn) in planned:
                continue
            window = window_of_test(mode=cohort.mode, ends_at=ends[cohort.pk], turn=turn, turns=max(own))
            made.append(
                Sitting(
                    cohort=cohort, blueprint=blueprint, kind=Sitting.Kind.FINAL, turn=turn,
                    opens_at=window.opens_at, closes_at=window.closes_at,
                )
            )  # fmt: skip
    Sitting.objects.bulk_create(made, batch_size=500)
    record(
        actor=actor, action="assessment.sittings_planned", object_type="plan", object_key=plan.uuid,
        rows=[[s.cohort.code, s.turn, s.opens_at] for s in made],
    )  # fmt: skip
    return len(made)


@transaction.atomic
def open_sitting(*, actor: Actor, sitting_id: int) -> Sitting:
    """Open a sitting, so that candidates may start; papers still missing are drawn.

    Opened late, its end moves so that everyone has the full minutes. Opening twice changes nothing.
    Raises ``assessment.sitting_closed``, ``assessment.too_early``.
    """
    sitting = _locked(sitting_id)
    moment = clock.now()
    if sitting.state == State.OPEN:
        return sitting
    if sitting.state != State.PLANNED:
        raise Refused("assessment.sitting_closed")
    if moment < sitting.opens_at - EARLIEST_OPENING:
        raise Refused("assessment.too_early", opens_at=sitting.opens_at)
    prepare_attempts(actor=actor, sitting_ids=[sitting.pk])
    if sitting.opens_at < moment < sitting.closes_at:
        full = moment + timedelta(minutes=sitting.blueprint.minutes)
        sitting.closes_at = max(sitting.closes_at, full)
    sitting.state, sitting.opened_by, sitting.opened_at = State.OPEN, actor.label[:160], moment
    sitting.save(update_fields=["state", "opened_by", "opened_at", "closes_at"])
    _line(actor, "assessment.sitting_opened", sitting)
    return sitting


@transaction.atomic
def close_sitting(*, actor: Actor, sitting_id: int, end_running: bool = False) -> Sitting:
    """Close a sitting: hand in what is still running, score everything, mark as absent who never started.

    While a candidate still has time it is refused with ``assessment.still_writing`` unless ``end_running``.
    Closing twice changes nothing. Raises ``assessment.sitting_not_open``.
    """
    sitting = _locked(sitting_id)
    if sitting.state == State.CLOSED:
        return sitting
    if sitting.state != State.OPEN:
        raise Refused("assessment.sitting_not_open")
    moment = clock.now()
    # The lock waits for saves under way; those that come after find the attempt ended.
    attempts = list(Attempt.objects.select_for_update().filter(sitting=sitting).order_by("pk"))
    running = [a for a in attempts if a.state == Attempt.State.STARTED]
    writing = [a for a in running if a.deadline and still_saves(moment, a.deadline)]
    if writing and not end_running:
        raise Refused("assessment.still_writing", count=len(writing))
    for attempt in running:
        attempt.submitted_at = min(moment, attempt.deadline or moment)
    handed_in = [a for a in attempts if a.state in {Attempt.State.STARTED, Attempt.State.SUBMITTED}]
    score_attempts(handed_in)
    absent = [a for a in attempts if a.state == Attempt.State.ASSIGNED]
    for attempt in absent:
        attempt.state = Attempt.State.ABSENT
    store_attempts(handed_in + absent)
    sitting.state, sitting.closed_at = State.CLOSED, moment
    sitting.save(update_fields=["state", "closed_at"])
    record(
        actor=actor, action="assessment.sitting_closed", object_type="sitting", object_key=sitting.uuid,
        rows=[[a.placement_id, a.state, a.right, a.mark] for a in attempts],
        data={"absent": len(absent), "ended": len(writing)},
    )  # fmt: skip
    return sitting


def close_sittings(*, actor: Actor, sitting_ids: Iterable[int], end_running: bool = False) -> int:
    """Close several open sittings, each in its own transaction; return how many are closed now."""
    return sum(
        close_sitting(actor=actor, sitting_id=pk, end_running=end_running).state == State.CLOSED for pk in sitting_ids
    )


@transaction.atomic
def cancel_sitting(*, actor: Actor, sitting_id: int, reason: str) -> Sitting:
    """Cancel a sitting that nobody has started. Raises ``assessment.already_started``, ``….reason_missing``."""
    sitting = _locked(sitting_id)
    if not reason.strip():
        raise Refused("assessment.reason_missing")
    if sitting.state == State.CLOSED or started(sitting).exists():
        raise Refused("assessment.already_started")
    Attempt.objects.filter(sitting=sitting).update(state=Attempt.State.VOID, void_reason=reason.strip()[:200])
    sitting.state = State.CANCELLED
    sitting.save(update_fields=["state"])
    _line(actor, "assessment.sitting_cancelled", sitting, reason=reason.strip())
    return sitting


@transaction.atomic
def write_minutes(*, actor: Actor, sitting_id: int, text: str) -> Sitting:
    """Keep the invigilator's own words in the minutes of a sitting (biên bản)."""
    sitting = _locked(sitting_id)
    sitting.note = text.strip()[:5000]
    sitting.save(update_fields=["note"])
    _line(actor, "assessment.minutes_written", sitting, text=sitting.note)
    return sitting


def started(sitting: Sitting) -> QuerySet[Attempt]:
    """Return the attempts of a sitting that have begun."""
    waiting = [Attempt.State.ASSIGNED, Attempt.State.ABSENT]
    return Attempt.objects.filter(sitting=sitting).exclude(state__in=waiting)


def _locked(sitting_id: int) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("blueprint", "cohort")
    return rows.get(pk=sitting_id)


def _line(actor: Actor, action: str, sitting: Sitting, **data: object) -> None:
    record(
        actor=actor, action=action, object_type="sitting", object_key=sitting.uuid,
        data={"cohort": sitting.cohort.code, "turn": sitting.turn} | data,
    )  # fmt: skip
