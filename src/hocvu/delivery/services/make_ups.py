"""Make a missed half-day up in another class: the agency asks, the manager confirms."""

from collections import Counter
from collections.abc import Collection, Sequence

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ledger.api import record
from hocvu.planning.models import Placement, Session

from ..domain.presence import WHOLE
from ..models import Attendance, Excuse, MakeUp
from ..queries.make_ups import LIVE, busy_times, clashes, make_up_targets
from ..queries.sessions import half_days
from ..rules import can_decide, can_speak_for, must
from ..types import MakeUpRow, MakeUpTarget
from .register import lock_sessions, recompute


def ask_make_up(*, actor: Actor, placement_id: int, missed_id: int, target_id: int, reason: str = "") -> MakeUp:
    """Ask for a seat in the same half-day of another class."""
    ask_make_ups(actor=actor, rows=[MakeUpRow(placement_id, missed_id, target_id, reason)])
    return MakeUp.objects.filter(placement_id=placement_id, missed_id=missed_id).latest("pk")


@transaction.atomic
def ask_make_ups(*, actor: Actor, rows: Sequence[MakeUpRow]) -> int:
    """Ask for many seats at once; return how many.

    Refuses: a half-day that was not missed, one already asked for, a target that is another half-day, another
    mode, the own class, already begun, after the campaign, full, or at a time the person is in class.
    """
    must(can_speak_for(actor, [row.placement_id for row in rows]))
    lock_sessions({row.target_id for row in rows})  # the last seat is given once
    placements = {
        p.pk: p for p in Placement.objects.filter(pk__in={r.placement_id for r in rows}).select_related("cohort")
    }
    sessions = {s.pk: s for s in Session.objects.filter(pk__in={r.missed_id for r in rows})}
    if len(placements) != len({r.placement_id for r in rows}):
        raise Refused("delivery.no_session")
    _check_missed(rows, placements, sessions)
    targets = _targets(rows, placements, sessions)
    busy = busy_times(placements)
    taken: Counter[int] = Counter()
    for row in rows:
        target = targets.get(row.target_id)
        if target is None or target.cohort_id == placements[row.placement_id].cohort_id:
            raise Refused("delivery.no_such_target")
        taken[row.target_id] += 1
        if taken[row.target_id] > target.free:
            raise Refused("delivery.target_full", cohort=target.cohort_code)
        if clashes(target.starts_at, target.ends_at, busy[row.placement_id]):
            raise Refused("delivery.target_clashes", cohort=target.cohort_code)
        busy[row.placement_id].append((target.starts_at, target.ends_at))
    MakeUp.objects.bulk_create(
        [
            MakeUp(
                placement_id=row.placement_id,
                missed_id=row.missed_id,
                target_id=row.target_id,
                reason=clean(row.reason)[:300],
                asked_at=clock.now(),
                asked_by=actor.label[:160],
            )
            for row in rows
        ],
        batch_size=500,
    )
    record(
        actor=actor,
        action="delivery.ask_make_up",
        object_type="placement",
        object_key=rows[0].placement_id if len(rows) == 1 else "",
        rows=[(r.placement_id, r.missed_id, r.target_id) for r in rows],
    )
    return len(rows)


def decide_make_up(*, actor: Actor, make_up_id: int, confirm: bool) -> None:
    """Confirm or refuse one make-up."""
    decide_make_ups(actor=actor, make_up_ids=[make_up_id], confirm=confirm)


@transaction.atomic
def decide_make_ups(*, actor: Actor, make_up_ids: Collection[int], confirm: bool) -> int:
    """Confirm or refuse make-ups (campaign manager, training office); return how many.

    Confirming again changes nothing; one that was attended or whose class has begun can no longer be changed.
    """
    must(can_decide(actor))
    found = list(MakeUp.objects.filter(pk__in=make_up_ids))
    if len(found) != len(set(make_up_ids)):
        raise Refused("delivery.no_make_up")
    if any(m.state not in (MakeUp.State.ASKED, MakeUp.State.CONFIRMED) for m in found):
        raise Refused("delivery.make_up_decided")
    targets = half_days({m.target_id for m in found})
    if confirm and any(t.ends_at < clock.now() for t in targets):
        raise Refused("delivery.target_over")
    lock_sessions({m.target_id for m in found} | {m.missed_id for m in found})
    for make_up in found:
        make_up.state = MakeUp.State.CONFIRMED if confirm else MakeUp.State.REFUSED
        make_up.decided_at = clock.now()
        make_up.decided_by = actor.label[:160]
    MakeUp.objects.bulk_update(found, ["state", "decided_at", "decided_by"], batch_size=200)
    if found:
        recompute(half_days({m.missed_id for m in found}), {m.placement_id for m in found})
    record(
        actor=actor,
        action="delivery.decide_make_up",
        object_type="make_up",
        object_key=found[0].pk if len(found) == 1 else "",
        data={"confirm": confirm},
        rows=sorted(m.pk for m in found),
    )
    return len(found)


def _check_missed(rows: Sequence[MakeUpRow], placements: dict[int, Placement], sessions: dict[int, Session]) -> None:
    wanted = {(r.placement_id, r.missed_id) for r in rows}
    where = {"placement_id__in": list(placements), "session_id__in": list(sessions)}
    entries = {(a.placement_id, a.session_id): a.credit for a in Attendance.objects.filter(**where)}
    excused = set(Excuse.objects.filter(state=Excuse.State.GRANTED, **where).values_list("placement_id", "session_id"))
    live = set(
        MakeUp.objects.filter(
            placement_id__in=list(placements), missed_id__in=list(sessions), state__in=LIVE
        ).values_list("placement_id", "missed_id")
    )
    if len(wanted) < len(rows) or wanted & live:
        raise Refused("delivery.make_up_asked")
    for placement_id, missed_id in wanted:
        session = sessions.get(missed_id)
        if session is None or session.cohort_id != placements[placement_id].cohort_id:
            raise Refused("delivery.not_their_half_day")
        missed = entries.get((placement_id, missed_id), WHOLE) < WHOLE
        if not missed and (placement_id, missed_id) not in excused:
            raise Refused("delivery.not_missed")


def _targets(
    rows: Sequence[MakeUpRow], placements: dict[int, Placement], sessions: dict[int, Session]
) -> dict[int, MakeUpTarget]:
    """Return the half-days that fit the rows: same plan, same number, same mode."""
    kinds: dict[tuple[int, int, str], set[int]] = {}
    for row in rows:
        placement = placements[row.placement_id]
        kind = placement.plan_id, sessions[row.missed_id].half_day, placement.cohort.mode
        kinds.setdefault(kind, set()).add(row.target_id)
    fitting: dict[int, MakeUpTarget] = {}
    for (plan_id, number, mode), ids in kinds.items():
        found = {t.session_id: t for t in make_up_targets(plan_id, number, mode, session_ids=ids)}
        if ids - found.keys():
            raise Refused("delivery.no_such_target")
        fitting |= found
    return fitting
