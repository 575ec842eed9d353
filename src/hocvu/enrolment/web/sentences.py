"""Sentences for this app's refusals."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..importing.quotas import Trouble
from .words import LIST_STATES


def _state(state: str) -> str:
    return str(LIST_STATES.get(state, (state, ""))[0])


def _handed_in(state: str) -> str:
    return _(
        "This list is “%(state)s” and no longer changes. Ask the head of the agency to return it, or replace "
        "a person one by one."
    ) % {"state": _state(state)}


def _wrong_list_state(state: str, organisation: str) -> str:
    return _("The list of %(organisation)s is “%(state)s”; this cannot be done now.") % {
        "organisation": organisation,
        "state": _state(state),
    }


def _after_deadline(due_on: Any) -> str:
    return _("The list was due on %(due)s. Ask the Department of Home Affairs to add people now.") % {
        "due": date_format(due_on, "d/m/Y")
    }


def _over_quota(group: str, seats: int, named: int, more: int, organisation_id: int) -> str:
    return ngettext(
        "Group %(group)s has %(seats)s seats for your agency and %(named)s are taken: %(more)s more person does "
        "not fit.",
        "Group %(group)s has %(seats)s seats for your agency and %(named)s are taken: %(more)s more people do not fit.",
        more,
    ) % {"group": group, "seats": seats, "named": named, "more": more}


def _day_outside(day: Any) -> str:
    return _("%(day)s is not a day of the campaign.") % {"day": date_format(day, "d/m/Y")}


def _unknown_group(group: str, row: int) -> str:
    if row:
        return _("Row %(row)s: there is no group “%(group)s” in this campaign.") % {"row": row, "group": group}
    return _("There is no group “%(group)s” in this campaign.") % {"group": group}


SENTENCES: dict[str, Any] = {
    "enrolment.not_your_agency": gettext_lazy("This agency's list is not yours to change, or it has no quota."),
    "enrolment.list_handed_in": _handed_in,
    "enrolment.wrong_list_state": _wrong_list_state,
    "enrolment.after_deadline": _after_deadline,
    "enrolment.over_quota": _over_quota,
    "enrolment.other_agency": gettext_lazy("%(name)s does not work in this agency today, so it cannot name them."),
    "enrolment.named_twice": gettext_lazy("%(name)s is already named for this campaign. Each person is named once."),
    "enrolment.named_meanwhile": gettext_lazy(
        "Someone else named one of these people a moment ago. Look at the list and try again."
    ),
    "enrolment.unknown_group": _unknown_group,
    "enrolment.restricted_group": gettext_lazy("Group %(group)s takes police only; %(name)s does not belong to it."),
    "enrolment.nobody_chosen": gettext_lazy("Choose at least one person."),
    "enrolment.reason_missing": gettext_lazy("Write the reason: it is kept with the list."),
    "enrolment.not_live": gettext_lazy("This person was already withdrawn or replaced."),
    "enrolment.empty_list": gettext_lazy("The list of %(organisation)s has no names yet."),
    "enrolment.not_a_day": gettext_lazy("“%(day)s” is not a day."),
    "enrolment.day_outside": _day_outside,
    "enrolment.quota_twice": gettext_lazy("Row %(row)s: group %(group)s stands twice for an agency, or is below zero."),
    "enrolment.quota_over_staff": gettext_lazy(
        "Row %(row)s: %(seats)s seats are more than the %(headcount)s staff of the agency."
    ),
    "enrolment.quota_below_names": gettext_lazy(
        "Row %(row)s: %(named)s people are named already, more than the %(seats)s seats. Withdraw some first."
    ),
    "enrolment.nobody_to_remind": gettext_lazy("Every agency has answered; there is nobody to write to."),
}  # fmt: skip

TROUBLES: dict[str, Any] = {
    "not_readable": gettext_lazy("This file cannot be read as .xlsx. Save it again as an Excel workbook and retry."),
    "too_many_rows": gettext_lazy("The sheet has more than %(most)s lines. Split it."),
    "no_rows": gettext_lazy("The first sheet holds no quotas: agency code, group, seats, staff in all."),
    "no_organisation": gettext_lazy("No organisation has the code “%(written)s” today."),
    "no_group": gettext_lazy("“%(written)s” is not a group of this campaign. Groups: %(groups)s."),
    "not_whole": gettext_lazy("“%(written)s” is not a whole number."),
}


def trouble_sentence(trouble: Trouble) -> str:
    """Return what is wrong with one cell of a spreadsheet of quotas."""
    return str(TROUBLES[trouble.code]) % trouble.data
