"""Rules of the plan at a scale: calendar, class counts and sizes, weights.

At scale 1 the plan's own 96 + 247 classes over 11-24 June 2025. Below, the calendar stays, and class
sizes shrink so that each mode keeps at least six cohorts.
"""

from datetime import date, timedelta
from math import ceil

from hocvu.rehearsal.domain.types import ModeRules, PlanDay, PlanRules

FIRST_DAY = date(2025, 6, 11)
LAST_DAY = date(2025, 6, 24)
CLASSES = {"in_person": 96, "online": 247}  # plan 109/KH-UBND, as the press reports it
FEWEST_CLASSES = 6
SESSIONS = 5  # disjoint two-day sessions in ten working days
LARGEST = 110  # people in a class
_MEAN_AT_MOST = 104.5  # a little under the places of a teaching place in two turns

_WEIGHTS = {
    "group": 2, "bus": 30, "straddle_in_person": 2, "straddle_online": 1, "size_dev": 1, "fair_straddle": 2,
    "instructor_over_avg": 5, "instructor_venue_change": 3, "move_slot": 10, "move_class_same_slot": 1,
    "class_room_change": 5, "instructor_change": 3, "request_denied": 20,
}  # fmt: skip
_DISTANCE = (
    ("IP-ADMIN", "IP-COMM", 2), ("IP-ADMIN", "IP-PARTY", 2), ("IP-ADMIN", "IP-POL", 4),
    ("IP-COMM", "IP-PARTY", 2),
    ("IP-COMM", "IP-POL", 4), ("IP-LEAD", "IP-ADMIN", 4), ("IP-LEAD", "IP-COMM", 4),
    ("IP-LEAD", "IP-PARTY", 4),
    ("IP-LEAD", "IP-POL", 6), ("IP-PARTY", "IP-POL", 4), ("ON-DOC", "ON-NURSE", 2),
    ("ON-SCHMGT", "ON-DOC", 6),
    ("ON-SCHMGT", "ON-NURSE", 6), ("ON-TEACH", "ON-DOC", 6), ("ON-TEACH", "ON-NURSE", 6),
    ("ON-TEACH", "ON-SCHMGT", 2),
)  # fmt: skip


def campaign_days() -> tuple[PlanDay, ...]:
    """Return the 14 calendar days; Saturdays and Sundays are not working days."""
    count = (LAST_DAY - FIRST_DAY).days + 1
    days = [FIRST_DAY + timedelta(days=i) for i in range(count)]
    return tuple(PlanDay(day, day.weekday() < 5) for day in days)


def _sizes(people: int, classes: int, smallest_share: float) -> tuple[int, int, int]:
    target = round(people / classes)
    share = smallest_share if target >= 80 else 0.6  # small classes need more play
    return int(share * target), target, min(LARGEST, ceil(1.15 * target) + 2)


def _class_count(mode: str, people: int, scale: float) -> int:
    return max(FEWEST_CLASSES, round(CLASSES[mode] * scale), ceil(people / _MEAN_AT_MOST))


def make_rules(in_person: int, online: int, scale: float) -> PlanRules:
    """Return the rules for so many nominated people of each mode."""
    classes = _class_count("in_person", in_person, scale)
    low, target, high = _sizes(in_person, classes, 0.78)
    here = ModeRules(classes, low, target, high, test_turns=2)
    classes = _class_count("online", online, scale)
    low, target, high = _sizes(online, classes, 0.75)
    licences = -(-112 * ceil(classes / SESSIONS) // 100)  # 56 at scale 1 (invented)
    there = ModeRules(classes, low, target, high, concurrent_max=licences)
    return PlanRules(campaign_days(), here, there, tuple(_WEIGHTS.items()), _DISTANCE)
