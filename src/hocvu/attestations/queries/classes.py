"""How far each class is on the way to its attestations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from hocvu.kernel import clock
from hocvu.planning.models import Cohort, Placement, Session

from ..models import Attestation, Correction, EligibilityFinding, MarkSheet, Recognition

STAGES = ("under_way", "to_confirm", "to_number", "to_issue", "issuing", "issued")
_STAGE_OF_DECISION = {
    Recognition.State.DRAFT: "to_number",
    Recognition.State.NUMBERED: "to_issue",
    Recognition.State.ISSUING: "issuing",
    Recognition.State.ISSUED: "issued",
}


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """Counts of one class; ``waiting`` are eligible, without attestation and on no decision yet."""

    people: int = 0
    eligible: int = 0
    refused: int = 0
    open: int = 0
    issued: int = 0
    revoked: int = 0
    corrections: int = 0

    @property
    def unknown(self) -> int:
        """How many have no verdict yet."""
        return self.people - self.eligible - self.refused - self.open

    @property
    def waiting(self) -> int:
        """How many are eligible and have no attestation."""
        return max(0, self.eligible - self.issued)


def with_stage(rows: QuerySet[Cohort]) -> QuerySet[Any]:
    """Annotate classes with ``stage``, one of ``STAGES``."""
    latest = Recognition.objects.filter(cohort=OuterRef("pk")).order_by("-ordinal").values("state")[:1]
    to_come = Session.objects.filter(cohort=OuterRef("pk"), ends_at__gt=clock.now())
    stages = (When(decision_state=state, then=Value(stage)) for state, stage in _STAGE_OF_DECISION.items())
    known = rows.annotate(to_come=Exists(to_come), decision_state=Coalesce(Subquery(latest), Value("")))
    staged: QuerySet[Any] = known.annotate(
        stage=Case(When(to_come=True, then=Value("under_way")), *stages, default=Value("to_confirm"))
    )
    return staged


def figures_of(cohort_ids: Sequence[int]) -> dict[int, ClassFigures]:
    """Return the counts of classes in four queries."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in cohort_ids}
    _add(found, Placement.objects.filter(cohort_id__in=cohort_ids), "cohort_id", Value("people"))
    findings = EligibilityFinding.objects.filter(placement__cohort_id__in=cohort_ids)
    _add(found, findings, "placement__cohort_id", F("verdict"))
    entries = Attestation.objects.filter(placement__cohort_id__in=cohort_ids)
    _add(found, entries, "placement__cohort_id", F("state"))
    asked = Correction.objects.filter(placement__cohort_id__in=cohort_ids, state=Correction.State.ASKED)
    _add(found, asked, "placement__cohort_id", Value("corrections"))
    for counts in found.values():
        counts["issued"] = counts.get("issued", 0) + counts.get("revoked", 0)
    return {pk: ClassFigures(**counts) for pk, counts in found.items()}


def _add(found: dict[int, dict[str, int]], rows: QuerySet[Any], cohort: str, key: Any) -> None:
    grouped = rows.order_by().annotate(counted=key).values_list(cohort, "counted").annotate(n=Count("pk"))
    for cohort_id, name, number in grouped:
        found[cohort_id][name] = number


def latest_sheet(cohort: Cohort) -> MarkSheet | None:
    """Return the latest mark sheet of a class."""
    return MarkSheet.objects.filter(cohort=cohort).order_by("-version").first()


def decisions_of(cohort: Cohort) -> list[Recognition]:
    """Return the decisions of a class, first to last."""
    rows = Recognition.objects.filter(cohort=cohort).select_related("sheet")
    return list(rows.order_by("ordinal"))


def files_made(cohort: Cohort) -> tuple[int, int]:
    """Return how many entries of a class have their PDF, and how many there are."""
    rows = Attestation.objects.filter(placement__cohort=cohort)
    return rows.exclude(file="").count(), rows.count()


def entries_by_placement(placement_ids: Iterable[int]) -> dict[int, Attestation]:
    """Return the entries of places that have one."""
    rows = Attestation.objects.filter(placement_id__in=list(placement_ids)).defer("payload", "seal")
    return {row.placement_id: row for row in rows}


def findings_by_placement(placement_ids: Iterable[int]) -> dict[int, EligibilityFinding]:
    """Return the kept verdicts of places that have one."""
    rows = EligibilityFinding.objects.filter(placement_id__in=list(placement_ids))
    return {row.placement_id: row for row in rows.defer("facts")}
