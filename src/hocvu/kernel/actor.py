"""Who acts: the roles of the product and the actor that every service takes and every ledger line keeps."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The people of ``docs/glossary.md``; one account may hold several and acts in one at a time."""

    TRAINEE = "trainee"
    INSTRUCTOR = "instructor"
    INVIGILATOR = "invigilator"
    FOCAL_POINT = "focal_point"
    HEAD = "head"
    OFFICE = "office"  # the university's training office: rooms, instructors, papers, lessons
    REVIEWER = "reviewer"  # Department of Science and Technology
    MANAGER = "manager"  # Department of Home Affairs, runs the campaign
    LEADER = "leader"  # Provincial People's Committee
    OPERATOR = "operator"  # runs the installation
    SYSTEM = "system"  # jobs and commands; never a person


STAFF = frozenset(
    {Role.INSTRUCTOR, Role.INVIGILATOR, Role.FOCAL_POINT, Role.HEAD, Role.OFFICE}
    | {Role.REVIEWER, Role.MANAGER, Role.LEADER, Role.OPERATOR}
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and in which role and scope; ids are values, so lower floors can keep them."""

    role: Role
    label: str
    account_id: int | None = None
    person_id: int | None = None
    organisation_id: int | None = None

    def is_any(self, *roles: Role) -> bool:
        """Say whether the actor acts in one of ``roles``."""
        return self.role in roles


SYSTEM = Actor(role=Role.SYSTEM, label="hocvu")
