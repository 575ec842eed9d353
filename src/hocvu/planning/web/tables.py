"""Lists of the timetable."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Actor, Role
from hocvu.ui.tables import Column, Link, Table, register_table
from hocvu.ui.templatetags.hocvu import day, pick

from ..models import Cohort, CohortInstructor, Placement
from ..queries.grids import teacher_names
from ..rules import shown_name, visible_cohorts, visible_instructors, visible_places, visible_rooms

STAFF = frozenset({Role.OFFICE, Role.MANAGER, Role.LEADER, Role.INVIGILATOR, Role.INSTRUCTOR, Role.REVIEWER})
MODE_NAMES = {"in_person": _("In person"), "online": _("Online")}


def _code(cohort: Cohort) -> Link:
    return Link(reverse("planning:cohort", args=[cohort.uuid]), cohort.code)


@register_table
class Cohorts(Table):
    """The classes of the published timetable; ``mode`` and ``day`` narrow them."""

    name = "cohorts"
    title = _("Classes")
    empty = _("There are no classes yet: the timetable has not been published.")
    roles = STAFF
    columns = (
        Column("code", _("Class"), _code, sort="code", width=10),
        Column("mode", _("Mode"), lambda c: MODE_NAMES[c.mode], sort="mode", width=12),
        Column("starts", _("From"), lambda c: day(c.starts_on), sort="starts_on", width=12),
        Column("ends", _("To"), lambda c: day(c.ends_on), sort="ends_on", phone=False, width=12),
        Column("theme", _("Theme"), lambda c: c.theme, sort="theme", phone=False, width=14),
        Column("room", _("Room"), lambda c: c.room.code if c.room else "", sort="room__code", width=12),
        Column("size", _("People"), lambda c: c.size, sort="size", numeric=True, width=8),
        Column("team", _("Instructors"), lambda c: "; ".join(c.teachers), phone=False, width=40),
    )
    search = ("code__icontains", "room__code__icontains", "team__instructor__person__folded__icontains")
    search_folded = ("team__instructor__person__folded__icontains",)
    filters = ("mode", "day")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the classes this actor may open."""
        rows = visible_cohorts(actor).select_related("room").order_by("code")
        if params.get("mode") in MODE_NAMES:
            rows = rows.filter(mode=params["mode"])
        if params.get("q"):
            rows = rows.distinct()
        return rows

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add the names of the teams, in one query."""
        names = teacher_names([row.pk for row in rows])
        for row in rows:
            row.teachers = names.get(row.pk, ())
        return rows


@register_table
class Rooms(Table):
    """The teaching places."""

    name = "rooms"
    title = _("Rooms")
    empty = _("No rooms are registered yet.")
    roles = STAFF
    columns = (
        Column(
            "code", _("Room"), lambda r: Link(reverse("planning:room", args=[r.uuid]), r.code), sort="code", width=12
        ),
        Column("name", _("Name"), lambda r: r.name, sort="name", phone=False, width=40),
        Column("venue", _("Venue"), lambda r: pick(r.venue.name), sort="venue__code", width=30),
        Column("seats", _("Seats"), lambda r: r.seats, sort="seats", numeric=True, width=8),
        Column("computers", _("Computers"), lambda r: r.computers, sort="computers", numeric=True, width=10),
        Column("accessible", _("Without steps"), lambda r: _("Yes") if r.accessible else _("No"), phone=False),
        Column("synthetic", _("Note"), lambda r: _("invented") if r.synthetic else "", phone=False),
    )
    search = ("code__icontains", "name__icontains")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the rooms."""
        return visible_rooms(actor).select_related("venue").order_by("code")


@register_table
class Instructors(Table):
    """The instructors with their load."""

    name = "instructors"
    title = _("Instructors")
    empty = _("No instructors are registered yet.")
    roles = frozenset({Role.OFFICE, Role.MANAGER, Role.LEADER})
    columns = (
        Column("code", _("Code"), lambda i: i.code, sort="code", phone=False, width=10),
        Column(
            "name",
            _("Name"),
            lambda i: Link(reverse("planning:instructor", args=[i.uuid]), i.person.full_name),
            sort="person__sort_key",
            width=30,
        ),
        Column(
            "venue",
            _("Home venue"),
            lambda i: i.home_venue.code if i.home_venue else "",
            sort="home_venue__code",
            phone=False,
        ),
        Column("tracks", _("Themes"), lambda i: ", ".join(i.tracks), phone=False, width=40),
        Column("load", _("Classes"), lambda i: i.load, numeric=True, width=8),
        Column("most", _("At most"), lambda i: i.max_classes, sort="max_classes", numeric=True, width=8),
    )
    search = ("code__icontains",)
    search_folded = ("person__folded__icontains",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the instructors."""
        return visible_instructors(actor).select_related("person", "home_venue").order_by("person__sort_key")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add how many classes each teaches, in one query."""
        loads = loads_of([row.pk for row in rows])
        for row in rows:
            row.load = loads.get(row.pk, 0)
        return rows


def loads_of(instructor_ids: Sequence[int]) -> dict[int, int]:
    """Return the number of classes of each instructor in the published timetable."""
    found = (
        CohortInstructor.objects.filter(instructor_id__in=instructor_ids, cohort__plan__state="published")
        .values_list("instructor_id")
        .annotate(n=Count("pk"))
    )
    return dict(found)


def _lab(placement: Placement) -> str:
    group = placement.lab_group
    return f"{group.lab.code} ({_('turn')} {group.turn})" if group else ""


@register_table
class Places(Table):
    """Everybody's place; an agency sees its own people."""

    name = "places"
    title = _("Places")
    empty = _("Nobody has a place yet.")
    roles = frozenset({Role.OFFICE, Role.MANAGER, Role.INSTRUCTOR, Role.FOCAL_POINT, Role.HEAD})
    columns = (
        Column("number", _("No."), lambda p: p.number, sort="number", numeric=True, width=6),
        Column("name", _("Name"), lambda p: p.shown, sort="person__sort_key", width=28),
        Column("agency", _("Agency"), lambda p: p.organisation.name_vi, sort="organisation__sort_key", width=40),
        Column("group", _("Group"), lambda p: p.group_code, sort="group_code", phone=False, width=8),
        Column("cohort", _("Class"), lambda p: _code(p.cohort), sort="cohort__code", width=10),
        Column("starts", _("From"), lambda p: day(p.cohort.starts_on), sort="cohort__starts_on", width=12),
        Column("lab", _("Computer lab"), _lab, phone=False, width=20),
    )
    search_folded = ("person__folded__contains", "organisation__folded__contains")
    filters = ("cohort",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the places whose people this actor may see."""
        self.actor = actor
        rows = visible_places(actor).select_related("person", "organisation", "cohort", "lab_group__lab")
        if params.get("cohort"):
            rows = rows.filter(cohort__code=params["cohort"])
        return rows.order_by("cohort__code", "number")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add each name as this actor may read it."""
        for row in rows:
            row.shown = shown_name(self.actor, row)
        return rows
