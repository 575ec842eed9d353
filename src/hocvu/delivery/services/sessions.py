"""Open and close half-days."""

import secrets
from collections.abc import Collection

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..models import SessionDiary
from ..queries.sessions import half_days
from ..rules import can_run_cohorts, must
from .register import lock_sessions, recompute


@transaction.atomic
def open_sessions(*, actor: Actor, session_ids: Collection[int]) -> int:
    """Open half-days so that people can check in; return how many were opened (open ones stay as they are).

    An instructor opens on the day itself, not before.
    """
    found = half_days(session_ids)
    if len(found) != len(set(session_ids)):
        raise Refused("delivery.no_session")
    must(can_run_cohorts(actor, [s.cohort_id for s in found]))
    new = [s for s in found if s.opened_at is None]
    today = clock.today()
    if actor.role is Role.INSTRUCTOR and any(clock.local(s.starts_at).date() > today for s in new):
        raise Refused("delivery.too_early_to_open")
    if not new:
        return 0
    SessionDiary.objects.bulk_create(
        [
            SessionDiary(
                session_id=s.id,
                secret=secrets.token_hex(32),
                opened_at=clock.now(),
                opened_by=actor.label[:160],
            )
            for s in new
        ]
    )
    _tell(actor, "delivery.open_sessions", [s.id for s in new], {})
    return len(new)


@transaction.atomic
def close_sessions(*, actor: Actor, session_ids: Collection[int], text: str = "") -> int:
    """Close half-days with a line for the diary and write everyone's entry; return how many were closed.

    Who was not seen is absent. Signs that reach us later still count: they only change their own entries.
    Refuses half-days that were never opened.
    """
    found = half_days(session_ids)
    if len(found) != len(set(session_ids)):
        raise Refused("delivery.no_session")
    must(can_run_cohorts(actor, [s.cohort_id for s in found]))
    unopened = next((s for s in found if s.opened_at is None), None)
    if unopened is not None:
        raise Refused("delivery.not_open", cohort=unopened.cohort_code)
    due = [s.id for s in found if s.closed_at is None]
    if not due:
        return 0
    if actor.role is Role.INSTRUCTOR and any(s.starts_at > clock.now() for s in found):
        raise Refused("delivery.too_early_to_close")
    lock_sessions(due)
    SessionDiary.objects.filter(session_id__in=due).update(
        closed_at=clock.now(), closed_by=actor.label[:160], text=text.strip()
    )
    entries = recompute(half_days(due))
    _tell(actor, "delivery.close_sessions", due, {"entries": entries})
    return len(due)


def _tell(actor: Actor, action: str, session_ids: list[int], data: dict[str, int]) -> None:
    one = session_ids[0] if len(session_ids) == 1 else ""
    record(actor=actor, action=action, object_type="session", object_key=one, data=data, rows=sorted(session_ids))
