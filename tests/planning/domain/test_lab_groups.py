"""Lab groups: everybody in one, nobody above the seats, as even as the seats allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.planning.domain.lab_groups import LabGroupError, split_lab_groups

LABS = st.lists(st.integers(0, 40), min_size=0, max_size=5)


@given(people=st.integers(0, 300), seats=LABS, turns=st.integers(1, 3))
def test_groups_hold_everybody_within_seats_or_the_error_says_how_many_fit(
    people: int, seats: list[int], turns: int
) -> None:
    labs = [(f"L{i}", n) for i, n in enumerate(seats)]
    if people > sum(seats) * turns:
        with pytest.raises(LabGroupError) as caught:
            split_lab_groups(people, labs, turns)
        assert (caught.value.people, caught.value.places) == (people, sum(seats) * turns)
        return
    groups = split_lab_groups(people, labs, turns)
    assert sum(g.size for g in groups) == people
    assert len({(g.turn, g.lab) for g in groups}) == len(groups)
    assert all(0 < g.size <= dict(labs)[g.lab] and 1 <= g.turn <= turns for g in groups)
    not_full = [g.size for g in groups if g.size < dict(labs)[g.lab]]
    assert not not_full or max(g.size for g in groups) - min(not_full) <= max(1, max(seats) - min(not_full))
    assert not not_full or max(not_full) - min(not_full) <= 1


def test_a_class_of_103_takes_both_turns_of_half_a_block() -> None:
    groups = split_lab_groups(103, [("A", 35), ("B", 20)], 2)
    assert [(g.turn, g.lab) for g in groups] == [(1, "A"), (1, "B"), (2, "A"), (2, "B")]
    assert sorted(g.size for g in groups) == [20, 20, 31, 32]


def test_three_labs_take_a_class_of_103_in_one_turn() -> None:
    groups = split_lab_groups(103, [("A", 35), ("B", 35), ("C", 35)], 2)
    assert sorted(g.size for g in groups) == [34, 34, 35]
    assert {g.turn for g in groups} == {1}
