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


def cells_of(population: Population, mode: str) -> dict[tuple[str, str, tuple[date, ...]], list[SyntheticPerson]]:
    modes = {a.code: a.mode for a in population.agencies}
    cells: dict[tuple[str, str, tuple[date, ...]], list[SyntheticPerson]] = defaultdict(list)
    for person in population.persons:
        if person.nominated and modes[person.organisation_code] == mode:
            cells[person.organisation_code, person.job_group, person.unavailable].append(person)
    return cells


def classes_per_slot(classes: int, slots: int) -> list[int]:
    return [classes // slots + (index < classes % slots) for index in range(slots)]


def most_in_a_class(population: Population, mode: str) -> int:
    most = population.plan_rules.modes[mode].max
    if mode == "online":
        return most
    return min(most, *(min(2 * room.computers, room.seats) for room in population.rooms))


class SlotFlow:
    """The flow of one mode's people: cell -> job group of a slot -> agency of a slot -> slot -> end."""

    def __init__(self, population: Population, mode: str) -> None:
        self.population, self.mode = population, mode
        self.slots, self.cells = slots_of(population), cells_of(population, mode)
        self.flow, self.nodes = SimpleMinCostFlow(), Nodes()
        self.arcs: dict[tuple[object, int], int] = {}
        self.least: list[int] = []
        self.add_people()
        self.add_caps()
        self.add_slots()

    def arc(self, tail: object, head: object, capacity: int, cost: int = 0) -> int:
        tails, heads = self.nodes[tail], self.nodes[head]
        return int(self.flow.add_arc_with_capacity_and_unit_cost(tails, heads, capacity, cost))

    def add_people(self) -> None:
        for cell, members in self.cells.items():
            agency, job_group, away = cell
            self.flow.set_node_supply(self.nodes[cell], len(members))
            for index, slot in enumerate(self.slots):
                if not set(slot) & set(away):
                    self.arcs[cell, index] = self.arc(cell, (agency, job_group, index), len(members))
        self.flow.set_node_supply(self.nodes["end"], -sum(map(len, self.cells.values())))

    def add_caps(self) -> None:
        percent = self.population.plan_rules.release_cap_pct
        sizes = Counter((p.organisation_code, p.job_group) for p in self.population.persons)
        for agency in (a for a in self.population.agencies if a.mode == self.mode):
            groups = [(g, n) for (code, g), n in sizes.items() if code == agency.code]
            for index in range(len(self.slots)):
                for group, size in groups:
                    stays = min(1, size - 1)
                    self.arc((agency.code, group, index), (agency.code, index), size - stays)
                self.arc((agency.code, index), index, release_cap(agency.headcount, percent))

    def add_slots(self) -> None:
        """Fill each slot's smallest class sizes before anything more (which costs)."""
        rules = self.population.plan_rules.modes[self.mode]
        top = most_in_a_class(self.population, self.mode)
        for index, count in enumerate(classes_per_slot(rules.classes, len(self.slots))):
            self.least.append(self.arc(index, "end", count * rules.min))
            self.arc(index, "end", count * (top - rules.min), 1)

    def solved(self) -> bool:
        flow = self.flow
        return flow.solve() == flow.OPTIMAL and all(flow.flow(a) == flow.capacity(a) for a in self.least)

    def people(self) -> list[list[SyntheticPerson]]:
        placed: list[list[SyntheticPerson]] = [[] for _ in self.slots]
        rest = {cell: list(members) for cell, members in self.cells.items()}
        for (cell, index), arc in self.arcs.items():
            placed[index] += [rest[cell].pop() for _ in range(self.flow.flow(arc))]
        return placed


def people_by_slot(population: Population, mode: str) -> list[list[SyntheticPerson]] | None:
    """Return who sits in which slot, or None when no flow places everybody."""
    flow = SlotFlow(population, mode)
    return flow.people() if flow.solved() else None


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


def speaker_for(
    theme: str, people: list[SyntheticPerson], free: list[SyntheticInstructor], load: Counter[str]
) -> list[SyntheticInstructor]:
    """Take the Bahnar speaker a class needs, if it needs one."""
    if all(p.language == "vi" for p in people):
        return []
    able = [i for i in free if "bahnar" in i.languages and theme in i.tracks and load[i.key] < i.max_classes]
    return [min(able, key=lambda i: load[i.key])]


def match(
    wanted: dict[int, tuple[str, int]], free: list[SyntheticInstructor], load: Counter[str]
) -> dict[int, list[SyntheticInstructor]] | None:
    """Match free instructors to classes (number -> theme and how many), least loaded first."""
    flow, nodes, arcs = SimpleMinCostFlow(), Nodes(), {}
    for instructor in free:
        key = instructor.key
        flow.add_arc_with_capacity_and_unit_cost(nodes["start"], nodes[key], 1, load[key])
        for number in (n for n, (theme, _) in wanted.items() if theme in instructor.tracks):
            arcs[flow.add_arc_with_capacity_and_unit_cost(nodes[key], nodes[number], 1, 0)] = (
                instructor,
                number,
            )
    for number, (_, count) in wanted.items():
        flow.add_arc_with_capacity_and_unit_cost(nodes[number], nodes["end"], count, 0)
    missing = sum(count for _, count in wanted.values())
    flow.set_node_supply(nodes["start"], missing)
    flow.set_node_supply(nodes["end"], -missing)
    if flow.solve() != flow.OPTIMAL:
        return None
    found: dict[int, list[SyntheticInstructor]] = {number: [] for number in wanted}
    for arc, (instructor, number) in arcs.items():
        if flow.flow(arc):
            found[number].append(instructor)
    return found


def teams_of(population: Population, classes: list[Class]) -> list[list[SyntheticInstructor]] | None:
    """Match two able, free instructors to each class, slot by slot; None when some lack one."""
    load: Counter[str] = Counter()
    teams: list[list[SyntheticInstructor]] = [[] for _ in classes]
    order = sorted(range(len(classes)), key=lambda i: classes[i][1])
    for slot, numbers in groupby(order, key=lambda i: classes[i][1]):
        here = list(numbers)
        free = [i for i in population.instructors if not set(i.unavailable) & set(slot)]
        for number in here:
            teams[number] = speaker_for(classes[number][0], classes[number][2], free, load)
            free = [i for i in free if i not in teams[number]]
        free = [i for i in free if load[i.key] < i.max_classes]
        found = match({n: (classes[n][0], 2 - len(teams[n])) for n in here}, free, load)
        if found is None:
            return None
        for number in here:
            teams[number] += found[number]
            load.update(i.key for i in teams[number])
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
