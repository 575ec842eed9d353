"""The planning problem as frozen data: days, rules, agencies, rooms, instructors and trainees of one campaign.

Identifiers are strings as in the files; a day is its ISO date; a mode is "in_person" or "online".
Everyone outside asks `instance`, which gathers these names and the reading and writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

IN_PERSON = "in_person"
ONLINE = "online"
MODES = (IN_PERSON, ONLINE)
DEFAULT_LANGUAGE = "vi"
ACCESS = "access"
UNLISTED_DISTANCE = 10


@dataclass(frozen=True)
class Day:
    """A calendar day of the campaign and whether it is a working day."""

    id: str
    working: bool


@dataclass(frozen=True)
class ModeRules:
    """Class sizes and class counts of one mode; `test_sittings` is the turns per computer in person."""

    min: int
    target: int
    max: int
    max_classes: int
    min_classes: int = 0
    test_sittings: int = 1
    concurrent_max: int | None = None


@dataclass(frozen=True)
class Rules:
    """Rules that hold for the whole plan; percentages are of an agency's headcount."""

    session_days: int
    weekend_days_used: bool
    straddle_weekend_allowed: bool
    release_cap_pct: int
    release_rounding: str
    keep_one_per_job_group: bool
    classes: Mapping[str, ModeRules]
    team_size: int
    bus_seats: int
    size_tolerance: int


@dataclass(frozen=True)
class Weights:
    """Price in points of each cost term; the last six belong to re-planning."""

    group: int
    bus: int
    straddle_in_person: int
    straddle_online: int
    size_dev: int
    fair_straddle: int
    instructor_over_avg: int
    instructor_venue_change: int
    move_slot: int = 10
    move_class_same_slot: int = 1
    class_room_change: int = 5
    instructor_change: int = 3
    request_denied: int = 20
    unplaced: int = 100

    def straddle(self, mode: str) -> int:
        """Return the price of one person whose class straddles a weekend."""
        return self.straddle_in_person if mode == IN_PERSON else self.straddle_online


@dataclass(frozen=True)
class Locality:
    """A district or city; people of a city need no bus."""

    id: str
    city: bool
    km_to_venues: int


@dataclass(frozen=True)
class Agency:
    """An agency with all its staff, also those not nominated (`headcount`, `job_group_headcount`)."""

    id: str
    name: str
    sector: str
    level: str
    locality: str
    mode: str
    headcount: int
    job_group_headcount: Mapping[str, int]


@dataclass(frozen=True)
class Room:
    """A teaching place: a hall and the computers beside it."""

    id: str
    venue: str
    seats: int
    computers: int
    accessible: bool
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Instructor:
    """Someone who teaches: tracks, languages, greatest number of classes, days away."""

    id: str
    tracks: tuple[str, ...]
    languages: tuple[str, ...]
    home_venue: str
    max_classes: int
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Trainee:
    """A nominated person; `need` is "access" or empty; `unavailable` lists the days they cannot come."""

    id: str
    agency: str
    job_group: str
    track: str
    need: str = ""
    language: str = DEFAULT_LANGUAGE
    unavailable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slot:
    """Consecutive allowed days that one class may take; `straddles` when a weekend lies inside."""

    index: int
    days: tuple[str, ...]
    straddles: bool


@dataclass(frozen=True)
class Instance:
    """One planning problem; build with `read_instance` or directly."""

    name: str
    days: tuple[Day, ...]
    rules: Rules
    weights: Weights
    fair_straddle_share_pct: int
    track_distance: tuple[tuple[str, str, int], ...]
    localities: tuple[Locality, ...]
    agencies: tuple[Agency, ...]
    rooms: tuple[Room, ...]
    instructors: tuple[Instructor, ...]
    trainees: tuple[Trainee, ...]

    @cached_property
    def allowed_days(self) -> tuple[str, ...]:
        """Days on which classes may be held, in order of the calendar."""
        return tuple(d.id for d in self.days if d.working or self.rules.weekend_days_used)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot a class may take, by first day; straddling ones only where the rules allow them."""
        days, length = self.allowed_days, self.rules.session_days
        found: list[Slot] = []
        for start in range(len(days) - length + 1):
            span = days[start : start + length]
            straddles = straddles_weekend(span)
            if not straddles or self.rules.straddle_weekend_allowed:
                found.append(Slot(len(found), span, straddles))
        return tuple(found)

    @cached_property
    def agency_by_id(self) -> dict[str, Agency]:
        """Agencies by identifier."""
        return {a.id: a for a in self.agencies}

    @cached_property
    def distances(self) -> dict[tuple[str, str], int]:
        """Mismatch price by (track, theme), both ways round; absent pairs cost `UNLISTED_DISTANCE`."""
        table: dict[tuple[str, str], int] = {}
        for a, b, price in self.track_distance:
            table[a, b] = table[b, a] = price
        return table

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        """Tracks that trainees need, sorted; the themes a class may have."""
        return tuple(sorted({t.track for t in self.trainees}))

    def distance(self, track: str, theme: str) -> int:
        """Return the mismatch price of one person of `track` in a class of `theme`."""
        return 0 if track == theme else self.distances.get((track, theme), UNLISTED_DISTANCE)

    def release_cap(self, agency: Agency) -> int:
        """Return how many people of `agency` may be away on one day."""
        head = agency.headcount
        if head <= 1:
            return head
        extra = 99 if self.rules.release_rounding == "up" else 0
        return max(1, min(head - 1, (head * self.rules.release_cap_pct + extra) // 100))


def straddles_weekend(days: tuple[str, ...]) -> bool:
    """Say whether days that are neighbours in the plan have other calendar days between them."""
    span = date.fromisoformat(days[-1]) - date.fromisoformat(days[0])
    return span.days > len(days) - 1
