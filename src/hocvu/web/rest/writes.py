"""Write operations: presence in batches, answers of a test. Sent again, they change nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import Router

from hocvu.assessment.api import AnswerIn, SaveReport, read_token, save_answers
from hocvu.delivery.api import PresenceRow, record_presence, visible_cohorts
from hocvu.delivery.models import Observation
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Placement, Session

from .access import SIGNED_IN, caller, everyone, roles
from .limits import SAVES_PER_MINUTE, count
from .shapes import AnswersIn, AnswersOut, Error, PresenceBatchIn, PresenceBatchOut, PresenceIn

router = Router()

ERRORS = frozenset({400, 401, 403, 404, 409, 422, 429})
OPEN_ERRORS = ERRORS - {401, 404}
CLOCK_DRIFT = 120  # seconds by which a phone's clock may be ahead


@router.post(
    "/presence", response={200: PresenceBatchOut, ERRORS: Error}, auth=SIGNED_IN, url_name="presence", tags=["write"]
)  # fmt: skip
@roles(Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)
def presence(request: HttpRequest, batch: PresenceBatchIn) -> dict[str, int]:
    """Record signs of one half-day of a class the caller runs; all of them or none.

    An instructor needs the half-day open; the office and the manager may add to a closed one. Signs may
    arrive late and in any order: ``observed_at`` is when it was seen.
    """
    new = record_batch(caller(request), batch)
    return {"recorded": new, "repeated": len(batch.rows) - new}


@transaction.atomic
def record_batch(actor: Actor, batch: PresenceBatchIn) -> int:
    """Record the signs whose client id is new to this half-day; return how many."""
    # The lock puts the same batch, sent twice at once, one after the other.
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("cohort")
        .filter(uuid=batch.session, cohort__in=visible_cohorts(actor))
        .first()
    )
    if session is None:
        raise Http404
    _check_times(session, batch.rows)
    places = _places(session, {row.placement for row in batch.rows})
    seen = set(
        Observation.objects.filter(
            session=session, evidence__client_id__in=[row.client_id for row in batch.rows]
        ).values_list("evidence__client_id", flat=True)
    )
    rows: list[PresenceRow] = []
    for row in batch.rows:
        if row.client_id not in seen:
            seen.add(row.client_id)
            evidence = {"client_id": row.client_id}
            rows.append(PresenceRow(places[row.placement], row.kind, batch.channel, row.observed_at, evidence))
    return record_presence(actor=actor, session_id=session.pk, rows=rows) if rows else 0


def _check_times(session: Session, rows: Sequence[PresenceIn]) -> None:
    now, day = clock.now(), clock.local(session.starts_at).date()
    early = sum((row.observed_at - now).total_seconds() > CLOCK_DRIFT for row in rows)
    if early:
        raise Refused("web.future", count=early)
    elsewhere = sum(clock.local(row.observed_at).date() != day for row in rows)
    if elsewhere:
        raise Refused("web.other_day", count=elsewhere, day=f"{day:%d/%m/%Y}")


def _places(session: Session, wanted: set[UUID]) -> dict[UUID, int]:
    rows = Placement.objects.filter(plan_id=session.cohort.plan_id, uuid__in=wanted)
    found: dict[UUID, int] = dict(rows.values_list("uuid", "pk"))
    if len(found) != len(wanted):
        raise Refused("web.unknown_places", count=len(wanted) - len(found))
    return found


@router.post("/answers", response={200: AnswersOut, OPEN_ERRORS: Error}, url_name="answers", tags=["write"])
@everyone
def answers(request: HttpRequest, batch: AnswersIn) -> dict[str, Any]:
    """Save answers of a running test; the token of its page is the right to save, no cookie is read.

    Answered after the commit: what is in ``saved`` is safe. 403: the token is forged or old; 409: too late,
    handed in, or the test is open on another device.
    """
    attempt_id, _number = read_token(batch.token)
    count(f"attempt:{attempt_id}", SAVES_PER_MINUTE)
    rows = [AnswerIn(one.position, one.value, one.client_sequence, one.client_at) for one in batch.answers]
    report: SaveReport = save_answers(token=batch.token, answers=rows)
    return {"saved": list(report.saved), "last": report.last, "remaining_seconds": report.remaining_seconds}
