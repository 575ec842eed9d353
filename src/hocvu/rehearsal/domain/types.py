"""What a synthetic population is made of. Plain frozen records: no behaviour, no framework.

Dates of validity are half-open: ``valid_from`` is the first day, ``valid_to`` the first day *after* the
last one (``None``: still valid). Codes are unique over the whole history; the code of the statistical
office, which changed meaning on 1 July 2025, is kept apart in ``gso_code``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Mode = Literal["in_person", "online", ""]
Sex = Literal["nam", "nữ"]
Role = Literal["head", "focal_point"]


@dataclass(frozen=True, slots=True)
class SyntheticOrganisation:
    """One node of the dated tree. ``headcount`` and ``nominated`` count its own staff, not its children's."""

    code: str
    name_vi: str
    name_fr: str
    name_en: str
    kind: str
    level: str  # province | district | commune
    sector: str  # state | party | commune | police | education | health | university | "" (a node without staff)
    parent_code: str | None
    locality: str  # district code of the statistical office in June 2025, "" after the merger for the province
    mode: Mode
    headcount: int
    nominated: int
    valid_from: date
    valid_to: date | None
    restricted: bool = False  # police: names are shown to few
    synthetic: bool = False  # the unit itself is invented or derived; headcounts always are
    gso_code: str = ""

    @property
    def nominates(self) -> bool:
        """Say whether this is an agency of the plan: a leaf that sends people."""
        return self.nominated > 0


@dataclass(frozen=True, slots=True)
class Succession:
    """``predecessor_code`` ends the day before ``on``; its people and papers go to ``successor_code``."""

    predecessor_code: str
    successor_code: str
    on: date
    kind: Literal["merge", "rename", "abolish"]


@dataclass(frozen=True, slots=True)
class ParentChange:
    """A unit that goes on existing stands under ``parent_code`` from ``on``."""

    organisation_code: str
    parent_code: str
    on: date


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """One member of staff, nominated or staying. No real person: see the data folder's README."""

    key: str
    full_name: str
    birth_date: date
    sex: Sex
    position_vi: str
    job_group: str  # leader | specialist | clerk | officer | teacher | doctor | nurse
    organisation_code: str
    phone: str
    email: str | None
    national_id: str
    nominated: bool
    target_group: str  # LD | XA | SN | CA | GD | YT
    track: str
    need: Literal["access", ""]
    language: Literal["vi", "bahnar"]
    unavailable: tuple[date, ...]
    role: Role | None


@dataclass(frozen=True, slots=True)
class SyntheticInstructor:
    """One invented instructor."""

    key: str
    full_name: str
    sex: Sex
    birth_date: date
    tracks: tuple[str, ...]
    languages: tuple[str, ...]
    home_venue: str
    max_classes: int
    unavailable: tuple[date, ...]
    academic_title: str
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class SyntheticLab:
    """One computer lab. 32 labs and 1,104 computers are published; the split by lab is invented."""

    code: str
    venue: str
    computers: int
    used: bool  # False: a spare lab that serves no teaching place


@dataclass(frozen=True, slots=True)
class SyntheticRoom:
    """One teaching place: a hall, and the computers of the labs beside it that serve it."""

    code: str
    venue: str
    name: str
    seats: int
    computers: int
    labs: tuple[tuple[str, int], ...]  # (lab code, computers of that lab that serve this place)
    accessible: bool
    unavailable: tuple[date, ...]
    synthetic: bool = True


@dataclass(frozen=True, slots=True)
class Locality:
    """A district of June 2025 as the place people come from."""

    code: str
    name_vi: str
    city: bool
    km_to_venues: int  # synthetic


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A calendar day of the campaign."""

    date: date
    working: bool


@dataclass(frozen=True, slots=True)
class ModeRules:
    """How many classes of a mode, and how large. ``classes`` is exact: not more, not fewer."""

    classes: int
    min: int
    target: int
    max: int
    test_turns: int | None = None  # in person: turns at each computer
    concurrent_max: int | None = None  # online: licences and studios at once


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What the planner must respect and what it pays for; weights are points of the plan file's format."""

    days: tuple[PlanDay, ...]
    in_person: ModeRules
    online: ModeRules
    weights: tuple[tuple[str, int], ...]
    track_distance: tuple[tuple[str, str, int], ...]
    session_days: int = 2
    weekend_days_used: bool = False
    straddle_weekend_allowed: bool = True
    release_cap_pct: int = 34
    release_rounding: Literal["down", "up"] = "down"
    keep_one_per_job_group: bool = True
    team_size: int = 2
    bus_seats: int = 45
    size_tolerance: int = 5
    fair_straddle_share_pct: int = 25

    @property
    def modes(self) -> dict[str, ModeRules]:
        """Return the rules by mode."""
        return {"in_person": self.in_person, "online": self.online}

    @property
    def working_days(self) -> tuple[date, ...]:
        """Return the days on which classes may sit, in order."""
        return tuple(d.date for d in self.days if d.working or self.weekend_days_used)


@dataclass(frozen=True, slots=True)
class VenueFacts:
    """What the university published about both venues together (en.qnu.edu.vn), before any repair."""

    labs: int
    computers: int
    staff: int


@dataclass(frozen=True, slots=True)
class Population:
    """A whole synthetic campaign: who, where they belong before and after the merger, who teaches, where."""

    seed: int
    scale: float
    organisations: tuple[SyntheticOrganisation, ...]  # parents before children
    parent_changes: tuple[ParentChange, ...]
    successions: tuple[Succession, ...]
    persons: tuple[SyntheticPerson, ...]  # by agency, head first
    instructors: tuple[SyntheticInstructor, ...]
    rooms: tuple[SyntheticRoom, ...]
    labs: tuple[SyntheticLab, ...]
    localities: tuple[Locality, ...]
    facts: VenueFacts
    plan_rules: PlanRules

    @property
    def agencies(self) -> tuple[SyntheticOrganisation, ...]:
        """Return the organisations that nominate people, in the order of the tree."""
        return tuple(o for o in self.organisations if o.nominates)
