"""From a verdict to words: each condition with its rule, its evidence and what one can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from hocvu.kernel.errors import Refused
from hocvu.planning.models import Placement
from hocvu.ui.refusals import sentence

from ..domain.eligibility import as_facts
from ..models import Attestation, Correction
from ..services.eligibility import judge
from .words import ADVICE, ADVICE_PAGES, CERTAINTIES, CONDITIONS, REASONS, STANDINGS, STATUSES, VERDICTS

ORDER = ("presence", "test", "assignment", "conduct")


@dataclass(frozen=True, slots=True)
class ConditionShown:
    """One condition as the page shows it."""

    key: str
    title: Any
    standing: Any
    colour: str
    reason: Any
    advice: Any
    advice_page: str
    rule: Mapping[str, Any]
    certainty: Any
    evidence: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explained:
    """The verdict as the page shows it; ``trouble`` where no verdict can be found."""

    verdict: str
    verdict_words: Any
    colour: str
    conditions: list[ConditionShown]
    entry: Attestation | None
    corrections: list[Correction]
    trouble: str = ""


def explain(place: Placement) -> Explained:
    """Find the verdict on one person now, and put it into words."""
    entry = Attestation.objects.filter(placement=place).defer("seal").first()
    corrections = list(Correction.objects.filter(placement=place).order_by("-asked_at"))
    try:
        found = judge(place.cohort, [place.pk])[place.pk]
    except Refused as refused:
        words, colour = VERDICTS[""]
        return Explained("", words, colour, [], entry, corrections, sentence(refused))
    facts = as_facts(found)
    words, colour = VERDICTS[found.verdict.value]
    shown = [_condition(key, facts[key]) for key in ORDER]
    return Explained(found.verdict.value, words, colour, shown, entry, corrections)


def _condition(key: str, facts: Mapping[str, Any]) -> ConditionShown:
    standing, colour = STANDINGS[facts["standing"]]
    reason = facts["reason"]
    return ConditionShown(
        key=key,
        title=CONDITIONS[key],
        standing=standing,
        colour=colour,
        reason=REASONS.get(reason, ""),
        advice=ADVICE.get(reason, ""),
        advice_page=_address(ADVICE_PAGES.get(reason, "")),
        rule=facts["rule"],
        certainty=CERTAINTIES.get(facts["rule"]["certainty"], ""),
        evidence=_evidence(facts["evidence"]),
    )


def _evidence(evidence: Mapping[str, Any]) -> Mapping[str, Any]:
    days = [day | {"words": STATUSES.get(day["status"], day["status"])} for day in evidence.get("half_days", ())]
    return dict(evidence) | {"half_days": days}


def _address(name: str) -> str:
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""
