"""Papers: counts, groups, enemies, order of options, exposure, resits, the shipped bank."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hocvu.assessment.domain.items import bank_faults
from hocvu.assessment.domain.papers import (
    ROUND,
    Cell,
    Drawer,
    PoolItem,
    PoolTooSmall,
    coverage,
    draw_paper,
    paper_code,
    seed_of,
)
from hocvu.assessment.queries.bank import shipped_blueprints, shipped_items

PINNED = [(103, "bcda"), (202, "acdb"), (301, "cadb"), (100, "dabc"), (304, "cabd")]
PINNED_CODE = "2210"
CELLS = [Cell(1, "easy", 2), Cell(1, "hard", 1), Cell(2, "easy", 2)]


def pool(each: int = 6) -> list[PoolItem]:
    cells = {(c.axis, c.difficulty) for c in CELLS}
    return [
        PoolItem(version_id=100 * n + i, code=f"{axis}{difficulty}{i}", axis=axis, difficulty=difficulty)
        for n, (axis, difficulty) in enumerate(sorted(cells), start=1)
        for i in range(each)
    ]


def shipped_pool(which: str) -> list[PoolItem]:
    return [
        PoolItem(
            n, e["code"], e["axis"], e["difficulty"], "abcd", frozenset(e["groups"]), frozenset(e.get("enemies", ())),
            e.get("fixed_order", False),
        )
        for n, e in enumerate(shipped_items())
        if e["pool"] == which
    ]  # fmt: skip


def shipped_cells(code: str) -> list[Cell]:
    found = next(b for b in shipped_blueprints() if b["code"] == code)
    return [Cell(**cell) for cell in found["cells"]]


@given(st.integers(0, 2**52))
@settings(max_examples=60, deadline=None)
def test_a_paper_has_the_counts_of_its_blueprint_and_each_item_once(seed):
    items = {item.version_id: item for item in pool()}
    places = draw_paper(cells=CELLS, pool=items.values(), group="XA", seed=seed)
    counts = Counter((items[p.version_id].axis, items[p.version_id].difficulty) for p in places)
    assert counts == {(1, "easy"): 2, (1, "hard"): 1, (2, "easy"): 2}
    assert len({p.version_id for p in places}) == 5
    assert all(sorted(p.order) == list("abcd") for p in places)


def test_the_same_seed_gives_the_same_paper_whatever_the_order_of_the_pool():
    first = draw_paper(cells=CELLS, pool=pool(), group="", seed=77)
    assert draw_paper(cells=CELLS, pool=list(reversed(pool())), group="", seed=77) == first
    assert draw_paper(cells=CELLS, pool=pool(), group="", seed=77 + ROUND) != first


def test_a_paper_drawn_alone_equals_the_one_drawn_among_others():
    drawer = Drawer(CELLS, pool())
    many = [drawer.draw(group="", seed=seed_of(9, i)) for i in range(20)]
    assert draw_paper(cells=CELLS, pool=pool(), group="", seed=seed_of(9, 13)) == many[13]


def test_drawing_is_fixed_for_good():
    """Orders come from digests: a change here means that papers can no longer be drawn again from their seeds."""
    places = draw_paper(cells=CELLS, pool=pool(), group="", seed=seed_of(1, 0))
    assert [(place.version_id, place.order) for place in places] == PINNED
    assert paper_code(places) == PINNED_CODE


def test_items_for_another_group_never_come():
    items = [*pool(2), PoolItem(900, "only-LD", 1, "easy", groups=frozenset({"LD"}))]
    drawer = Drawer(CELLS, items)
    for index in range(60):
        assert 900 not in {p.version_id for p in drawer.draw(group="XA", seed=seed_of(3, index))}
    shown = sum(900 in {p.version_id for p in drawer.draw(group="LD", seed=seed_of(3, i))} for i in range(60))
    assert shown >= 20


def test_enemies_never_share_a_paper():
    items = [item for item in pool(3) if item.code not in {"1easy0", "2easy0"}]
    items += [
        PoolItem(901, "1easy0", 1, "easy", enemies=frozenset({"2easy0"})),
        PoolItem(902, "2easy0", 2, "easy", enemies=frozenset({"1easy0"})),
    ]
    drawer = Drawer(CELLS, items)
    seen = Counter()
    for index in range(200):
        shown = {p.version_id for p in drawer.draw(group="", seed=seed_of(5, index))}
        assert not {901, 902} <= shown
        seen.update(shown & {901, 902})
    assert seen[901] > 20
    assert seen[902] > 20


def test_a_fixed_order_stays_and_others_are_mixed_evenly():
    items = [PoolItem(n, f"i{n}", 1, "easy", fixed_order=n == 0) for n in range(2)]
    drawer = Drawer([Cell(1, "easy", 2)], items)
    orders = {0: Counter(), 1: Counter()}
    for index in range(960):
        for place in drawer.draw(group="", seed=seed_of(8, index)):
            orders[place.version_id][place.order] += 1
    assert orders[0] == {"abcd": 960}
    assert len(orders[1]) == 24
    assert max(orders[1].values()) < 80


def test_a_resit_shares_no_item_where_the_pool_allows_and_still_works_where_not():
    items = {item.version_id: item for item in pool(4)}
    for index in range(40):
        first = draw_paper(cells=CELLS, pool=items.values(), group="", seed=seed_of(1, index))
        met = frozenset(items[p.version_id].code for p in first)
        second = draw_paper(cells=CELLS, pool=items.values(), group="", seed=seed_of(2, index), avoid=met)
        assert {p.version_id for p in first}.isdisjoint(p.version_id for p in second)
    few = {item.version_id: item for item in pool(3)}
    first = draw_paper(cells=CELLS, pool=few.values(), group="", seed=1)
    met = frozenset(few[p.version_id].code for p in first)
    second = draw_paper(cells=CELLS, pool=few.values(), group="", seed=2, avoid=met)
    again = [p for p in second if few[p.version_id].code in met]
    assert len(second) == 5
    assert len(again) == 2  # one of each cell that has 3 items for 2 + 2 places


def test_a_cell_that_cannot_be_filled_is_named():
    with pytest.raises(PoolTooSmall) as refused:
        draw_paper(cells=[Cell(1, "easy", 7)], pool=pool(6), group="", seed=1)
    assert (refused.value.cell, refused.value.available) == (Cell(1, "easy", 7), 6)


def test_coverage_counts_what_a_group_may_be_asked():
    items = [*pool(2), PoolItem(900, "only-LD", 1, "easy", groups=frozenset({"LD"}))]
    plain, leaders = coverage(CELLS, items, "XA")[0], coverage(CELLS, items, "LD")[0]
    assert (plain.available, leaders.available) == (2, 3)
    assert plain.enough
    assert not plain.enough_for_resit


def test_the_shipped_bank_is_whole_and_says_so():
    assert bank_faults(shipped_items()) == []


@pytest.mark.parametrize(("code", "which", "total"), [("final", "test", 30), ("practice", "practice", 15)])
def test_the_shipped_bank_covers_the_shipped_blueprint_for_every_group(code, which, total):
    cells = shipped_cells(code)
    assert sum(cell.count for cell in cells) == total
    for group in ("LD", "XA", "SN", "CA", "GD", "YT", ""):
        assert all(c.enough for c in coverage(cells, shipped_pool(which), group))
        if which == "test":
            assert all(c.enough_for_resit for c in coverage(cells, shipped_pool(which), group))


def test_shares_of_the_shipped_blueprint_follow_the_minutes_and_the_difficulties():
    cells = shipped_cells("final")
    axes, levels = Counter(), Counter()
    for cell in cells:
        axes[cell.axis] += cell.count
        levels[cell.difficulty] += cell.count
    assert axes == {1: 13, 2: 6, 3: 11}
    assert levels == {"easy": 12, "medium": 12, "hard": 6}


def test_exposure_of_the_shipped_bank_is_level_within_a_sitting():
    items = {item.version_id: item for item in shipped_pool("test")}
    drawer = Drawer(shipped_cells("final"), items.values())
    shown = Counter()
    papers = set()
    for index in range(103):
        places = drawer.draw(group="CA", seed=seed_of(12, index))
        shown.update(p.version_id for p in places)
        papers.add(places)
        codes = {items[p.version_id].code for p in places}
        assert not {"1.1-014", "1.5-018"} <= codes
        assert not {"1.4-005", "1.4-015"} <= codes
    assert len(papers) == 103
    for cell in drawer.cells:
        own = [
            shown[v] for v, i in items.items()
            if (i.axis, i.difficulty) == (cell.axis, cell.difficulty) and i.suits("CA") and not i.enemies
        ]  # fmt: skip
        assert max(own) - min(own) <= 4, (cell, sorted(own))
