"""What crosses the door of delivery: rows going in, read models coming out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """One sign of presence.

    ``kind``: present, absent, left. ``channel``: roll_call, qr, join_log, sheet, manager. ``observed_at`` is
    the moment of the sign; for a person who came or left, also when they did, unless ``evidence`` says it in
    minutes after the half-day's start: ``minutes_late`` of a present (0 = from the start), ``left_after`` of a
    left.
    """

    placement_id: int
    kind: str
    channel: str
    observed_at: datetime
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExcuseRow:
    """A reason for an absence; ``category``: sick, duty, family, other."""

    placement_id: int
    session_id: int
    category: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MakeUpRow:
    """A wish to make up the missed half-day in the target half-day."""

    placement_id: int
    missed_id: int
    target_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandInRow:
    """A final assignment handed in as text."""

    placement_id: int
    text: str


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A graded assignment: tenths (0-25) by criterion of ``RUBRIC_CRITERIA``."""

    placement_id: int
    rubric: Mapping[str, int]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """Seconds for which a lesson's page was active."""

    placement_id: int
    lesson_code: str
    version_number: int
    seconds: int


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A whole try at a practice task: deeds ``(object, deed, text)`` in order."""

    placement_id: int
    deeds: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class HalfDayState:
    """One half-day of a person's register; ``credit`` in half half-days (2, 1, 0)."""

    half_day: int
    session_id: int
    starts_at: datetime
    status: str  # present, late, absent, excused, made_up; empty: not taught or nothing seen yet
    credit: int
    minutes_late: int
    made_up_in: str  # code of the class, empty: nowhere
    made_up_on: date | None
    contradicted: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class ConductState:
    """One note on conduct as eligibility reads it: only serious and upheld stands against an attestation."""

    note_id: int
    uuid: UUID
    category: str
    severity: str  # minor, serious
    state: str  # open, replied, upheld, cleared
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class PresenceCounts:
    """Entries of the register by status; ``credit`` in half half-days, out of ``2 * entries``."""

    entries: int = 0
    present: int = 0
    late: int = 0
    absent: int = 0
    excused: int = 0
    made_up: int = 0
    credit: int = 0
    contradicted: int = 0

    @property
    def there(self) -> int:
        """How many came, on time, late, or elsewhere later."""
        return self.present + self.late + self.made_up


@dataclass(frozen=True, slots=True)
class CheckInCode:
    """The code a class shows now, and for how many seconds."""

    code: str
    seconds_left: int


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What became of a check-in."""

    session_id: int
    placement_id: int
    cohort_code: str
    already: bool
    status: str
    minutes_late: int


@dataclass(frozen=True, slots=True)
class MakeUpTarget:
    """A half-day of another class with free seats."""

    session_id: int
    uuid: UUID
    cohort_id: int
    cohort_code: str
    half_day: int
    mode: str
    starts_at: datetime
    ends_at: datetime
    place: str
    free: int


@dataclass(frozen=True, slots=True)
class LessonRead:
    """That a lesson was read."""

    lesson_code: str
    version_number: int
    seconds: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class PracticeFigures:
    """Practice of one agency: people who finished, tries, mean of each person's best score in per cent."""

    organisation_id: int
    people: int
    attempts: int
    best_share: float
