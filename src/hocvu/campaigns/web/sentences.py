"""Sentences for this app's refusals, and for each error a plan file can have."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..types import PlanError
from .words import state_word


def _day(value: Any) -> str:
    return date_format(value, "d/m/Y") if hasattr(value, "year") else str(value)


def _wrong_state(state: str, deed: str, needed: str) -> str:
    return _("The campaign is now “%(state)s”; this needs “%(needed)s”.") % {
        "state": state_word(state),
        "needed": state_word(needed),
    }


def _not_ready(missing: list[str]) -> str:
    words = {"acts": _("a legal act"), "people": _("a target group with people")}
    return _("The campaign cannot be signed yet. Missing: %(missing)s.") % {
        "missing": ", ".join(words.get(key, key) for key in missing)
    }


def _due_before(due_on: Any, day: Any) -> str:
    return _("The deadline %(due)s lies before the day of issue %(day)s.") % {
        "due": _day(due_on),
        "day": _day(day),
    }


def _plan_file(number: int, **data: Any) -> str:
    return ngettext(
        "The plan file has %(number)d thing to mend. Nothing was created.",
        "The plan file has %(number)d things to mend. Nothing was created.",
        number,
    ) % {"number": number}


SENTENCES: dict[str, Any] = {
    "campaigns.plan_file": _plan_file,
    "campaigns.wrong_state": _wrong_state,
    "campaigns.not_ready": _not_ready,
    "campaigns.closed": gettext_lazy("The campaign is closed; nothing in it can change any more."),
    "campaigns.no_group": gettext_lazy("There is no group “%(group)s” in this campaign."),
    "campaigns.event_ends_before": gettext_lazy("The event ends before it starts. Correct the end."),
    "campaigns.guest_state": gettext_lazy("Choose one of the answers offered."),
    "campaigns.guest_without_office": gettext_lazy("Write the office that is invited."),
    "campaigns.due_before": _due_before,
    "campaigns.directive_state": gettext_lazy("Choose one of the states offered."),
    "campaigns.report_without_text": gettext_lazy("Write what was done: a report needs a text."),
    "campaigns.directive_ended": gettext_lazy(
        "This directive has ended; it takes no more reports unless it is opened again."
    ),
    "campaigns.task_state": gettext_lazy("Choose one of the states offered."),
    "campaigns.task_already": gettext_lazy("This task already is in that state."),
}

# What is wrong and how to mend it; places are filled from the error's data.
PLAN_SENTENCES: dict[str, Any] = {
    "too_big": gettext_lazy("The file is larger than %(most)s KB. A plan file is a short text: is it the right one?"),
    "anchor": gettext_lazy("The file uses an anchor (& or *). Write the value out at each place."),
    "syntax": gettext_lazy(
        "The text cannot be read from here on (column %(column)s). Usual causes: a tab instead of spaces, a missing "
        "quote or bracket, a colon or comma inside a text without quotes."
    ),
    "not_a_mapping": gettext_lazy("Here keys with values are expected, one per line, as “key: value”."),
    "twice": gettext_lazy("“%(key)s” is written twice. Keep one of the two."),
    "missing": gettext_lazy("“%(key)s” is missing. Add it with its value."),
    "not_a_text": gettext_lazy("“%(key)s” must be one value, not a list or a block."),
    "too_long": gettext_lazy("“%(key)s” is longer than %(most)s letters. Shorten it."),
    "not_three_texts": gettext_lazy("“%(key)s” needs a text in each language: {vi: …, fr: …, en: …}."),
    "not_a_day": gettext_lazy("“%(written)s” is not a day. Write it as 2025-06-11 or 11/06/2025."),
    "not_a_moment": gettext_lazy("“%(written)s” is not a day with an hour. Write it as 2025-06-11 07:30."),
    "not_an_hour": gettext_lazy("“%(written)s” is not an hour. Write it as 07:30."),
    "ends_before": gettext_lazy("The end %(ends)s does not come after the start %(starts)s. Correct one of them."),
    "not_a_number": gettext_lazy("“%(written)s” is not a number. Write figures only, for example 34 or 0.5."),
    "not_whole": gettext_lazy("“%(written)s” must be a whole number."),
    "out_of_range": gettext_lazy("“%(written)s” must lie between %(least)s and %(most)s."),
    "not_a_choice": gettext_lazy("“%(written)s” is not known here. Choose one of: %(allowed)s."),
    "not_yes_or_no": gettext_lazy("“%(written)s” must be true or false."),
    "not_a_list": gettext_lazy("“%(key)s” must be a list: one line per entry, each beginning with “- ”."),
    "not_a_code": gettext_lazy("“%(written)s” is not a code. Use small letters without marks, digits and hyphens."),
    "not_a_group_code": gettext_lazy("“%(written)s” is not a group's code. Use up to 10 capital letters and digits."),
    "no_register": gettext_lazy("The number pattern needs {register:05d}, where the register number is printed."),
    "period": gettext_lazy("The period ends on %(end)s, not after its start %(start)s. Correct one of the two days."),
    "due_before": gettext_lazy("The deadline %(end)s lies before the day of issue %(start)s. Correct one of the two."),
    "too_long_campaign": gettext_lazy("The campaign would last %(days)s days. Check the years of its two days."),
    "outside": gettext_lazy("The day %(written)s lies outside the campaign, %(start)s to %(end)s."),
    "too_few_days": gettext_lazy("A session takes %(needed)s days; list at least that many working days."),
    "empty": gettext_lazy("“%(key)s” is empty. Add at least one entry."),
    "value_twice": gettext_lazy("“%(written)s” stands there already. Each %(key)s may appear once."),
    "rule_missing": gettext_lazy("The rule “%(key)s” has no chosen value. Add it, with chosen: true."),
    "chosen_twice": gettext_lazy("Two chosen values of “%(key)s” are in force on one day. Choose one, or date them."),
    "code_taken": gettext_lazy("There already is a campaign “%(written)s”. Give this one another code."),
    "no_organisation": gettext_lazy(
        "No organisation with the code %(written)s exists on %(day)s. Register it first, or correct the code."
    ),
}  # fmt: skip


def plan_error_sentence(error: PlanError) -> str:
    """Return what is wrong at one place of a plan file and how to mend it."""
    if error.code == "unknown_key":
        if error.data.get("near"):
            return _("“%(key)s” is not known here. Did you mean “%(near)s”?") % error.data
        return _("“%(key)s” is not known here. Take it away, or put the text before it in quotes.") % error.data
    found = PLAN_SENTENCES.get(error.code)
    if found is None:
        return error.code
    return str(found) % {name: _day(value) for name, value in error.data.items()}
