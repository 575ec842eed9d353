"""What crosses the door of the curriculum: lessons as they are read, versions, remarks, changes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

Trilingual = dict[str, str]
# by language: title, objectives (list), body (Markdown), sources (list), perhaps reading_minutes
LessonTexts = dict[str, dict[str, Any]]
# by language: title and Markdown body
VariantTexts = dict[str, dict[str, str]]
# One piece of a comparison of two texts: in both, only in the older, only in the newer.
Change = tuple[Literal["same", "out", "in"], str]


@dataclass(frozen=True, slots=True)
class LessonFile:
    """One shipped Markdown file: the text of a lesson, or of its variant for one group, in one language."""

    lesson_code: str
    language: str
    group_code: str  # empty: the lesson itself
    title: str
    body: str
    minutes: int | None = None
    reading_minutes: int | None = None
    objectives: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version to write: the whole lesson in its languages and for its groups."""

    lesson_code: str
    texts: LessonTexts
    variants: dict[str, VariantTexts] = field(default_factory=dict)
    reading_minutes: int = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text cannot be submitted; ``code`` has a sentence in ``web/sentences.py``."""

    code: str
    language: str = ""
    group_code: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """A lesson in the list of a programme; ``version`` is the approved one's number, none before approval."""

    id: int
    code: str
    axis: int
    half_day: int
    ordinal: int
    minutes: int
    title: Trilingual
    practice: Trilingual
    competence: str
    standard: str
    version: int | None
    reading_minutes: int | None


@dataclass(frozen=True, slots=True)
class ProgrammeInUse:
    """A programme with its lessons in teaching order."""

    id: int
    code: str
    title: Trilingual
    axes: dict[str, Trilingual]
    periods: int
    lessons: tuple[LessonEntry, ...]

    @property
    def minutes(self) -> int:
        """Return the minutes of all lessons together."""
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class TaughtVersion:
    """The approved version of a lesson."""

    id: int
    uuid: UUID
    lesson_code: str
    number: int
    reading_minutes: int
    texts: LessonTexts
    variants: dict[str, VariantTexts]
    approved_at: datetime | None
    approved_by: str


@dataclass(frozen=True, slots=True)
class LessonToRead:
    """A lesson as one reader sees it: one language, and what it adds for the reader's target group."""

    entry: LessonEntry
    language: str
    version_uuid: UUID
    version_number: int
    title: str
    objectives: list[str]
    body: str
    sources: list[str]
    reading_minutes: int
    approved_at: datetime | None
    approved_by: str
    group_code: str
    variant_title: str
    variant_body: str
    groups: list[str]
    previous: LessonEntry | None
    next: LessonEntry | None


@dataclass(frozen=True, slots=True)
class WaitingVersion:
    """A version that waits for the reviewer."""

    uuid: UUID
    lesson_code: str
    lesson_title: Trilingual
    number: int
    author_label: str
    submitted_at: datetime | None
    remarks: int
    first: bool  # nothing of this lesson is approved yet


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """One deed in the life of a version."""

    at: datetime
    who: str
    role: str
    deed: str
