"""The lists of this app: sittings, marks, who has not passed, items."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.ui.tables import Column, Link, Table, register_table
from hocvu.ui.templatetags.hocvu import mark, moment

from ..models import Attempt, ItemVersion, Sitting
from ..queries.results import pass_mark_on
from ..queries.rooms import SittingFigures, resits_used, sitting_figures, without_pass
from ..rules import (
    BANK_ROLES,
    RESIT_ROLES,
    RESULT_ROLES,
    SITTING_ROLES,
    visible_items,
    visible_results,
    visible_sittings,
)
from .words import ATTEMPT_STATES, DIFFICULTIES, KINDS, POOLS, SITTING_STATES, VERSION_STATES, state_tag

State = Attempt.State


def day_of(text: str) -> date | None:
    """Return a day written as in an address (2025-06-18), or none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@register_table
class Sittings(Table):
    """Sittings by day and state, with how many sat and their average."""

    name = "sittings"
    title = _("Sittings of the test")
    roles = SITTING_ROLES
    columns = (
        Column(
            "cohort",
            _("Class"),
            lambda s: Link(reverse("assessment:sitting", args=[s.uuid]), s.cohort.code),
            sort="cohort__code",
        ),
        Column("opens", _("Start"), lambda s: moment(s.opens_at), sort="opens_at"),
        Column("kind", _("Kind"), lambda s: str(KINDS[s.kind]), sort="kind", phone=False),
        Column("turn", _("Turn"), lambda s: s.turn, numeric=True, phone=False),
        Column("state", _("State"), lambda s: state_tag(SITTING_STATES, s.state), sort="state"),
        Column("candidates", _("Candidates"), lambda s: s.figures.candidates, numeric=True),
        Column("sat", _("Began"), lambda s: s.figures.sat, numeric=True),
        Column("average", _("Average mark"), lambda s: mark(s.figures.average), numeric=True, phone=False),
    )
    search = ("cohort__code__icontains",)
    order = ("opens_at", "cohort__code")
    filters = ("day", "state")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Sitting]:
        """Return the actor's sittings of a day and state."""
        found = visible_sittings(actor)
        on = day_of(params.get("day", ""))
        if on:
            start = clock.at(on, 0)
            found = found.filter(opens_at__gte=start, opens_at__lt=start + timedelta(days=1))
        if params.get("state") in Sitting.State.values:
            found = found.filter(state=params["state"])
        return found

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add the figures of one page of sittings."""
        figures = sitting_figures(row.pk for row in rows)
        for row in rows:
            row.figures = figures.get(row.pk, SittingFigures())
        return rows


def _agency(attempt: Attempt) -> str:
    return pick(attempt.placement.organisation.name, get_language() or "vi")


def _mark_cell(attempt: Attempt) -> str:
    return mark(attempt.mark) if attempt.state == State.SCORED else ""


@register_table
class Marks(Table):
    """Attempts with their marks, of one class or all the actor may see."""

    name = "test-marks"
    title = _("Marks of the test")
    roles = RESULT_ROLES
    columns = (
        Column("cohort", _("Class"), lambda a: a.placement.cohort.code, sort="placement__cohort__code"),
        Column("number", _("No."), lambda a: a.placement.number, sort="placement__number", numeric=True, width=6),
        Column("name", _("Name"), lambda a: a.placement.person.full_name, sort="placement__person__sort_key", width=30),
        Column("agency", _("Agency"), _agency, phone=False, width=40),
        Column("kind", _("Kind"), lambda a: str(KINDS[a.sitting.kind]), phone=False),
        Column("state", _("State"), lambda a: state_tag(ATTEMPT_STATES, a.state), sort="state"),
        Column(
            "right", _("Right answers"), lambda a: a.right if a.state == State.SCORED else "", numeric=True, phone=False
        ),
        Column("mark", _("Mark"), _mark_cell, sort="mark", numeric=True),
    )
    search_folded = ("placement__person__folded__contains",)
    search = ("placement__cohort__code__icontains",)
    order = ("placement__cohort__code", "placement__number")
    filters = ("cohort", "state")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Attempt]:
        """Return attempts of a class and state, in the actor's scope."""
        found = visible_results(actor).select_related(
            "placement__person", "placement__organisation", "placement__cohort", "sitting"
        )
        found = found.defer("paper")  # the heaviest column; a list of marks does not need it
        if params.get("cohort"):
            found = found.filter(placement__cohort__code=params["cohort"])
        if params.get("state") in State.values:
            found = found.filter(state=params["state"])
        return found


