"""The menu of each role: the few pages it works in, most used first."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu."""

    href: str
    text: str
    current: bool


_HOME = ("web:home", _("Home"))
_AGENCY: list[tuple[str, object]] = [
    _HOME,
    ("enrolment:agency_list", _("Nominations")),
    ("monitoring:agency", _("Results")),
    ("delivery:missed", _("Make-ups")),
    ("attestations:people", _("Attestations")),
    ("evaluation:my_forms", _("Forms")),
]
# role -> (name of the address, words); addresses that take an argument do not belong in a menu.
MENUS: dict[Role, list[tuple[str, object]]] = {
    Role.TRAINEE: [
        _HOME,
        ("delivery:my_class", _("My class")),
        ("curriculum:programme", _("Lessons")),
        ("assessment:my_test", _("Test")),
        ("attestations:mine", _("Attestation")),
    ],
    Role.INSTRUCTOR: [
        ("delivery:today", _("Today")),
        ("planning:timetable", _("Timetable")),
        ("delivery:ungraded", _("Assignments")),
        ("assessment:sittings", _("Tests")),
        ("curriculum:programme", _("Lessons")),
    ],
    Role.INVIGILATOR: [("assessment:sittings", _("Tests"))],
    Role.FOCAL_POINT: [*_AGENCY, ("people:rosters", _("Rosters"))],
    Role.HEAD: [*_AGENCY, ("campaigns:directives", _("Directives"))],
    Role.OFFICE: [
        _HOME,
        ("planning:timetable", _("Timetable")),
        ("planning:cohorts", _("Classes")),
        ("assessment:sittings", _("Tests")),
        ("assessment:items", _("Items")),
        ("curriculum:lessons", _("Lessons")),
        ("attestations:classes", _("Attestations")),
        ("monitoring:difficulties", _("Difficulties")),
        ("campaigns:directives", _("Directives")),
    ],
    Role.REVIEWER: [
        _HOME,
        ("curriculum:review", _("Review")),
        ("assessment:items", _("Items")),
        ("curriculum:programme", _("Lessons")),
        ("campaigns:directives", _("Directives")),
    ],
    Role.MANAGER: [
        ("monitoring:dashboard", _("Dashboard")),
        ("campaigns:campaign", _("Plan")),
        ("enrolment:progress", _("Nominations")),
        ("planning:timetable", _("Timetable")),
        ("delivery:make_ups", _("Make-ups")),
        ("monitoring:difficulties", _("Difficulties")),
        ("monitoring:reports", _("Reports")),
        ("evaluation:forms", _("Evaluation")),
        ("people:organisations", _("Organisations")),
    ],
    Role.LEADER: [
        ("monitoring:leader", _("Overview")),
        ("monitoring:difficulties", _("Difficulties")),
        ("monitoring:reports", _("Reports")),
        ("campaigns:directives", _("Directives")),
        ("evaluation:forms", _("Evaluation")),
    ],
    Role.OPERATOR: [_HOME, ("people:accounts", _("Accounts")), ("web:ledger", _("Ledger"))],
}


def menu_for(actor: Actor, path: str) -> list[MenuEntry]:
    """Return the menu of an actor's role; the entry of the page shown is marked."""
    return [
        MenuEntry(href=reverse(name), text=str(words), current=reverse(name) == path)
        for name, words in MENUS.get(actor.role, [])
    ]
