"""The rules by which difficulties climb, read from ``data/escalation.yaml``."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.people.api import successors_of

from ..domain.working_time import WorkingTime, after_working_days, after_working_hours

_FILE = Path(__file__).resolve().parents[1] / "data" / "escalation.yaml"
HIGHEST = 3


@dataclass(frozen=True, slots=True)
class Level:
    """One level: its clock, the roles that work on it."""

    number: int
    hours: int
    counted: str
    owner: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class EscalationRules:
    """All levels, the owner of each category at level 1, the working time."""

    levels: dict[int, Level]
    categories: dict[str, str]
    worked: WorkingTime
    certainty: str


@lru_cache(maxsize=1)
def escalation_rules() -> EscalationRules:
    """Return the rules of the file."""
    held: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    hours = held["working_time"]
    return EscalationRules(
        levels={
            number: Level(number, one["hours"], one["counted"], one.get("owner", ""), frozenset(one["roles"]))
            for number, one in held["levels"].items()
        },
        categories=held["categories"],
        worked=WorkingTime(
            weekdays=frozenset(hours["weekdays"]),
            spans=tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in hours["hours"]),
            holidays=frozenset(hours["holidays"]),
        ),
        certainty=held["certainty"],
    )


def due_from(campaign: Campaign, level: int, start: datetime) -> datetime:
    """Return when a difficulty that stands at ``level`` since ``start`` is late there."""
    rules = escalation_rules()
    worked = rules.worked.with_days([date.fromisoformat(str(d)) for d in campaign.calendar.get("working_days", [])])
    rule = rules.levels[level]
    count = after_working_hours if rule.counted == "working_hours" else after_working_days
    wall = clock.local(start).replace(tzinfo=None)
    return count(wall, rule.hours, worked).replace(tzinfo=clock.LOCAL)


def owner_of(campaign: Campaign, level: int, category: str, organisation_id: int | None) -> int:
    """Return the organisation that owns a difficulty at a level today, after mergers its successor."""
    rules = escalation_rules()
    if level == 1:
        by_agency = rules.categories.get(category) == "agency" and organisation_id is not None
        wanted = organisation_id if by_agency else campaign.institution_id
    else:
        wanted = campaign.organiser_id if rules.levels[level].owner == "organiser" else campaign.owner_id
    found = wanted or campaign.owner_id
    heirs = successors_of([found], clock.today()).get(found)
    return heirs[0] if heirs else found
