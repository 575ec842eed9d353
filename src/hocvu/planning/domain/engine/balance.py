"""Choose one pattern per agency so that slots, themes and buses fit: heat-bath sweeps over whole agencies.

Each step takes one agency out and draws its next pattern among all of its patterns, with odds that favour
the cheapest as the temperature falls; the last sweeps also try moves of single people. Everything is counted
in sweeps, so the same seed gives the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hocvu.planning.domain.engine.case import FloatArray, IntArray, ModeCase
from hocvu.planning.domain.engine.patterns import AgencyRules, SlotView

FULL_PRICE = 25.0  # points per person beyond the seats of a slot, or missing to its smallest classes
SHORT_PRICE = 3.0  # points per person missing to the smallest classes of a theme
HOT, COLD = 1.5, 0.15
SETTLE = 2  # rounds without heat at the end, with moves of single people


@dataclass
class Spread:
    """The state: one pattern per agency, with the totals that the prices need."""

    mode: ModeCase
    view: SlotView
    rules: list[AgencyRules]
    options: list[tuple[IntArray, FloatArray]]
    chosen: list[IntArray]
    themes: IntArray  # tracks x slots
    buses: IntArray  # rural localities x slots

    def people(self) -> IntArray:
        """Return people per slot."""
        total: IntArray = self.themes.sum(axis=0)
        return total

    def place(self, number: int, pattern: IntArray) -> None:
        """Give agency `number` another pattern and keep the totals right."""
        agency, change = self.mode.agencies[number], pattern - self.chosen[number]
        self.themes[list(agency.tracks)] += change
        if agency.rural >= 0:
            self.buses[agency.rural] += change.sum(axis=0)
        self.chosen[number] = pattern


def new_spread(
    mode: ModeCase, view: SlotView, rules: list[AgencyRules], options: list[tuple[IntArray, FloatArray]]
) -> Spread:
    """Start with nobody placed."""
    n = len(view.slots)
    empty = [np.zeros((len(a.tracks), n), dtype=np.int64) for a in mode.agencies]
    themes = np.zeros((len(mode.tracks), n), dtype=np.int64)
    buses = np.zeros((max(1, mode.n_rural), n), dtype=np.int64)
    return Spread(mode, view, rules, options, empty, themes, buses)


class Prices:
    """Price tables of totals: themes (tracks x slots), whole slots, buses of one locality in one slot."""

    def __init__(
        self, mode: ModeCase, classes: IntArray, seats: IntArray, tolerance: int, size_dev: int,
        bus: tuple[int, int],
    ) -> None:  # fmt: skip
        top = mode.people + 1
        self.top = top
        totals = np.arange(top, dtype=np.float64)
        n_tracks, n_slots = classes.shape
        self.themes = np.zeros((n_tracks, n_slots, top))
        self.slots = np.zeros((n_slots, top))
        rules = mode.rules
        for slot in range(n_slots):
            count = int(classes[:, slot].sum())
            over, under = totals - seats[slot], rules.min * count - totals
            self.slots[slot] = FULL_PRICE * (np.maximum(0, over) + np.maximum(0, under))
            each = seats[slot] / max(1, count)
            for track in range(n_tracks):
                open_here = [int(mode.distance[track, t]) for t in np.flatnonzero(classes[:, slot]) if t != track]
                near = float(min(open_here, default=4)) + 0.5
                k = int(classes[track, slot])
                self.themes[track, slot] = near * np.maximum(0, totals - each * k)
                if k:
                    self.themes[track, slot] += SHORT_PRICE * np.maximum(0, rules.min * k - totals)
                    off = np.maximum(0, np.abs(totals / k - rules.target) - tolerance)
                    inside = (totals >= rules.min * k) & (totals <= each * k)
                    self.themes[track, slot] += np.where(inside, size_dev * off * k, 0)
        weight, bus_seats = bus
        self.bus = weight * np.ceil(totals / bus_seats)
        self.flat_themes = self.themes.ravel()
        self.flat_slots = self.slots.ravel()

    def of(self, spread: Spread, number: int, patterns: IntArray, own: FloatArray) -> FloatArray:
        """Price patterns of an agency that is not counted in the totals now."""
        agency = spread.mode.agencies[number]
        n_slots = self.slots.shape[0]
        tracks = np.array(agency.tracks)
        offset = (tracks[:, None] * n_slots + np.arange(n_slots)) * self.top
        cost = own + self.flat_themes[patterns + (spread.themes[tracks] + offset)].sum(axis=(1, 2))
        totals = patterns.sum(axis=1)
        cost += self.flat_slots[totals + (spread.people() + np.arange(n_slots) * self.top)].sum(axis=1)
        if agency.rural >= 0:
            cost += self.bus[totals + spread.buses[agency.rural]].sum(axis=1)
        result: FloatArray = cost
        return result


def sweep(spread: Spread, prices: Prices, rng: np.random.Generator, heat: float) -> None:
    """Draw every agency's pattern anew, in random order, at one temperature."""
    for number in rng.permutation(len(spread.chosen)).tolist():
        patterns, own = spread.options[number]
        if not len(patterns):
            continue
        spread.place(number, np.zeros_like(spread.chosen[number]))
        cost = prices.of(spread, number, patterns, own)
        if heat > 0:
            cost = cost + heat * np.log(-np.log(rng.random(len(cost)) + 1e-12) + 1e-12)
        spread.place(number, patterns[int(cost.argmin())])


