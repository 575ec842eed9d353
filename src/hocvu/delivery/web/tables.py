"""Lists of this app: each gives a page, a search, an order and a spreadsheet."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.planning.models import Placement, Session
from hocvu.ui.tables import Column, Link, Table, register_table
from hocvu.ui.templatetags.hocvu import day, hour, mark, moment

from ..models import Attendance, ConductNote, Excuse, Grade, MakeUp, Submission
from ..queries.assignments import latest_grades
from ..queries.attendance import attendance_of
from ..queries.class_room import day_bounds, half_day_cards
from ..queries.make_ups import LIVE
from ..rules import (
    run_sessions,
    visible_cohorts,
    visible_entries,
    visible_excuses,
    visible_make_ups,
    visible_notes,
    visible_placements,
    visible_submissions,
)
from . import words
from .words import shown, tag_of

RUN = frozenset({Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER})
AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})
DECIDE = frozenset({Role.OFFICE, Role.MANAGER})


def _half_day(session: Any) -> str:
    return f"{words.HALF_DAY[session.half_day]} ({day(session.starts_at)})"


def _where(session: Any) -> str:
    return f"{session.cohort.code}, {_half_day(session)}"


def read_day(params: Mapping[str, str]) -> date:
    """Return the day that an address names, else today."""
    try:
        return date.fromisoformat(params.get("day", ""))
    except ValueError:
        return clock.today()


def _name(path: str = "placement__", link: str = "") -> Column:
    """Return the column of people's names, sorted as Vietnamese names; ``link`` names a page of the row."""

    def cell(row: Any) -> Any:
        name = row.placement.person.full_name
        return Link(reverse(f"delivery:{link}", args=[row.uuid]), name) if link else name

    return Column("name", _("Full name"), cell, sort=f"{path}person__sort_key", width=28)


def _agency() -> Column:
    """Return the column of agencies, hidden on phones."""
    return Column(
        "agency",
        _("Agency"),
        lambda row: shown(row.placement.organisation.name),
        sort="placement__organisation__sort_key",
        phone=False,
        width=36,
    )


def _class(path: str, cohort: Callable[[Any], str]) -> Column:
    return Column("class", _("Class"), cohort, sort=f"{path}__code", width=10)


@register_table
class HalfDays(Table):
    """The half-days of a day, for those who run classes."""

    name = "half-days"
    title = _("Half-days of the day")
    empty = _("No class is taught on this day.")
    roles = RUN
    filters = ("day",)
    per_page = 100
    columns = (
        Column(
            "class", _("Class"),
            lambda r: Link(reverse("delivery:class_session", args=[r.uuid]), r.cohort_code), sort="cohort__code",
        ),
        Column("hour", _("Hour"), lambda r: f"{hour(r.starts_at)}–{hour(r.ends_at)}", sort="starts_at"),
        Column("place", _("Place"), lambda r: r.place or _("online"), phone=False),
        Column("state", _("State"), lambda r: tag_of(words.SESSION_STATE, r.state)),
        Column("size", _("People"), lambda r: r.size, numeric=True, width=10),
        Column("there", _("There"), lambda r: r.counts.there, numeric=True, width=10),
        Column("absent", _("Absent"), lambda r: r.counts.absent + r.counts.excused, numeric=True, width=10),
        Column("unseen", _("Not seen"), lambda r: r.unseen, numeric=True, width=10, phone=False),
        Column("waiting", _("Waiting for help"), lambda r: r.waiting, numeric=True, width=10, phone=False),
    )  # fmt: skip
    search = ("cohort__code__icontains",)
    order = ("starts_at", "cohort__code")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the half-days of the day that the actor runs."""
        begin, end = day_bounds(read_day(params))
        return run_sessions(actor).filter(starts_at__gte=begin, starts_at__lt=end)

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Return the rows with their counts, in the order given."""
        cards = {c.id: c for c in half_day_cards(Session.objects.filter(pk__in=[r.pk for r in rows]))}
        return [cards[r.pk] for r in rows]


class RegisterLine:
    """One line of a class's register."""

    def __init__(self, place: Placement, states: list[Any], mark_tenths: int | None) -> None:
        self.place = place
        self.states = {s.half_day: s for s in states}
        self.mark_tenths = mark_tenths
        taught = [s for s in states if s.status]
        self.credit = 5 * sum(s.credit for s in taught)  # in tenths, as marks are shown

    def sign(self, number: int) -> str:
        """Return the sign of a half-day."""
        state = self.states.get(number)
        return words.register_sign(state) if state else ""


