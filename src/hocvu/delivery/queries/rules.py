"""The campaign's numbers that classes are decided by. One place, so that their source can change."""

from datetime import date
from decimal import Decimal

from hocvu.campaigns.api import rules_in_force

from ..domain.presence import PresenceRules

# What counts where a campaign says nothing. All invented; a campaign's own chosen row goes before.
SPARE = {
    "late_minutes": Decimal(15),
    "late_credit": Decimal("0.5"),
    "least_share_pct": Decimal(50),  # there for less than half of a half-day: absent
    "assignment_pass_mark": Decimal(5),
    "online_class_max": Decimal(120),  # seats of an online class, guests who make up included
    "conduct_reply_days": Decimal(3),  # days to reply before a note may be upheld unanswered
}


def numbers_in_force(campaign_id: int, on: date) -> dict[str, Decimal]:
    """Return the chosen numbers in force on a day, by key, with the spare ones where none is chosen."""
    return SPARE | {key: rule.value for key, rule in rules_in_force(campaign_id, on).items()}


def presence_rules(campaign_id: int, on: date) -> PresenceRules:
    """Return the numbers the register is computed with on a day."""
    numbers = numbers_in_force(campaign_id, on)
    return PresenceRules(
        late_minutes=int(numbers["late_minutes"]),
        late_credit=int(numbers["late_credit"] * 2),
        least_share=int(numbers["least_share_pct"]),
    )
