"""What crosses the door of people: rows to register and read models."""

from dataclasses import dataclass, field
from datetime import date

from hocvu.kernel.actor import Role


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """A body in being from ``valid_from`` to ``valid_to`` (exclusive).

    A body that goes on under another parent is two rows of one code, joined by a succession of kind
    ``rename`` from the code to itself.
    """

    code: str
    name_vi: str
    name_fr: str = ""
    name_en: str = ""
    kind: str = ""
    level: str = ""
    sector: str = ""
    locality: str = ""
    parent_code: str | None = None
    restricted: bool = False
    synthetic: bool = False
    valid_from: date = date(2020, 1, 1)
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """``predecessor_code`` ends on the day ``on``; its people go to ``successor_code``."""

    predecessor_code: str
    successor_code: str
    on: date
    kind: str = "merge"  # merge, rename, abolish
    source: str = ""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person and the post they hold from ``starts_on``; ``key`` is the caller's own and is not kept."""

    key: str
    full_name: str
    birth_date: date | None = None
    birth_year: int | None = None
    sex: str = ""  # f, m or unknown
    organisation_id: int = 0
    position: str = ""
    job_group: str = "specialist"
    national_id: str = ""
    phone: str = ""
    email: str = ""
    language: str = "vi"
    need: str = ""
    restricted: bool = False
    synthetic: bool = False
    starts_on: date = date(2020, 1, 1)
    person_id: int | None = None  # known already: this person is brought up to date
    source: str = field(default="roster")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in one role; several rows of one user name give it several roles.

    Without a password the account opens by slip only.
    """

    username: str
    label: str
    person_id: int | None = None
    role: Role = Role.TRAINEE
    organisation_id: int | None = None
    password: str | None = None
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """A slip as it is printed; the code is seen here once and never kept."""

    account_id: int
    full_name: str
    organisation: str
    code: str
