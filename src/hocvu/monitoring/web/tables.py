"""Lists of monitoring: difficulties and reports."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.ui.tables import Column, Link, Table, Tag, register_table

from .. import rules
from ..models import Difficulty, Report
from .words import CATEGORIES, LEVELS, REPORT_KINDS, STATES

WAITING = (Difficulty.State.OPEN, Difficulty.State.PROPOSED)
EVERYONE = frozenset(role for role in Role if role is not Role.SYSTEM)


def shown(thing: Any) -> str:
    """Return the name of a thing in the page's language."""
    return pick(getattr(thing, "name", {}), translation.get_language() or "vi") if thing else ""


def moment(value: Any) -> str:
    """Write an instant: 07:30, 18/06/2025."""
    return f"{clock.local(value):%H:%M, %d/%m/%Y}" if value else ""


def is_late(difficulty: Difficulty) -> bool:
    """Say whether a difficulty's clock has run out while it waits."""
    return difficulty.state in WAITING and difficulty.due_at < clock.now()


def due_cell(difficulty: Difficulty) -> Tag | str:
    """Show the clock: until when, or that it is late, in red and in words."""
    if difficulty.state not in WAITING:
        return ""
    if is_late(difficulty):
        return Tag(_now("late since %(when)s") % {"when": moment(difficulty.due_at)}, "red")
    return moment(difficulty.due_at)


_NUMBER = Column(
    "number",
    _("No."),
    lambda d: Link(reverse("monitoring:difficulty", args=[d.uuid]), d.number),
    sort="number",
    numeric=True,
    width=8,
)
_TEXT = Column(
    "text",
    _("Difficulty"),
    lambda d: Link(reverse("monitoring:difficulty", args=[d.uuid]), Truncator(d.text).chars(120)),
    width=70,
)
_CATEGORY = Column(
    "category", _("About"), lambda d: CATEGORIES.get(d.category, d.category), sort="category", phone=False
)
_PLACE = Column("place", _("Place"), lambda d: d.place, sort="place", phone=False, width=30)
_STATE = Column("state", _("State"), lambda d: Tag(*STATES[d.state]), sort="state")


@register_table
class Difficulties(Table):
    """The difficulties an actor may follow."""

    name = "difficulties"
    title = _("Difficulties")
    empty = _("No difficulty here.")
    roles = rules.FOLLOWS
    columns = (
        _NUMBER,
        _TEXT,
        _CATEGORY,
        _PLACE,
        _STATE,
        Column("level", _("Level"), lambda d: LEVELS[d.level], sort="level", phone=False, width=26),
        Column(
            "owner", _("Owner"), lambda d: shown(d.owner_organisation), sort="owner_organisation__sort_key",
            phone=False, width=40,
        ),
        Column("due", _("Until"), due_cell, sort="due_at", width=22),
        Column("reported", _("Reported"), lambda d: moment(d.reported_at), sort="reported_at", phone=False),
    )  # fmt: skip
    search = ("text__icontains", "place__icontains")
    order = ("-number",)
    filters = ("state", "level", "late", "waiting", "category")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Difficulty]:
        """Return the difficulties in an actor's scope, narrowed by state, level, clock and category."""
        found = rules.visible_difficulties(actor)
        if params.get("state") in STATES:
            found = found.filter(state=params["state"])
        if params.get("level") in {"1", "2", "3"}:
            found = found.filter(level=int(params["level"]))
        if params.get("category") in CATEGORIES:
            found = found.filter(category=params["category"])
        if params.get("waiting") or params.get("late"):
            found = found.filter(state__in=WAITING)
        if params.get("late"):
            found = found.filter(due_at__lt=clock.now())
        return found.select_related("owner_organisation")


@register_table
class MyDifficulties(Table):
    """What I reported myself."""

    name = "my-difficulties"
    title = _("What I reported")
    empty = _("You have not reported anything.")
    roles = EVERYONE
    columns = (
        _NUMBER,
        _TEXT,
        _STATE,
        Column("decision", _("Decision"), lambda d: Truncator(d.decision).chars(160), phone=False, width=60),
        Column("reported", _("Reported"), lambda d: moment(d.reported_at), sort="reported_at"),
    )
    order = ("-number",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Difficulty]:
        """Return the actor's own reports."""
        if actor.account_id is None:
            return Difficulty.objects.none()
        return Difficulty.objects.filter(reporter_account_id=actor.account_id)


@register_table
class Reports(Table):
    """Daily and final reports."""

    name = "reports"
    title = _("Reports")
    roles = rules.SEES_FIGURES
    columns = (
        Column(
            "day", _("Day"), lambda r: Link(reverse("monitoring:report", args=[r.uuid]), f"{r.day:%d/%m/%Y}"),
            sort="day",
        ),
        Column("kind", _("Report"), lambda r: REPORT_KINDS[r.kind], sort="kind"),
        Column("number", _("Number"), lambda r: r.number, sort="number"),
        Column("made", _("Made"), lambda r: moment(r.made_at), sort="made_at", phone=False),
        Column("by", _("By"), lambda r: r.made_by, phone=False, width=30),
    )  # fmt: skip
    order = ("-day", "-pk")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Report]:
        """Return the reports an actor may read, without their figures."""
        return rules.visible_reports(actor).defer("figures", "words")
