"""A plan exists at every scale: built here without the planner, by a flow of people over five disjoint
slots.

The flow respects release caps, job groups, unavailable days, class sizes and places; teams are then
matched slot by slot. It proves that the population can be planned, whatever the real planner does; it
shares no code with it.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from hocvu.rehearsal.domain.population import build_population
from hocvu.rehearsal.domain.types import Population, SyntheticInstructor, SyntheticPerson

Slot = tuple[date, date]
Class = tuple[str, Slot, list[SyntheticPerson]]  # theme, slot, people


def slots_of(population: Population) -> list[Slot]:
    days = population.plan_rules.working_days
    return [(days[i], days[i + 1]) for i in range(0, len(days), 2)]


def release_cap(headcount: int, percent: int) -> int:
    return 1 if headcount == 1 else max(1, min(headcount - 1, headcount * percent // 100))


class Nodes:
    """Number the nodes of a flow by name."""

    def __init__(self) -> None:
        self.numbers: dict[object, int] = {}

    def __getitem__(self, name: object) -> int:
        return self.numbers.setdefault(name, len(self.numbers))


def cells_of(
    population: Population, mode: str
) -> dict[tuple[str, str, tuple[date, ...]], list[SyntheticPerson]]:
    modes = {a.code: a.mode for a in population.agencies}
    cells: dict[tuple[str, str, tuple[date, ...]], list[SyntheticPerson]] = defaultdict(list)
    for person in population.persons:
        if person.nominated and modes[person.organisation_code] == mode:
            cells[person.organisation_code, person.job_group, person.unavailable].append(person)
    return cells


def classes_per_slot(classes: int, slots: int) -> list[int]:
    return [classes // slots + (index < classes % slots) for index in range(slots)]


def people_by_slot(population: Population, mode: str) -> list[list[SyntheticPerson]] | None:
    """Return who sits in which slot, or None when no flow places everybody."""
    rules = population.plan_rules.modes[mode]
    slots, cells = slots_of(population), cells_of(population, mode)
    headcounts = {a.code: a.headcount for a in population.agencies}
    groups = Counter((p.organisation_code, p.job_group) for p in population.persons)
    top = min(rules.max, min(2 * r.computers for r in population.rooms)) if mode == "in_person" else rules.max
    counts = classes_per_slot(rules.classes, len(slots))
    flow, nodes = SimpleMinCostFlow(), Nodes()
    arcs: dict[tuple[object, int], int] = {}
    agency_slots, group_slots = set(), set()
    for cell, members in cells.items():
        agency, job_group, away = cell
        flow.set_node_supply(nodes[cell], len(members))
        for index, slot in enumerate(slots):
            if not set(slot) & set(away):
                arcs[cell, index] = flow.add_arc_with_capacity_and_unit_cost(
                    nodes[cell], nodes[agency, job_group, index], len(members), 0
                )
                group_slots.add((agency, job_group, index))
                agency_slots.add((agency, index))
    for agency, job_group, index in sorted(group_slots):
        size = groups[agency, job_group]
        most = size if size == 1 else size - 1
        flow.add_arc_with_capacity_and_unit_cost(
            nodes[agency, job_group, index], nodes[agency, index], most, 0
        )
    for agency, index in sorted(agency_slots):
        cap = release_cap(headcounts[agency], population.plan_rules.release_cap_pct)
        flow.add_arc_with_capacity_and_unit_cost(nodes[agency, index], nodes["slot", index], cap, 0)
    lows = []
    for index, count in enumerate(counts):
        least, most = count * rules.min, count * top
        lows.append(flow.add_arc_with_capacity_and_unit_cost(nodes["slot", index], nodes["end"], least, 0))
        flow.add_arc_with_capacity_and_unit_cost(nodes["slot", index], nodes["end"], most - least, 1)
    flow.set_node_supply(nodes["end"], -sum(map(len, cells.values())))
    if flow.solve() != flow.OPTIMAL or any(flow.flow(a) < flow.capacity(a) for a in lows):
        return None
    placed: list[list[SyntheticPerson]] = [[] for _ in slots]
    for cell, members in cells.items():
        rest = list(members)
        for index in range(len(slots)):
            if (cell, index) in arcs:
                for _ in range(flow.flow(arcs[cell, index])):
                    placed[index].append(rest.pop())
    return placed


def classes_of(population: Population, mode: str) -> list[Class] | None:
    """Cut each slot's people into classes: the same tracks together, special needs in one class."""
    placed = people_by_slot(population, mode)
    if placed is None:
        return None
    counts = classes_per_slot(population.plan_rules.modes[mode].classes, len(placed))
    found: list[Class] = []
    for slot, people, count in zip(slots_of(population), placed, counts, strict=True):
        people.sort(key=lambda p: (p.language == "vi", p.need == "", p.track, p.key))
        edges = [len(people) * i // count for i in range(count + 1)]
        for start, end in pairwise(edges):
            members = people[start:end]
            found.append((Counter(p.track for p in members).most_common(1)[0][0], slot, members))
    return found


def teams_of(population: Population, classes: list[Class]) -> list[list[SyntheticInstructor]] | None:
    """Match two able, free instructors to each class, least loaded first; None when some lack one."""
    load: Counter[str] = Counter()
    teams: list[list[SyntheticInstructor]] = [[] for _ in classes]
    order = sorted(range(len(classes)), key=lambda i: classes[i][1])
    for slot, numbers in groupby(order, key=lambda i: classes[i][1]):
        here = list(numbers)
        free = [i for i in population.instructors if not set(i.unavailable) & set(slot)]
        for number in here:
            if any(p.language == "bahnar" for p in classes[number][2]):
                able = [i for i in free if "bahnar" in i.languages and classes[number][0] in i.tracks]
                speaker = min(able, key=lambda i: (load[i.key] >= i.max_classes, load[i.key]))
                free.remove(speaker)
                teams[number].append(speaker)
                load[speaker.key] += 1
        flow, nodes, arcs = SimpleMinCostFlow(), Nodes(), {}
        for instructor in free:
            if load[instructor.key] < instructor.max_classes:
                cost = load[instructor.key]
                flow.add_arc_with_capacity_and_unit_cost(nodes["start"], nodes[instructor.key], 1, cost)
                for number in here:
                    if classes[number][0] in instructor.tracks:
                        arc = flow.add_arc_with_capacity_and_unit_cost(
                            nodes[instructor.key], nodes[number], 1, 0
                        )
                        arcs[arc] = (instructor, number)
        missing = 0
        for number in here:
            missing += 2 - len(teams[number])
            flow.add_arc_with_capacity_and_unit_cost(nodes[number], nodes["end"], 2 - len(teams[number]), 0)
        flow.set_node_supply(nodes["start"], missing)
        flow.set_node_supply(nodes["end"], -missing)
        if flow.solve() != flow.OPTIMAL:
            return None
        for arc, (instructor, number) in arcs.items():
            if flow.flow(arc):
                teams[number].append(instructor)
                load[instructor.key] += 1
    return teams


@pytest.mark.parametrize("scale", [0.01, 0.02, 0.05, 0.1, 0.3, 1])
def test_people_places_and_teams_fit(scale: float) -> None:
    population = build_population(scale)
    every: list[Class] = []
    for mode, rules in population.plan_rules.modes.items():
        classes = classes_of(population, mode)
        assert classes is not None, f"no flow places everybody {mode}"
        assert len(classes) == rules.classes
        assert all(rules.min <= len(members) <= rules.max for _, _, members in classes)
        every += classes
    assert sum(len(members) for _, _, members in every) == sum(p.nominated for p in population.persons)
    teams = teams_of(population, every)
    assert teams is not None, "some class lacks an able, free instructor"
    assert all(len({i.key for i in team}) == 2 for team in teams)


@pytest.mark.parametrize("seed", [1, 7, 42])
@pytest.mark.parametrize("scale", [0.01, 0.02, 0.1])
def test_small_campaigns_fit_for_other_seeds(scale: float, seed: int) -> None:
    population = build_population(scale, seed)
    every = []
    for mode in population.plan_rules.modes:
        classes = classes_of(population, mode)
        assert classes is not None
        every += classes
    assert teams_of(population, every) is not None


def test_a_campaign_with_too_low_a_release_cap_is_refused() -> None:
    """The proof can fail: at 15 % no flow places everybody."""
    population = build_population(0.02)
    strict = replace(population, plan_rules=replace(population.plan_rules, release_cap_pct=15))
    assert people_by_slot(population, "in_person") is not None
    assert people_by_slot(strict, "in_person") is None