def refine(spread: Spread, prices: Prices, rng: np.random.Generator, heat: float = 0.0) -> None:
    """Try for every agency all moves of a few people of one track from one slot to another."""
    for number in rng.permutation(len(spread.chosen)).tolist():
        now = spread.chosen[number]
        patterns = _neighbours(now)
        patterns = patterns[spread.rules[number].valid(patterns)]
        if not len(patterns):
            continue
        spread.place(number, np.zeros_like(now))
        cost = prices.of(spread, number, patterns, spread.rules[number].cost(patterns))
        if heat > 0:
            cost = cost + heat * np.log(-np.log(rng.random(len(cost)) + 1e-12) + 1e-12)
        spread.place(number, patterns[int(cost.argmin())])


def _neighbours(pattern: IntArray) -> IntArray:
    """Return the pattern itself, then every move of some people between two slots and every exchange."""
    found = [pattern]
    n_tracks, n_slots = pattern.shape
    for track in range(n_tracks):
        for source in np.flatnonzero(pattern[track]).tolist():
            held = int(pattern[track, source])
            amounts = sorted({1, 2, 3, 5, held // 2, held} - {0})
            for target in range(n_slots):
                if target == source:
                    continue
                for amount in (k for k in amounts if k <= held):
                    moved = pattern.copy()
                    moved[track, source] -= amount
                    moved[track, target] += amount
                    found.append(moved)
    for a in range(n_slots):
        for b in range(a + 1, n_slots):
            swapped = pattern.copy()
            swapped[:, [a, b]] = pattern[:, [b, a]]
            found.append(swapped)
    return np.array(found)


def anneal(
    spread: Spread,
    prices: Prices,
    seed: int,
    sweeps: int,
    hot: float = HOT,
    tick: Callable[[float], bool] | None = None,
) -> None:
    """Cool from `hot` to `COLD` over `sweeps` sweeps, then settle; `tick` may end the cooling by returning True.

    `tick` hears the share of the sweeps done.
    """
    rng = np.random.default_rng([seed, sweeps])
    for step in range(sweeps):
        sweep(spread, prices, rng, hot * (COLD / hot) ** (step / max(1, sweeps - 1)))
        if tick is not None and tick(step / sweeps):
            break
    for _ in range(SETTLE):
        sweep(spread, prices, rng, 0.0)
        refine(spread, prices, rng)
