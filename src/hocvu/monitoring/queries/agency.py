"""The figures of one agency and what lies under it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from hocvu.attestations.models import Attestation, EligibilityFinding
from hocvu.delivery.models import MakeUp
from hocvu.planning.models import Placement

from ..types import Presence
from .marks import tests_by
from .presence import presence_by, sum_presence


@dataclass(frozen=True, slots=True)
class AgencyFiguresRow:
    """People of an agency from their place to their attestation."""

    people: int
    presence: Presence
    tested: int
    passed: int
    issued: int
    refused: int
    open: int
    refused_by_reason: tuple[tuple[str, int], ...]
    make_ups_due: int


def agency_figures(organisation_ids: Collection[int], until: datetime) -> AgencyFiguresRow:
    """Return the figures over the people whom these bodies sent; eight queries."""
    placed = Placement.objects.filter(organisation_id__in=organisation_ids, plan__state="published")
    tests = tests_by("organisation_id", organisation_ids, until).values()
    verdicts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    findings = EligibilityFinding.objects.filter(placement__in=placed.values("pk")).order_by()
    for verdict, why, number in findings.values_list("verdict", "reasons").annotate(n=Count("pk")):
        verdicts[verdict] += number
        if verdict == "refused" and why:
            reasons[why[0]] += number
    return AgencyFiguresRow(
        people=placed.count(),
        presence=sum_presence(presence_by("organisation_id", organisation_ids, until).values()),
        tested=sum(tested for tested, _, _ in tests),
        passed=sum(passed for _, passed, _ in tests),
        issued=Attestation.objects.filter(placement__in=placed.values("pk"), issued_at__lte=until).count(),
        refused=verdicts["refused"],
        open=verdicts["open"],
        refused_by_reason=tuple(reasons.most_common()),
        make_ups_due=MakeUp.objects.filter(placement__in=placed.values("pk"), state__in=["asked", "confirmed"]).count(),
    )
