"""Find who is eligible in a class and keep the verdict with its evidence."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record
from hocvu.planning.models import Cohort, Placement

from ..domain.eligibility import Finding, Verdict, as_facts, find
from ..models import EligibilityFinding
from ..queries.evidence import evidence_of
from ..queries.rules import eligibility_rules
from ..rules import RUNS, hold
from ..types import EligibilityCounts


@transaction.atomic
def find_eligibility(*, actor: Actor, cohort_id: int) -> EligibilityCounts:
    """Find the verdict on everyone of a class and replace what was found before.

    Raises ``Refused("attestations.no_class")`` for an unknown class and ``attestations.rule_missing`` where
    the campaign has not chosen a rule. May be asked at any time; only the latest verdict is kept.
    """
    hold(actor.role in RUNS)
    cohort = cohort_of(cohort_id)
    findings = judge(cohort, list(Placement.objects.filter(cohort=cohort).values_list("pk", flat=True)))
    keep(findings)
    counts = counts_of(list(findings.values()))
    record(
        actor=actor,
        action="attestations.eligibility_found",
        object_type="cohort",
        object_key=cohort.uuid,
        data={"class": cohort.code, "eligible": counts.eligible, "refused": counts.refused, "open": counts.open},
        rows=[[pk, one.verdict.value, list(one.reasons)] for pk, one in findings.items()],
    )
    return counts


def cohort_of(cohort_id: int) -> Cohort:
    """Return a class with its campaign, or refuse."""
    found = Cohort.objects.select_related("plan__campaign").filter(pk=cohort_id).first()
    if found is None:
        raise Refused("attestations.no_class")
    return found


def judge(cohort: Cohort, placement_ids: Sequence[int]) -> dict[int, Finding]:
    """Return the verdict on places of a class by the rules in force on its last day; writes nothing."""
    rules = eligibility_rules(cohort.plan.campaign_id, cohort.ends_on)
    evidence = evidence_of(cohort, placement_ids)
    return {pk: find(evidence[pk], rules) for pk in placement_ids}


def keep(findings: dict[int, Finding]) -> None:
    """Keep verdicts in place of older ones, in the caller's transaction."""
    moment = clock.now()
    EligibilityFinding.objects.bulk_create(
        [
            EligibilityFinding(
                placement_id=pk,
                verdict=one.verdict.value,
                reasons=list(one.reasons),
                facts=as_facts(one),
                found_at=moment,
            )
            for pk, one in findings.items()
        ],
        update_conflicts=True,
        unique_fields=["placement"],
        update_fields=["verdict", "reasons", "facts", "found_at"],
    )


def counts_of(findings: Sequence[Finding]) -> EligibilityCounts:
    """Count verdicts and reasons."""
    verdicts = Counter(one.verdict for one in findings)
    return EligibilityCounts(
        eligible=verdicts[Verdict.ELIGIBLE],
        refused=verdicts[Verdict.REFUSED],
        open=verdicts[Verdict.OPEN],
        reasons=dict(Counter(reason for one in findings for reason in one.reasons)),
    )
