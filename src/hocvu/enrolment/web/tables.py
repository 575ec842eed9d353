"""Lists of enrolment: the agencies' progress, an agency's names, the quotas."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.ui.tables import Column, Link, Table, Tag, register_table

from ..models import AgencyList, Nomination, Quota
from ..queries.live import LIVE
from ..queries.staff import positions_of
from ..rules import visible_lists, visible_progress, visible_quotas
from .words import JOB_GROUPS, LIST_STATES, NOMINATION_STATES

WAITING = (AgencyList.State.OPEN, AgencyList.State.RETURNED)


def said(texts: Mapping[str, str] | None) -> str:
    """Return a text in the page's language."""
    return pick(texts, translation.get_language() or "vi")


def day_of(value: Any) -> str:
    """Write a day."""
    return date_format(value, "d/m/Y") if value else ""


def campaign_id() -> int:
    """Return the campaign in view, 0 where there is none."""
    shown = campaign_in_view()
    return shown.id if shown else 0


def list_state(row: AgencyList) -> Tag:
    """Return the tag of a list's state."""
    text, colour = LIST_STATES[row.state]
    return Tag(text, colour)


def _due(row: AgencyList) -> Tag | str:
    if row.state in WAITING and row.due_on < clock.today():
        return Tag(now("%(day)s, late") % {"day": day_of(row.due_on)}, "red")
    return day_of(row.due_on)


def counted(rows: QuerySet[AgencyList]) -> QuerySet[Any]:
    """Add each list's seats, names so far and seats still missing."""
    own = {"campaign_id": OuterRef("campaign_id"), "organisation_id": OuterRef("organisation_id")}
    seats = Quota.objects.filter(**own).order_by().values("organisation_id").annotate(n=Sum("seats")).values("n")
    named = (
        Nomination.objects.filter(LIVE, **own).order_by().values("organisation_id").annotate(n=Count("id")).values("n")
    )
    zero = Value(0, output_field=IntegerField())
    return rows.annotate(
        seats=Coalesce(Subquery(seats, output_field=IntegerField()), zero),
        named=Coalesce(Subquery(named, output_field=IntegerField()), zero),
    )


_LIST_COLUMNS = (
    Column("seats", _("Seats"), lambda r: r.seats, sort="seats", numeric=True, width=10),
    Column("named", _("Named"), lambda r: r.named, sort="named", numeric=True, width=10),
    Column("missing", _("Missing"), lambda r: max(0, r.seats - r.named), numeric=True, width=10),
    Column("state", _("State"), list_state, sort="state"),
    Column("due_on", _("Due on"), _due, sort="due_on"),
)


