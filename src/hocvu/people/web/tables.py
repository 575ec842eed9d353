"""Lists of people: organisations, people, accounts, roster files."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.ui.tables import Column, Link, Table, Tag, register_table

from .. import rules
from ..models import Account, Organisation, Person, Posting, RoleGrant, RosterImport
from ..queries.organisations import in_being
from ..queries.persons import open_posts, people_counts, ways_in
from .days import read_day
from .words import role_name, sector_name

WAYS = {
    "none": (_("no slip yet"), "grey"),
    "printed": (_("slip printed"), "yellow"),
    "open": (_("has signed in"), "green"),
    "closed": (_("closed"), "red"),
}
ROSTER_STATES = {
    "shown": (_("waits for you"), "yellow"),
    "applied": (_("entered"), "green"),
    "refused": (_("could not be read"), "red"),
    "dropped": (_("dropped"), "grey"),
}


def shown(organisation: Organisation | None) -> str:
    """Return a body's name in the page's language."""
    return pick(organisation.name, translation.get_language() or "vi") if organisation else ""


def _day(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


@register_table
class Organisations(Table):
    """The bodies in being on a day."""

    name = "organisations"
    title = _("Organisations")
    roles = rules.SEES_ORGANISATIONS
    columns = (
        Column(
            "name",
            _("Organisation"),
            lambda o: Link(reverse("people:organisation", args=[o.uuid]), shown(o)),
            sort="sort_key",
            width=48,
        ),
        Column("code", _("Code"), lambda o: o.code, sort="code"),
        Column("above", _("Under"), lambda o: shown(o.parent), phone=False, width=40),
        Column("sector", _("Sector"), lambda o: sector_name(o.sector), sort="sector", phone=False),
        Column("people", _("People"), lambda o: o.people, numeric=True),
    )
    search = ("code__iexact",)
    search_folded = ("folded__contains",)
    order = ("sort_key",)
    filters = ("on", "sector", "under")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Organisation]:
        """Return the bodies an actor may open."""
        self._on = read_day(params.get("on", "")) or clock.today()
        self._counts = actor.role in rules.COUNTS_PEOPLE
        found = rules.visible_organisations(actor) & in_being(self._on)
        if sector := params.get("sector"):
            found = found.filter(sector=sector)
        if under := params.get("under"):
            found = found.filter(parent__code=under)
        return found.select_related("parent")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add the number of people, for those who may see it."""
        counts = people_counts([row.pk for row in rows], self._on) if self._counts else {}
        for row in rows:
            row.people = counts.get(row.pk, 0) if self._counts else ""
        return rows


@register_table
class People(Table):
    """The people of the bodies an actor answers for."""

    name = "people"
    title = _("People")
    roles = rules.SEES_PEOPLE
    columns = (
        Column(
            "name",
            _("Full name"),
            lambda p: Link(reverse("people:person", args=[p.uuid]), p.full_name),
            sort="sort_key",
            width=32,
        ),
        Column("birth", _("Born"), lambda p: _day(p.birth_date) or p.birth_year, phone=False),
        Column("position", _("Position"), lambda p: p.post.position if p.post else "", phone=False, width=30),
        Column(
            "organisation",
            _("Organisation"),
            lambda p: shown(p.post.organisation) if p.post else "",
            phone=False,
            width=48,
        ),
        Column("way", _("Sign-in"), lambda p: Tag(*WAYS[p.way])),
    )
    search = ("phone__contains",)
    search_folded = ("folded__contains",)
    order = ("sort_key",)
    filters = ("organisation",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Person]:
        """Return the people in an actor's scope."""
        found = rules.visible_people(actor)
        if code := params.get("organisation"):
            posts = Posting.objects.filter(ends_on__isnull=True, organisation__code=code)
            found = found.filter(pk__in=posts.values("person"))
        return found

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add each person's post and way in."""
        ids = [row.pk for row in rows]
        posts, ways = open_posts(ids), ways_in(ids)
        for row in rows:
            row.post = posts.get(row.pk)
            row.way = ways[row.pk].state if row.pk in ways else "none"
        return rows


@register_table
class Accounts(Table):
    """The accounts of those who work with the system."""

    name = "accounts"
    title = _("Accounts")
    roles = frozenset({Role.OPERATOR})
    columns = (
        Column(
            "username",
            _("User name"),
            lambda a: Link(reverse("people:account", args=[a.uuid]), a.username),
            sort="username",
            width=24,
        ),
        Column("label", _("Name shown"), lambda a: a.label, sort="label", width=32),
        Column("roles", _("Roles"), lambda a: ", ".join(role_name(g.role) for g in a.open_grants), width=32),
        Column(
            "organisation",
            _("Organisation"),
            lambda a: ", ".join(dict.fromkeys(shown(g.organisation) for g in a.open_grants if g.organisation)),
            phone=False,
            width=40,
        ),
        Column(
            "state",
            _("State"),
            lambda a: Tag(_("open"), "green") if a.is_active else Tag(_("closed"), "red"),
            sort="is_active",
        ),
    )
    search = ("username__icontains", "label__icontains")
    order = ("username",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Account]:
        """Return the accounts an operator looks after."""
        grants = RoleGrant.objects.filter(ends_on__isnull=True).select_related("organisation")
        return rules.visible_accounts(actor).prefetch_related(
            Prefetch("grants", queryset=grants, to_attr="open_grants")
        )


@register_table
class Rosters(Table):
    """The roster files sent in."""

    name = "rosters"
    title = _("Lists sent in")
    roles = rules.SENDS_ROSTERS
    columns = (
        Column(
            "file",
            _("File"),
            lambda r: Link(reverse("people:roster", args=[r.uuid]), r.file_name),
            sort="file_name",
            width=36,
        ),
        Column("organisation", _("Organisation"), lambda r: shown(r.organisation), phone=False, width=40),
        Column("when", _("Sent"), lambda r: f"{clock.local(r.uploaded_at):%H:%M, %d/%m/%Y}", sort="uploaded_at"),
        Column("by", _("By"), lambda r: r.uploaded_by, phone=False),
        Column("state", _("State"), lambda r: Tag(*ROSTER_STATES[r.state]), sort="state"),
    )
    search = ("file_name__icontains",)
    order = ("-id",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[RosterImport]:
        """Return the files in an actor's scope, without their content."""
        return rules.visible_rosters(actor).select_related("organisation").defer("rows", "messages")
