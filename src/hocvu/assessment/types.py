"""What crosses the door of assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SatRow:
    """One candidate's finished test, for a bulk write: ``answers`` ``{1-based place: option key}``."""

    placement_id: int
    started_at: datetime
    submitted_at: datetime
    answers: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """One answer as a device sends it; ``value`` empty withdraws; no sequence: the server gives the next."""

    position: int
    value: str
    client_sequence: int | None = None
    client_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaveReport:
    """What is safe on disk: places settled, the highest sequence kept, the seconds left to the end."""

    saved: tuple[int, ...]
    last: int
    remaining_seconds: int


@dataclass(frozen=True, slots=True)
class KeyedPlace:
    """One place of a paper with its right key: for scoring and rehearsal, never for a page."""

    axis: int
    difficulty: str
    order: str
    right_key: str
