"""What can be known before any search: closed-form limits of an instance.

Each `Limit` found by `shortfalls` alone proves that no plan exists; it carries numbers, pages make the
sentence. `facts` holds the same arithmetic on published totals, and the repairs; both are re-exported here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hocvu.planning.domain.facts import (
    Capacity,
    Facts,
    Repair,
    StaffCapacity,
    capacity,
    repairs,
    staff_capacity,
)
from hocvu.planning.domain.instance import (
    ACCESS,
    DEFAULT_LANGUAGE,
    IN_PERSON,
    Instance,
    ModeRules,
    Room,
    Trainee,
)

__all__ = [
    "Capacity",
    "Facts",
    "Limit",
    "Repair",
    "StaffCapacity",
    "capacity",
    "disjoint_sessions",
    "repairs",
    "shortfalls",
    "staff_capacity",
]


@dataclass(frozen=True)
class Limit:
    """A need that cannot be met: `needed` against `available`, of whom or what (`subject`, may be empty)."""

    kind: str
    needed: int
    available: int
    subject: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def disjoint_sessions(instance: Instance, unavailable: tuple[str, ...] = ()) -> int:
    """Return how many sessions without a common day fit in the days that are not `unavailable`."""
    away, count, last = set(unavailable), 0, ""
    for slot in sorted(instance.slots, key=lambda s: s.days[-1]):
        if slot.days[0] > last and not away & set(slot.days):
            count, last = count + 1, slot.days[-1]
    return count


def shortfalls(instance: Instance) -> list[Limit]:
    """Return every closed-form limit that `instance` breaks, in a stable order; empty does not prove a plan."""
    by_mode: dict[str, list[Trainee]] = defaultdict(list)
    for t in instance.trainees:
        by_mode[instance.agency_by_id[t.agency].mode].append(t)
    found: list[Limit] = []
    classes = 0
    for mode, rules in instance.rules.classes.items():
        people = by_mode.get(mode, [])
        classes += max(rules.min_classes, -(-len(people) // rules.max))
        found += _sizes(mode, rules, len(people))
        if not people:
            continue
        found += _teams(instance, mode, people)
        if mode == IN_PERSON:
            found += _rooms(instance, rules, people)
        elif rules.concurrent_max is not None:
            found += _licences(instance, mode, rules, len(people))
    found += _staff(instance, classes)
    found += _release(instance)
    found += _persons(instance)
    return found


def _sizes(mode: str, rules: ModeRules, people: int) -> Iterator[Limit]:
    if people > rules.max_classes * rules.max:
        data = {"mode": mode, "max_classes": rules.max_classes, "max": rules.max}
        yield Limit("class_places", people, rules.max_classes * rules.max, mode, data)
        return
    if people < rules.min_classes * rules.min or (rules.min_classes and not people):
        data = {"mode": mode, "min_classes": rules.min_classes, "min": rules.min}
        yield Limit("class_minimum", max(1, rules.min) * rules.min_classes, people, mode, data)
        return
    fewest = max(rules.min_classes, -(-people // rules.max))
    if people < fewest * rules.min:
        data = {"mode": mode, "classes": fewest, "min": rules.min, "max": rules.max}
        yield Limit("class_sizes", fewest * rules.min, people, mode, data)


def _usable(room: Room, rules: ModeRules) -> int:
    """Places of one class in `room`; 0 when even the smallest class does not fit."""
    places = min(room.seats, room.computers * rules.test_sittings, rules.max)
    return places if places >= max(1, rules.min) else 0


def _rooms(instance: Instance, rules: ModeRules, people: list[Trainee]) -> Iterator[Limit]:
    sessions = {r.id: disjoint_sessions(instance, r.unavailable) for r in instance.rooms}
    usable = [r for r in instance.rooms if _usable(r, rules)]
    each = disjoint_sessions(instance)
    held = sorted((_usable(r, rules) for r in usable for _ in range(sessions[r.id])), reverse=True)
    seats = sum(held[: rules.max_classes])
    if len(people) > seats:
        room = max((_usable(r, rules) for r in usable), default=0)
        lack = len(people) - seats
        more = -(-lack // (room * each)) if room * each else None
        data = {"rooms": len(usable), "sessions": each, "short": lack, "more_rooms": more}
        yield Limit("seats", len(people), seats, IN_PERSON, data)
    if rules.min_classes > len(held):
        data = {"rooms": len(usable), "sessions": each}
        yield Limit("rooms", rules.min_classes, len(held), IN_PERSON, data)
    access = sum(t.need == ACCESS for t in people)
    reachable = sum(_usable(r, rules) * sessions[r.id] for r in usable if r.accessible)
    if access > reachable:
        yield Limit("access", access, reachable, IN_PERSON)


def _licences(instance: Instance, mode: str, rules: ModeRules, people: int) -> Iterator[Limit]:
    assert rules.concurrent_max is not None
    sessions = disjoint_sessions(instance)
    needed = max(rules.min_classes, -(-people // rules.max))
    if needed > rules.concurrent_max * sessions:
        data = {"sessions": sessions, "licences_needed": -(-needed // sessions) if sessions else None}
        yield Limit("licences", needed, rules.concurrent_max * sessions, mode, data)


def _teams(instance: Instance, mode: str, people: list[Trainee]) -> Iterator[Limit]:
    themes = {t.track for t in people}
    able = [i for i in instance.instructors if themes & set(i.tracks) and i.max_classes]
    able = [i for i in able if disjoint_sessions(instance, i.unavailable)]
    if len(able) < instance.rules.team_size:
        yield Limit("team", instance.rules.team_size, len(able), mode)
    for language in sorted({t.language for t in people} - {DEFAULT_LANGUAGE}):
        if not any(language in i.languages for i in able):
            wanting = sum(t.language == language for t in people)
            yield Limit("language", 1, 0, language, {"mode": mode, "people": wanting})


def _staff(instance: Instance, classes: int) -> Iterator[Limit]:
    seats = sum(
        min(i.max_classes, disjoint_sessions(instance, i.unavailable))
        for i in instance.instructors
        if set(i.tracks) & set(instance.tracks)
    )
    needed = classes * instance.rules.team_size
    if needed > seats:
        data = {
            "classes": classes,
            "team_size": instance.rules.team_size,
            "instructors": len(instance.instructors),
        }
        yield Limit("instructors", needed, seats, "", data)


def _release(instance: Instance) -> Iterator[Limit]:
    """An agency trains at most its cap in each session without common day (a place a day is used once)."""
    nominated = Counter(t.agency for t in instance.trainees)
    # slots are intervals: as many days touch every slot as there are slots without a common day, so the
    # places of those days bound everybody who goes
    sessions = disjoint_sessions(instance)
    for agency in instance.agencies:
        people, cap = nominated[agency.id], instance.release_cap(agency)
        if people > cap * sessions:
            wanted = -(-people // sessions) if sessions else None
            data = {"cap": cap, "sessions": sessions, "headcount": agency.headcount, "cap_needed": wanted}
            yield Limit("release", people, cap * sessions, agency.id, data)


def _persons(instance: Instance) -> Iterator[Limit]:
    for t in instance.trainees:
        away = set(t.unavailable)
        if all(away & set(s.days) for s in instance.slots):
            yield Limit("no_slot", 1, 0, t.id, {"unavailable": t.unavailable})
    if disjoint_sessions(instance) >= 2 or not instance.rules.keep_one_per_job_group:
        return
    held = Counter((t.agency, t.job_group) for t in instance.trainees)
    for (agency, group), n in held.items():
        staff = instance.agency_by_id[agency].job_group_headcount[group]
        if n >= staff >= 2:
            yield Limit("job_group", n, staff - 1, agency, {"job_group": group})
