"""The campaign's numbers that classes are decided by. One place, so that their source can change."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from hocvu.campaigns.models import Rule

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
    rows = (
        Rule.objects.filter(Q(in_force_to__isnull=True) | Q(in_force_to__gt=on))
        .filter(campaign_id=campaign_id, chosen=True, in_force_from__lte=on)
        .order_by("in_force_from")
        .values_list("key", "value")
    )
    return SPARE | dict(rows)


def presence_rules(campaign_id: int, on: date) -> PresenceRules:
    """Return the numbers the register is computed with on a day."""
    numbers = numbers_in_force(campaign_id, on)
    return PresenceRules(
        late_minutes=int(numbers["late_minutes"]),
        late_credit=int(numbers["late_credit"] * 2),
        least_share=int(numbers["least_share_pct"]),
    )
