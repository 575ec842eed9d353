"""The register of one half-day, computed from what was seen of one person.

Observations are signs, not facts: they come through several channels, late, and in any order. The entry is
a function of their *set*: the same signs always give the same entry, whatever the order they arrive in.

How it is decided:

1. Each channel tells its own story: when the person was there (intervals), or that they were away at a moment.
2. The most trusted channel that has spoken leads: a correction by the manager, then the roll call, the signed
   sheet, the scanned code, the join log. A roll call speaks for its moment: someone away at 07:35 who scans the
   code at 07:50 came late; it is no contradiction.
3. Minutes missed (arriving late, gaps, leaving early) up to ``late_minutes`` give whole credit, more give
   ``late_credit``; someone there for less than ``least_share`` of the time was absent.
4. Channels that cannot all be right raise a flag, unless the manager has settled it.

Credit is counted in half half-days: 2 whole, 1 half, 0 none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

WHOLE = 2


class Channel(StrEnum):
    """Where a sign came from."""

    ROLL_CALL = "roll_call"
    QR = "qr"
    JOIN_LOG = "join_log"
    SHEET = "sheet"
    MANAGER = "manager"


class Kind(StrEnum):
    """What a sign says."""

    PRESENT = "present"
    ABSENT = "absent"
    LEFT = "left"


class Status(StrEnum):
    """What the register says."""

    PRESENT = "present"
    LATE = "late"  # came late, left early or was away in between
    ABSENT = "absent"
    EXCUSED = "excused"  # absent with a granted reason: an absence until made up
    MADE_UP = "made_up"


TRUST = (Channel.MANAGER, Channel.ROLL_CALL, Channel.SHEET, Channel.QR, Channel.JOIN_LOG)


@dataclass(frozen=True, slots=True)
class PresenceRules:
    """The campaign's numbers: minutes that still count whole, credit beyond them, least share of the time."""

    late_minutes: int
    late_credit: int  # in half half-days: 1
    least_share: int  # per cent of the half-day under which nothing is credited


@dataclass(frozen=True, slots=True)
class HalfDay:
    """When the half-day is taught."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """One sign, said at ``at``.

    ``minutes``, where somebody wrote it, is the minute of the half-day at which the person came or left; else
    ``at`` is. (A roll call at 08:10 may say "here since 07:40".)
    """

    channel: Channel
    kind: Kind
    at: datetime
    recorded_at: datetime
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register; ``minutes_late`` counts all minutes missed."""

    status: Status
    credit: int
    minutes_late: int = 0
    contradicted: bool = False


ABSENT = Entry(Status.ABSENT, 0)


@dataclass(frozen=True, slots=True)
class _Story:
    channel: Channel
    away_at: datetime | None
    stays: tuple[tuple[datetime, datetime], ...]
    entry: Entry

    def covers(self, moment: datetime) -> bool:
        return any(begin <= moment <= end for begin, end in self.stays)


def read_register(half_day: HalfDay, seen: Iterable[Seen], rules: PresenceRules) -> Entry | None:
    """Return the entry that the signs alone give, or none where nothing was seen."""
    by_channel: dict[Channel, list[Seen]] = {}
    for sign in seen:
        by_channel.setdefault(sign.channel, []).append(sign)
    stories = [_story(c, by_channel[c], half_day, rules) for c in TRUST if c in by_channel]
    stories = [s for s in stories if s.away_at is not None or s.stays]
    if not stories:
        return None
    leader = stories[0]
    entry = leader.entry
    if leader.channel is Channel.ROLL_CALL and leader.away_at is not None:
        came = next((s for s in stories[1:] if s.stays and not s.covers(leader.away_at)), None)
        entry = came.entry if came else entry
    settled = leader.channel is Channel.MANAGER
    return replace(entry, contradicted=not settled and _any_disagree(stories))


