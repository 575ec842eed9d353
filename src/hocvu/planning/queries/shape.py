"""What to ask of a campaign's timetable when nobody said otherwise."""

import math

from django.db.models import Count

from hocvu.campaigns.models import Campaign
from hocvu.enrolment.api import approved_nominations

from ..models import Instructor, Room, TimetablePlan
from ..types import PlanShape

SLACK = 0.25  # class sizes may differ by a quarter from the mean
DISJOINT = 5  # two-day sessions without a common day in ten working days


def shape_of(campaign: Campaign) -> PlanShape:
    """Return the shape of the last plan, else one from the plan's numbers of classes and the people named."""
    last = TimetablePlan.objects.filter(campaign=campaign).exclude(shape={}).order_by("-number").first()
    if last is not None:
        return PlanShape(**last.shape)
    people = dict(
        approved_nominations(campaign.pk).order_by().values_list("target_group__mode").annotate(n=Count("pk"))
    )
    return PlanShape(
        modes={
            mode: _sizes(mode, n, _classes(campaign, mode, n), _places(campaign, mode))
            for mode, n in sorted(people.items())
        }
    )


def _classes(campaign: Campaign, mode: str, people: int) -> int:
    stated = campaign.facts.get(f"classes_{mode}", {})
    value = stated.get("value") if isinstance(stated, dict) else stated
    return int(value) if value else max(1, math.ceil(people / 100))


def _places(campaign: Campaign, mode: str) -> int:
    if mode == "in_person":
        return Room.objects.filter(venue__campaign=campaign).count()
    return Instructor.objects.filter(campaign=campaign).count() // 2


def _sizes(mode: str, people: int, classes: int, places: int) -> dict[str, int]:
    target = math.ceil(people / classes)
    sizes = {
        "classes": classes,
        "min": max(1, math.floor(target * (1 - SLACK))),
        "target": target,
        "max": math.ceil(target * (1 + SLACK / 2)),
    }
    if mode == "in_person":
        return sizes | {"test_sittings": 2}
    return sizes | {"concurrent_max": max(1, min(places, math.ceil(classes / DISJOINT * 1.15)))}
