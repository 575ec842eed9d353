"""Feasibility of a campaign on published totals, before any list of rooms or staff exists.

The arithmetic is waves x places: a wave is one two-day session of the whole venue. The shipped campaign's
published figures (9,892 people in person, 1,104 computers, 68 lecturers and assistants) are its first use.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Capacity:
    """Places of all waves, and how many people stay without one."""

    places: int
    short: int


@dataclass(frozen=True)
class StaffCapacity:
    """Teams at work in one wave, classes they carry in all waves, classes left, people that would carry all."""

    teams: int
    classes_carried: int
    classes_short: int
    people_needed: int


@dataclass(frozen=True)
class Facts:
    """Totals of one mode: people, computers, waves and staff; `waves_with_weekends` if days off are used."""

    demand: int
    computers: int
    waves: int
    waves_with_weekends: int
    turns: int = 1
    computers_per_room: int = 0
    classes: int = 0
    staff: int = 0
    team: int = 2
    max_turns: int = 2


@dataclass(frozen=True)
class Repair:
    """One change that helps: how much of it, what it gains, what is still short after it alone.

    `resource` is "places" (unit: people) or "staff" (unit: classes). `cost_rank` orders repairs from the
    cheapest, 1, to the dearest; the order is a judgement of the product (time of people and machines already
    there before days off, before new staff and purchases).
    """

    kind: str
    amount: int
    places_gained: int
    short_after: int
    cost_rank: int
    resource: str = "places"


# cheapest first: what is already there, then days off and length, then other class sizes, then buying and hiring
COST_RANK = {
    "two_turns": 1,
    "weekends": 2,
    "more_waves": 3,
    "larger_classes": 4,
    "smaller_classes": 4,
    "more_instructors": 5,
    "more_rooms": 6,
    "more_computers": 7,
}


def capacity(places_per_wave: int, waves: int, demand: int, turns: int = 1) -> Capacity:
    """Return the places of `waves` waves with `turns` people per computer in turn, and the people short."""
    places = places_per_wave * waves * turns
    return Capacity(places, max(0, demand - places))


def staff_capacity(people: int, team: int, waves: int, classes: int) -> StaffCapacity:
    """Return the classes that `people` in teams of `team` carry in `waves` waves, one class a wave each."""
    teams = people // team
    carried = teams * waves
    needed = -(-classes // waves) * team if waves else 0
    return StaffCapacity(teams, carried, max(0, classes - carried), needed)


def repairs(facts: Facts) -> list[Repair]:
    """Return the repairs of `facts`, cheapest first, each with its effect alone; empty when nothing is short."""
    found = _place_repairs(facts) + _staff_repairs(facts)
    return sorted(found, key=lambda r: (r.resource, r.cost_rank, r.short_after, r.kind))


def _place_repairs(f: Facts) -> list[Repair]:
    now = capacity(f.computers, f.waves, f.demand, f.turns)
    if not now.short:
        return []
    found = []

    def add(kind: str, amount: int, computers: int, waves: int, turns: int) -> None:
        then = capacity(computers, waves, f.demand, turns)
        found.append(Repair(kind, amount, then.places - now.places, then.short, COST_RANK[kind]))

    if f.max_turns > f.turns:
        add("two_turns", f.max_turns, f.computers, f.waves, f.max_turns)
    if f.waves_with_weekends > f.waves:
        add("weekends", f.waves_with_weekends - f.waves, f.computers, f.waves_with_weekends, f.turns)
    if f.computers:
        waves = -(-now.short // (f.computers * f.turns))
        add("more_waves", waves, f.computers, f.waves + waves, f.turns)
    if f.waves:
        machines = -(-now.short // (f.waves * f.turns))
        add("more_computers", machines, f.computers + machines, f.waves, f.turns)
        if f.computers_per_room:
            rooms = -(-machines // f.computers_per_room)
            add("more_rooms", rooms, f.computers + rooms * f.computers_per_room, f.waves, f.turns)
    return found


def _staff_repairs(f: Facts) -> list[Repair]:
    if not f.classes or not f.waves:
        return []
    now = staff_capacity(f.staff, f.team, f.waves, f.classes)
    if not now.classes_short:
        return []
    found = []

    def add(kind: str, amount: int, staff: int, waves: int, classes: int) -> None:
        then = staff_capacity(staff, f.team, waves, classes)
        gained = then.classes_carried - now.classes_carried
        found.append(Repair(kind, amount, gained, then.classes_short, COST_RANK[kind], "staff"))

    add("more_instructors", now.people_needed - f.staff, now.people_needed, f.waves, f.classes)
    if f.waves_with_weekends > f.waves:
        add("weekends", f.waves_with_weekends - f.waves, f.staff, f.waves_with_weekends, f.classes)
    if now.teams:
        waves = -(-now.classes_short // now.teams)
        add("more_waves", waves, f.staff, f.waves + waves, f.classes)
        size = -(-f.demand // now.classes_carried)
        add("larger_classes", size, f.staff, f.waves, -(-f.demand // size))
    return found
