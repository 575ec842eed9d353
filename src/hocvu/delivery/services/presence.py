"""Record signs of presence: in bulk, by hand, by the rotating code, from the join log of an online class."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record
from hocvu.planning.models import Cohort, Placement, Session

from ..domain.check_in import code_at, code_fits, seconds_left
from ..models import Attendance, MakeUp, Observation
from ..queries.make_ups import COMES
from ..queries.scope import own_placements
from ..queries.sessions import TaughtHalfDay, half_day, half_days_now
from ..rules import can_run_cohorts, must
from ..types import CheckIn, CheckInCode, PresenceRow
from .register import lock_sessions, recompute

CHANNELS = frozenset(Observation.Channel.values)
KINDS = frozenset(Observation.Kind.values)
MOST_MINUTES = 600


@transaction.atomic
def record_presence(*, actor: Actor, session_id: int, rows: Collection[PresenceRow]) -> int:
    """Add signs of a half-day and bring the register up to date; return how many were new.

    Rows may be of the class and of guests whose make-up was confirmed. A row sent twice counts once. An
    instructor needs the half-day open; the office, the manager and jobs may add to a closed one (a phone that
    was offline, a paper sheet, a correction).
    """
    session = half_day(session_id)
    must(can_run_cohorts(actor, [session.cohort_id]))
    if actor.role is Role.INSTRUCTOR:
        if session.opened_at is None:
            raise Refused("delivery.not_open", cohort=session.cohort_code)
        if session.closed_at is not None:
            raise Refused("delivery.closed", cohort=session.cohort_code)
    return _add(actor, session, list(rows))


def make_check_in_code(session: Session | int, *, at: datetime | None = None) -> CheckInCode:
    """Return the code that an open half-day shows at a moment (default: now)."""
    found = half_day(session if isinstance(session, int) else session.pk)
    if not found.is_open:
        raise Refused("delivery.not_open", cohort=found.cohort_code)
    moment = at or clock.now()
    return CheckInCode(code_at(found.secret, str(found.uuid), moment), seconds_left(moment))


def find_by_code(code: str, at: datetime, client_at: datetime | None = None) -> TaughtHalfDay | None:
    """Return the half-day that shows ``code`` at ``at``, or none (about 300 HMACs with 100 classes on)."""
    for session in half_days_now(at):
        if session.is_open and code_fits(session.secret, str(session.uuid), code, at, client_at):
            return session
    return None


def check_in_by_code(
    *,
    actor: Actor,
    code: str,
    scanned_at: datetime | None = None,
    client_at: datetime | None = None,
) -> CheckIn:
    """Check a trainee in to the half-day that shows ``code``.

    ``scanned_at`` is when our own page took the code (people sign in between scanning and confirming). Twice
    is once. Refuses, saying why: a code that is wrong or stale, a class that is not theirs, no half-day now.
    """
    at = scanned_at or clock.now()
    session = find_by_code(code, at, client_at)
    if session is None:
        raise Refused(_why_no_code(actor, at))
    return check_in(actor=actor, session_id=session.id, at=at)


@transaction.atomic
def check_in(*, actor: Actor, session_id: int, at: datetime) -> CheckIn:
    """Check a trainee in to a half-day whose code our page has already found good at ``at``."""
    session = half_day(session_id)
    if not session.admits(at):
        raise Refused("delivery.outside_hours", cohort=session.cohort_code)
    if not session.is_open:
        raise Refused("delivery.not_open", cohort=session.cohort_code)
    placement_id = place_in(actor, session)
    seen = Observation.objects.filter(session_id=session.id, placement_id=placement_id, channel=Observation.Channel.QR)
    already = seen.filter(kind=Observation.Kind.PRESENT).exists()
    if not already:
        _add(actor, session, [PresenceRow(placement_id, "present", "qr", at)], check=False)
    entry = Attendance.objects.filter(placement_id=placement_id, session_id=session.id).first()
    return CheckIn(
        session_id=session.id,
        placement_id=placement_id,
        cohort_code=session.cohort_code,
        already=already,
        status=entry.status if entry else "present",
        minutes_late=entry.minutes_late if entry else 0,
    )


@transaction.atomic
def join_class(*, actor: Actor, session_id: int) -> str:
    """Log that a trainee joins an online class now; return the address to go to."""
    session = half_day(session_id)
    placement_id = place_in(actor, session)
    now = clock.now()
    if not session.admits(now):
        raise Refused("delivery.outside_hours", cohort=session.cohort_code)
    url = Cohort.objects.values_list("join_url", flat=True).get(pk=session.cohort_id)
    if not url:
        raise Refused("delivery.no_link", cohort=session.cohort_code)
    if _last_in_log(session.id, placement_id) != Observation.Kind.PRESENT:
        _add(actor, session, [PresenceRow(placement_id, "present", "join_log", now)], check=False)
    return url


@transaction.atomic
def leave_class(*, actor: Actor, session_id: int) -> bool:
    """Log that a trainee leaves an online class now; return whether they were in."""
    session = half_day(session_id)
    placement_id = place_in(actor, session)
    if _last_in_log(session.id, placement_id) != Observation.Kind.PRESENT:
        return False
    _add(actor, session, [PresenceRow(placement_id, "left", "join_log", clock.now())], check=False)
    return True


def _add(actor: Actor, session: TaughtHalfDay, rows: list[PresenceRow], *, check: bool = True) -> int:
    lock_sessions([session.id])
    placement_ids = {row.placement_id for row in rows}
    _check_rows(session, rows)
    if check:
        _check_places(session, placement_ids)
    known = set(
        Observation.objects.filter(session_id=session.id)
        .order_by()
        .values_list("placement_id", "kind", "channel", "observed_at")
    )
    new = []
    for row in rows:
        key = row.placement_id, row.kind, row.channel, row.observed_at
        if key not in known or row.evidence:
            known.add(key)
            new.append(row)
    now = clock.now()
    Observation.objects.bulk_create(
        [
            Observation(
                session_id=session.id,
                placement_id=row.placement_id,
                channel=row.channel,
                kind=row.kind,
                observed_at=row.observed_at,
                recorded_at=now,
                by_account_id=actor.account_id,
                by_label=actor.label[:160],
                evidence=dict(row.evidence),
            )
            for row in new
        ],
        batch_size=500,
    )
    if new:
        recompute([session], {row.placement_id for row in new})
        record(
            actor=actor,
            action="delivery.record_presence",
            object_type="session",
            object_key=session.id,
            rows=[(r.placement_id, r.kind, r.channel, r.observed_at, dict(r.evidence)) for r in new],
        )
    return len(new)


def _check_rows(session: TaughtHalfDay, rows: Sequence[PresenceRow]) -> None:
    for row in rows:
        if row.channel not in CHANNELS or row.kind not in KINDS:
            raise Refused("delivery.unknown_sign", channel=row.channel, kind=row.kind)
        for name in ("minutes_late", "left_after"):
            minutes: Any = row.evidence.get(name, 0)
            if not isinstance(minutes, int) or not 0 <= minutes <= MOST_MINUTES:
                raise Refused("delivery.minutes_late")
        if row.channel == "qr" and row.kind == "present" and not session.admits(row.observed_at):
            raise Refused("delivery.outside_hours", cohort=session.cohort_code)


def _check_places(session: TaughtHalfDay, placement_ids: set[int]) -> None:
    own = set(Placement.objects.filter(cohort_id=session.cohort_id).values_list("pk", flat=True))
    strangers = placement_ids - own
    if strangers:
        strangers -= set(
            MakeUp.objects.filter(target_id=session.id, placement_id__in=strangers, state__in=COMES).values_list(
                "placement_id", flat=True
            )
        )
    if strangers:
        raise Refused("delivery.not_in_class", cohort=session.cohort_code, count=len(strangers))


def place_in(actor: Actor, session: TaughtHalfDay) -> int:
    """Return the place a trainee has in a half-day, as one of the class or as a guest; refuses others."""
    places = own_placements(actor.person_id)
    own = next((p.pk for p in places if p.cohort_id == session.cohort_id), None)
    if own is not None:
        return own
    guest = MakeUp.objects.filter(
        target_id=session.id, placement_id__in=[p.pk for p in places], state__in=COMES
    ).first()
    if guest is None:
        raise Refused("delivery.not_your_class", cohort=session.cohort_code)
    return guest.placement_id


def _why_no_code(actor: Actor, at: datetime) -> str:
    places = own_placements(actor.person_id)
    if not places:
        return "delivery.no_place"
    cohorts = {p.cohort_id for p in places}
    targets = set(
        MakeUp.objects.filter(placement_id__in=[p.pk for p in places], state__in=COMES).values_list(
            "target_id", flat=True
        )
    )
    mine = [s for s in half_days_now(at) if s.cohort_id in cohorts or s.id in targets]
    if not mine:
        return "delivery.no_half_day_now"
    if not any(s.is_open for s in mine):
        return "delivery.not_open_yet"
    return "delivery.wrong_code"


def _last_in_log(session_id: int, placement_id: int) -> str | None:
    return (
        Observation.objects.filter(
            session_id=session_id, placement_id=placement_id, channel=Observation.Channel.JOIN_LOG
        )
        .order_by("-observed_at", "-pk")
        .values_list("kind", flat=True)
        .first()
    )
