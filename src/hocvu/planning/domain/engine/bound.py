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
    torn = {agency.people[group[0]].track for group in agency.critical if _one_track(agency, group)}
    # a track makes two groups at least when one of its job groups must not leave together
    least = [max(-(-n // min(agency.cap, class_max)), 1 + (t in torn)) for t, n in enumerate(agency.counts)]
    if len(least) > 8:
        return sum(least)
    tracks = tuple(sorted(zip(agency.counts, least, strict=True)))
    return _fewest(tracks, agency.cap, buckets)


def _one_track(agency: AgencyCase, group: tuple[int, ...]) -> bool:
    return len({agency.people[p].track for p in group}) == 1


@cache
def _fewest(tracks: tuple[tuple[int, int], ...], cap: int, buckets: int) -> int:
    """Cut the tracks (people, least groups) into sets that share no bucket.

    A set joined by k buckets makes at least its tracks + k - 1 groups, and what its tracks make by themselves.
    """
    if not tracks:
        return 0
    best = sum(least for _, least in tracks) + len(tracks) * buckets
    first, rest = tracks[0], tracks[1:]
    for chosen in range(1 << len(rest)):
        inside = [first, *(t for i, t in enumerate(rest) if chosen >> i & 1)]
        used = -(-sum(n for n, _ in inside) // cap)
        others = tuple(t for i, t in enumerate(rest) if not chosen >> i & 1)
        if used + -(-sum(n for n, _ in others) // cap) <= buckets:
            own = max(len(inside) + used - 1, sum(least for _, least in inside))
            best = min(best, own + _fewest(others, cap, buckets - used))
    return best
