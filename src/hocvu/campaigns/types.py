"""What crosses the door of campaigns: a plan as read from its file, rules in force, read models."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class PlanError:
    """One thing to mend in a plan file.

    ``path`` names the place as the file writes it (``rules[3].value``), ``line`` counts from 1 (0: unknown);
    ``code`` and ``data`` give the sentence.
    """

    path: str
    code: str
    line: int = 0
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActPlan:
    """A legal act as the plan cites it; ``founds`` says what it gives to the campaign."""

    number: str
    kind: str
    issued_on: date
    issuer: Texts
    subject: Texts
    founds: Texts
    in_force_from: date | None
    in_force_to: date | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """A target group; ``themes`` gives the theme a person learns by job group, sector or ``default``."""

    code: str
    name: Texts
    mode: str
    quota: int
    restricted: bool
    adaptation: Texts
    outcome: Texts
    themes: dict[str, str]
    quota_source: str
    quota_certainty: str


@dataclass(frozen=True, slots=True)
class RulePlan:
    """One value of one rule; several may stand for a key, at most one chosen at a time."""

    key: str
    value: Decimal
    unit: str
    label: Texts
    in_force_from: date
    in_force_to: date | None
    source: str
    certainty: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class EventPlan:
    """A ceremony with its guests by office."""

    kind: str
    title: Texts
    starts_at: datetime
    ends_at: datetime | None
    place: Texts
    agenda: tuple[dict[str, Any], ...]
    public: bool
    guests: tuple[Texts, ...]


@dataclass(frozen=True, slots=True)
class DirectivePlan:
    """An order of the leaders, to one organisation, until a day."""

    number: str
    issued_on: date
    issuer: Texts
    text: Texts
    organisation: tuple[str, ...]
    due_on: date


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """A task of one of the organisers."""

    title: Texts
    organisation: tuple[str, ...]
    due_on: date


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """A whole plan file. An organisation is named by codes of which the first known one counts."""

    code: str
    name: Texts
    short_name: Texts
    purpose: Texts
    owner: tuple[str, ...]
    organiser: tuple[str, ...]
    reviewer: tuple[str, ...]
    institution: tuple[str, ...]
    programme_code: str
    starts_on: date
    ends_on: date
    calendar: dict[str, Any]
    facts: dict[str, Any]
    repairs: tuple[dict[str, Any], ...]
    contact: dict[str, Any]
    attestation: dict[str, Any]
    acts: tuple[ActPlan, ...]
    groups: tuple[GroupPlan, ...]
    rules: tuple[RulePlan, ...]
    events: tuple[EventPlan, ...]
    directives: tuple[DirectivePlan, ...]
    tasks: tuple[TaskPlan, ...]
    marks: dict[str, str]
    text: str = ""

    def with_quotas(self, quotas: dict[str, int], *, source: str = "") -> "CampaignPlan":
        """Return the plan with other quotas by group code; groups not named keep theirs."""
        groups = tuple(
            replace(g, quota=quotas[g.code], quota_source=source or g.quota_source) if g.code in quotas else g
            for g in self.groups
        )
        return replace(self, groups=groups)

    def with_facts(self, values: dict[str, int], *, source: str) -> "CampaignPlan":
        """Return the plan with other values of its facts, by key, marked as invented from ``source``."""
        changed = {"source": source, "certainty": "invented", "verified": False}
        facts = {key: self.facts[key] | changed | {"value": value} for key, value in values.items()}
        return replace(self, facts=self.facts | facts)


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """The value of a rule that counts on a day."""

    key: str
    value: Decimal
    unit: str
    source: str
    certainty: str
    label: Texts
    rule_id: int


@dataclass(frozen=True, slots=True)
class ActCited:
    """A legal act in the order the campaign's papers cite it."""

    uuid: str
    number: str
    kind: str
    issued_on: date
    issuer: Texts
    subject: Texts
    founds: Texts
    in_force_from: date | None
    in_force_to: date | None
    source: str
    verified: bool