@register_table
class AgencyProgress(Table):
    """Every agency's list: how many seats, how many names, handed in or not."""

    name = "agency-progress"
    title = _("Agencies and their lists")
    roles = frozenset({Role.MANAGER, Role.LEADER})
    columns = (
        Column(
            "organisation",
            _("Agency"),
            lambda r: (
                Link(reverse("enrolment:list", args=[r.uuid]), said(r.organisation.name))
                if r.opens
                else said(r.organisation.name)
            ),
            sort="organisation__sort_key",
            width=48,
        ),
        Column("code", _("Code"), lambda r: r.organisation.code, sort="organisation__code", phone=False),
        *_LIST_COLUMNS,
        Column("submitted_by", _("Handed in by"), lambda r: r.submitted_by, phone=False, width=28),
        Column("decided_by", _("Decided by"), lambda r: r.decided_by, phone=False, width=28),
    )
    search = ("organisation__code__iexact",)
    search_folded = ("organisation__folded__contains",)
    order = ("state", "organisation__sort_key")
    filters = ("state",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the lists, narrowed to a state: one of the table's, ``waiting`` or ``late``."""
        rows = visible_progress(actor).filter(campaign_id=campaign_id()).select_related("organisation")
        state = params.get("state", "")
        if state in AgencyList.State.values:
            rows = rows.filter(state=state)
        elif state in {"waiting", "late"}:
            rows = rows.filter(state__in=WAITING)
            rows = rows.filter(due_on__lt=clock.today()) if state == "late" else rows
        opens = Value(actor.role is Role.MANAGER)
        found: QuerySet[Any] = counted(rows).annotate(opens=opens)
        return found


@register_table
class OwnLists(Table):
    """The lists of an agency and of the bodies under it."""

    name = "own-lists"
    title = _("Lists of my agency")
    roles = frozenset({Role.FOCAL_POINT, Role.HEAD})
    columns = (
        Column(
            "organisation",
            _("Agency"),
            lambda r: Link(reverse("enrolment:list", args=[r.uuid]), said(r.organisation.name)),
            sort="organisation__sort_key",
            width=48,
        ),
        *_LIST_COLUMNS,
    )
    search_folded = ("organisation__folded__contains",)
    order = ("organisation__sort_key",)
    filters = ("state",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the lists the actor sees, narrowed to a state."""
        rows = visible_lists(actor).filter(campaign_id=campaign_id()).select_related("organisation")
        state = params.get("state", "")
        return counted(rows.filter(state=state) if state in AgencyList.State.values else rows)


def _nomination_state(row: Nomination) -> Tag:
    text, colour = NOMINATION_STATES[row.state]
    return Tag(text, colour)


def _away(row: Nomination) -> str:
    return ", ".join(f"{day[8:10]}/{day[5:7]}" for day in row.unavailable)


@register_table
class AgencyNames(Table):
    """The people on one agency's list, with those withdrawn or replaced as trace."""

    name = "agency-names"
    title = _("People on the list")
    empty = _("Nobody is named yet.")
    roles = frozenset({Role.FOCAL_POINT, Role.HEAD, Role.MANAGER})
    columns = (
        Column(
            "name",
            _("Name"),
            lambda n: Link(reverse("enrolment:nomination", args=[n.uuid]), n.person.full_name),
            sort="person__sort_key",
            width=32,
        ),
        Column("birth", _("Born on"), lambda n: day_of(n.person.birth_date), phone=False),
        Column("position", _("Position"), lambda n: getattr(n, "shown_position", ""), phone=False, width=30),
        Column("job_group", _("Kind of work"), lambda n: JOB_GROUPS.get(n.job_group, n.job_group), phone=False),
        Column("group", _("Group"), lambda n: n.target_group.code, sort="target_group__ordinal"),
        Column("away", _("Cannot come on"), _away, phone=False),
        Column("released", _("Released"), lambda n: day_of(_local(n.released_at)), sort="released_at", phone=False),
        Column("state", _("State"), _nomination_state, sort="state"),
        Column("reason", _("Reason"), lambda n: n.reason, phone=False, width=40),
    )
    search_folded = ("person__folded__contains",)
    order = ("state", "person__sort_key")
    filters = ("list",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Nomination]:
        """Return the people of the list named by ``list``; nobody without it."""
        try:
            wanted = UUID(params.get("list", ""))
        except ValueError:
            return Nomination.objects.none()
        held = visible_lists(actor).filter(uuid=wanted).values("campaign_id", "organisation_id")[:1]
        # who sees the list sees its people: one scope, asked once
        rows = Nomination.objects.filter(
            campaign_id__in=held.values("campaign_id"), organisation_id__in=held.values("organisation_id")
        )
        return rows.select_related("person", "target_group")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add today's positions, one query for all."""
        held = positions_of([row.person_id for row in rows])
        for row in rows:
            row.shown_position = held.get(row.person_id, "")
        return rows


def _local(moment: Any) -> Any:
    return clock.local(moment).date() if moment else None


@register_table
class Quotas(Table):
    """The quotas as they stand, in the form in which they are imported."""

    name = "quotas"
    title = _("Quotas")
    roles = frozenset({Role.MANAGER})
    columns = (
        Column("code", _("Code of the agency"), lambda q: q.organisation.code, sort="organisation__code"),
        Column("group", _("Group"), lambda q: q.target_group.code, sort="target_group__ordinal"),
        Column("seats", _("Seats"), lambda q: q.seats, sort="seats", numeric=True),
        Column("headcount", _("Staff in all"), lambda q: q.headcount, numeric=True),
        Column("agency", _("Agency"), lambda q: said(q.organisation.name), sort="organisation__sort_key", width=48),
    )
    search = ("organisation__code__iexact",)
    search_folded = ("organisation__folded__contains",)
    order = ("organisation__code", "target_group__ordinal")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the quotas of the campaign in view."""
        held = AgencyList.objects.filter(
            campaign_id=OuterRef("campaign_id"), organisation_id=OuterRef("organisation_id")
        )
        return (
            visible_quotas(actor)
            .filter(campaign_id=campaign_id())
            .select_related("organisation", "target_group")
            .annotate(headcount=Subquery(held.values("headcount")[:1]))
        )
