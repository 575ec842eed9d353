"""Lists of agencies: presence and practice, counted; no names of people."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hocvu.kernel.actor import Actor, Role
from hocvu.people.models import Organisation
from hocvu.planning.models import Placement, TimetablePlan
from hocvu.ui.tables import Column, Table, register_table
from hocvu.ui.templatetags.hocvu import percent

from ..queries.attendance import presence_counts_by
from ..queries.practice import practice_figures_by_agency
from ..queries.scope import published_plan_id
from ..rules import visible_placements
from ..types import PracticeFigures, PresenceCounts
from .words import shown

AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})


def _agencies(actor: Actor) -> QuerySet[Organisation]:
    """Return the agencies with people in class; an agency sees itself and what lies under it."""
    places = Placement.objects.filter(plan__state=TimetablePlan.State.PUBLISHED)
    if actor.is_any(*AGENCY):
        places = visible_placements(actor)
    return Organisation.objects.filter(pk__in=places.order_by().values("organisation_id"))


class AgencyLine:
    """An agency and its counts."""

    def __init__(self, organisation: Organisation, counts: PresenceCounts) -> None:
        self.organisation = organisation
        self.counts = counts


@register_table
class PresenceByAgency(Table):
    """Half-days present, late, absent, made up, by agency."""

    name = "presence-by-agency"
    title = _("Presence by agency")
    roles = frozenset({Role.OFFICE, Role.MANAGER, Role.LEADER}) | AGENCY
    columns = (
        Column("agency", _("Agency"), lambda r: shown(r.organisation.name), sort="sort_key", width=44),
        Column("entries", _("Half-days taught"), lambda r: r.counts.entries, numeric=True, phone=False),
        Column("present", pgettext_lazy("counts", "Present"), lambda r: r.counts.present, numeric=True),
        Column("late", pgettext_lazy("counts", "Late"), lambda r: r.counts.late, numeric=True, phone=False),
        Column("excused", _("Absent, excused"), lambda r: r.counts.excused, numeric=True, phone=False),
        Column("absent", _("Absent, not excused"), lambda r: r.counts.absent, numeric=True),
        Column("made_up", _("Made up"), lambda r: r.counts.made_up, numeric=True, phone=False),
        Column("share", _("Share counted"), lambda r: percent(r.counts.credit, 2 * r.counts.entries), numeric=True),
    )  # fmt: skip
    search_folded = ("folded__contains",)
    order = ("sort_key",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the agencies in scope."""
        return _agencies(actor)

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Return the agencies with their counts."""
        ids = [row.pk for row in rows]
        plan_id = published_plan_id()
        counts = presence_counts_by(plan_id, "organisation", organisation_ids=ids) if plan_id else {}
        return [AgencyLine(row, counts.get(row.pk, PresenceCounts())) for row in rows]


class PracticeLine:
    """An agency and its figures of a practice task."""

    def __init__(self, organisation: Organisation, figures: PracticeFigures | None) -> None:
        self.organisation = organisation
        self.figures = figures


@register_table
class PracticeByAgency(Table):
    """Who practised, by agency. The address names the task."""

    name = "practice-by-agency"
    title = _("Practice by agency")
    roles = frozenset({Role.OFFICE, Role.MANAGER, Role.LEADER}) | AGENCY
    filters = ("task",)
    columns = (
        Column("agency", _("Agency"), lambda r: shown(r.organisation.name), sort="sort_key", width=44),
        Column("people", _("People who finished"), lambda r: r.figures.people if r.figures else 0, numeric=True),
        Column("tries", _("Tries"), lambda r: r.figures.attempts if r.figures else 0, numeric=True, phone=False),
        Column(
            "share", _("Mean of best scores"),
            lambda r: percent(r.figures.best_share, 100) if r.figures else "—", numeric=True,
        ),
    )  # fmt: skip
    search_folded = ("folded__contains",)
    order = ("sort_key",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the agencies in scope, each carrying the task's code."""
        return _agencies(actor).annotate(task_code=Value(params.get("task", "")))

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Return the agencies with their figures."""
        plan_id = published_plan_id()
        if not rows or plan_id is None:
            return [PracticeLine(row, None) for row in rows]
        found = practice_figures_by_agency(rows[0].task_code, plan_id, [row.pk for row in rows])
        return [PracticeLine(row, found.get(row.pk)) for row in rows]
