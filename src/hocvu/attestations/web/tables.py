"""Lists of attestations: classes on their way, people and their verdicts, the register, corrections."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.people.api import masked_name
from hocvu.people.models import Organisation
from hocvu.planning.models import Placement
from hocvu.ui.tables import Column, Link, Table, Tag, register_table

from .. import rules
from ..models import Attestation, EligibilityFinding
from ..queries.classes import (
    STAGES as ALL_STAGES,
)
from ..queries.classes import (
    ClassFigures,
    entries_by_placement,
    figures_of,
    findings_by_placement,
    with_stage,
)
from .words import CORRECTED, CORRECTION_STATES, REASONS, STAGES, STATES, VERDICTS

OFFICES = frozenset({Role.OFFICE, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class and its counts."""

    cohort: Any
    figures: ClassFigures


@register_table
class Classes(Table):
    """Classes on their way to attestations."""

    name = "attestation-classes"
    title = _("Classes and their attestations")
    empty = _("No class stands at this point.")
    roles = OFFICES
    columns = (
        Column(
            "code",
            _("Class"),
            lambda c: Link(reverse("attestations:class", args=[c.cohort.uuid]), c.cohort.code),
            sort="code",
        ),
        Column("ends_on", _("Ended on"), lambda c: c.cohort.ends_on.strftime("%d/%m/%Y"), sort="ends_on"),
        Column("stage", _("State"), lambda c: Tag(*STAGES[c.cohort.stage]), sort="stage", width=28),
        Column("people", _("People"), lambda c: c.figures.people, numeric=True, phone=False),
        Column("eligible", _("Meet the conditions"), lambda c: c.figures.eligible, numeric=True),
        Column("refused", _("Do not"), lambda c: c.figures.refused, numeric=True, phone=False),
        Column("open", _("Not decided"), lambda c: c.figures.open + c.figures.unknown, numeric=True, phone=False),
        Column("issued", _("Issued"), lambda c: c.figures.issued, numeric=True),
    )
    search = ("code__icontains",)
    order = ("ends_on", "code")
    filters = ("stage",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the classes an actor runs, at one stage where the address says so."""
        rows = with_stage(rules.visible_cohorts(actor))
        stage = params.get("stage", "")
        return rows.filter(stage=stage) if stage in ALL_STAGES else rows

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Put the counts beside the classes."""
        figures = figures_of([row.pk for row in rows])
        return [ClassLine(row, figures[row.pk]) for row in rows]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person's place with verdict and entry."""

    place: Placement
    name: str
    verdict: str
    reasons: list[str]
    entry: Attestation | None


def _reason_words(line: PersonLine) -> str:
    return " ".join(str(REASONS.get(code, code)) for code in line.reasons)


def _entry_cell(line: PersonLine) -> Any:
    if line.entry is None:
        return ""
    return Link(reverse("attestations:attestation", args=[line.entry.uuid]), line.entry.number)


@register_table
class People(Table):
    """People and whether they meet the conditions."""

    name = "attestation-people"
    title = _("People and their attestations")
    roles = OFFICES | rules.OWN_AGENCY
    columns = (
        Column(
            "name",
            _("Full name"),
            lambda p: Link(reverse("attestations:eligibility", args=[p.place.uuid]), p.name),
            sort="person__sort_key",
            width=30,
        ),
        Column("cohort", _("Class"), lambda p: p.place.cohort.code, sort="cohort__code"),
        Column(
            "organisation",
            _("Organisation"),
            lambda p: pick(p.place.organisation.name, translation.get_language() or "vi"),
            sort="organisation__sort_key",
            phone=False,
            width=40,
        ),
        Column("verdict", _("Verdict"), lambda p: Tag(*VERDICTS[p.verdict]), width=26),
        Column("reasons", _("Why"), _reason_words, phone=False, width=60),
        Column("entry", _("Attestation"), _entry_cell, width=22),
    )
    search_folded = ("person__folded__contains",)
    order = ("cohort__code", "number")
    filters = ("cohort", "verdict")
    masks = False

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the places in the actor's scope, of one class or one verdict where the address says so."""
        self.masks = masks_restricted(actor)
        rows = rules.visible_placements(actor).select_related("person", "organisation", "cohort")
        if params.get("cohort"):
            rows = rows.filter(cohort__code=params["cohort"])
        verdict = params.get("verdict", "")
        if verdict in VERDICTS and verdict:
            held = EligibilityFinding.objects.filter(placement=OuterRef("pk"), verdict=verdict)
            rows = rows.filter(Exists(held))
        return rows

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Put verdicts and entries beside the places."""
        ids = [row.pk for row in rows]
        findings, entries = findings_by_placement(ids), entries_by_placement(ids)
        return [self._line(row, findings.get(row.pk), entries.get(row.pk)) for row in rows]

    def _line(self, row: Placement, found: EligibilityFinding | None, entry: Attestation | None) -> PersonLine:
        hidden = self.masks and (row.person.restricted or row.organisation.restricted)
        return PersonLine(
            place=row,
            name=masked_name(row.person.full_name) if hidden else row.person.full_name,
            verdict=found.verdict if found else "",
            reasons=found.reasons if found else [],
            entry=entry,
        )


def masks_restricted(actor: Actor) -> bool:
    """Say whether an agency's own people are shown masked to the actor where they are restricted.

    Only an agency that is itself restricted sees its restricted people by name.
    """
    if actor.role not in rules.OWN_AGENCY:
        return False
    home = actor.organisation_id
    return home is None or not Organisation.objects.filter(pk=home, restricted=True).exists()


@register_table
class Register(Table):
    """The register of attestations."""

    name = "register"
    title = _("Register of attestations")
    empty = _("Nothing is issued yet.")
    roles = OFFICES
    columns = (
        Column(
            "register_number", _("Register entry"), lambda a: a.register_number, sort="register_number", numeric=True
        ),
        Column(
            "number",
            _("Number"),
            lambda a: Link(reverse("attestations:attestation", args=[a.uuid]), a.number),
            sort="number",
            width=22,
        ),
        Column("name", _("Full name"), lambda a: a.payload["name"], sort="person__sort_key", width=30),
        Column("birth", _("Date of birth"), lambda a: a.payload["birth"], phone=False),
        Column(
            "organisation",
            _("Organisation"),
            lambda a: pick(a.payload["organisation"], translation.get_language() or "vi"),
            phone=False,
            width=40,
        ),
        Column("cohort", _("Class"), lambda a: a.payload["class"], sort="placement__cohort__code", phone=False),
        Column("mark", _("Mark"), lambda a: a.payload["mark"], numeric=True, phone=False),
        Column("code", _("Code"), lambda a: a.code, phone=False, width=24),
        Column("state", _("State"), lambda a: Tag(*STATES[a.state]), sort="state"),
    )
    search = ("number__icontains", "code__istartswith")
    search_folded = ("person__folded__contains",)
    order = ("register_number",)
    filters = ("cohort", "state")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the entries, of one class or one state where the address says so."""
        rows = rules.visible_attestations(actor).defer("seal")
        if params.get("cohort"):
            rows = rows.filter(placement__cohort__code=params["cohort"])
        if params.get("state") in STATES:
            rows = rows.filter(state=params["state"])
        return rows


@register_table
class Corrections(Table):
    """What trainees say would be printed wrong."""

    name = "corrections"
    title = _("Corrections asked for")
    empty = _("Nobody has asked for a correction.")
    roles = OFFICES
    columns = (
        Column(
            "person",
            _("Full name"),
            lambda c: Link(reverse("attestations:correction", args=[c.uuid]), c.placement.person.full_name),
            sort="placement__person__sort_key",
            width=30,
        ),
        Column("cohort", _("Class"), lambda c: c.placement.cohort.code, sort="placement__cohort__code"),
        Column("field", _("What"), lambda c: CORRECTED[c.field]),
        Column("given", _("We have"), lambda c: c.given, phone=False, width=30),
        Column("wanted", _("Should be"), lambda c: c.wanted, width=30),
        Column("state", _("State"), lambda c: Tag(*CORRECTION_STATES[c.state]), sort="state", width=24),
    )
    search_folded = ("placement__person__folded__contains",)
    order = ("state", "asked_at")
    filters = ("state",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the requests, of one state where the address says so."""
        rows = rules.visible_corrections(actor).select_related("placement__person", "placement__cohort")
        return rows.filter(state=params["state"]) if params.get("state") in CORRECTION_STATES else rows


def stages_shown(actor: Actor) -> list[tuple[str, Any, int]]:
    """Return how many classes stand at each stage: (stage, words, classes)."""
    rows = with_stage(rules.visible_cohorts(actor)).order_by().values_list("stage").annotate(n=Count("pk"))
    counts = dict(rows)
    return [(stage, STAGES[stage][0], counts.get(stage, 0)) for stage in ALL_STAGES]
