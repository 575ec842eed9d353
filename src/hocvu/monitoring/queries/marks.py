"""Count the tests: each person once, with their best valid mark."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from hocvu.assessment.models import Attempt, Sitting
from hocvu.campaigns.api import rule_alternatives
from hocvu.campaigns.models import Rule
from hocvu.kernel import clock

PASS_MARK = 50  # tenths, where a campaign has no rule
BUCKETS = 11


@dataclass(slots=True)
class TestSums:
    """People tested and passed, in all, by group, by day of their first scored try; best marks by whole point."""

    __test__ = False  # no test of ours, whatever its name

    tested: int = 0
    passed: int = 0
    total: int = 0
    marks: list[int] = field(default_factory=lambda: [0] * BUCKETS)
    tested_by_group: Counter[str] = field(default_factory=Counter)
    passed_by_group: Counter[str] = field(default_factory=Counter)
    tested_by_day: Counter[date] = field(default_factory=Counter)
    passed_by_day: Counter[date] = field(default_factory=Counter)

    @property
    def mean(self) -> float | None:
        """The mean of the best marks, on 10."""
        return self.total / self.tested / 10 if self.tested else None


@dataclass(frozen=True, slots=True)
class Best:
    """The best valid mark of one person, in tenths, whether a mark passed, and the day of the first."""

    mark: int
    passed: bool
    day: date
    key: object


def count_tests(plan_id: int, until: datetime) -> TestSums:
    """Return the sums over everybody with a scored attempt up to ``until``; three queries."""
    sums = TestSums()
    for best in _best(scored(plan_id, until), "placement__group_code").values():
        group = str(best.key)
        sums.tested += 1
        sums.total += best.mark
        sums.marks[best.mark // 10] += 1
        sums.tested_by_group[group] += 1
        sums.tested_by_day[best.day] += 1
        if best.passed:
            sums.passed += 1
            sums.passed_by_group[group] += 1
            sums.passed_by_day[best.day] += 1
    return sums


def tests_by(field_name: str, ids: Iterable[int], until: datetime) -> dict[object, tuple[int, int, int]]:
    """Return (tested, passed, sum of best marks in tenths) by ``cohort_id`` or ``organisation_id``."""
    rows = Attempt.objects.filter(
        **{f"placement__{field_name}__in": list(ids)},
        placement__plan__state="published",
        mark__isnull=False,
        submitted_at__lte=until,
    ).exclude(state=Attempt.State.VOID)
    found: dict[object, tuple[int, int, int]] = {}
    for best in _best(rows, f"placement__{field_name}").values():
        tested, passed, total = found.get(best.key, (0, 0, 0))
        found[best.key] = (tested + 1, passed + best.passed, total + best.mark)
    return found


def scored(plan_id: int, until: datetime) -> QuerySet[Attempt]:
    """Return the attempts with a mark that counts."""
    rows = Attempt.objects.filter(sitting__cohort__plan_id=plan_id, mark__isnull=False, submitted_at__lte=until)
    return rows.exclude(state=Attempt.State.VOID)


def best_of(placement_ids: Iterable[int], until: datetime) -> dict[int, Best]:
    """Return the best mark of each person who has one."""
    rows = Attempt.objects.filter(
        placement_id__in=list(placement_ids), mark__isnull=False, submitted_at__lte=until
    ).exclude(state=Attempt.State.VOID)
    return _best(rows, "placement_id")


def _best(rows: QuerySet[Attempt], key: str) -> dict[int, Best]:
    found: dict[int, Best] = {}
    held = list(rows.order_by().values_list("placement_id", key, "sitting_id", "mark"))
    days = _sitting_days({sitting for _, _, sitting, _ in held})
    for placement, value, sitting, mark in held:
        day, pass_mark = days[sitting]
        passed = mark >= pass_mark
        before = found.get(placement)
        if before is None:
            found[placement] = Best(mark, passed, day, value)
        else:
            found[placement] = Best(max(before.mark, mark), before.passed or passed, min(before.day, day), value)
    return found


def _sitting_days(sitting_ids: set[int]) -> dict[int, tuple[date, int]]:
    """Return the day of each sitting and the pass mark in force on it; two queries for one campaign."""
    rules: dict[int, list[Rule]] = {}
    found = {}
    rows = Sitting.objects.filter(pk__in=sitting_ids).values_list("pk", "blueprint__campaign_id", "opens_at")
    for pk, campaign_id, opens_at in rows:
        if campaign_id not in rules:
            rules[campaign_id] = rule_alternatives(campaign_id).get("pass_mark", [])
        day = clock.local(opens_at).date()
        found[pk] = (day, _pass_mark(rules[campaign_id], day))
    return found


def _pass_mark(rules: list[Rule], day: date) -> int:
    """Return the pass mark chosen and in force on a day, in tenths; the latest that has begun counts."""
    standing = [
        rule
        for rule in rules
        if rule.chosen and rule.in_force_from <= day and (rule.in_force_to is None or rule.in_force_to > day)
    ]
    if not standing:
        return PASS_MARK
    return round(max(standing, key=lambda rule: (rule.in_force_from, rule.pk)).value * 10)