@register_table
class NotPassed(Table):
    """Who failed, was absent or was voided and has no test to come: the list a resit is planned from."""

    name = "not-passed"
    title = _("Not passed")
    empty = _("Nobody has failed or missed the test.")
    roles = RESIT_ROLES
    columns = (
        Column("cohort", _("Class"), lambda a: a.placement.cohort.code, sort="placement__cohort__code"),
        Column("name", _("Name"), lambda a: a.placement.person.full_name, sort="placement__person__sort_key", width=30),
        Column("agency", _("Agency"), _agency, phone=False, width=40),
        Column("state", _("Last test"), lambda a: state_tag(ATTEMPT_STATES, a.state), sort="state"),
        Column("mark", _("Mark"), _mark_cell, sort="mark", numeric=True),
        Column("resits", _("Resits used"), lambda a: a.resits_used, numeric=True, phone=False),
    )
    search_folded = ("placement__person__folded__contains",)
    search = ("placement__cohort__code__icontains",)
    order = ("placement__cohort__code", "placement__number")
    filters = ("cohort",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Attempt]:
        """Return the last attempt of each, of one class or all."""
        campaign = campaign_in_view()
        if campaign is None or not actor.is_any(*RESIT_ROLES, Role.SYSTEM):
            return Attempt.objects.none()
        found = visible_results(actor).filter(placement__plan__campaign_id=campaign.id)
        found = without_pass(found, pass_mark_on(campaign.id, clock.today())).select_related(
            "placement__person", "placement__organisation", "placement__cohort"
        )
        return found.filter(placement__cohort__code=params["cohort"]) if params.get("cohort") else found

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add how many resits each has used."""
        used = resits_used(row.placement_id for row in rows)
        for row in rows:
            row.resits_used = used.get(row.placement_id, 0)
        return rows


def _short(text: str, most: int = 110) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


@register_table
class Items(Table):
    """The item bank: the latest version of each item."""

    name = "items"
    title = _("Item bank")
    roles = BANK_ROLES
    columns = (
        Column(
            "code",
            _("Code"),
            lambda v: Link(reverse("assessment:item", args=[v.item.uuid]), v.item.code),
            sort="item__code",
        ),
        Column("stem", _("Question"), lambda v: _short(pick(v.stem, get_language() or "vi")), width=70),
        Column("axis", _("Axis"), lambda v: v.item.axis, sort="item__axis", numeric=True, phone=False, width=6),
        Column("lesson", _("Lesson"), lambda v: v.item.lesson_code, sort="item__lesson_code", phone=False, width=8),
        Column(
            "difficulty",
            _("Difficulty"),
            lambda v: str(DIFFICULTIES[v.item.difficulty]),
            sort="item__difficulty",
            phone=False,
        ),
        Column("pool", _("Pool"), lambda v: str(POOLS[v.item.pool]), sort="item__pool", phone=False),
        Column("state", _("State"), lambda v: state_tag(VERSION_STATES, v.state), sort="state"),
    )
    search = ("item__code__icontains", "stem__vi__icontains", "stem__fr__icontains", "stem__en__icontains")
    order = ("item__code",)
    filters = ("axis", "lesson", "difficulty", "state", "pool")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[ItemVersion]:
        """Return the latest version of each item that fits the filters."""
        newest = ItemVersion.objects.filter(item=OuterRef("item")).order_by("-number").values("pk")[:1]
        found = ItemVersion.objects.filter(item__in=visible_items(actor), pk=Subquery(newest)).select_related("item")
        if params.get("axis", "").isdigit():
            found = found.filter(item__axis=int(params["axis"]))
        for name, field in (
            ("lesson", "item__lesson_code"),
            ("difficulty", "item__difficulty"),
            ("pool", "item__pool"),
        ):
            if params.get(name):
                found = found.filter(**{field: params[name]})
        return found.filter(state=params["state"]) if params.get("state") in ItemVersion.State.values else found
