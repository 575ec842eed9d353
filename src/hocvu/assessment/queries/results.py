"""Read results: the mark that counts, the attempts behind it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from hocvu.campaigns.api import rules_in_force
from hocvu.kernel import clock

from ..domain.marks import TestResult, Try, best_result
from ..domain.scoring import AxisScore, by_axis
from ..models import Answer, Attempt, Sitting
from ..types import KeyedPlace
from .bank import right_keys

CHUNK = 5000
PASS_MARK = 50  # tenths, only where a campaign has no rule of its own


def pass_mark_on(campaign_id: int, on: date) -> int:
    """Return the pass mark of a test, in tenths, by the rule in force on a day."""
    rule = rules_in_force(campaign_id, on).get("pass_mark")
    return round(rule.value * 10) if rule else PASS_MARK


def resits_allowed(campaign_id: int, on: date) -> int:
    """Return how many resits the rule in force on a day grants (none without a rule)."""
    rule = rules_in_force(campaign_id, on).get("resits")
    return int(rule.value) if rule else 0


def minutes_late_allowed(campaign_id: int, on: date) -> int:
    """Return how long after the start a candidate may still begin without being let in."""
    rule = rules_in_force(campaign_id, on).get("late_minutes")
    return int(rule.value) if rule else 15


def best_marks(placement_ids: Iterable[int]) -> dict[int, TestResult]:
    """Return the result of every placement asked for; one without attempts is pending.

    The pass mark is that of the day of each sitting.
    """
    ids = list(dict.fromkeys(placement_ids))
    tries: dict[int, list[Try]] = defaultdict(list)
    rows: list[tuple[int, str, int | None, int]] = []
    for start in range(0, len(ids), CHUNK):
        rows += Attempt.objects.filter(placement_id__in=ids[start : start + CHUNK]).values_list(
            "placement_id", "state", "mark", "sitting_id"
        )
    pass_marks = _pass_marks({sitting_id for *_, sitting_id in rows})
    for placement_id, state, mark, sitting_id in rows:
        tries[placement_id].append(Try(state, mark, pass_marks[sitting_id]))
    return {pk: best_result(tries.get(pk, ())) for pk in ids}


def _pass_marks(sitting_ids: set[int]) -> dict[int, int]:
    known: dict[tuple[int, date], int] = {}
    found = {}
    rows = Sitting.objects.filter(pk__in=sitting_ids).values_list("pk", "blueprint__campaign_id", "opens_at")
    for pk, campaign_id, opens_at in rows:
        key = (campaign_id, clock.local(opens_at).date())
        if key not in known:
            known[key] = pass_mark_on(*key)
        found[pk] = known[key]
    return found


def answers_of(attempt_ids: Iterable[int]) -> dict[int, dict[int, str]]:
    """Return the saved answers ``{attempt id: {place: key}}``; withdrawn ones are left out."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Answer.objects.filter(attempt_id__in=list(attempt_ids)).exclude(value="")
    for attempt_id, position, value in rows.values_list("attempt_id", "position", "value"):
        found[attempt_id][position] = value
    return found


def axis_scores(attempt: Attempt) -> list[AxisScore]:
    """Return right answers per axis of a scored attempt."""
    keys = right_keys(pk for pk, _ in attempt.paper)
    return by_axis(
        [keys[pk][0] for pk, _ in attempt.paper],
        [keys[pk][1] for pk, _ in attempt.paper],
        answers_of([attempt.pk]).get(attempt.pk, {}),
    )


def paper_keys(sitting_id: int) -> Mapping[int, list[KeyedPlace]]:
    """Return ``{placement id: the places of its paper with their right keys}`` of a sitting.

    For scoring by hand and for the rehearsal's simulated people; no page may show it.
    """
    papers = dict(Attempt.objects.filter(sitting_id=sitting_id).values_list("placement_id", "paper"))
    keys = right_keys(pk for paper in papers.values() for pk, _ in paper)
    return {
        placement_id: [
            KeyedPlace(axis=keys[pk][1], difficulty=keys[pk][2], order=order, right_key=keys[pk][0])
            for pk, order in paper
        ]
        for placement_id, paper in papers.items()
    }
