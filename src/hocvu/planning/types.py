"""What crosses the door of planning."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class VenueRow:
    """A venue; its name and address come from the campaign's plan where it names the code."""

    code: str
    organisation_id: int | None = None
    name: dict[str, str] | None = None
    address: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class LabRow:
    """A computer lab."""

    code: str
    venue_code: str
    computers: int


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A teaching place; ``labs``: (lab code, computers of it that serve this place)."""

    code: str
    venue_code: str
    name: str
    seats: int
    computers: int
    labs: Sequence[tuple[str, int]] = ()
    accessible: bool = True
    unavailable: Sequence[str] = ()
    synthetic: bool = False


@dataclass(frozen=True, slots=True)
class InstructorRow:
    """An instructor; days ISO."""

    code: str
    person_id: int
    tracks: Sequence[str]
    languages: Sequence[str] = ("vi",)
    home_venue_code: str = ""
    max_classes: int = 4
    unavailable: Sequence[str] = ()
    synthetic: bool = False


DEFAULT_WEIGHTS = {
    "group": 2, "bus": 30, "straddle_in_person": 2, "straddle_online": 1, "size_dev": 1, "fair_straddle": 2,
    "instructor_over_avg": 5, "instructor_venue_change": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanShape:
    """What is asked of a timetable beyond the campaign's own rules.

    ``modes``: ``{mode: {"classes", "min", "target", "max", "test_sittings"?, "concurrent_max"?}}`` with the
    exact number of classes; weights in points (``docs/planning.md``); ``localities`` ``{"id", "city",
    "km_to_venues"}``; a locality not listed counts as out of town.
    """

    modes: dict[str, dict[str, int]]
    weights: dict[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    track_distance: Sequence[Sequence[Any]] = ()
    localities: Sequence[dict[str, Any]] = ()
    bus_seats: int = 45
    size_tolerance: int = 5
    fair_straddle_share_pct: int = 25
    weekend_days_used: bool = False
    straddle_weekend_allowed: bool = True
