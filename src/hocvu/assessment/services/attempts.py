"""One candidate's test: start, take over on another device, extra time, hand in, void; and many at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..domain.timing import GRACE, deadline, still_saves
from ..models import Attempt, Sitting
from ..queries.results import answers_of, minutes_late_allowed
from ..types import SatRow
from .rows import AnswerRow, insert_answers, store_attempts
from .scoring import score_attempts

State = Attempt.State
MOST_EXTRA = 60


@transaction.atomic
def start_attempt(*, actor: Actor, attempt_uuid: UUID | str) -> Attempt:
    """Start the test of a candidate in an open sitting; the server's clock sets its end.

    Started twice, the first start stands. Raises ``assessment.not_open``, ``….not_yet``, ``….sitting_over``,
    ``….late_ask_invigilator``, ``….attempt_over``.
    """
    attempt = _locked(attempt_uuid)
    if attempt.state == State.STARTED:
        return attempt
    if attempt.state != State.ASSIGNED:
        raise Refused("assessment.attempt_over")
    sitting, moment = attempt.sitting, clock.now()
    _may_start(attempt, sitting, moment)
    attempt.started_at = moment
    attempt.deadline = _deadline(attempt, sitting, moment)
    attempt.state, attempt.token_number = State.STARTED, attempt.token_number + 1
    attempt.save(update_fields=["started_at", "deadline", "state", "token_number"])
    _line(actor, "assessment.attempt_started", attempt, paper_code=attempt.paper_code)
    return attempt


def _may_start(attempt: Attempt, sitting: Sitting, moment: datetime) -> None:
    if sitting.state != Sitting.State.OPEN:
        raise Refused("assessment.not_open")
    if moment < sitting.opens_at:
        raise Refused("assessment.not_yet", opens_at=sitting.opens_at)
    if moment >= sitting.closes_at + timedelta(minutes=attempt.extra_minutes):
        raise Refused("assessment.sitting_over")
    begin = max(sitting.opens_at, sitting.opened_at or sitting.opens_at)
    allowed = minutes_late_allowed(sitting.blueprint.campaign_id, clock.local(moment).date())
    if moment > begin + timedelta(minutes=allowed) and not attempt.let_in_by:
        raise Refused("assessment.late_ask_invigilator", minutes=allowed)


def _deadline(attempt: Attempt, sitting: Sitting, started_at: datetime) -> datetime:
    return deadline(
        started_at=started_at,
        minutes=sitting.blueprint.minutes,
        closes_at=sitting.closes_at,
        extra_minutes=attempt.extra_minutes,
    )


@transaction.atomic
def take_over(*, actor: Actor, attempt_uuid: UUID | str) -> Attempt:
    """Move a running test to the device that asks; the one before no longer saves.

    Raises ``assessment.attempt_over``.
    """
    attempt = _locked(attempt_uuid)
    if attempt.state != State.STARTED:
        raise Refused("assessment.attempt_over")
    attempt.token_number += 1
    attempt.save(update_fields=["token_number"])
    _line(actor, "assessment.device_changed", attempt, device=attempt.token_number)
    return attempt


@transaction.atomic
def let_in(*, actor: Actor, attempt_uuid: UUID | str) -> Attempt:
    """Let a latecomer start although the time for coming in is over. Raises ``assessment.attempt_over``."""
    attempt = _locked(attempt_uuid)
    if attempt.state != State.ASSIGNED or attempt.sitting.state != Sitting.State.OPEN:
        raise Refused("assessment.attempt_over")
    attempt.let_in_by = actor.label[:160]
    attempt.save(update_fields=["let_in_by"])
    _line(actor, "assessment.let_in", attempt)
    return attempt


@transaction.atomic
def give_extra_time(*, actor: Actor, attempt_uuid: UUID | str, minutes: int, reason: str) -> Attempt:
    """Add minutes to an attempt before or while it runs. Raises ``….extra_too_long``, ``….reason_missing``."""
    attempt = _locked(attempt_uuid)
    if attempt.state not in {State.ASSIGNED, State.STARTED}:
        raise Refused("assessment.attempt_over")
    if not reason.strip():
        raise Refused("assessment.reason_missing")
    if minutes < 1 or attempt.extra_minutes + minutes > MOST_EXTRA:
        raise Refused("assessment.extra_too_long", most=MOST_EXTRA)
    attempt.extra_minutes += minutes
    if attempt.started_at:
        attempt.deadline = _deadline(attempt, attempt.sitting, attempt.started_at)
    attempt.save(update_fields=["extra_minutes", "deadline"])
    _line(actor, "assessment.extra_time", attempt, minutes=minutes, reason=reason.strip())
    return attempt


@transaction.atomic
def submit_attempt(*, actor: Actor, attempt_uuid: UUID | str) -> Attempt:
    """Hand in a running test; it is scored at once. Handed in twice, the first stands.

    Raises ``assessment.not_started``.
    """
    attempt = _locked(attempt_uuid)
    if attempt.state == State.ASSIGNED:
        raise Refused("assessment.not_started")
    if attempt.state == State.STARTED:
        _hand_in(actor, attempt, min(clock.now(), attempt.deadline or clock.now()))
    return attempt


@transaction.atomic
def settle_attempt(*, actor: Actor, attempt_uuid: UUID | str) -> Attempt:
    """Hand in a running test whose time is over, as of its end; leave any other as it is."""
    attempt = _locked(attempt_uuid)
    if is_overdue(attempt):
        _hand_in(actor, attempt, attempt.deadline or clock.now())
    return attempt


def is_overdue(attempt: Attempt) -> bool:
    """Say whether a running attempt's time, with its grace, is over."""
    if attempt.state != State.STARTED or attempt.deadline is None:
        return False
    return not still_saves(clock.now(), attempt.deadline)


