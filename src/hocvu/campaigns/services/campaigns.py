"""Move a campaign through its life and choose between its rules."""

from datetime import date

from django.db import transaction

from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..domain.plan_file import NEEDED_RULES
from ..domain.states import next_state
from ..models import Campaign, CampaignAct, Rule, TargetGroup
from ..rules import may_run


def sign_campaign(*, actor: Actor, campaign_id: int) -> Campaign:
    """Record that the plan is signed: it must cite an act, have people and every rule that counts."""
    return _move(actor, campaign_id, "sign")


def start_campaign(*, actor: Actor, campaign_id: int) -> Campaign:
    """Start a signed campaign."""
    return _move(actor, campaign_id, "start")


def close_campaign(*, actor: Actor, campaign_id: int) -> Campaign:
    """Close a running campaign; its rules no longer change."""
    return _move(actor, campaign_id, "close")


def _move(actor: Actor, campaign_id: int, deed: str) -> Campaign:
    may_run(actor)
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        before = campaign.state
        campaign.state = next_state(before, deed)
        if deed == "sign" and (missing := _missing(campaign)):
            raise Refused("campaigns.not_ready", missing=missing)
        campaign.save(update_fields=["state"])
        record(
            actor=actor,
            action=f"campaigns.{deed}",
            object_type="campaign",
            object_key=campaign.uuid,
            data={"from": before, "to": campaign.state},
        )
    return campaign


def _missing(campaign: Campaign) -> list[str]:
    """Return what a campaign lacks to be signed: ``acts``, ``people`` or the keys of rules."""
    missing = []
    if not CampaignAct.objects.filter(campaign=campaign).exists():
        missing.append("acts")
    if not TargetGroup.objects.filter(campaign=campaign, quota__gt=0).exists():
        missing.append("people")
    chosen = set(Rule.objects.filter(campaign=campaign, chosen=True).values_list("key", flat=True))
    return missing + [key for key in NEEDED_RULES if key not in chosen]


def choose_rule(*, actor: Actor, rule_id: int) -> Rule:
    """Put one alternative of a rule in force; the ones it overlaps in time step back."""
    may_run(actor)
    with transaction.atomic():
        rule = Rule.objects.select_for_update().select_related("campaign").get(pk=rule_id)
        if rule.campaign.state == Campaign.State.CLOSED:
            raise Refused("campaigns.closed")
        others = Rule.objects.filter(campaign=rule.campaign, key=rule.key, chosen=True).exclude(pk=rule.pk)
        before = [other for other in others if _overlap(rule, other)]
        if rule.chosen and not before:
            return rule
        Rule.objects.filter(pk__in=[other.pk for other in before]).update(chosen=False)
        rule.chosen = True
        rule.save(update_fields=["chosen"])
        record(
            actor=actor,
            action="campaigns.choose_rule",
            object_type="campaign",
            object_key=rule.campaign.uuid,
            data={
                "key": rule.key,
                "value": str(rule.value),
                "before": [str(other.value) for other in before],
                "certainty": rule.certainty,
            },
        )
    return rule


def _overlap(one: Rule, other: Rule) -> bool:
    return one.in_force_from < (other.in_force_to or date.max) and other.in_force_from < (one.in_force_to or date.max)


def set_group_quotas(*, actor: Actor, campaign_id: int, quotas: dict[str, int]) -> int:
    """Set the quota of groups by code, as the roster plan gives them; return the campaign's total.

    Raises ``campaigns.no_group`` for a code the campaign does not have, ``campaigns.closed`` at the end.
    """
    may_run(actor)
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        if campaign.state == Campaign.State.CLOSED:
            raise Refused("campaigns.closed")
        groups = {g.code: g for g in TargetGroup.objects.filter(campaign=campaign)}
        for code, quota in quotas.items():
            if code not in groups or quota < 0:
                raise Refused("campaigns.no_group", group=code, quota=quota)
            groups[code].quota = quota
        TargetGroup.objects.bulk_update(groups.values(), ["quota"])
        record(
            actor=actor,
            action="campaigns.set_group_quotas",
            object_type="campaign",
            object_key=campaign.uuid,
            data=dict(quotas),
        )
    return sum(g.quota for g in groups.values())
