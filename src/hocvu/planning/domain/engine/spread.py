"""From class plans to a slot for every person: patterns, annealing, new themes for the people that came out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hocvu.planning.domain.engine.balance import Prices, Spread, anneal, new_spread
from hocvu.planning.domain.engine.case import AgencyCase, Case, FloatArray, IntArray, ModeCase, room_capacity
from hocvu.planning.domain.engine.coarse import CoarseModel, CoarseOptions, ModePlan
from hocvu.planning.domain.engine.joint import Placement
from hocvu.planning.domain.engine.mip import INFINITY, Mip
from hocvu.planning.domain.engine.patterns import AgencyRules, PatternBook, SlotView, slot_view
from hocvu.planning.domain.engine.people import place_people

Tick = Callable[[float], bool]


class SpreadError(Exception):
    """The people of a mode cannot be spread over the slots of the class plan (found by search, not proven)."""

    def __init__(self, reason: str, subject: str = "") -> None:
        super().__init__(f"{reason} {subject}")
        self.reason, self.subject = reason, subject


@dataclass
class ModeSpread:
    """Work in progress on one mode: its class plan, the slots in use and where its agencies go."""

    case: Case
    mode: ModeCase
    plan: ModePlan
    view: SlotView
    spread: Spread
    seed: int

    def seats(self) -> IntArray:
        """Return the places of each slot in use."""
        return np.array([_seats(self.mode, self.plan, s) for s in self.view.slots], dtype=np.int64)

    def prices(self) -> Prices:
        """Return the price tables for the themes of the plan as it is now."""
        instance = self.case.instance
        return Prices(
            self.mode,
            self.plan.counts(len(self.mode.tracks)),
            self.seats(),
            instance.rules.size_tolerance,
            instance.weights.size_dev,
            (instance.weights.bus, instance.rules.bus_seats),
        )

    def anneal(self, sweeps: int, hot: float, tick: Tick | None) -> None:
        """Search for `sweeps` sweeps with the themes of the plan as it is now."""
        anneal(self.spread, self.prices(), self.seed, sweeps, hot, tick)

    def supply(self) -> IntArray:
        """Return people of each track in each slot of the calendar."""
        table = np.zeros((len(self.mode.tracks), self.case.n_slots), dtype=np.int64)
        table[:, list(self.view.slots)] = self.spread.themes
        return table

    def placement(self) -> Placement:
        """Return the slot of every person; raise `SpreadError` when slots overflow or persons do not fit."""
        placed = [place_people(r, c) for r, c in zip(self.spread.rules, self.spread.chosen, strict=True)]
        prices = self.prices()
        for number in (i for i, slot_of in enumerate(placed) if slot_of is None):
            placed[number] = self._another(number, prices)
        people, classes = self.spread.people(), self.plan.counts(len(self.mode.tracks)).sum(axis=0)
        if (people > self.seats()).any() or (people < classes * self.mode.rules.min).any():
            raise SpreadError("slots", f"{people.tolist()} {self.seats().tolist()}")
        return [[self.view.slots[s] for s in slot_of or ()] for slot_of in placed]

    def _another(self, number: int, prices: Prices) -> list[int]:
        """Give an agency whose persons cannot follow their pattern the cheapest one that they can."""
        rules = self.spread.rules[number]
        self.spread.place(number, np.zeros_like(self.spread.chosen[number]))
        known = self.spread.options[number][0]
        slot_of = self._cheapest(number, known, prices)
        if slot_of is None:
            slot_of = self._cheapest(number, np.array(exact_patterns(rules)), prices)
        if slot_of is None:
            raise SpreadError("agency", rules.agency.id)
        return slot_of

    def _cheapest(self, number: int, patterns: IntArray, prices: Prices) -> list[int] | None:
        """Place an agency by the cheapest of `patterns` that its persons can follow; None when they cannot."""
        if not len(patterns):
            return None
        rules = self.spread.rules[number]
        cost = prices.of(self.spread, number, patterns, rules.cost(patterns))
        for i in np.argsort(cost, kind="stable").tolist():
            slot_of = place_people(rules, patterns[i])
            if slot_of is not None:
                self.spread.place(number, patterns[i])
                return slot_of
        return None


def _seats(mode: ModeCase, plan: ModePlan, slot: int) -> int:
    here = plan.slots[slot]
    if here.rooms:
        return sum(room_capacity(r, mode.rules) for r in here.rooms)
    return len(here.themes) * mode.rules.max


def start_spread(case: Case, mode: ModeCase, plan: ModePlan, seed: int) -> ModeSpread:
    """Prepare the patterns of every agency of a mode for the slots of its class plan."""
    slots = tuple(sorted(plan.slots))
    view = slot_view(case, mode, slots, mode.rules.max)
    barred = None
    if mode.rooms:
        barred = np.array([not any(r.accessible for r in plan.slots[s].rooms) for s in slots])
    rules = [AgencyRules(a, view, barred) for a in mode.agencies]
    book = PatternBook(view, seed)
    options = []
    for r in rules:
        patterns, cost = book.patterns(r)
        patterns, cost = _possible(r, patterns, cost)
        options.append((patterns, cost))
    return ModeSpread(case, mode, plan, view, new_spread(mode, view, rules, options), seed)


def _possible(rules: AgencyRules, patterns: IntArray, cost: FloatArray) -> tuple[IntArray, FloatArray]:
    """Make patterns exactly for an agency that has none."""
    if len(patterns):
        return patterns, cost
    made = exact_patterns(rules)
    if not made:
        raise SpreadError("agency", rules.agency.id)
    patterns = np.array(made)
    return patterns, rules.cost(patterns)


def exact_patterns(rules: AgencyRules, tries: int = 6) -> list[IntArray]:
    """Return patterns of a difficult agency from a small exact model, asked with different slots in favour."""
    found: dict[bytes, IntArray] = {}
    rng = np.random.default_rng([rules.agency.size, rules.agency.cap])
    for _ in range(tries):
        pattern = _one_exact(rules, rng.integers(0, 4, len(rules.view.slots)))
        if pattern is None:
            break
        if place_people(rules, pattern) is not None:
            found[pattern.tobytes()] = pattern
    return list(found.values())


def _one_exact(rules: AgencyRules, favour: IntArray) -> IntArray | None:
    agency: AgencyCase = rules.agency
    mip, n_slots = Mip(), len(rules.view.slots)
    seat = [[mip.var(0, mask >> s & 1, 0, True) for s in range(n_slots)] for mask in rules.masks]
    for row in seat:
        mip.row([(c, 1) for c in row], 1, 1)
    for column in rules.view.days.T:
        days = np.flatnonzero(column).tolist()
        mip.row([(row[s], 1) for row in seat for s in days], -INFINITY, agency.cap)
        for group in agency.critical:
            mip.row([(seat[p][s], 1) for p in group for s in days], -INFINITY, len(group) - 1)
    for track, people in enumerate(agency.counts):
        for s in range(n_slots):
            used = mip.var(0, 1, 10 + int(favour[s]), True)
            here = [(seat[i][s], 1.0) for i, p in enumerate(agency.people) if p.track == track]
            mip.row([*here, (used, -people)], -INFINITY, 0)
    result = mip.solve(nodes=200)
    if result.values is None:
        return None
    pattern = np.zeros((len(agency.counts), n_slots), dtype=np.int64)
    for row, person in zip(seat, agency.people, strict=True):
        slot = next(s for s in range(n_slots) if result.whole(row[s]))
        pattern[person.track, slot] += 1
    return pattern


def retheme(case: Case, plans: tuple[ModePlan, ...], supply: list[IntArray], seed: int) -> tuple[ModePlan, ...]:
    """Choose the themes of the classes anew for the people that really come in each slot."""
    options = CoarseOptions(family=False, steer=False, supply=tuple(supply), fixed=plans)
    model = CoarseModel(case, options)
    result = model.mip.solve(seed=seed, nodes=300, gap=1e-3)
    return plans if result.values is None else model.read(result)
