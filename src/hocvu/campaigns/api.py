"""The door of campaigns."""

from .errors import PlanRefused
from .queries.campaigns import CampaignInView, campaign_in_view, current_campaign
from .queries.law import campaign_acts, rule_alternatives, rules_in_force, target_groups, theme_of
from .queries.shipped import SHIPPED_PLANS, shipped_plan
from .rules import can_run, visible_directives, visible_tasks
from .services.campaigns import (
    choose_rule,
    close_campaign,
    set_group_quotas,
    sign_campaign,
    start_campaign,
)
from .services.events import add_event, record_guest
from .services.plans import create_campaign, read_plan_file
from .services.steering import add_task, finish_task, issue_directive, report_on_directive
from .types import ActCited, CampaignPlan, PlanError, RuleInForce

__all__ = [
    "SHIPPED_PLANS",
    "ActCited",
    "CampaignInView",
    "CampaignPlan",
    "PlanError",
    "PlanRefused",
    "RuleInForce",
    "add_event",
    "add_task",
    "campaign_acts",
    "campaign_in_view",
    "can_run",
    "choose_rule",
    "close_campaign",
    "create_campaign",
    "current_campaign",
    "finish_task",
    "issue_directive",
    "read_plan_file",
    "record_guest",
    "report_on_directive",
    "rule_alternatives",
    "rules_in_force",
    "set_group_quotas",
    "shipped_plan",
    "sign_campaign",
    "start_campaign",
    "target_groups",
    "theme_of",
    "visible_directives",
    "visible_tasks",
]
