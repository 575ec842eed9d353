"""The published totals of June 2025 and the repairs computed on them."""

import pytest

from hocvu.planning.domain.limits import Facts, capacity, repairs, staff_capacity

PUBLISHED = Facts(
    demand=9892, computers=1104, waves=5, waves_with_weekends=7, computers_per_room=34, classes=343, staff=68
)


@pytest.mark.parametrize(("waves", "places", "short"), [(7, 7728, 2164), (5, 5520, 4372)])
def test_one_computer_each_is_short_by_the_published_numbers(waves: int, places: int, short: int) -> None:
    found = capacity(1104, waves, 9892)
    assert (found.places, found.short) == (places, short)


@pytest.mark.parametrize(("waves", "carried"), [(5, 170), (7, 238)])
def test_sixty_eight_people_in_teams_of_two_carry_part_of_343_classes(waves: int, carried: int) -> None:
    found = staff_capacity(68, 2, waves, 343)
    assert (found.teams, found.classes_carried, found.classes_short) == (34, carried, 343 - carried)


def test_at_least_138_people_are_needed_in_five_waves() -> None:
    assert staff_capacity(68, 2, 5, 343).people_needed == 138
    assert staff_capacity(138, 2, 5, 343).classes_short == 0
    assert staff_capacity(136, 2, 5, 343).classes_short > 0


def test_two_turns_is_the_cheapest_repair_and_suffices() -> None:
    first = next(r for r in repairs(PUBLISHED) if r.resource == "places")
    assert (first.kind, first.amount, first.places_gained, first.short_after) == ("two_turns", 2, 5520, 0)


def test_each_repair_tells_its_true_effect() -> None:
    by_kind = {(r.resource, r.kind): r for r in repairs(PUBLISHED)}
    assert by_kind["places", "weekends"].short_after == 2164
    machines = by_kind["places", "more_computers"]
    assert capacity(1104 + machines.amount, 5, 9892).short == 0
    assert capacity(1104 + machines.amount - 1, 5, 9892).short > 0
    rooms = by_kind["places", "more_rooms"]
    assert rooms.amount * 34 >= machines.amount > (rooms.amount - 1) * 34
    assert by_kind["places", "more_waves"].amount == 4
    assert by_kind["staff", "more_instructors"].amount == 70
    larger = by_kind["staff", "larger_classes"]
    assert larger.short_after == 0


def test_nothing_short_asks_for_no_repair() -> None:
    assert repairs(Facts(demand=100, computers=50, waves=2, waves_with_weekends=2, classes=2, staff=4)) == []
