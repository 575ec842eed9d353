"""The whole slot plan in one exact model, agency by agency: for small campaigns, and when the fast way fails.

It is the coarse model with the supply of people written out per agency and kind of person, so what it places
keeps caps, days off and job groups by construction.
"""

from __future__ import annotations

from collections import defaultdict

from hocvu.planning.domain.engine.case import AgencyCase, Case, ModeCase
from hocvu.planning.domain.engine.coarse import CoarseModel, CoarseOptions, ModePlan, _ModeColumns
from hocvu.planning.domain.engine.mip import INFINITY, MipResult

Kind = tuple[int, int, int, bool]  # track, critical job group or -1, mask of slots, access
Placement = list[list[int]]  # per agency, the slot (of the calendar) of each of its people


class JointModel(CoarseModel):
    """Coarse plan and people together; `price_groups` adds one 0/1 column per agency, track and slot."""

    def __init__(self, case: Case, options: CoarseOptions, *, price_groups: bool) -> None:
        self.price_groups = price_groups
        self.kinds: list[list[dict[Kind, dict[int, int]]]] = []
        self.access_cells: dict[int, dict[int, list[int]]] = {}
        super().__init__(case, options)

    def _supply(self, mode: ModeCase, columns: _ModeColumns) -> None:
        n_slots = self.case.n_slots
        people: dict[tuple[int, int], list[int]] = defaultdict(list)
        rural: dict[tuple[int, int], list[int]] = defaultdict(list)
        access: dict[int, list[int]] = defaultdict(list)
        self.kinds.append([])
        for a in mode.agencies:
            cells = self._agency(a)
            self.kinds[-1].append(cells)
            for (track, _, _, needs_access), by_slot in cells.items():
                for slot, c in by_slot.items():
                    people[a.tracks[track], slot].append(c)
                    rural[a.rural, slot].append(c)
                    if needs_access:
                        access[slot].append(c)
            if self.price_groups:
                self._groups(a, cells)
            self._straddling(a, cells)
        self.access_cells[id(columns)] = access
        for t in range(len(mode.tracks)):
            for slot in range(n_slots):
                terms = [(c, 1.0) for c in people[t, slot]]
                self.mip.row([*terms, (int(columns.people[t, slot]), -1)], 0, 0)
        self._buses(rural)

    def _agency(self, a: AgencyCase) -> dict[Kind, dict[int, int]]:
        mip, n_slots = self.mip, self.case.n_slots
        group_of = {p: j for j, group in enumerate(a.critical) for p in group}
        counts: dict[Kind, int] = defaultdict(int)
        for i, p in enumerate(a.people):
            counts[p.track, group_of.get(i, -1), p.mask, p.access] += 1
        cells: dict[Kind, dict[int, int]] = {}
        for kind, n in sorted(counts.items()):
            cells[kind] = {s: mip.var(0, n, 0, True) for s in range(n_slots) if kind[2] >> s & 1}
            mip.row([(c, 1) for c in cells[kind].values()], n, n)
        for day in self.days:
            here = [(c, 1.0) for by_slot in cells.values() for s, c in by_slot.items() if s in day]
            if "release" not in self.options.without:
                mip.row(here, -INFINITY, a.cap)
            for j, group in enumerate(a.critical):
                held = [(c, 1.0) for k, by in cells.items() if k[1] == j for s, c in by.items() if s in day]
                mip.row(held, -INFINITY, len(group) - 1)
        return cells

    def _groups(self, a: AgencyCase, cells: dict[Kind, dict[int, int]]) -> None:
        weight = self.case.instance.weights.group
        for track, people in enumerate(a.counts):
            for slot in range(self.case.n_slots):
                here = [(by[slot], 1.0) for k, by in cells.items() if k[0] == track and slot in by]
                if here:
                    used = self.mip.var(0, 1, weight, True)
                    self.mip.row([*here, (used, -min(people, a.cap))], -INFINITY, 0)

    def _straddling(self, a: AgencyCase, cells: dict[Kind, dict[int, int]]) -> None:
        weight = self.case.instance.weights.fair_straddle
        fair = -(-a.size * self.case.instance.fair_straddle_share_pct // 100)
        here = [(c, 1.0) for by in cells.values() for s, c in by.items() if self.case.straddles[s]]
        if weight and here:
            unfair = self.mip.var(0, a.size, weight)
            self.mip.row([*here, (unfair, -1)], -INFINITY, fair)

    def _buses(self, rural: dict[tuple[int, int], list[int]]) -> None:
        rules, weight = self.case.instance.rules, self.case.instance.weights.bus
        for (locality, _), cells in sorted(rural.items()):
            if locality >= 0 and weight:
                buses = self.mip.var(0, len(self.case.instance.trainees), weight, True)
                self.mip.row([(c, 1.0) for c in cells] + [(buses, -rules.bus_seats)], -INFINITY, 0)

    def _access(self, mode: ModeCase, columns: _ModeColumns) -> None:
        for slot, cells in self.access_cells[id(columns)].items():
            self.mip.row([(c, 1.0) for c in cells] + self._accessible_seats(mode, columns, slot), -INFINITY, 0)

    def placement(self, result: MipResult) -> list[Placement]:
        """Return, per mode and agency, the slot of each person (order of `AgencyCase.people`)."""
        modes = zip(self.case.modes, self.kinds, strict=True)
        return [
            [self._deal(a, cells, result) for a, cells in zip(mode.agencies, kinds, strict=True)]
            for mode, kinds in modes
        ]

    def _deal(self, a: AgencyCase, cells: dict[Kind, dict[int, int]], result: MipResult) -> list[int]:
        group_of = {p: j for j, group in enumerate(a.critical) for p in group}
        places = {k: [s for s, c in by.items() for _ in range(result.whole(c))] for k, by in cells.items()}
        return [places[p.track, group_of.get(i, -1), p.mask, p.access].pop() for i, p in enumerate(a.people)]


def solve_jointly(
    case: Case, *, seed: int, work: float, price_groups: bool, seconds: float | None = None
) -> tuple[tuple[ModePlan, ...], list[Placement]] | MipResult:
    """Return class plans and people's slots, or the empty answer that says whether none exists."""
    options = CoarseOptions(family=False, steer=False)
    model = JointModel(case, options, price_groups=price_groups)
    result = model.mip.solve_exactly(seed=seed, work=work, seconds=seconds)
    if result.values is None:
        return result
    return model.read(result), model.placement(result)
