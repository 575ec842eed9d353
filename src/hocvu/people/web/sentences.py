"""The sentence for each refusal of people."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_PIN = {
    "form": gettext_lazy("A PIN has six digits."),
    "repeat": gettext_lazy("This PIN repeats the same digits and is easy to guess. Choose another one."),
    "run": gettext_lazy("This PIN is a row of digits in order and is easy to guess. Choose another one."),
    "birth": gettext_lazy("This PIN holds your date or year of birth and is easy to guess. Choose another one."),
    "known": gettext_lazy("This PIN is part of your phone or identity number. Choose another one."),
}


def _weak_pin(why: str) -> str:
    return str(_PIN.get(why, _PIN["form"]))


def _weak_password(why: Sequence[str]) -> str:
    return " ".join(why)


def _unknown(body: str, on: str) -> str:
    if not on:
        return _("There is no organisation with the number %(body)s.") % {"body": body}
    return _("No organisation has the code %(body)s on %(on)s.") % {"body": body, "on": on}


SENTENCES: dict[str, object] = {
    "people.parent_unknown": gettext_lazy(
        "The organisation %(body)s names %(parent)s as the body above it, but that code is not known."
    ),
    "people.organisation_twice": gettext_lazy("The same organisation code stands twice with the same first day."),
    "people.organisation_unknown": _unknown,
    "people.succession_of_itself": gettext_lazy("The organisation %(body)s cannot follow itself on %(on)s."),
    "people.key_twice": gettext_lazy("The same row key stands twice in the list of people."),
    "people.national_id_twice": gettext_lazy("The same identity number stands twice in the list of people."),
    "people.person_has_account": gettext_lazy("This person already has an account under another user name."),
    "people.username_taken": gettext_lazy("The user name %(username)s is taken. Choose another one."),
    "people.last_operator": gettext_lazy(
        "This is the last account that runs the installation. Give the role to someone else first."
    ),
    "people.own_account": gettext_lazy("You cannot close the account you are signed in with."),
    "people.wrong_password": gettext_lazy("The old password is not right."),
    "people.weak_password": _weak_password,
    "people.wrong_pin": gettext_lazy("The old PIN is not right."),
    "people.weak_pin": _weak_pin,
    "people.slip_not_for_this_account": gettext_lazy(
        "This person also works with the system in another role. Ask the operator for a new password."
    ),
    "people.first_account_made": gettext_lazy("This installation already has its administrator. Sign in."),
    "people.roster_done": gettext_lazy("This list has been dealt with already. Nothing was done a second time."),
    "people.roster_has_errors": gettext_lazy(
        "This list still has errors, so nothing was entered. Mend the cells named and upload the file again."
    ),
    "people.roster_undecided": gettext_lazy(
        "Say for each person asked about whether they are the same person (%(count)s left)."
    ),
    "people.roster_stale": gettext_lazy(
        "Since this list was read, people in it were entered in another way. Upload the file again."
    ),
    "people.roster_empty": gettext_lazy("There is nobody in this list to enter."),
}
