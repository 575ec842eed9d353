"""The stages of the engine by themselves: patterns, people, packing sums, the bound of groups."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import tiny_instance

from hocvu.planning.domain.engine.bound import fewest_groups
from hocvu.planning.domain.engine.case import AgencyCase, Person, build_case
from hocvu.planning.domain.engine.coarse import CoarseModel, CoarseOptions
from hocvu.planning.domain.engine.mip import Mip
from hocvu.planning.domain.engine.packing import subset_with_sum
from hocvu.planning.domain.engine.patterns import AgencyRules, PatternBook, slot_view
from hocvu.planning.domain.engine.people import place_people


def test_patterns_keep_every_rule_and_people_can_follow_them() -> None:
    case = build_case(tiny_instance(8, agencies=12))
    followed = 0
    for mode in case.modes:
        view = slot_view(case, mode, (0, 2, 4, 6, 8), mode.rules.max)
        book = PatternBook(view, 1)
        for agency in mode.agencies:
            rules = AgencyRules(agency, view)
            patterns, cost = book.patterns(rules)
            assert (patterns.sum(axis=(1,))[:, :].sum(axis=1) == agency.size).all()
            assert (patterns.sum(axis=2) == np.array(agency.counts)).all()
            assert (patterns.sum(axis=1) <= agency.cap).all()
            assert len(cost) == len(patterns)
            for pattern in patterns[:5]:
                slot_of = place_people(rules, pattern)
                if slot_of is not None:
                    followed += 1
                    assert all(rules.masks[p] >> s & 1 for p, s in enumerate(slot_of))
                    for group in agency.critical:
                        assert len({slot_of[p] for p in group}) >= 2
    assert followed > 20


@settings(deadline=None, max_examples=60)
@given(counts=st.lists(st.integers(1, 4), min_size=1, max_size=3), cap=st.integers(1, 4), buckets=st.integers(1, 3))
def test_fewest_groups_is_the_best_of_all_ways(counts: list[int], cap: int, buckets: int) -> None:
    people = tuple(Person(0, t, 1, False, None) for t, n in enumerate(counts) for _ in range(n))
    agency = AgencyCase("A", cap, -1, tuple(range(len(counts))), tuple(counts), people, ())
    if sum(counts) > cap * buckets:
        return
    ways = [[w for w in product(range(n + 1), repeat=buckets) if sum(w) == n] for n in counts]
    best = min(
        sum(x > 0 for row in table for x in row)
        for table in product(*ways)
        if all(sum(column) <= cap for column in zip(*table, strict=True))
    )
    assert fewest_groups(agency, 99, buckets) == best


@given(sizes=st.lists(st.integers(1, 9), max_size=8), total=st.integers(0, 30))
def test_subset_with_sum_finds_a_sum_when_there_is_one(sizes: list[int], total: int) -> None:
    found = subset_with_sum(sizes, total)
    sums = {0}
    for size in sizes:
        sums |= {s + size for s in sums}
    assert (found is not None) == (total in sums)
    if found is not None:
        assert sum(sizes[i] for i in found) == total
        assert len(set(found)) == len(found)


def test_both_solvers_agree_on_a_small_model() -> None:
    mip = Mip()
    x, y = mip.var(0, 10, 2, True), mip.var(0, 10, 3, True)
    mip.row([(x, 1), (y, 2)], 7)
    mip.row([(x, 1), (y, -1)], high=1)
    for result in (mip.solve(), mip.solve_exactly()):
        assert (result.objective, result.whole(x), result.whole(y)) == (11, 1, 3)
    mip.row([(x, 1)], 11)
    assert mip.solve().proved_infeasible
    assert mip.solve_exactly().proved_infeasible


def test_waves_have_no_day_in_common_and_rooms_are_used_once() -> None:
    case = build_case(tiny_instance(1, agencies=8, rooms=4))
    model = CoarseModel(case, CoarseOptions())
    result = model.mip.solve(nodes=20)
    for mode, plan in zip(case.modes, model.read(result), strict=True):
        assert case.slot_days[sorted(plan.slots)].sum(axis=0).max() == 1
        for slot in plan.slots.values():
            assert mode.mode == "online" or len(slot.rooms) == len(slot.themes)
            assert len({r.id for r in slot.rooms}) == len(slot.rooms)