def _hand_in(actor: Actor, attempt: Attempt, at: datetime) -> None:
    attempt.submitted_at = at
    answers = answers_of([attempt.pk])
    score_attempts([attempt], answers)
    attempt.save(update_fields=["submitted_at", "state", "right", "mark"])
    record(
        actor=actor, action="assessment.attempt_submitted", object_type="attempt", object_key=attempt.uuid,
        rows=sorted(answers.get(attempt.pk, {}).items()), data={"right": attempt.right, "mark": attempt.mark},
    )  # fmt: skip


@transaction.atomic
def void_attempt(*, actor: Actor, attempt_uuid: UUID | str, reason: str) -> Attempt:
    """Void an attempt after an incident; its mark no longer counts, its trace stays.

    Raises ``assessment.reason_missing``, ``assessment.already_void``.
    """
    attempt = _locked(attempt_uuid)
    if not reason.strip():
        raise Refused("assessment.reason_missing")
    if attempt.state == State.VOID:
        raise Refused("assessment.already_void")
    before = attempt.state
    attempt.state, attempt.void_reason = State.VOID, reason.strip()[:200]
    attempt.save(update_fields=["state", "void_reason"])
    _line(actor, "assessment.attempt_voided", attempt, reason=attempt.void_reason, before=before, mark=attempt.mark)
    return attempt


@transaction.atomic
def sit_many(*, actor: Actor, sitting_id: int, rows: Sequence[SatRow]) -> int:
    """Write finished tests of one open sitting with their answers, and score them; return how many.

    Candidates who have started by themselves are left as they are. Raises ``assessment.not_open``,
    ``assessment.no_paper`` and ``assessment.outside_time`` with the placement, ``assessment.answer_unknown``.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("blueprint").get(pk=sitting_id)
    if sitting.state != Sitting.State.OPEN:
        raise Refused("assessment.not_open")
    attempts = {a.placement_id: a for a in Attempt.objects.select_for_update().filter(sitting=sitting)}
    moment = clock.now()
    sat: list[Attempt] = []
    answers: dict[int, Mapping[int, str]] = {}
    lines: list[AnswerRow] = []
    for row in rows:
        attempt = attempts.get(row.placement_id)
        if attempt is None:
            raise Refused("assessment.no_paper", placement=row.placement_id)
        if attempt.state != State.ASSIGNED:
            continue
        _sat(attempt, sitting, row)
        sat.append(attempt)
        answers[attempt.pk] = row.answers
        lines += _answer_lines(attempt, row, moment)
    score_attempts(sat, answers)
    store_attempts(sat)
    insert_answers(lines)
    record(
        actor=actor, action="assessment.sat", object_type="sitting", object_key=sitting.uuid,
        rows=[[a.placement_id, a.started_at, a.submitted_at, a.mark, sorted(answers[a.pk].items())] for a in sat],
    )  # fmt: skip
    return len(sat)


def _sat(attempt: Attempt, sitting: Sitting, row: SatRow) -> None:
    end = _deadline(attempt, sitting, row.started_at)
    if not sitting.opens_at <= row.started_at <= row.submitted_at <= end + GRACE:
        raise Refused("assessment.outside_time", placement=row.placement_id)
    attempt.started_at, attempt.deadline, attempt.submitted_at = row.started_at, end, row.submitted_at
    attempt.token_number = 1


def _answer_lines(attempt: Attempt, row: SatRow, moment: datetime) -> list[AnswerRow]:
    found: list[AnswerRow] = []
    for sequence, (position, value) in enumerate(sorted(row.answers.items()), start=1):
        if not 1 <= position <= len(attempt.paper) or len(value) != 1 or value not in attempt.paper[position - 1][1]:
            raise Refused("assessment.answer_unknown", position=position)
        found.append((attempt.pk, position, value, sequence, row.submitted_at, moment))
    return found


def _locked(attempt_uuid: UUID | str) -> Attempt:
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("sitting__blueprint")
    return rows.get(uuid=attempt_uuid)


def _line(actor: Actor, action: str, attempt: Attempt, **data: Any) -> None:
    record(actor=actor, action=action, object_type="attempt", object_key=attempt.uuid, data=data)
