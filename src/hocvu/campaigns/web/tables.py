"""Lists of campaigns: acts, events, directives, tasks."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.ui.tables import Column, Link, Table, Tag, register_table

from ..models import CampaignAct, Directive, Event, EventGuest, Task
from ..queries.campaigns import campaign_in_view
from ..rules import visible_directives, visible_events, visible_tasks
from ..services.steering import ENDED
from .words import DIRECTIVE_STATES, EVENT_KINDS, TASK_STATES, Shortened, state_tag

_ORGANISERS = frozenset({Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER})


def _said(texts: Mapping[str, str] | None) -> str:
    return pick(texts, translation.get_language() or "vi")


def _day(value: Any) -> str:
    return date_format(value, "d/m/Y") if value else ""


def _campaign_id() -> int:
    shown = campaign_in_view()
    return shown.id if shown else 0


def _due(row: Directive | Task, *, ended: bool) -> Tag | str:
    late = not ended and row.due_on < clock.today()
    return Tag(now("%(day)s, late") % {"day": _day(row.due_on)}, "red") if late else _day(row.due_on)


@register_table
class Acts(Table):
    """The legal acts a campaign's papers cite, in that order."""

    name = "acts"
    title = _("Legal acts")
    roles = _ORGANISERS
    columns = (
        Column("number", _("Number"), lambda a: a.act.number, sort="act__number"),
        Column("issued_on", _("Issued on"), lambda a: _day(a.act.issued_on), sort="act__issued_on"),
        Column("issuer", _("Issuer"), lambda a: _said(a.act.issuer), phone=False, width=32),
        Column("subject", _("Subject"), lambda a: _said(a.act.subject), width=60),
        Column("founds", _("What it gives the campaign"), lambda a: _said(a.founds), phone=False, width=32),
        Column("from", _("In force from"), lambda a: _day(a.act.in_force_from), sort="act__in_force_from", phone=False),
        Column(
            "verified",
            _("Verified"),
            lambda a: Tag(_("Verified"), "green") if a.act.verified else Tag(_("Not verified"), "yellow"),
            sort="act__verified",
        ),
        Column("source", _("Source"), lambda a: a.act.source, phone=False, width=40),
    )
    search = ("act__number__icontains", "act__source__icontains")
    order = ("ordinal",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[CampaignAct]:
        """Return the acts of the campaign in view."""
        return CampaignAct.objects.filter(campaign_id=_campaign_id()).select_related("act")


@register_table
class Events(Table):
    """The ceremonies of the campaign."""

    name = "events"
    title = _("Events")
    roles = _ORGANISERS
    columns = (
        Column(
            "title", _("Event"), lambda e: Link(reverse("campaigns:event", args=[e.uuid]), _said(e.title)), width=40
        ),
        Column("kind", _("Kind"), lambda e: EVENT_KINDS.get(e.kind, e.kind), sort="kind", phone=False),
        Column(
            "starts_at",
            _("When"),
            lambda e: date_format(clock.local(e.starts_at).replace(tzinfo=None), "H:i, d/m/Y"),
            sort="starts_at",
        ),
        Column("place", _("Place"), lambda e: _said(e.place), phone=False, width=36),
        Column("invited", _("Invited"), lambda e: e.invited, sort="invited", numeric=True),
        Column("coming", _("Coming"), lambda e: e.coming, sort="coming", numeric=True),
    )
    order = ("starts_at",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Event]:
        """Return the events of the campaign in view that the actor sees."""
        coming = Q(guests__state__in=[EventGuest.State.COMING, EventGuest.State.CAME])
        return (
            visible_events(actor)
            .filter(campaign_id=_campaign_id())
            .annotate(invited=Count("guests"), coming=Count("guests", filter=coming))
        )


@register_table
class Directives(Table):
    """What leaders ordered, to whom, until when."""

    name = "directives"
    title = _("Directives")
    roles = _ORGANISERS | {Role.FOCAL_POINT, Role.HEAD}
    columns = (
        Column(
            "text",
            _("What is to be done"),
            lambda d: Link(reverse("campaigns:directive", args=[d.uuid]), Shortened(_said(d.text))),
            width=60,
        ),
        Column(
            "organisation",
            _("To"),
            lambda d: _said(d.organisation.name),
            sort="organisation__sort_key",
            width=30,
        ),
        Column("issuer", _("From"), lambda d: _said(d.issuer), phone=False, width=30),
        Column("issued_on", _("Issued on"), lambda d: _day(d.issued_on), sort="issued_on", phone=False),
        Column("due_on", _("Deadline"), lambda d: _due(d, ended=d.state in ENDED), sort="due_on"),
        Column("state", _("State"), lambda d: state_tag(DIRECTIVE_STATES, d.state), sort="state"),
    )
    search = ("number__icontains",)
    search_folded = ("organisation__folded__contains",)
    order = ("due_on",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Directive]:
        """Return the directives of the campaign in view that the actor sees."""
        rows = visible_directives(actor).filter(campaign_id=_campaign_id())
        return rows.select_related("organisation")


@register_table
class Tasks(Table):
    """Tasks of the organisers, with owner and due day."""

    name = "tasks"
    title = _("Tasks")
    roles = _ORGANISERS
    columns = (
        Column("title", _("Task"), lambda t: Link(reverse("campaigns:task", args=[t.uuid]), _said(t.title)), width=50),
        Column(
            "organisation",
            _("Owner"),
            lambda t: _said(t.organisation.name),
            sort="organisation__sort_key",
            width=30,
        ),
        Column("due_on", _("Due on"), lambda t: _due(t, ended=t.state != Task.State.OPEN), sort="due_on"),
        Column("state", _("State"), lambda t: state_tag(TASK_STATES, t.state), sort="state"),
        Column("note", _("Note"), lambda t: t.note, phone=False, width=40),
    )
    search_folded = ("organisation__folded__contains",)
    order = ("due_on",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Task]:
        """Return the tasks of the campaign in view that the actor sees."""
        return visible_tasks(actor).filter(campaign_id=_campaign_id()).select_related("organisation")
