"""Save answers: the one route that must be quick, and that stands apart so that it can move in front of Django.

It knows a signed token, two tables and a clock; no session, no page, no ledger (the answers are sealed with
their digest in the ledger when the test is handed in). A token is bound to one attempt and to the device
that holds it. An answer is (attempt, place, value, client sequence, client time): sending it again changes
nothing, the highest sequence wins, and it is acknowledged only after the commit.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.errors import Refused

from .domain.timing import seconds_left, still_saves
from .models import Answer, Attempt
from .types import AnswerIn, SaveReport

SALT = "hocvu.assessment.saving"
TOKEN_SECONDS = 12 * 3600
MOST_AT_ONCE = 60
MOST_SEQUENCE = 2_000_000_000


def make_token(attempt: Attempt) -> str:
    """Return the token with which the device that holds the attempt now may save."""
    return signing.dumps([attempt.pk, attempt.token_number], salt=SALT)


def read_token(token: str) -> tuple[int, int]:
    """Return (attempt id, token number). Raises ``assessment.token_bad`` for a forged or old one."""
    try:
        attempt_id, number = signing.loads(token, salt=SALT, max_age=TOKEN_SECONDS)
    except (signing.BadSignature, ValueError, TypeError) as trouble:
        raise Refused("assessment.token_bad") from trouble
    return int(attempt_id), int(number)


def save_answers(*, token: str, answers: Sequence[AnswerIn]) -> SaveReport:
    """Save answers sent with a token; return what is safe once they are committed.

    Raises ``assessment.token_bad``, ``….other_device``, ``….attempt_over``, ``….time_over``,
    ``….answer_unknown`` (then nothing of the batch is saved), ``….batch_too_long``.
    """
    attempt_id, number = read_token(token)
    return _save({"pk": attempt_id}, number, answers)


def save_answer(
    *,
    attempt_uuid: UUID | str,
    position: int,
    value: str,
    client_sequence: int | None = None,
    client_at: datetime | None = None,
) -> SaveReport:
    """Save one answer of an attempt, whichever device holds it; refusals as in :func:`save_answers`."""
    return _save({"uuid": attempt_uuid}, None, [AnswerIn(position, value, client_sequence, client_at)])


def _save(which: dict[str, Any], number: int | None, answers: Sequence[AnswerIn]) -> SaveReport:
    if len(answers) > MOST_AT_ONCE:
        raise Refused("assessment.batch_too_long", most=MOST_AT_ONCE)
    with transaction.atomic():
        # The lock puts two devices, and the closing of the sitting, one after the other.
        attempt = Attempt.objects.select_for_update().filter(**which).first()
        moment = clock.now()
        end = _may_save(attempt, number, moment)
        assert attempt is not None
        held = {a.position: a for a in Answer.objects.filter(attempt=attempt)}
        last = max((a.client_sequence for a in held.values()), default=0)
        changed: dict[int, Answer] = {}
        for answer in answers:
            _check(answer, attempt.paper)
            sequence = last + 1 if answer.client_sequence is None else answer.client_sequence
            last = max(last, sequence)
            before = held.get(answer.position)
            if before is not None and before.client_sequence >= sequence:
                continue  # came before, or a later one is kept already: settled either way
            row = before or Answer(attempt=attempt, position=answer.position)
            row.value, row.client_sequence = answer.value, sequence
            row.client_at, row.received_at = answer.client_at, moment
            held[answer.position] = changed[answer.position] = row
        _write(list(changed.values()))
    return SaveReport(
        saved=tuple(dict.fromkeys(answer.position for answer in answers)),
        last=last,
        remaining_seconds=seconds_left(clock.now(), end),
    )


def _write(rows: Sequence[Answer]) -> None:
    Answer.objects.bulk_create([row for row in rows if row.pk is None])
    for row in rows:
        if row.pk is not None:
            row.save(update_fields=["value", "client_sequence", "client_at", "received_at"])


def _may_save(attempt: Attempt | None, number: int | None, moment: datetime) -> datetime:
    if attempt is None:
        raise Refused("assessment.token_bad")
    if attempt.state != Attempt.State.STARTED or attempt.deadline is None:
        raise Refused("assessment.attempt_over")
    if number is not None and number != attempt.token_number:
        raise Refused("assessment.other_device")
    if not still_saves(moment, attempt.deadline):
        raise Refused("assessment.time_over")
    return attempt.deadline


def _check(answer: AnswerIn, paper: Sequence[Sequence[Any]]) -> None:
    known = 1 <= answer.position <= len(paper)
    if not known or (answer.value and (len(answer.value) != 1 or answer.value not in paper[answer.position - 1][1])):
        raise Refused("assessment.answer_unknown", position=answer.position)
    if answer.client_sequence is not None and not 0 <= answer.client_sequence <= MOST_SEQUENCE:
        raise Refused("assessment.answer_unknown", position=answer.position)
