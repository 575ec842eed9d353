"""Before and after: self-assessment at the start, the test, self-assessment and the head's view months later."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Max

from hocvu.assessment.models import Attempt
from hocvu.campaigns.api import rules_in_force, target_groups
from hocvu.kernel import clock
from hocvu.planning.models import TimetablePlan

from ..domain.scoring import HIGHEST, LOWEST, mean_interval, protected
from ..models import Form, Response
from ..types import GainRow

LEAST = 5
KEPT_FOR = 600
WHOLE = "*"


@dataclass(slots=True)
class _Sums:
    people: int = 0
    before: float = 0.0
    tested: int = 0
    marks: float = 0.0
    passed: int = 0
    pairs: int = 0
    after: float = 0.0
    gain: float = 0.0
    gain_squares: float = 0.0
    seen: int = 0
    superior: float = 0.0


def learning(campaign_id: int, month: int) -> list[GainRow]:
    """Return a row for each target group and one for all (key ``*``, last), against the follow-up of a month.

    Only people with a valid self-assessment at the start are counted. ``self_gain`` is over pairs: the same
    person, the same statements, later minus before. The test mark stands beside: another measure.
    """
    key = f"evaluation-learning-{campaign_id}-{month}-{_state(campaign_id)}"
    held: list[GainRow] | None = cache.get(key)
    if held is None:
        held = _learning(campaign_id, month)
        cache.set(key, held, KEPT_FOR)
    return held


def _state(campaign_id: int) -> str:
    last = Response.objects.filter(invitation__form__campaign_id=campaign_id).aggregate(n=Max("pk"))["n"]
    tried = Attempt.objects.filter(sitting__blueprint__campaign_id=campaign_id, mark__isnull=False)
    marked = tried.aggregate(n=Max("pk"))["n"]
    uuid = Form.objects.filter(campaign_id=campaign_id).order_by("pk").values_list("uuid", flat=True).first()
    return f"{uuid}-{last}-{marked}"


def _learning(campaign_id: int, month: int) -> list[GainRow]:
    before = _means(campaign_id, "baseline", 0)
    after = _means(campaign_id, "follow_up_self", month)
    superior = _means(campaign_id, "follow_up_superior", month)
    tests = _marks(campaign_id)
    rule = rules_in_force(campaign_id, clock.today()).get("pass_mark")
    pass_mark = float(rule.value if rule else 5)
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for placement, (group, mean) in before.items():
        for one in (sums[group], sums[WHOLE]):
            one.people += 1
            one.before += mean
            if placement in tests:
                one.tested += 1
                one.marks += tests[placement]
                one.passed += tests[placement] >= pass_mark
            if placement in after:
                gain = after[placement][1] - mean
                one.pairs += 1
                one.after += after[placement][1]
                one.gain += gain
                one.gain_squares += gain * gain
            if placement in superior:
                one.seen += 1
                one.superior += superior[placement][1]
    return _rows(campaign_id, sums)


def _rows(campaign_id: int, sums: Mapping[str, _Sums]) -> list[GainRow]:
    groups = [(g.code, g.name) for g in target_groups(campaign_id) if g.code in sums]
    hidden = protected({code: sums[code].people for code, _ in groups}, LEAST)
    rows = [_row(code, name, sums[code], hidden=code in hidden) for code, name in groups]
    if WHOLE in sums:
        rows.append(_row(WHOLE, {}, sums[WHOLE], hidden=sums[WHOLE].people < LEAST))
    return rows


def _row(key: str, label: Mapping[str, str], one: _Sums, *, hidden: bool) -> GainRow:
    if hidden:
        return GainRow(key, label, one.people, None, None, None, one.pairs, None, None, None, None, None, hidden=True)
    widest = HIGHEST - LOWEST
    gain = None
    if one.pairs >= LEAST:
        gain = mean_interval(one.pairs, one.gain, one.gain_squares, one.people, lowest=-widest, highest=widest)
    return GainRow(
        key=key,
        label=label,
        people=one.people,
        before=one.before / one.people,
        test=one.marks / one.tested if one.tested >= LEAST else None,
        passed=one.passed / one.tested if one.tested >= LEAST else None,
        pairs=one.pairs,
        after=one.after / one.pairs if one.pairs >= LEAST else None,
        self_gain=gain.value if gain else None,
        gain_low=gain.low if gain else None,
        gain_high=gain.high if gain else None,
        superior=one.superior / one.seen if one.seen >= LEAST else None,
    )


def _means(campaign_id: int, kind: str, month: int) -> dict[int, tuple[str, float]]:
    """Return ``{placement: (group, mean of its form)}`` of the valid answers to a form."""
    rows = Response.objects.filter(
        invitation__form__campaign_id=campaign_id,
        invitation__form__kind=kind,
        invitation__form__month=month,
        valid=True,
    ).order_by()
    found = {}
    for placement, group, scores in rows.values_list(
        "invitation__placement_id", "invitation__placement__group_code", "scores"
    ).iterator(chunk_size=5000):
        found[placement] = (group, sum(scores.values()) / len(scores))
    return found


def _marks(campaign_id: int) -> dict[int, float]:
    """Return the best valid mark of each place, on 10."""
    tried = Attempt.objects.filter(
        placement__plan__campaign_id=campaign_id,
        placement__plan__state=TimetablePlan.State.PUBLISHED,
        mark__isnull=False,
    ).exclude(state=Attempt.State.VOID)
    rows: Iterable[tuple[int, int]] = tried.order_by().values_list("placement_id").annotate(best=Max("mark"))
    return {placement: best / 10 for placement, best in rows}
