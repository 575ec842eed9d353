"""What a plan costs, term by term, and which hard rules it breaks; the engine's own view of both.

Terms are points: one point is one person treated one step worse. Codes of violations name the rule
(H1 place, H2 days, H3 availability, H4 sizes, H5 rooms, H6 teams, H7 release, H8 job groups).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from hocvu.planning.domain.instance import (
    ACCESS,
    DEFAULT_LANGUAGE,
    IN_PERSON,
    Instance,
    Trainee,
    straddles_weekend,
)
from hocvu.planning.domain.solution import PlannedClass, Solution

TERMS = (
    "group",
    "bus",
    "mismatch",
    "straddle",
    "fair_straddle",
    "size_dev",
    "instructor_over_avg",
    "instructor_venue_change",
)


@dataclass(frozen=True)
class Violation:
    """A hard rule broken: a stable code and the values a sentence needs."""

    code: str
    message_data: Mapping[str, Any] = field(default_factory=dict)


def cost_terms(instance: Instance, solution: Solution) -> dict[str, int]:
    """Return the points of each term in `TERMS` for a plan whose identifiers are all known."""
    members = _members(instance, solution)
    terms = dict.fromkeys(TERMS, 0)
    terms.update(_people_terms(instance, solution, members))
    terms.update(_team_terms(instance, solution))
    return terms


def objective(instance: Instance, solution: Solution) -> int:
    """Return the sum of the cost terms."""
    return sum(cost_terms(instance, solution).values())


def violations(instance: Instance, solution: Solution) -> list[Violation]:
    """Return every hard rule the plan breaks, in a stable order; an empty list is a plan that may be used."""
    found = list(_places(instance, solution))
    if any(v.code in ("H1-unknown-class", "H1-unknown-trainee", "H0-class-twice") for v in found):
        return found  # the other rules cannot be read on a plan with dangling identifiers
    members = _members(instance, solution)
    for c in solution.classes:
        found += _class_shape(instance, c, len(members[c.id]))
        found += _class_people(instance, c, members[c.id])
        found += _class_team(instance, c, members[c.id])
    found += _counts(instance, solution)
    found += _bookings(instance, solution)
    found += _release(instance, solution)
    return found


def _members(instance: Instance, solution: Solution) -> dict[str, list[Trainee]]:
    members: dict[str, list[Trainee]] = {c.id: [] for c in solution.classes}
    for t in instance.trainees:
        if t.id in solution.assignment:
            members[solution.assignment[t.id]].append(t)
    return members


def _people_terms(instance: Instance, solution: Solution, members: Mapping[str, list[Trainee]]) -> dict[str, int]:
    w, terms = instance.weights, Counter[str]()
    rural = {p.id for p in instance.localities if not p.city}
    buses, straddling = Counter[tuple[str, str]](), Counter[str]()
    for c in solution.classes:
        people, rules = members[c.id], instance.rules.classes[c.mode]
        off = abs(len(people) - rules.target) - instance.rules.size_tolerance
        terms["size_dev"] += w.size_dev * max(0, off)
        terms["group"] += w.group * len({(t.agency, t.track) for t in people})
        terms["mismatch"] += sum(instance.distance(t.track, c.theme) for t in people)
        if straddles_weekend(c.days):
            terms["straddle"] += w.straddle(c.mode) * len(people)
            straddling.update(t.agency for t in people)
        if c.mode == IN_PERSON:
            homes = (instance.agency_by_id[t.agency].locality for t in people)
            buses.update((home, c.days[0]) for home in homes if home in rural)
    terms["bus"] = w.bus * sum(-(-n // instance.rules.bus_seats) for n in buses.values())
    nominated = Counter(t.agency for t in instance.trainees)
    for agency, n in straddling.items():
        fair = -(-nominated[agency] * instance.fair_straddle_share_pct // 100)
        terms["fair_straddle"] += w.fair_straddle * max(0, n - fair)
    return dict(terms)


def _team_terms(instance: Instance, solution: Solution) -> dict[str, int]:
    venue = {r.id: r.venue for r in instance.rooms}
    load, visits = Counter[str](), defaultdict[str, list[tuple[str, str]]](list)
    for c in solution.classes:
        load.update(c.instructors)
        if c.room is not None:
            for i in c.instructors:
                visits[i].append((c.days[0], venue[c.room]))
    average = -(-sum(load.values()) // max(1, len(instance.instructors)))
    changes = 0
    for stops in visits.values():
        order = [v for _, v in sorted(stops, key=lambda stop: stop[0])]
        changes += sum(a != b for a, b in pairwise(order))
    w = instance.weights
    return {
        "instructor_over_avg": w.instructor_over_avg * sum(max(0, n - average) for n in load.values()),
        "instructor_venue_change": w.instructor_venue_change * changes,
    }


def _places(instance: Instance, solution: Solution) -> Iterator[Violation]:
    known, mode_of = {t.id for t in instance.trainees}, {c.id: c.mode for c in solution.classes}
    for class_id, n in Counter(c.id for c in solution.classes).items():
        if n > 1:
            yield Violation("H0-class-twice", {"class": class_id})
    for t in instance.trainees:
        if t.id not in solution.assignment:
            yield Violation("H1-without-place", {"trainee": t.id})
    for trainee, class_id in solution.assignment.items():
        if trainee not in known:
            yield Violation("H1-unknown-trainee", {"trainee": trainee})
        if class_id not in mode_of:
            yield Violation("H1-unknown-class", {"trainee": trainee, "class": class_id})
    for t in instance.trainees:
        mode = mode_of.get(solution.assignment.get(t.id, ""))
        if mode is not None and mode != instance.agency_by_id[t.agency].mode:
            yield Violation("H1-other-mode", {"trainee": t.id, "mode": mode})


def _class_shape(instance: Instance, c: PlannedClass, size: int) -> Iterator[Violation]:
    rules = instance.rules.classes.get(c.mode)
    if rules is None:
        yield Violation("H2-mode", {"class": c.id, "mode": c.mode})
        return
    if c.theme not in instance.tracks:
        yield Violation("H2-theme", {"class": c.id, "theme": c.theme})
    if c.days not in {s.days for s in instance.slots}:
        yield Violation("H2-days", {"class": c.id, "days": c.days})
    if not rules.min <= size <= rules.max:
        yield Violation("H4-size", {"class": c.id, "size": size, "min": rules.min, "max": rules.max})
    if c.mode == IN_PERSON:
        yield from _class_room(instance, c, size)


def _class_room(instance: Instance, c: PlannedClass, size: int) -> Iterator[Violation]:
    room = next((r for r in instance.rooms if r.id == c.room), None)
    if room is None:
        yield Violation("H5-no-room", {"class": c.id})
        return
    if room.seats < size:
        yield Violation("H5-seats", {"class": c.id, "room": room.id, "seats": room.seats, "size": size})
    turns = instance.rules.classes[c.mode].test_sittings
    if room.computers * turns < size:
        data = {"class": c.id, "room": room.id, "computers": room.computers, "turns": turns, "size": size}
        yield Violation("H5-computers", data)
    for day in sorted(set(c.days) & set(room.unavailable)):
        yield Violation("H5-room-unavailable", {"class": c.id, "room": room.id, "day": day})


def _class_people(instance: Instance, c: PlannedClass, people: list[Trainee]) -> Iterator[Violation]:
    days = set(c.days)
    for t in people:
        for day in sorted(days & set(t.unavailable)):
            yield Violation("H3-unavailable", {"trainee": t.id, "class": c.id, "day": day})
    closed = c.mode == IN_PERSON and any(r.id == c.room and not r.accessible for r in instance.rooms)
    if closed and any(t.need == ACCESS for t in people):
        yield Violation("H5-not-accessible", {"class": c.id, "room": c.room})


def _class_team(instance: Instance, c: PlannedClass, people: list[Trainee]) -> Iterator[Violation]:
    team = [i for i in instance.instructors if i.id in c.instructors]
    wanted = instance.rules.team_size
    if len(team) != wanted or len(c.instructors) != wanted:
        yield Violation("H6-team", {"class": c.id, "team": c.instructors, "size": wanted})
    for i in team:
        if c.theme not in i.tracks:
            yield Violation("H6-not-able", {"class": c.id, "instructor": i.id, "theme": c.theme})
        for day in sorted(set(c.days) & set(i.unavailable)):
            yield Violation("H6-unavailable", {"class": c.id, "instructor": i.id, "day": day})
    for language in sorted({t.language for t in people} - {DEFAULT_LANGUAGE}):
        if not any(language in i.languages for i in team):
            yield Violation("H6-language", {"class": c.id, "language": language})


def _counts(instance: Instance, solution: Solution) -> Iterator[Violation]:
    per_mode = Counter(c.mode for c in solution.classes)
    for mode, rules in instance.rules.classes.items():
        n = per_mode[mode]
        if not rules.min_classes <= n <= rules.max_classes:
            data = {"mode": mode, "classes": n, "min": rules.min_classes, "max": rules.max_classes}
            yield Violation("H4-count", data)
        if rules.concurrent_max is not None:
            busy = Counter(d for c in solution.classes if c.mode == mode for d in c.days)
            for day, k in sorted(busy.items()):
                if k > rules.concurrent_max:
                    yield Violation("H5-concurrent", {"mode": mode, "day": day, "classes": k})
    load = Counter(i for c in solution.classes for i in c.instructors)
    for i in instance.instructors:
        if load[i.id] > i.max_classes:
            yield Violation("H6-load", {"instructor": i.id, "classes": load[i.id], "max": i.max_classes})


def _bookings(instance: Instance, solution: Solution) -> Iterator[Violation]:
    rooms = Counter((c.room, d) for c in solution.classes if c.room is not None for d in c.days)
    for (room, day), n in rooms.items():
        if n > 1:
            yield Violation("H5-room-twice", {"room": room, "day": day, "classes": n})
    teams = Counter((i, d) for c in solution.classes for i in set(c.instructors) for d in c.days)
    for (person, day), n in teams.items():
        if n > 1:
            yield Violation("H6-twice", {"instructor": person, "day": day, "classes": n})


def _release(instance: Instance, solution: Solution) -> Iterator[Violation]:
    days_of = {c.id: c.days for c in solution.classes}
    away, by_group = Counter[tuple[str, str]](), Counter[tuple[str, str, str]]()
    for t in instance.trainees:
        for day in days_of.get(solution.assignment.get(t.id, ""), ()):
            away[t.agency, day] += 1
            by_group[t.agency, t.job_group, day] += 1
    for (agency, day), n in away.items():
        cap = instance.release_cap(instance.agency_by_id[agency])
        if n > cap:
            yield Violation("H7-release", {"agency": agency, "day": day, "away": n, "cap": cap})
    if not instance.rules.keep_one_per_job_group:
        return
    for (agency, group, day), n in by_group.items():
        staff = instance.agency_by_id[agency].job_group_headcount[group]
        if staff >= 2 and n >= staff:
            data = {"agency": agency, "job_group": group, "day": day, "staff": staff}
            yield Violation("H8-job-group", data)
