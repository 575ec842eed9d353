"""The coarse class plan: how many classes of each theme in each slot, in which rooms, with staff that can exist.

People appear only as counts: agencies are pooled by the number of separate days their cap forces on them.
Every row is necessary for a whole plan, so without steering and without `family` the optimum is a lower
bound of the class-level cost (straddling, class sizes, mismatch).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from hocvu.planning.domain.engine.case import Case, IntArray, ModeCase, room_capacity
from hocvu.planning.domain.engine.mip import INFINITY, Mip, MipResult
from hocvu.planning.domain.instance import Room

STEER = 0.4  # points per person away from proportional supply: keeps the plan off unreachable corners
OPEN_COST = 1.0  # a slot is opened only when it serves


@dataclass(frozen=True)
class SlotPlan:
    """Classes of one mode in one slot: their themes (track numbers) and, in person, their rooms."""

    themes: tuple[int, ...]
    rooms: tuple[Room, ...] = ()


@dataclass(frozen=True)
class ModePlan:
    """Slots in use of one mode; capacities follow from the rooms or from the rule."""

    slots: dict[int, SlotPlan]

    def counts(self, n_tracks: int) -> IntArray:
        """Return classes as a table themes x slots in use (by slot order)."""
        table = np.zeros((n_tracks, len(self.slots)), dtype=np.int64)
        for column, slot in enumerate(sorted(self.slots)):
            for theme in self.slots[slot].themes:
                table[theme, column] += 1
        return table


@dataclass(frozen=True)
class CoarseOptions:
    """How to build the model; `without` leaves out rule families to find which of them bind."""

    family: bool = True
    steer: bool = True
    without: frozenset[str] = frozenset()
    class_slack: int = 0
    supply: tuple[IntArray, ...] | None = None  # per mode, tracks x slots: people are fixed, themes are free
    fixed: tuple[ModePlan, ...] | None = None  # with `supply`: class counts and rooms to keep


@dataclass
class _ModeColumns:
    y: IntArray
    people: IntArray
    rooms: list[tuple[list[Room], dict[int, int]]] = field(default_factory=list)


class CoarseModel:
    """The model of all modes together, because instructors are shared."""

    def __init__(self, case: Case, options: CoarseOptions) -> None:
        self.case, self.options, self.mip = case, options, Mip()
        self.days = [d for d in case.overlapping() if d]
        self.modes = [self._mode(i, m) for i, m in enumerate(case.modes)]
        if "instructors" not in options.without:
            self._instructors()

    def _mode(self, number: int, mode: ModeCase) -> _ModeColumns:
        n, slots, mip = len(mode.tracks), self.case.n_slots, self.mip
        most = mode.rules.max_classes
        shape = (n, slots)
        y = np.array([[mip.var(0, most, 0, True) for _ in range(slots)] for _ in range(n)])
        columns = _ModeColumns(y.reshape(shape), np.zeros((n, slots), dtype=np.int64))
        least = 0 if "class_counts" in self.options.without else mode.rules.min_classes
        high = INFINITY if "class_counts" in self.options.without else most
        mip.row([(int(c), 1) for c in y.flat], least, high)
        flow = self._flow(mode, columns)
        self._sizes(mode, columns, flow)
        if self.options.supply is None:
            self._supply(mode, columns)
            self._open_slots(mode, columns)
            self._rooms(mode, columns, flow)
        else:
            self._fixed(number, columns, flow)
        return columns

    def _flow(self, mode: ModeCase, columns: _ModeColumns) -> IntArray:
        """Columns people of a track in classes of a theme in a slot; `people` sums them over themes."""
        mip, n = self.mip, len(mode.tracks)
        counts = _track_counts(mode)
        flow = np.zeros((n, n, self.case.n_slots), dtype=np.int64)
        for slot in range(self.case.n_slots):
            straddle = 0
            if self.case.straddles[slot]:
                straddle = self.case.instance.weights.straddle(mode.mode)
            for t in range(n):
                columns.people[t, slot] = mip.var(0, int(counts[t]), straddle)
                for theme in range(n):
                    flow[t, theme, slot] = mip.var(0, int(counts[t]), int(mode.distance[t, theme]))
                mip.row([(int(c), 1) for c in flow[t, :, slot]] + [(int(columns.people[t, slot]), -1)], 0, 0)
        return flow

    def _sizes(self, mode: ModeCase, columns: _ModeColumns, flow: IntArray) -> None:
        rules, mip = mode.rules, self.mip
        weight = self.case.instance.weights.size_dev
        tolerance = self.case.instance.rules.size_tolerance
        most_off = rules.target * rules.max_classes
        high = rules.max - (self.options.class_slack if self.options.supply is None else 0)
        for theme in range(len(mode.tracks)):
            for slot in range(self.case.n_slots):
                inside = [(int(c), 1.0) for c in flow[:, theme, slot]]
                y = int(columns.y[theme, slot])
                mip.row([*inside, (y, -rules.min)], 0)
                mip.row([*inside, (y, -high)], -INFINITY, 0)
                if weight:
                    over, under = mip.var(0, mode.people, weight), mip.var(0, most_off, weight)
                    mip.row([*inside, (y, -(rules.target + tolerance)), (over, -1)], -INFINITY, 0)
                    mip.row([*inside, (y, -(rules.target - tolerance)), (under, 1)], 0)

    def _supply(self, mode: ModeCase, columns: _ModeColumns) -> None:
        """Agencies pooled by forced number of days: each pool is bounded by the sum of its caps every day."""
        mip = self.mip
        pools: dict[int, list[tuple[int, IntArray]]] = defaultdict(list)
        for a in mode.agencies:
            counts = np.zeros(len(mode.tracks), dtype=np.int64)
            counts[list(a.tracks)] = a.counts
            pools[-(-a.size // a.cap)].append((a.cap, counts))
        supply: dict[tuple[int, int], list[int]] = defaultdict(list)
        for members in pools.values():
            totals = np.sum([c for _, c in members], axis=0)
            cap = sum(k for k, _ in members)
            cells: dict[tuple[int, int], int] = {}
            for t in np.flatnonzero(totals).tolist():
                for slot in range(self.case.n_slots):
                    cells[t, slot] = mip.var(0, int(totals[t]))
                    supply[t, slot].append(cells[t, slot])
                mip.row([(cells[t, s], 1) for s in range(self.case.n_slots)], totals[t], totals[t])
            if "release" in self.options.without:
                continue
            for day in self.days:
                mip.row([(c, 1) for (_, slot), c in cells.items() if slot in day], -INFINITY, cap)
        for t in range(len(mode.tracks)):
            for slot in range(self.case.n_slots):
                terms = [(c, 1.0) for c in supply[t, slot]]
                mip.row([*terms, (int(columns.people[t, slot]), -1)], 0, 0)
        if self.options.steer:
            self._steer(mode, columns)

    def _steer(self, mode: ModeCase, columns: _ModeColumns) -> None:
        """Ask for the same mix of tracks in every slot, at a small price."""
        counts = _track_counts(mode)
        for t in range(len(mode.tracks)):
            share = float(counts[t]) / mode.people
            for slot in range(self.case.n_slots):
                off, under = (self.mip.var(0, mode.people, STEER) for _ in range(2))
                terms = [(int(c), -share) for c in columns.people[:, slot]]
                terms += [(int(columns.people[t, slot]), 1.0), (off, -1.0), (under, 1.0)]
                self.mip.row(terms, 0, 0)

    def _open_slots(self, mode: ModeCase, columns: _ModeColumns) -> None:
        """Rows on which slots hold classes: licences, one family of disjoint slots, slots somebody must have."""
        mip, case = self.mip, self.case
        if mode.rules.concurrent_max is not None and "licences" not in self.options.without:
            for day in self.days:
                terms = [(int(c), 1.0) for s in day for c in columns.y[:, s]]
                mip.row(terms, -INFINITY, mode.rules.concurrent_max)
        opened = [mip.var(0, 1, OPEN_COST if self.options.steer else 0, True) for _ in range(case.n_slots)]
        for slot, use in enumerate(opened):
            here = [(int(c), 1.0) for c in columns.y[:, slot]]
            mip.row([*here, (use, -mode.rules.max_classes)], -INFINITY, 0)
            mip.row([*here, (use, -1)], 0)
        for mask in sorted({p.mask for a in mode.agencies for p in a.people}):
            mip.row([(use, 1) for slot, use in enumerate(opened) if mask >> slot & 1], 1)
        if self.options.family:
            for day in self.days:
                mip.row([(opened[s], 1) for s in day], -INFINITY, 1)

    def _rooms(self, mode: ModeCase, columns: _ModeColumns, flow: IntArray) -> None:
        if mode.rules.concurrent_max is not None or "rooms" in self.options.without:
            return
        mip, case = self.mip, self.case
        for rooms, mask in _room_groups(case, mode):
            taken = {s: mip.var(0, len(rooms), 0, True) for s in range(case.n_slots) if mask >> s & 1}
            columns.rooms.append((rooms, taken))
            for day in self.days:
                mip.row([(taken[s], 1) for s in day if s in taken], -INFINITY, len(rooms))
        for slot in range(case.n_slots):
            here = [(taken[slot], rooms) for rooms, taken in columns.rooms if slot in taken]
            mip.row([(c, 1.0) for c, _ in here] + [(int(c), -1.0) for c in columns.y[:, slot]], 0, 0)
            slack = self.options.class_slack
            seats = [(c, float(room_capacity(rooms[0], mode.rules) - slack)) for c, rooms in here]
            mip.row(seats + [(int(c), -1.0) for c in columns.people[:, slot]], 0)
        self._access(mode, columns)

    def _access(self, mode: ModeCase, columns: _ModeColumns) -> None:
        """People who need it must find enough seats in accessible rooms in slots they can attend."""
        needs: dict[int, int] = defaultdict(int)
        for a in mode.agencies:
            for p in a.people:
                if p.access:
                    needs[p.mask] += 1
        by_slot: dict[int, list[int]] = defaultdict(list)
        for mask, n in sorted(needs.items()):
            cells = {s: self.mip.var(0, n) for s in range(self.case.n_slots) if mask >> s & 1}
            self.mip.row([(c, 1) for c in cells.values()], n, n)
            for slot, cell in cells.items():
                by_slot[slot].append(cell)
        for slot, cells_here in by_slot.items():
            seats = self._accessible_seats(mode, columns, slot)
            self.mip.row([(c, 1.0) for c in cells_here] + seats, -INFINITY, 0)

    def _accessible_seats(self, mode: ModeCase, columns: _ModeColumns, slot: int) -> list[tuple[int, float]]:
        return [
            (taken[slot], -float(room_capacity(rooms[0], mode.rules)))
            for rooms, taken in columns.rooms
            if slot in taken and rooms[0].accessible
        ]

    def _fixed(self, number: int, columns: _ModeColumns, flow: IntArray) -> None:
        assert self.options.supply is not None
        assert self.options.fixed is not None
        plan = self.options.fixed[number]
        for slot in range(self.case.n_slots):
            classes = len(plan.slots[slot].themes) if slot in plan.slots else 0
            self.mip.row([(int(c), 1) for c in columns.y[:, slot]], classes, classes)
            for t, column in enumerate(columns.people[:, slot]):
                people = int(self.options.supply[number][t, slot])
                self.mip.row([(int(column), 1)], people, people)

    def _instructors(self) -> None:
        """Instructors alike (themes, days, load) as a flow into classes; one class a day each."""
        mip, case = self.mip, self.case
        wanted = {(m, t): i for m, mode in enumerate(case.modes) for i, t in enumerate(mode.tracks)}
        kinds: dict[tuple[tuple[str, ...], int, int], int] = defaultdict(int)
        themes = {t for mode in case.modes for t in mode.tracks}
        for i in case.instance.instructors:
            kinds[tuple(sorted(set(i.tracks) & themes)), case.mask_of(i.unavailable), i.max_classes] += 1
        staff: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for (tracks, mask, load), n in sorted(kinds.items()):
            cells: list[tuple[int, int]] = []
            for (m, track), theme in wanted.items():
                if track in tracks:
                    for slot in (s for s in range(case.n_slots) if mask >> s & 1):
                        cells.append((slot, mip.var(0, n)))
                        staff[m, theme, slot].append(cells[-1][1])
            mip.row([(c, 1) for _, c in cells], -INFINITY, n * load)
            for day in self.days:
                mip.row([(c, 1) for slot, c in cells if slot in day], -INFINITY, n)
        team = case.instance.rules.team_size
        for m, columns in enumerate(self.modes):
            for (theme, slot), y in np.ndenumerate(columns.y):
                mip.row([(c, 1) for c in staff[m, theme, slot]] + [(int(y), -team)], 0, 0)

    def read(self, result: MipResult) -> tuple[ModePlan, ...]:
        """Turn an answer into class plans with rooms by name."""
        plans = []
        for number, (mode, columns) in enumerate(zip(self.case.modes, self.modes, strict=True)):
            rooms = _place_rooms(columns, result, self.case)
            slots: dict[int, SlotPlan] = {}
            for slot in range(self.case.n_slots):
                themes = [t for t in range(len(mode.tracks)) for _ in range(result.whole(int(columns.y[t, slot])))]
                here: tuple[Room, ...] = tuple(rooms.get(slot, ()))
                if self.options.fixed is not None and themes:
                    here = self.options.fixed[number].slots[slot].rooms
                if themes:
                    slots[slot] = SlotPlan(tuple(themes), here)
            plans.append(ModePlan(slots))
        return tuple(plans)

    def supply(self, result: MipResult) -> tuple[IntArray, ...]:
        """Return the people of each track in each slot, per mode, as the answer has them."""
        values = np.array(result.values)
        return tuple(np.rint(values[c.people]).astype(np.int64) for c in self.modes)


def _track_counts(mode: ModeCase) -> IntArray:
    counts = np.zeros(len(mode.tracks), dtype=np.int64)
    for a in mode.agencies:
        counts[list(a.tracks)] += a.counts
    return counts


def _room_groups(case: Case, mode: ModeCase) -> list[tuple[list[Room], int]]:
    """Rooms alike: same capacity, access and free slots; venues stay together inside a group."""
    groups: dict[tuple[int, bool, int], list[Room]] = defaultdict(list)
    for room in sorted(mode.rooms, key=lambda r: (r.venue, r.id)):
        groups[room_capacity(room, mode.rules), room.accessible, case.mask_of(room.unavailable)].append(room)
    return [(rooms, mask) for (_, _, mask), rooms in sorted(groups.items(), key=lambda kv: kv[0])]


def _place_rooms(columns: _ModeColumns, result: MipResult, case: Case) -> dict[int, list[Room]]:
    """Give every class a room of its group; slots in order of time, so that free rooms always suffice."""
    placed: dict[int, list[Room]] = defaultdict(list)
    for rooms, taken in columns.rooms:
        busy = {r.id: np.zeros(case.slot_days.shape[1], dtype=np.int64) for r in rooms}
        for slot in sorted(taken):
            days = case.slot_days[slot]
            free = [r for r in rooms if not (busy[r.id] & days).any()]
            for room in free[: result.whole(taken[slot])]:
                busy[room.id] |= days
                placed[slot].append(room)
    return placed
