"""What crosses the door of enrolment: rows of quotas and names, and how far the agencies are."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """How many people of a group an agency sends, and the staff it has in all (by job group)."""

    organisation_id: int
    group_code: str
    seats: int
    headcount: int
    job_groups: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameRow:
    """A person an agency names; without ``track`` or ``job_group`` the group's theme and the post's count."""

    person_id: int
    organisation_id: int
    group_code: str
    track: str = ""
    job_group: str = ""
    unavailable: list[str] = field(default_factory=list)  # ISO days


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How far the lists of a campaign are: lists by state, then people."""

    lists: int
    open: int
    submitted: int
    returned: int
    approved: int
    overdue: int
    seats: int
    named: int
    approved_people: int
    released: int
    due_on: date | None

    @property
    def answered(self) -> int:
        """Lists handed in or approved."""
        return self.submitted + self.approved


@dataclass(frozen=True, slots=True)
class GroupPlace:
    """One target group of one agency's list: seats given and names so far."""

    group_id: int
    code: str
    name: dict[str, str]
    mode: str
    seats: int
    named: int

    @property
    def free(self) -> int:
        """Seats still to fill."""
        return max(0, self.seats - self.named)
