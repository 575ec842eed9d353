"""The door of enrolment."""

from .queries.progress import approved_nominations, group_places, list_progress
from .rules import visible_lists, visible_nominations
from .services.letters import call_agencies, remind_agencies
from .services.lists import approve_lists, confirm_release, return_list, submit_lists
from .services.names import name_people, replace_person, set_unavailable, withdraw_person
from .services.quotas import set_quotas
from .types import GroupPlace, ListProgress, NameRow, QuotaRow

__all__ = [
    "GroupPlace",
    "ListProgress",
    "NameRow",
    "QuotaRow",
    "approve_lists",
    "approved_nominations",
    "call_agencies",
    "confirm_release",
    "group_places",
    "list_progress",
    "name_people",
    "remind_agencies",
    "replace_person",
    "return_list",
    "set_quotas",
    "set_unavailable",
    "submit_lists",
    "visible_lists",
    "visible_nominations",
    "withdraw_person",
]