def _sign(number: int) -> Any:
    return lambda line: line.sign(number)


@register_table
class Register(Table):
    """The register of a class: four half-days, who made up where. The address names the class."""

    name = "register"
    title = _("Register of the class")
    empty = _("Nobody of yours is in this class.")
    roles = RUN | AGENCY
    filters = ("cohort",)
    per_page = 200
    columns = (
        Column("number", _("No."), lambda r: r.place.number, sort="number", numeric=True, width=6),
        Column("name", _("Full name"), lambda r: r.place.person.full_name, sort="person__sort_key", width=28),
        Column(
            "agency", _("Agency"), lambda r: shown(r.place.organisation.name), sort="organisation__sort_key",
            phone=False, width=36,
        ),
        Column("h1", pgettext_lazy("half-day", "D1 am"), _sign(1), width=10),
        Column("h2", pgettext_lazy("half-day", "D1 pm"), _sign(2), width=10),
        Column("h3", pgettext_lazy("half-day", "D2 am"), _sign(3), width=10),
        Column("h4", pgettext_lazy("half-day", "D2 pm"), _sign(4), width=10),
        Column("credit", _("Half-days counted"), lambda r: mark(r.credit), numeric=True, phone=False, width=10),
        Column("mark", _("Assignment"), lambda r: mark(r.mark_tenths), numeric=True, phone=False, width=10),
    )  # fmt: skip
    search_folded = ("person__folded__contains",)
    order = ("number",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return those of the class that the actor may see."""
        try:
            uuid = UUID(params.get("cohort", ""))
        except ValueError:
            return Placement.objects.none()
        cohorts = visible_cohorts(actor).filter(uuid=uuid)
        return visible_placements(actor).filter(cohort__in=cohorts).select_related("person", "organisation")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Return the lines with their half-days and marks."""
        ids = [row.pk for row in rows]
        states, marks = attendance_of(ids), latest_grades(ids)
        return [RegisterLine(row, states.get(row.pk, []), marks[row.pk]) for row in rows]


class MissedLine:
    """A missed half-day and its make-up, if one was asked for."""

    def __init__(self, entry: Attendance, make_up: MakeUp | None) -> None:
        self.placement = entry.placement
        self.session = entry.session
        self.status = entry.status
        self.make_up = make_up


def _missed_action(row: MissedLine) -> Any:
    if row.make_up is not None:
        return tag_of(words.ASKED_STATE, row.make_up.state)
    where = [row.placement.uuid, row.session.half_day]
    return Link(reverse("delivery:ask_make_up", args=where), _("Find another class"))


@register_table
class Missed(Table):
    """Half-days to make up."""

    name = "missed-half-days"
    title = _("Half-days to make up")
    empty = _("No half-day is left to make up.")
    roles = RUN | AGENCY
    columns = (
        _name(),
        _agency(),
        _class("session__cohort", lambda r: r.session.cohort.code),
        Column("half_day", _("Half-day"), lambda r: _half_day(r.session), sort="session__starts_at", width=30),
        Column("status", _("Register"), lambda r: tag_of(words.STATUS, r.status), sort="status"),
        Column("make_up", _("Make-up"), _missed_action, width=24),
    )  # fmt: skip
    search_folded = ("placement__person__folded__contains",)
    search = ("session__cohort__code__icontains",)
    order = ("-session__starts_at", "session__cohort__code", "placement__number")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the entries with less than whole credit."""
        return (
            visible_entries(actor)
            .filter(credit__lt=2)
            .select_related("placement__person", "placement__organisation", "session__cohort")
        )

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Return the entries with their live make-ups."""
        found = MakeUp.objects.filter(
            placement_id__in=[r.placement_id for r in rows], missed_id__in=[r.session_id for r in rows], state__in=LIVE
        )
        live = {(m.placement_id, m.missed_id): m for m in found}
        return [MissedLine(r, live.get((r.placement_id, r.session_id))) for r in rows]


@register_table
class MakeUps(Table):
    """Make-ups asked for and decided."""

    name = "make-ups"
    title = _("Make-ups")
    empty = _("No make-up has been asked for.")
    roles = DECIDE | AGENCY
    filters = ("state",)
    columns = (
        _name(link="make_up"),
        _agency(),
        Column("missed", _("Missed"), lambda r: _where(r.missed), sort="missed__starts_at", width=36),
        Column("target", _("Made up in"), lambda r: _where(r.target), sort="target__starts_at", width=36),
        Column("state", _("State"), lambda r: tag_of(words.ASKED_STATE, r.state), sort="state"),
        Column("asked", _("Asked"), lambda r: moment(r.asked_at), sort="asked_at", phone=False),
    )  # fmt: skip
    search_folded = ("placement__person__folded__contains",)
    order = ("state", "-asked_at")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the make-ups of those the actor may see."""
        rows = visible_make_ups(actor).select_related(
            "placement__person", "placement__organisation", "missed__cohort", "target__cohort"
        )
        return rows.filter(state=params["state"]) if params.get("state") in MakeUp.State.values else rows


@register_table
class Excuses(Table):
    """Reasons given for absences."""

    name = "excuses"
    title = _("Reasons for absences")
    empty = _("No reason has been given.")
    roles = RUN | AGENCY
    filters = ("state",)
    columns = (
        _name(link="excuse"),
        _agency(),
        Column("half_day", _("Half-day"), lambda r: _where(r.session), sort="session__starts_at", width=36),
        Column("category", _("Reason"), lambda r: words.EXCUSE.get(r.category, r.category), sort="category"),
        Column("state", _("State"), lambda r: tag_of(words.ASKED_STATE, r.state), sort="state"),
    )  # fmt: skip
    search_folded = ("placement__person__folded__contains",)
    order = ("state", "-asked_at")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the excuses of those the actor may see."""
        rows = visible_excuses(actor).select_related("placement__person", "placement__organisation", "session__cohort")
        return rows.filter(state=params["state"]) if params.get("state") in Excuse.State.values else rows


@register_table
class ConductNotes(Table):
    """Notes on conduct with their replies and decisions."""

    name = "conduct-notes"
    title = _("Notes on conduct")
    empty = _("No note has been written.")
    roles = RUN | AGENCY
    filters = ("state",)
    columns = (
        _name(link="conduct_note"),
        _agency(),
        _class("session__cohort", lambda r: r.session.cohort.code),
        Column("category", _("About"), lambda r: words.NOTE.get(r.category, r.category), sort="category"),
        Column("severity", _("Weight"), lambda r: words.SEVERITY[r.severity], sort="severity"),
        Column("state", _("State"), lambda r: tag_of(words.NOTE_STATE, r.state), sort="state"),
        Column("noted", _("Noted"), lambda r: moment(r.noted_at), sort="noted_at", phone=False),
    )  # fmt: skip
    search_folded = ("placement__person__folded__contains",)
    order = ("-noted_at",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the notes on those the actor may see."""
        rows = visible_notes(actor).select_related("placement__person", "placement__organisation", "session__cohort")
        return rows.filter(state=params["state"]) if params.get("state") in ConductNote.State.values else rows


def _age(row: Any) -> str:
    days = (clock.now() - row.handed_in_at) // timedelta(days=1)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@register_table
class Ungraded(Table):
    """Final assignments that wait for a mark."""

    name = "ungraded-assignments"
    title = _("Assignments that wait for a mark")
    empty = _("Every assignment handed in has its mark.")
    roles = RUN
    columns = (
        _name(link="grade"),
        _class("placement__cohort", lambda r: r.placement.cohort.code),
        Column("kind", _("Handed in as"), lambda r: r.file_name or _("text"), phone=False, width=28),
        Column("handed_in", _("Handed in"), lambda r: moment(r.handed_in_at), sort="handed_in_at", width=22),
        Column("age", _("Waits for"), _age, phone=False, width=12),
    )  # fmt: skip
    search_folded = ("placement__person__folded__contains",)
    search = ("placement__cohort__code__icontains",)
    order = ("handed_in_at",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the newest versions without a mark, oldest first."""
        later = Submission.objects.filter(placement_id=OuterRef("placement_id"), version__gt=OuterRef("version"))
        # After a mark nothing can be handed in again: the newest version is the one that carries it.
        graded = Grade.objects.filter(submission_id=OuterRef("pk"))
        rows = visible_submissions(actor).filter(~Exists(later), ~Exists(graded))
        return rows.select_related("placement__person", "placement__cohort")
