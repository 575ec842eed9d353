"""The campaign's rules that the verdict applies."""

from datetime import date
from decimal import Decimal

from hocvu.campaigns.api import RuleInForce, rules_in_force
from hocvu.kernel.errors import Refused

from ..domain.eligibility import RuleApplied, Rules

# House rules are a condition of the circular itself; a campaign may name the rule to cite its own paper.
CONDUCT = RuleApplied(Decimal(1), "", "03/2023/TT-BNV", "unverified")


def eligibility_rules(campaign_id: int, on: date) -> Rules:
    """Return the chosen rules in force on a day; refuse where the campaign has not chosen one that is needed."""
    found = rules_in_force(campaign_id, on)
    for key in ("attendance_pct", "pass_mark", "assignment_pass_mark"):
        if key not in found:
            raise Refused("attestations.rule_missing", key=key)
    conduct = found.get("conduct_clear")
    return Rules(
        attendance_pct=_applied(found["attendance_pct"]),
        pass_mark=_applied(found["pass_mark"]),
        assignment_pass_mark=_applied(found["assignment_pass_mark"]),
        conduct=_applied(conduct) if conduct else CONDUCT,
    )


def _applied(rule: RuleInForce) -> RuleApplied:
    return RuleApplied(rule.value, rule.unit, rule.source, rule.certainty)