def settle(entry: Entry | None, *, closed: bool, excused: bool = False, made_up: Entry | None = None) -> Entry | None:
    """Return what the register shows: absent once the half-day is closed, excused, or made up elsewhere.

    ``made_up`` is the entry of the half-day attended in another class; it counts as far as it was attended.
    An excuse changes the word, never the credit.
    """
    own = entry if entry is not None else (ABSENT if closed else None)
    if made_up is not None and made_up.credit > (own.credit if own else 0):
        return Entry(Status.MADE_UP, made_up.credit, contradicted=bool(own and own.contradicted))
    if own is not None and own.status is Status.ABSENT and excused:
        return replace(own, status=Status.EXCUSED)
    return own


def present_minutes(half_day: HalfDay, stays: Sequence[tuple[datetime, datetime]]) -> int:
    """Return whole minutes of the half-day covered by ``stays``, overlaps counted once."""
    return int(_covered(half_day, stays).total_seconds() // 60)


def stays_of(half_day: HalfDay, signs: Iterable[Seen]) -> tuple[tuple[datetime, datetime], ...]:
    """Return the intervals that one channel's signs describe; an open one lasts to the half-day's end.

    (That nobody saw a person leave is no sign that they left.)
    """
    return _walk(half_day, signs)[0]


def _walk(half_day: HalfDay, signs: Iterable[Seen]) -> tuple[tuple[tuple[datetime, datetime], ...], datetime | None]:
    stays: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    away_at: datetime | None = None
    for sign in sorted(signs, key=_order):
        if sign.kind is Kind.ABSENT:
            stays, since, away_at = [], None, sign.at
        elif sign.kind is Kind.PRESENT:
            away_at = None
            if sign.minutes is not None:
                # Somebody wrote when this person came: a word on the half-day so far, it replaces the earlier.
                stays, since = [], _moment(half_day, sign)
            elif since is None:
                since = sign.at
        elif since is not None:
            stays.append((since, max(since, _moment(half_day, sign))))
            since = None
    if since is not None:
        stays.append((since, max(since, half_day.ends_at)))
    return tuple(stays), away_at


def _moment(half_day: HalfDay, sign: Seen) -> datetime:
    return sign.at if sign.minutes is None else half_day.starts_at + timedelta(minutes=sign.minutes)


_SAID = {Kind.ABSENT: 0, Kind.PRESENT: 1, Kind.LEFT: 2}  # said in one breath: first that they came, then that they left


def _order(sign: Seen) -> tuple[datetime, datetime, int, int]:
    return sign.at, sign.recorded_at, _SAID[sign.kind], -1 if sign.minutes is None else sign.minutes


def _story(channel: Channel, signs: Sequence[Seen], half_day: HalfDay, rules: PresenceRules) -> _Story:
    stays, away_at = _walk(half_day, signs)
    entry = ABSENT if away_at is not None else _entry(half_day, stays, rules)
    return _Story(channel, away_at, stays, entry)


def _entry(half_day: HalfDay, stays: Sequence[tuple[datetime, datetime]], rules: PresenceRules) -> Entry:
    whole = half_day.ends_at - half_day.starts_at
    there = _covered(half_day, stays)
    missed = int((whole - there).total_seconds() // 60)
    if missed <= rules.late_minutes:
        return Entry(Status.PRESENT, WHOLE, missed)
    if there * 100 < whole * rules.least_share or not there:
        return ABSENT
    return Entry(Status.LATE, rules.late_credit, missed)


def _covered(half_day: HalfDay, stays: Sequence[tuple[datetime, datetime]]) -> timedelta:
    total, reached = timedelta(), half_day.starts_at
    for begin, end in sorted(stays):
        since, until = max(begin, reached), min(end, half_day.ends_at)
        if until > since:
            total += until - since
            reached = until
    return total


def _any_disagree(stories: Sequence[_Story]) -> bool:
    return any(_disagree(a, b) for at, a in enumerate(stories) for b in stories[at + 1 :])


def _disagree(one: _Story, other: _Story) -> bool:
    if one.away_at is not None and other.away_at is not None:
        return False
    if one.away_at is None and other.away_at is None:
        return one.entry.credit != other.entry.credit
    away, here = (one, other) if one.away_at is not None else (other, one)
    assert away.away_at is not None
    if away.channel is Channel.ROLL_CALL:
        return here.covers(away.away_at)
    return here.entry.credit > 0
