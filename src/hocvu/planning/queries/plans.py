"""Figures of a computed timetable."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Sum

from ..models import Cohort, Instructor, Placement, Room, TimetablePlan


@dataclass(frozen=True, slots=True)
class DayLine:
    """Classes and people of one day."""

    day: date
    in_person: int
    online: int
    people: int
    rooms_free: int


@dataclass(frozen=True, slots=True)
class ModeLine:
    """Classes of one mode."""

    mode: str
    classes: int
    people: int
    smallest: int
    largest: int


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """What a timetable looks like; ``gap`` is the share of cost not proven necessary, in per cent."""

    modes: list[ModeLine]
    days: list[DayLine]
    people: int
    instructors: int
    most_classes: int
    gap: float | None


def plan_figures(plan: TimetablePlan) -> PlanFigures:
    """Return the figures of a plan in five queries."""
    cohorts = Cohort.objects.filter(plan=plan)
    modes = [
        ModeLine(row["mode"], row["n"], row["people"], row["low"], row["high"])
        for row in cohorts.order_by("mode")
        .values("mode")
        .annotate(n=Count("pk"), people=Sum("size"), low=Min("size"), high=Max("size"))
    ]
    rooms = Room.objects.filter(venue__campaign_id=plan.campaign_id).count()
    count: Counter[tuple[date, str]] = Counter()
    people: Counter[date] = Counter()
    for mode, first, last, size in cohorts.values_list("mode", "starts_on", "ends_on", "size"):
        for day in {first, last}:
            count[day, mode] += 1
            people[day] += size
    days = [
        DayLine(d, count[d, "in_person"], count[d, "online"], people[d], rooms - count[d, "in_person"])
        for d in sorted(people)
    ]
    loads = Instructor.objects.filter(pk__in=cohorts.values("team__instructor"))
    most = cohorts.values("team__instructor").annotate(n=Count("pk")).aggregate(most=Max("n"))["most"]
    gap = 100 * (plan.objective - plan.bound) / plan.objective if plan.objective and plan.bound is not None else None
    return PlanFigures(
        modes=modes, days=days, people=Placement.objects.filter(plan=plan).count(), instructors=loads.count(),
        most_classes=most or 0, gap=gap,
    )  # fmt: skip
