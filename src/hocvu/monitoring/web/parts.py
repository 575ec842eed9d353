"""Parts that several pages of monitoring share."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse

from hocvu.kernel.actor import Actor
from hocvu.ui.access import access_of
from hocvu.ui.tables import table_named


def pin(request: HttpRequest, **values: str) -> None:
    """Put values into the request's query, so that lists, their sorting and their export keep them."""
    params: QueryDict = request.GET.copy()
    for name, value in values.items():
        params[name] = value
    request.GET = params  # type: ignore[assignment]


def may_open(actor: Actor, href: str) -> bool:
    """Say whether an actor's role may open an address of the site."""
    path, _, _query = href.partition("?")
    try:
        found = resolve(path)
    except Resolver404:
        return False
    rule = access_of(found.func)
    if rule is None or not rule.admits(actor.role):
        return False
    if found.view_name == "monitoring:figure":
        table = table_named(found.kwargs["name"])
        return table is not None and actor.role in table.roles
    return True


class Rows:
    """Addresses of the rows behind figures, for one actor: none where the actor may not open the list.

    In a template: ``{{ rows.presence_absent }}`` gives an address or nothing.
    """

    LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
        "placed": ("people-results", {}),
        "tested": ("people-results", {"passed": "tested"}),
        "passed": ("people-results", {"passed": "yes"}),
        "failed": ("people-results", {"passed": "no"}),
        "eligible": ("people-results", {"verdict": "eligible"}),
        "refused": ("people-results", {"verdict": "refused"}),
        "undecided": ("people-results", {"verdict": "open"}),
        "due": ("people-results", {"due": "1"}),
        "entries": ("figure-presence", {}),
        "came": ("figure-presence", {"status": "came"}),
        "present": ("figure-presence", {"status": "present"}),
        "late": ("figure-presence", {"status": "late"}),
        "absent": ("figure-presence", {"status": "absent"}),
        "excused": ("figure-presence", {"status": "excused"}),
        "made_up": ("figure-presence", {"status": "made_up"}),
        "sessions": ("figure-sessions", {}),
        "sessions_held": ("figure-sessions", {"state": "held"}),
        "sessions_closed": ("figure-sessions", {"state": "closed"}),
        "classes": ("figure-classes", {}),
        "classes_begun": ("figure-classes", {"state": "begun"}),
        "classes_done": ("figure-classes", {"state": "done"}),
        "agencies": ("figure-agencies", {}),
        "lists": ("figure-lists", {}),
        "sittings": ("figure-sittings", {}),
        "issued": ("figure-attestations", {}),
        "revoked": ("figure-attestations", {"state": "revoked"}),
        "make_ups": ("figure-make-ups", {}),
    }

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def __getitem__(self, name: str) -> str:
        table, query = self.LISTS[name]
        return self.of(table, **query)

    def of(self, name: str, **query: Any) -> str:
        """Return the address of a list narrowed by ``query``, or nothing where the actor may not open it."""
        table = table_named(name)
        if table is None or self._actor.role not in table.roles:
            return ""
        href = reverse("monitoring:figure", args=[name])
        return f"{href}?{urlencode(query)}" if query else href
