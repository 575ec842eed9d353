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


# role -> (name of the address, words); addresses that take an argument do not belong in a menu.
MENUS: dict[Role, list[tuple[str, object]]] = {role: [("web:home", _("Home"))] for role in Role}


def menu_for(actor: Actor, path: str) -> list[MenuEntry]:
    """Return the menu of an actor's role; the entry of the page shown is marked."""
    entries = []
    for name, words in MENUS.get(actor.role, []):
        href = reverse(name)
        entries.append(MenuEntry(href=href, text=str(words), current=href == path))
    return entries
