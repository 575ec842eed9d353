"""Keep the register in step with what was seen, in the transaction of the seeing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hocvu.kernel import clock
from hocvu.planning.models import Placement, Session

from ..domain.presence import Channel, Entry, Kind, PresenceRules, Seen, read_register, settle
from ..models import Attendance, Excuse, MakeUp, Observation
from ..queries.make_ups import concerning
from ..queries.rules import presence_rules
from ..queries.sessions import TaughtHalfDay, half_days, in_parts

Signs = dict[tuple[int, int], list[Seen]]
_CHANNELS = {c.value: c for c in Channel}
_KINDS = {k.value: k for k in Kind}
FEW = 20  # from here on it is quicker to read the whole class than to name its people


@dataclass(slots=True)
class _Rulebook:
    """The numbers by campaign and day, asked for once."""

    known: dict[tuple[int, date], PresenceRules]

    def of(self, half_day: TaughtHalfDay) -> PresenceRules:
        key = half_day.campaign_id, clock.local(half_day.starts_at).date()
        if key not in self.known:
            self.known[key] = presence_rules(*key)
        return self.known[key]


def lock_sessions(session_ids: Collection[int]) -> None:
    """Let one transaction at a time change what is known of these half-days (SQLite has one writer anyway).

    Else two phones checking in at once would each compute the register without the other's sign.
    """
    if connection.features.has_select_for_update:
        rows = Session.objects.select_for_update().filter(pk__in=session_ids).order_by("pk")
        list(rows.values_list("pk"))


def recompute(sessions: Collection[TaughtHalfDay], placement_ids: Collection[int] | None = None) -> int:
    """Compute the register of half-days anew, for everyone or for some; return how many entries were written.

    Guests from other classes are carried to the half-day they missed, and their make-up is marked done or
    missed. Seven queries and one upsert per hundred entries.
    """
    by_id = {s.id: s for s in sessions}
    rulebook = _Rulebook({})
    make_ups = concerning(by_id, placement_ids if len(placement_ids or ()) <= FEW else None)
    if placement_ids is not None:
        make_ups = [m for m in make_ups if m.placement_id in placement_ids]
    away = {m.missed_id for m in make_ups} | {m.target_id for m in make_ups}
    if far := away - by_id.keys():
        by_id |= {s.id: s for s in half_days(far)}
    signs = _signs(by_id, placement_ids)
    elsewhere = _settle_make_ups(make_ups, by_id, signs, rulebook)
    pairs = _members([s for s in by_id.values() if s.id not in far], placement_ids)
    pairs += [(m.placement_id, m.missed_id) for m in make_ups if m.missed_id in far]
    excused = _excused(by_id, placement_ids)
    rows = []
    for placement_id, session_id in pairs:
        half_day = by_id[session_id]
        seen = signs.get((session_id, placement_id))
        entry = read_register(half_day.times, seen, rulebook.of(half_day)) if seen else None
        made_up, target_id = elsewhere.get((placement_id, session_id), (None, None))
        shown = settle(
            entry,
            closed=half_day.closed_at is not None,
            excused=(placement_id, session_id) in excused,
            made_up=made_up,
        )
        if shown is not None:
            rows.append(_row(placement_id, session_id, shown, target_id))
    _write(rows)
    return len(rows)


def _signs(session_ids: Iterable[int], placement_ids: Collection[int] | None) -> Signs:
    found: Signs = defaultdict(list)
    rows = Observation.objects.filter(session_id__in=list(session_ids)).order_by()
    if placement_ids is not None and len(placement_ids) <= FEW:
        rows = rows.filter(placement_id__in=placement_ids)
    for session_id, placement_id, channel, kind, at, recorded_at, evidence in rows.values_list(
        "session_id", "placement_id", "channel", "kind", "observed_at", "recorded_at", "evidence"
    ):
        found[session_id, placement_id].append(
            Seen(_CHANNELS[channel], _KINDS[kind], at, recorded_at, _minutes(kind, evidence))
        )
    return found


def _minutes(kind: str, evidence: dict[str, Any]) -> int | None:
    minutes = evidence.get("left_after" if kind == Observation.Kind.LEFT else "minutes_late")
    return minutes if isinstance(minutes, int) else None


def _members(sessions: list[TaughtHalfDay], placement_ids: Collection[int] | None) -> list[tuple[int, int]]:
    by_cohort: dict[int, list[int]] = defaultdict(list)
    for session in sessions:
        by_cohort[session.cohort_id].append(session.id)
    pairs = []
    wanted = None if placement_ids is None else set(placement_ids)
    rows = Placement.objects.filter(cohort_id__in=by_cohort).order_by()
    if wanted is not None and len(wanted) <= FEW:
        rows = rows.filter(pk__in=wanted)
    for placement_id, cohort_id in rows.values_list("pk", "cohort_id"):
        if wanted is None or placement_id in wanted:
            pairs += [(placement_id, session_id) for session_id in by_cohort[cohort_id]]
    return pairs


def _excused(session_ids: Iterable[int], placement_ids: Collection[int] | None) -> set[tuple[int, int]]:
    rows = Excuse.objects.filter(session_id__in=list(session_ids), state=Excuse.State.GRANTED)
    if placement_ids is not None and len(placement_ids) <= FEW:
        rows = rows.filter(placement_id__in=placement_ids)
    return set(rows.values_list("placement_id", "session_id"))


def _settle_make_ups(
    make_ups: list[MakeUp], by_id: dict[int, TaughtHalfDay], signs: Signs, rulebook: _Rulebook
) -> dict[tuple[int, int], tuple[Entry, int]]:
    """Return what was made up, by (place, missed half-day), and write the make-ups' new states."""
    made: dict[tuple[int, int], tuple[Entry, int]] = {}
    changed = []
    for make_up in make_ups:
        target = by_id[make_up.target_id]
        seen = signs.get((make_up.target_id, make_up.placement_id))
        entry = read_register(target.times, seen, rulebook.of(target)) if seen else None
        came = entry is not None and entry.credit > 0
        if entry is not None and came:
            made[make_up.placement_id, make_up.missed_id] = entry, make_up.target_id
        state = MakeUp.State.DONE if came else MakeUp.State.CONFIRMED
        if not came and target.closed_at is not None:
            state = MakeUp.State.MISSED
        if state != make_up.state:
            make_up.state = state
            changed.append(make_up)
    if changed:
        MakeUp.objects.bulk_update(changed, ["state"])
    return made


def _row(placement_id: int, session_id: int, entry: Entry, target_id: int | None) -> Attendance:
    return Attendance(
        placement_id=placement_id,
        session_id=session_id,
        status=entry.status.value,
        minutes_late=min(entry.minutes_late, 32767),
        credit=entry.credit,
        made_up_in_id=target_id if entry.status.value == Attendance.Status.MADE_UP else None,
        contradicted=entry.contradicted,
        computed_at=clock.now(),
    )


_UPSERT: dict[str, Any] = {
    "update_conflicts": True,
    "unique_fields": ["placement", "session"],
    "update_fields": ["status", "minutes_late", "credit", "made_up_in", "contradicted", "computed_at"],
}


def _write(rows: list[Attendance]) -> None:
    for part in in_parts(rows, 2000):
        Attendance.objects.bulk_create(part, **_UPSERT)
