"""Who earned an attestation: presence AND test AND assignment AND conduct, each met, failed or pending.

Source of the four conditions: Circular 03/2023/TT-BNV, before it 01/2018 (full participation, every test and
piece of work at 5 of 10 or more, respect of law and house rules). The numbers are rules of the campaign,
dated and sourced; this module only compares. Marks are in tenths (50 = 5,0), presence in half half-days
(2 = a whole half-day, 1 = late, 0 = none).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

FULL = 2  # credit of one whole half-day
HALF_DAYS = 4


class Verdict(StrEnum):
    """The verdict on one trainee."""

    ELIGIBLE = "eligible"
    REFUSED = "refused"
    OPEN = "open"


class Standing(StrEnum):
    """How one condition stands."""

    MET = "met"
    FAILED = "failed"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class RuleApplied:
    """A number of law or of the campaign, with where it comes from and how sure we are."""

    value: Decimal
    unit: str
    source: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a campaign that the four conditions need."""

    attendance_pct: RuleApplied
    pass_mark: RuleApplied
    assignment_pass_mark: RuleApplied
    conduct: RuleApplied


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A half-day of the trainee's own class; ``pending`` while it or its make-up is still to come."""

    number: int
    status: str
    credit: int
    pending: bool = False
    minutes_late: int = 0
    made_up_in: str = ""


@dataclass(frozen=True, slots=True)
class Exam:
    """The best valid mark; ``pending`` while a sitting or a resit is still to come or to be scored."""

    mark: int | None = None
    attempts: int = 0
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """The latest mark; ``pending`` while it may still be handed in, or is handed in and not graded."""

    mark: int | None = None
    handed_in: bool = False
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Conduct:
    """Serious notes: ``upheld`` stand against the trainee, ``undecided`` wait for reply or decision."""

    upheld: Sequence[str] = ()
    undecided: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything the verdict is found on."""

    half_days: Sequence[HalfDay] = ()
    test: Exam = Exam()
    assignment: Assignment = Assignment()
    conduct: Conduct = Conduct()


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """One condition: how it stands, why (a code, empty when met), by which rule, on what evidence."""

    condition: str
    standing: Standing
    reason: str
    rule: RuleApplied
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict and its four conditions; ``reasons`` worst first, failures before what is pending."""

    verdict: Verdict
    reasons: tuple[str, ...]
    conditions: tuple[ConditionFinding, ...]


def find(evidence: Evidence, rules: Rules) -> Finding:
    """Return the verdict: refused if any condition fails, else open if any is pending, else eligible.

    The order of conditions is the order of weight: what is hardest to mend stands first.
    """
    conditions = (
        judge_conduct(evidence.conduct, rules.conduct),
        judge_presence(evidence.half_days, rules.attendance_pct),
        judge_test(evidence.test, rules.pass_mark),
        judge_assignment(evidence.assignment, rules.assignment_pass_mark),
    )
    failed = tuple(c.reason for c in conditions if c.standing is Standing.FAILED)
    pending = tuple(c.reason for c in conditions if c.standing is Standing.PENDING)
    verdict = Verdict.REFUSED if failed else Verdict.OPEN if pending else Verdict.ELIGIBLE
    return Finding(verdict, failed + pending, conditions)


def credit_needed(rule: RuleApplied, half_days: int = HALF_DAYS) -> int:
    """Return the least credit, in half half-days: 100 % of four half-days = 8, 90 % = 8, 80 % = 7.

    Rounded up, since a share below the rule is below the rule.
    """
    exact = rule.value * half_days * FULL / 100
    return int(exact.to_integral_value(rounding="ROUND_CEILING"))


def judge_presence(half_days: Sequence[HalfDay], rule: RuleApplied) -> ConditionFinding:
    """Judge presence: half-days with nothing known yet count as still possible."""
    needed = credit_needed(rule)
    credit = sum(day.credit for day in half_days)
    unknown = max(0, HALF_DAYS - len(half_days))
    possible = credit + FULL * unknown + sum(FULL - day.credit for day in half_days if day.pending)
    evidence = {
        "credit": credit,
        "needed": needed,
        "half_days": [_half_day_facts(day) for day in sorted(half_days, key=lambda d: d.number)],
    }
    if credit >= needed:
        return ConditionFinding("presence", Standing.MET, "", rule, evidence)
    if possible >= needed:
        return ConditionFinding("presence", Standing.PENDING, "presence.pending", rule, evidence)
    return ConditionFinding("presence", Standing.FAILED, "presence.short", rule, evidence)


def _half_day_facts(day: HalfDay) -> dict[str, Any]:
    return {
        "number": day.number,
        "status": day.status,
        "credit": day.credit,
        "pending": day.pending,
        "minutes_late": day.minutes_late,
        "made_up_in": day.made_up_in,
    }


def judge_test(test: Exam, rule: RuleApplied) -> ConditionFinding:
    """Judge the test by the best valid mark."""
    evidence = {"mark": test.mark, "attempts": test.attempts}
    standing, reason = _judge_mark(test.mark, rule, pending=test.pending)
    code = {"": "", "pending": "test.pending", "low": "test.low", "missing": "test.missing"}[reason]
    return ConditionFinding("test", standing, code, rule, evidence)


def judge_assignment(assignment: Assignment, rule: RuleApplied) -> ConditionFinding:
    """Judge the final assignment by its latest mark."""
    evidence = {"mark": assignment.mark, "handed_in": assignment.handed_in}
    standing, reason = _judge_mark(assignment.mark, rule, pending=assignment.pending)
    if reason == "pending" and assignment.handed_in:
        reason = "not_graded"
    code = f"assignment.{reason}" if reason else ""
    return ConditionFinding("assignment", standing, code, rule, evidence)


def _judge_mark(mark: int | None, rule: RuleApplied, *, pending: bool) -> tuple[Standing, str]:
    if mark is not None and mark >= rule.value * 10:
        return Standing.MET, ""
    if pending:
        return Standing.PENDING, "pending"
    return Standing.FAILED, "missing" if mark is None else "low"


def judge_conduct(conduct: Conduct, rule: RuleApplied) -> ConditionFinding:
    """Judge conduct: only an upheld serious note fails, one not yet decided keeps the verdict open."""
    evidence = {"upheld": list(conduct.upheld), "undecided": list(conduct.undecided)}
    if conduct.upheld:
        return ConditionFinding("conduct", Standing.FAILED, "conduct.upheld", rule, evidence)
    if conduct.undecided:
        return ConditionFinding("conduct", Standing.PENDING, "conduct.undecided", rule, evidence)
    return ConditionFinding("conduct", Standing.MET, "", rule, evidence)


def as_facts(finding: Finding) -> dict[str, Any]:
    """Return the conditions as plain data, as the database keeps them (numbers as text keep their places)."""
    return {
        one.condition: {
            "standing": one.standing.value,
            "reason": one.reason,
            "rule": {
                "value": format(one.rule.value.normalize(), "f"),
                "unit": one.rule.unit,
                "source": one.rule.source,
                "certainty": one.rule.certainty,
            },
            "evidence": dict(one.evidence),
        }
        for one in finding.conditions
    }
