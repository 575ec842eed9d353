"""Read the law of a campaign: its acts, groups and the rules in force."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from ..models import CampaignAct, Rule, TargetGroup
from ..types import ActCited, RuleInForce


def rules_in_force(campaign_id: int, on: date) -> dict[str, RuleInForce]:
    """Return the chosen value of each rule on a day, by key; the latest that has begun counts."""
    rows = Rule.objects.filter(
        Q(in_force_to__isnull=True) | Q(in_force_to__gt=on),
        campaign_id=campaign_id,
        chosen=True,
        in_force_from__lte=on,
    ).order_by("in_force_from", "id")
    return {r.key: RuleInForce(r.key, r.value, r.unit, r.source, r.certainty, r.label, r.pk) for r in rows}


def rule_alternatives(campaign_id: int) -> dict[str, list[Rule]]:
    """Return every row of every rule, by key in the plan's order, the chosen rows of a key first."""
    found: dict[str, list[Rule]] = {}
    for rule in Rule.objects.filter(campaign_id=campaign_id).order_by("id"):
        found.setdefault(rule.key, []).append(rule)
    return {key: sorted(rows, key=lambda r: not r.chosen) for key, rows in found.items()}


def campaign_acts(campaign_id: int) -> Sequence[ActCited]:
    """Return the legal acts in the order papers cite them."""
    rows = CampaignAct.objects.filter(campaign_id=campaign_id).select_related("act").order_by("ordinal")
    return [
        ActCited(
            uuid=str(row.act.uuid),
            number=row.act.number,
            kind=row.act.kind,
            issued_on=row.act.issued_on,
            issuer=row.act.issuer,
            subject=row.act.subject,
            founds=row.founds,
            in_force_from=row.act.in_force_from,
            in_force_to=row.act.in_force_to,
            source=row.act.source,
            verified=row.act.verified,
        )
        for row in rows
    ]


def target_groups(campaign_id: int) -> QuerySet[TargetGroup]:
    """Return the groups in the plan's order."""
    return TargetGroup.objects.filter(campaign_id=campaign_id).order_by("ordinal", "id")


def theme_of(facts: dict[str, object], group_code: str, job_group: str, sector: str) -> str:
    """Return the theme a person learns: by job group, else by sector, else the group's default.

    ``facts`` are the campaign's; a group without themes gives its own code.
    """
    held = facts.get("groups")
    groups = held.get("value", {}) if isinstance(held, dict) else {}
    themes = groups.get(group_code, {}).get("themes", {})
    return str(themes.get(job_group) or themes.get(sector) or themes.get("default") or group_code)
