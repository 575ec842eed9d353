"""Two instructors for each class: able, free, within their load, speaking what is needed; few changes of venue.

Classes alike (slot, theme, venue) are one demand; the answer is dealt out to them afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hocvu.planning.domain.engine.mip import INFINITY, Mip
from hocvu.planning.domain.instance import Instance, Instructor

TEAM_NODES = 50


@dataclass(frozen=True)
class Demand:
    """One class that wants a team."""

    theme: str
    days: tuple[str, ...]
    venue: str | None
    languages: frozenset[str]


def assign_teams(
    instance: Instance, demands: list[Demand], *, seed: int, work: float, seconds: float | None = None
) -> list[tuple[str, ...]] | None:
    """Return the team of each demand, or None when none was found.

    HiGHS is asked first (its relaxation nearly always is the answer), then CP-SAT for `work` deterministic
    seconds, which is better where teams are scarce.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for k, d in enumerate(demands):
        alone = k if d.languages else -1
        groups[d.theme, d.days, d.venue or "", alone].append(k)
    model = _TeamModel(instance, demands, list(groups.values()))
    result = model.mip.solve(seed=seed, nodes=TEAM_NODES, seconds=seconds)
    if result.values is None and not result.proved_infeasible:
        result = model.mip.solve_exactly(seed=seed, work=work, seconds=seconds)
    if result.values is None:
        return None
    return model.deal([round(v) for v in result.values])


class _TeamModel:
    def __init__(self, instance: Instance, demands: list[Demand], groups: list[list[int]]) -> None:
        self.instance, self.demands, self.groups, self.mip = instance, demands, groups, Mip()
        self.cells: list[list[tuple[Instructor, int]]] = [[] for _ in groups]
        total = len(demands) * instance.rules.team_size
        self.average = -(-total // max(1, len(instance.instructors)))
        for instructor in instance.instructors:
            self._instructor(instructor)
        for group, cells in zip(groups, self.cells, strict=True):
            wanted = len(group) * instance.rules.team_size
            self.mip.row([(c, 1) for _, c in cells], wanted, wanted)
            for language in sorted(demands[group[0]].languages):
                speakers = [(c, 1.0) for i, c in cells if language in i.languages]
                self.mip.row(speakers, len(group))

    def _instructor(self, instructor: Instructor) -> None:
        mip, away = self.mip, set(instructor.unavailable)
        mine: list[tuple[Demand, int]] = []
        for group, cells in zip(self.groups, self.cells, strict=True):
            d = self.demands[group[0]]
            if d.theme in instructor.tracks and not away & set(d.days):
                column = mip.var(0, 1, 0, True)
                cells.append((instructor, column))
                mine.append((d, column))
        by_day: dict[str, list[int]] = defaultdict(list)
        for d, column in mine:
            for day in d.days:
                by_day[day].append(column)
        for columns in dict.fromkeys(tuple(c) for c in by_day.values()):
            if len(columns) > 1:
                mip.row([(c, 1) for c in columns], -INFINITY, 1)
        self._load(instructor, [c for _, c in mine])
        self._venues(mine)

    def _load(self, instructor: Instructor, columns: list[int]) -> None:
        if not columns:
            return
        terms = [(c, 1.0) for c in columns]
        self.mip.row(terms, -INFINITY, instructor.max_classes)
        above = instructor.max_classes - self.average
        if above > 0:
            extra = self.mip.var(0, above, self.instance.weights.instructor_over_avg, True)
            self.mip.row([*terms, (extra, -1)], -INFINITY, self.average)

    def _venues(self, mine: list[tuple[Demand, int]]) -> None:
        """Price each venue beyond the first: a lower estimate of the changes, exact for people who stay."""
        by_venue: dict[str, list[int]] = defaultdict(list)
        for d, column in mine:
            if d.venue is not None:
                by_venue[d.venue].append(column)
        if len(by_venue) < 2:
            return
        used = []
        for columns in by_venue.values():
            used.append(self.mip.var(0, 1, 0, True))
            self.mip.row([(c, 1) for c in columns] + [(used[-1], -len(columns))], -INFINITY, 0)
        beyond = self.mip.var(0, len(used) - 1, self.instance.weights.instructor_venue_change, True)
        self.mip.row([(u, 1) for u in used] + [(beyond, -1)], -INFINITY, 1)

    def deal(self, values: list[int]) -> list[tuple[str, ...]]:
        """Deal the chosen instructors of each group to its classes, one speaker of a language first."""
        teams: list[tuple[str, ...]] = [()] * len(self.demands)
        size = self.instance.rules.team_size
        for group, cells in zip(self.groups, self.cells, strict=True):
            chosen = [i.id for i, c in cells if values[c]]
            for position, k in enumerate(group):
                teams[k] = tuple(sorted(chosen[position * size : (position + 1) * size]))
        return teams
