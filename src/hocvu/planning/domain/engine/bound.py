"""A proven lower bound: groups per agency, buses per locality, and the class-level optimum of the coarse model.

The three parts price different terms, so their sum is a bound of the whole. Groups: whoever goes, the people
of an agency who go in slots that share one of a few days are at most its cap, so its tracks fall into that
many buckets; a set of tracks that shares k buckets makes at least (tracks + k - 1) groups.
"""

from __future__ import annotations

import math
from functools import cache

from hocvu.planning.domain.engine.case import AgencyCase, Case
from hocvu.planning.domain.engine.coarse import CoarseModel, CoarseOptions
from hocvu.planning.domain.limits import disjoint_sessions


def lower_bound(case: Case, objective: int, *, seed: int, nodes: int = 30) -> int:
    """Return a lower bound of every plan's cost, never above `objective`."""
    weights, rules = case.instance.weights, case.instance.rules
    buckets = disjoint_sessions(case.instance)
    groups = sum(fewest_groups(a, m.rules.max, buckets) for m in case.modes for a in m.agencies)
    rural: dict[int, int] = {}
    for mode in case.modes:
        for a in mode.agencies:
            if a.rural >= 0:
                rural[a.rural] = rural.get(a.rural, 0) + a.size
    buses = sum(-(-n // rules.bus_seats) for n in rural.values())
    model = CoarseModel(case, CoarseOptions(family=False, steer=False))
    result = model.mip.solve(seed=seed, nodes=nodes)
    classes = max(0, math.ceil(result.bound - 1e-6)) if math.isfinite(result.bound) else 0
    return min(objective, weights.group * groups + weights.bus * buses + classes)


def fewest_groups(agency: AgencyCase, class_max: int, buckets: int) -> int:
    """Return the fewest (track, class) groups of an agency with its cap in each of `buckets` buckets."""
    by_size = sum(-(-n // min(agency.cap, class_max)) for n in agency.counts)
    counts = tuple(sorted(agency.counts))
    if len(counts) > 8:
        return by_size
    return max(by_size, _fewest(counts, agency.cap, buckets))


@cache
def _fewest(counts: tuple[int, ...], cap: int, buckets: int) -> int:
    """Cut the tracks into sets that share no bucket; each set of k buckets costs its tracks + k - 1."""
    if not counts:
        return 0
    best = sum(-(-n // cap) for n in counts) + len(counts) * buckets
    first, rest = counts[0], counts[1:]
    for chosen in range(1 << len(rest)):
        inside = [n for i, n in enumerate(rest) if chosen >> i & 1]
        used = -(-(first + sum(inside)) // cap)
        if used <= buckets:
            others = tuple(n for i, n in enumerate(rest) if not chosen >> i & 1)
            if -(-sum(others) // cap) <= buckets - used:
                best = min(best, len(inside) + used + _fewest(others, cap, buckets - used))
    return best
