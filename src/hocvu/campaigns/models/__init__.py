"""Campaigns and what founds, bounds and steers them."""

from .campaign import Campaign, TargetGroup
from .event import Event, EventGuest
from .law import CampaignAct, LegalAct, Rule
from .steering import Directive, DirectiveStep, Task

__all__ = [
    "Campaign", "CampaignAct", "Directive", "DirectiveStep", "Event",
    "EventGuest", "LegalAct", "Rule", "TargetGroup", "Task",
]  # fmt: skip
