"""What crosses the door of monitoring: the figures of a campaign, frozen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Presence:
    """Entries of the register: one is one person in one half-day. ``came`` = present, late or made up."""

    expected: int = 0
    entries: int = 0
    present: int = 0
    late: int = 0
    absent: int = 0
    excused: int = 0
    made_up: int = 0

    @property
    def came(self) -> int:
        """Entries with any credit for being there."""
        return self.present + self.late + self.made_up

    @property
    def share(self) -> float | None:
        """The share of entries that came, 0-1; none without entries."""
        return self.came / self.entries if self.entries else None


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One target group from quota to attestation."""

    code: str
    name: Mapping[str, str]
    mode: str
    planned: int
    nominated: int
    approved: int
    placed: int
    presence: Presence
    tested: int
    passed: int
    attested: int
    refused: int
    open: int


@dataclass(frozen=True, slots=True)
class ModeFigures:
    """People and classes of one mode; ``classes_planned`` as published, ``classes_made`` in the timetable."""

    mode: str
    planned: int
    nominated: int
    placed: int
    classes_planned: int
    classes_made: int
    classes_begun: int
    classes_done: int
    presence: Presence


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day of teaching."""

    day: date
    sessions: int
    held: int
    closed: int
    presence: Presence
    tested: int
    passed: int


@dataclass(frozen=True, slots=True)
class FormFigures:
    """One evaluation form: asked, answered, of these invalid."""

    kind: str
    month: int
    sent: int
    answered: int
    invalid: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a campaign up to an instant.

    What happened (presences, tests, attestations, answers, reports of difficulties) is counted up to ``until``;
    states that keep no history (lists, nominations, verdicts, difficulties open or closed) are as they stand.
    ``marks[n]`` counts people whose best mark lies in ``[n, n + 1)``, ``marks[10]`` those with 10.
    """

    campaign_id: int
    until: datetime
    planned: int
    nominated: int
    placed: int
    modes: tuple[ModeFigures, ...]
    groups: tuple[GroupFigures, ...]
    days: tuple[DayFigures, ...]
    lists: Mapping[str, int]
    sessions_planned: int
    sessions_held: int
    sessions_closed: int
    presence: Presence
    sittings: Mapping[str, int]
    tested: int
    passed: int
    marks: tuple[int, ...]
    mark_mean: float | None
    issued: int
    revoked: int
    eligible: int
    refused: int
    open: int
    refused_by_reason: Mapping[str, int]
    open_by_reason: Mapping[str, int]
    difficulties: Mapping[str, int]
    difficulties_waiting_by_level: Mapping[str, int]
    difficulties_late: int
    make_ups: Mapping[str, int]
    forms: tuple[FormFigures, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain data with stable keys, dates as ISO text."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is red on the campaign's page: what, how much, and the page where it is mended."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    grave: bool = False


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value
