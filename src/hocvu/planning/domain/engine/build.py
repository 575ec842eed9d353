"""From slots of persons to a whole plan: classes filled, teams found, names given, cost counted."""

from __future__ import annotations

from collections import defaultdict

from hocvu.planning.domain.engine.case import Case, ModeCase, Person
from hocvu.planning.domain.engine.coarse import ModePlan
from hocvu.planning.domain.engine.instructors import Demand, assign_teams
from hocvu.planning.domain.engine.joint import Placement
from hocvu.planning.domain.engine.packing import Bin, Group, PackingError, pack_slot
from hocvu.planning.domain.instance import IN_PERSON
from hocvu.planning.domain.objective import objective
from hocvu.planning.domain.solution import PlannedClass, Solution

TEAM_WORK = 0.1  # deterministic seconds of the team model per unit of work


class BuildError(Exception):
    """Classes or teams could not be made from the people's slots."""


def build_solution(
    case: Case,
    plans: tuple[ModePlan, ...],
    placements: list[Placement],
    *,
    seed: int,
    work: int,
    seconds: float | None,
) -> Solution:
    """Return the plan; raise `BuildError` when a slot cannot be packed or no teams are found."""
    packed: list[tuple[ModeCase, int, Bin]] = []
    tolerance = case.instance.rules.size_tolerance
    for mode, plan, placement in zip(case.modes, plans, placements, strict=True):
        for slot, groups in sorted(_groups(mode, placement).items()):
            try:
                bins = pack_slot(mode, plan.slots[slot], groups, tolerance)
            except (PackingError, KeyError) as error:
                raise BuildError(f"packing {mode.mode} {slot} {error}") from None
            packed += [(mode, slot, b) for b in bins]
    demands = [_demand(case, mode, slot, b) for mode, slot, b in packed]
    teams = assign_teams(case.instance, demands, seed=seed, work=TEAM_WORK * work, seconds=seconds)
    if teams is None:
        raise BuildError("teams")
    return _name(case, packed, demands, teams)


def _groups(mode: ModeCase, placement: Placement) -> dict[int, list[Group]]:
    by_slot: dict[int, dict[tuple[int, int], list[Person]]] = defaultdict(lambda: defaultdict(list))
    for number, (agency, slots) in enumerate(zip(mode.agencies, placement, strict=True)):
        for person, slot in zip(agency.people, slots, strict=True):
            by_slot[slot][number, agency.tracks[person.track]].append(person)
    return {
        slot: [Group(agency, track, people) for (agency, track), people in sorted(groups.items())]
        for slot, groups in by_slot.items()
    }


def _demand(case: Case, mode: ModeCase, slot: int, b: Bin) -> Demand:
    venue = b.room.venue if b.room is not None else None
    return Demand(mode.tracks[b.theme], case.instance.slots[slot].days, venue, frozenset(b.languages))


def _name(
    case: Case, packed: list[tuple[ModeCase, int, Bin]], demands: list[Demand], teams: list[tuple[str, ...]]
) -> Solution:
    classes: list[PlannedClass] = []
    assignment: dict[str, str] = {}
    number: dict[str, int] = defaultdict(int)
    for (mode, _, b), demand, team in zip(packed, demands, teams, strict=True):
        number[mode.mode] += 1
        prefix = "P" if mode.mode == IN_PERSON else "O"
        name = f"{prefix}{number[mode.mode]:04d}"
        room = b.room.id if b.room is not None else None
        classes.append(PlannedClass(name, mode.mode, demand.theme, demand.days, room, team))
        for g in b.groups:
            for p in g.people:
                assignment[case.instance.trainees[p.index].id] = name
    draft = Solution(tuple(classes), dict(sorted(assignment.items())), 0)
    return Solution(draft.classes, draft.assignment, objective(case.instance, draft))
