"""Ways to spread one agency over the slots in use: tables tracks x slots that keep its caps.

A pattern splits an agency in as few groups as it can, or a few more. Agencies alike share one set of patterns.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from hocvu.planning.domain.engine.case import AgencyCase, Case, FloatArray, IntArray, ModeCase

MAX_PERMUTATIONS = 120
MAX_PATTERNS = 260
RANDOM_QUOTAS = 3


@dataclass(frozen=True)
class SlotView:
    """Slots in use of one mode: numbers of the calendar, days table (slots x days), price of straddling."""

    slots: tuple[int, ...]
    days: IntArray
    straddles: tuple[bool, ...]
    group_weight: int
    straddle_weight: int
    fair_weight: int
    fair_pct: int
    class_max: int

    @property
    def disjoint(self) -> bool:
        """Whether no two slots share a day."""
        return bool((self.days.sum(axis=0) <= 1).all())


def slot_view(case: Case, mode: ModeCase, slots: tuple[int, ...], class_max: int) -> SlotView:
    """Describe the slots in use of `mode`."""
    w = case.instance.weights
    return SlotView(
        slots,
        case.slot_days[list(slots)],
        tuple(case.straddles[s] for s in slots),
        w.group,
        w.straddle(mode.mode),
        w.fair_straddle,
        case.instance.fair_straddle_share_pct,
        class_max,
    )


class AgencyRules:
    """What a pattern of one agency must keep and what it costs; works on stacks of patterns (C, T, S)."""

    def __init__(self, agency: AgencyCase, view: SlotView, barred: IntArray | None = None) -> None:
        self.agency, self.view = agency, view
        self.masks = [self._local_mask(p.mask, p.access, barred) for p in agency.people]
        full = (1 << len(view.slots)) - 1
        self.special = any(m != full for m in self.masks)
        self.subsets = np.array([[u >> s & 1 for u in range(full + 1)] for s in range(len(view.slots))])
        self.need = np.zeros((len(agency.tracks), full + 1), dtype=np.int64)
        if self.special:
            for person, mask in zip(agency.people, self.masks, strict=True):
                if mask != full:
                    self.need[person.track] += [mask & ~u == 0 for u in range(full + 1)]
        self.critical = [
            sorted({agency.people[i].track for i in group}) for group in agency.critical if len(group) >= 2
        ]
        # each job group held by one track alone keeps at least one person out of the track's fullest slot
        lone = [tracks[0] for tracks in self.critical if len(tracks) == 1]
        self.parted = {t: lone.count(t) for t in lone}
        apart = view.days @ view.days.T == 0
        self.apart = apart.astype(np.int64)
        self.fair = -(-agency.size * view.fair_pct // 100)

    def _local_mask(self, mask: int, access: bool, barred: IntArray | None) -> int:
        local = sum(1 << i for i, slot in enumerate(self.view.slots) if mask >> slot & 1)
        if access and barred is not None:
            local &= ~sum(1 << i for i in np.flatnonzero(barred).tolist())
        return local

    def valid(self, patterns: IntArray) -> npt_bool:
        """Say for each pattern whether caps, days off and job groups can be kept."""
        totals = patterns.sum(axis=1)
        good: npt_bool = (totals @ self.view.days <= self.agency.cap).all(axis=1)
        if self.special:
            good &= (patterns @ self.subsets >= self.need).all(axis=(1, 2))
        for tracks in self.critical:
            used = (patterns[:, tracks].sum(axis=1) > 0).astype(np.int64)
            good &= ((used @ self.apart) * used).sum(axis=1) > 0
        for track, least in self.parted.items():
            good &= self.agency.counts[track] - patterns[:, track].max(axis=1) >= least
        return good

    def cost(self, patterns: IntArray) -> FloatArray:
        """Return the points a pattern costs by itself: groups and straddling."""
        view = self.view
        groups = (-(-patterns // view.class_max)).sum(axis=(1, 2))
        straddling = patterns.sum(axis=1) @ np.array(view.straddles, dtype=np.int64)
        unfair = np.maximum(0, straddling - self.fair)
        points: FloatArray = (
            view.group_weight * groups + view.straddle_weight * straddling + view.fair_weight * unfair
        ).astype(np.float64)
        return points


npt_bool = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


class PatternBook:
    """Pattern sets of one mode, made once per signature."""

    def __init__(self, view: SlotView, seed: int) -> None:
        self.view, self.seed = view, seed
        self.orders = self._slot_orders()
        self.cache: dict[tuple[object, ...], tuple[IntArray, FloatArray]] = {}

    def patterns(self, rules: AgencyRules) -> tuple[IntArray, FloatArray]:
        """Return the patterns (C, T, S) of an agency that keep its rules, with their own cost; C may be 0."""
        a = rules.agency
        special = rules.need.tobytes() if rules.special else b""
        key = (a.counts, a.cap, special, tuple(sorted(map(tuple, rules.critical))))
        if key not in self.cache:
            self.cache[key] = self._make(rules)
        return self.cache[key]

    def _slot_orders(self) -> IntArray:
        n = len(self.view.slots)
        if n <= 5:
            return np.array(list(permutations(range(n))), dtype=np.int64)
        rng = np.random.default_rng([self.seed, 17])
        return np.array([rng.permutation(n) for _ in range(MAX_PERMUTATIONS)], dtype=np.int64)

    def _make(self, rules: AgencyRules) -> tuple[IntArray, FloatArray]:
        a = rules.agency
        rng = np.random.default_rng([self.seed, a.size, a.cap, len(a.counts)])
        stacks = [
            self._fill(a.counts, order, quotas)
            for quotas in self._quotas(a, rng)
            for order in _track_orders(rules, rng)
        ]
        stack = np.concatenate(stacks)
        stack = stack[stack.sum(axis=(1, 2)) == a.size]
        stack = stack[rules.valid(stack)]
        if not len(stack):
            return stack, np.zeros(0)
        flat = stack.reshape(len(stack), -1)
        # rows are told apart by a random whole-number key: sorting keys is far quicker than sorting rows
        _, first = np.unique(flat @ rng.integers(1, 2**40, flat.shape[1]), return_index=True)
        stack = stack[first]
        cost = rules.cost(stack)
        rank = np.argsort(cost + rng.random(len(cost)) * 4, kind="stable")[:MAX_PATTERNS]
        return np.ascontiguousarray(stack[rank]), cost[rank]

    def _quotas(self, a: AgencyCase, rng: np.random.Generator) -> list[IntArray]:
        """People per position of the slot order: filled to the cap, spread evenly, or at random."""
        n = len(self.view.slots)
        least = min(n, -(-a.size // a.cap))
        wishes = [np.full(n, a.cap, dtype=np.int64)]
        wishes += [np.full(n, -(-a.size // k), dtype=np.int64) for k in range(least, n + 1)]
        low = max(1, a.size // n)
        wishes += [rng.integers(low, a.cap + 1, n) if low < a.cap else wishes[0] for _ in range(RANDOM_QUOTAS)]
        seen: dict[bytes, IntArray] = {w.tobytes(): np.minimum(w, a.cap) for w in wishes}
        return [self._by_position(w, a) for w in seen.values()]

    def _by_position(self, wish: IntArray, a: AgencyCase) -> IntArray:
        """Clip a wish to what each day still allows, position by position, for every slot order at once."""
        orders = self.orders
        used = np.zeros((len(orders), self.view.days.shape[1]), dtype=np.int64)
        left = np.full(len(orders), a.size, dtype=np.int64)
        quotas = np.zeros_like(orders)
        for position in range(orders.shape[1]):
            days = self.view.days[orders[:, position]]
            room = a.cap - (used * days).max(axis=1)
            quotas[:, position] = np.minimum(np.minimum(wish[position], room), left)
            left -= quotas[:, position]
            used += days * quotas[:, position, None]
        return quotas

    def _fill(self, counts: tuple[int, ...], order: list[tuple[int, int]], quotas: IntArray) -> IntArray:
        """Pour (track, people) pairs in order into the quotas; each takes the next free places."""
        end = quotas.cumsum(axis=1)
        start = end - quotas
        rows = np.arange(len(quotas))[:, None]
        stack = np.zeros((len(quotas), len(counts), quotas.shape[1]), dtype=np.int64)
        first = 0
        for track, people in order:
            last = first + people
            inside = np.clip(np.minimum(end, last) - np.maximum(start, first), 0, None)
            stack[rows, track, self.orders] += inside
            first = last
        return stack


def _track_orders(rules: AgencyRules, rng: np.random.Generator) -> list[list[tuple[int, int]]]:
    """Orders in which tracks are poured; a track whose job group must not leave together also comes in two parts."""
    counts = rules.agency.counts
    n = len(counts)
    if n <= 3:
        orders = list(permutations(range(n)))
    else:
        by_size = sorted(range(n), key=lambda t: counts[t])
        orders = [tuple(by_size), tuple(reversed(by_size))]
        orders += [tuple(rng.permutation(n).tolist()) for _ in range(3)]
    whole = [[(t, counts[t]) for t in order] for order in dict.fromkeys(orders)]
    torn = sorted({t for tracks in rules.critical for t in tracks if counts[t] >= 2})
    parted = []
    for t in torn:
        for part in sorted({max(1, rules.parted.get(t, 1)), counts[t] // 2}):
            for order in whole:
                rest = [pair for pair in order if pair[0] != t]
                parted.append([(t, part), *rest, (t, counts[t] - part)])
    both = [t for t in torn if len(torn) >= 2]
    if both:
        middle = [(t, counts[t]) for t in range(n) if t not in both]
        halves = [(t, counts[t] // 2) for t in both]
        parted.append([*halves, *middle, *((t, counts[t] - counts[t] // 2) for t in both)])
    return whole + parted
