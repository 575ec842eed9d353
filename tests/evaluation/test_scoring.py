"""Scoring: pure rules and their properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.evaluation.domain.scoring import (
    BANDS,
    band,
    check_scores,
    correction,
    is_valid,
    mean_interval,
    most_blanks,
    protected,
    share_interval,
)
from hocvu.evaluation.domain.tallies import Tally, figures, slots_of, together

CODES = [f"P{n}" for n in range(26)]
MARKS = st.dictionaries(st.sampled_from(CODES), st.integers(1, 10))


@given(MARKS)
def test_blanks_and_marks_make_up_the_form(scores: dict[str, int]) -> None:
    checked = check_scores(CODES, scores, 5)

    assert checked.blanks + len(checked.scores) == 26
    assert checked.valid == (checked.blanks <= 1)  # 1 of 26 is 3.8 %, 2 are 7.7 %


@pytest.mark.parametrize("wrong", [0, 11, True, 7.5, "7"])
def test_a_mark_is_a_whole_number_from_1_to_10(wrong: object) -> None:
    with pytest.raises(ValueError, match="P0"):
        check_scores(CODES, {"P0": wrong}, 5)  # type: ignore[dict-item]


def test_a_mark_for_something_not_asked_is_refused() -> None:
    with pytest.raises(ValueError, match="X9"):
        check_scores(CODES, {"X9": 5}, 5)


@pytest.mark.parametrize(("asked", "most"), [(26, 1), (10, 0), (20, 1), (40, 2), (1, 0)])
def test_most_blanks(asked: int, most: int) -> None:
    assert most_blanks(asked, 5) == most
    assert is_valid(asked, most, 5)
    assert not is_valid(asked, most + 1, 5)


@pytest.mark.parametrize(
    ("mean", "name"),
    [
        (1, "very_poor"),
        (1.99, "very_poor"),
        (2, "poor"),
        (4, "fair"),
        (5.99, "fair"),
        (6, "good"),
        (8, "very_good"),
        (10, "very_good"),
    ],
)
def test_bands(mean: float, name: str) -> None:
    assert band(mean) == name
    assert name in BANDS


LISTS = st.lists(st.integers(1, 10), min_size=1, max_size=80)


@given(LISTS, st.integers(0, 200))
def test_mean_interval_holds_the_mean_and_stays_on_the_scale(marks: list[int], silent: int) -> None:
    found = mean_interval(len(marks), sum(marks), sum(m * m for m in marks), len(marks) + silent)

    assert found is not None
    assert 1 <= found.low <= found.value <= found.high <= 10
    assert math.isclose(found.value, sum(marks) / len(marks))
    if silent == 0:
        assert found.low == found.high  # everyone answered: nothing is estimated


@given(LISTS, st.integers(1, 100), st.integers(1, 100))
def test_more_silence_never_narrows_the_interval(marks: list[int], some: int, more: int) -> None:
    def width(population: int) -> float:
        found = mean_interval(len(marks), sum(marks), sum(m * m for m in marks), population)
        assert found is not None
        return found.high - found.low

    assert width(len(marks) + some) <= width(len(marks) + some + more) + 1e-12


@given(st.integers(1, 60), st.data(), st.integers(0, 300))
def test_share_interval_holds_the_share(count: int, data: st.DataObject, silent: int) -> None:
    part = data.draw(st.integers(0, count))
    found = share_interval(part, count, count + silent)

    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_wilson_known_value() -> None:
    found = share_interval(8, 10, 10**9)  # practically no correction

    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.4902, 0.9433)


def test_correction_goes_from_none_to_all() -> None:
    assert correction(5, 5) == 0
    assert correction(1, 10**9) == pytest.approx(1)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 30), max_size=12))
def test_hidden_rows_cannot_be_worked_out_from_the_total(valid: dict[str, int]) -> None:
    hidden = protected(valid, 5)

    shown = [n for key, n in valid.items() if key not in hidden]
    assert all(n == 0 or n >= 5 for n in shown)
    if hidden and any(n >= 5 for n in shown):
        assert len(hidden) >= 2
        assert sum(valid[key] for key in hidden) >= 5


INDICATORS = [{"code": "A1", "object": "a"}, {"code": "A2", "object": "a"}, {"code": "B1", "object": "b"}]
FORMS = st.lists(st.fixed_dictionaries({}, optional={c: st.integers(1, 10) for c in ("A1", "A2", "B1")}), max_size=30)


@given(FORMS, FORMS)
def test_tallies_added_apart_or_together_say_the_same(
    first: list[dict[str, int]], second: list[dict[str, int]]
) -> None:
    slots = slots_of(INDICATORS)
    whole, left, right = (Tally(len(slots.keys)) for _ in range(3))
    for scores in first:
        left.add(scores, slots)
    for scores in second:
        right.add(scores, slots)
    for scores in first + second:
        whole.add(scores, slots)
    both = together([left, right], len(slots.keys))

    assert (both.valid, both.forms, both.marks, both.goods) == (whole.valid, whole.forms, whole.marks, whole.goods)
    assert both.sums == pytest.approx(whole.sums)


def test_an_object_counts_people_and_not_marks() -> None:
    slots = slots_of(INDICATORS)
    tally = Tally(len(slots.keys))
    tally.add({"A1": 10, "A2": 10, "B1": 2}, slots)
    tally.add({"A1": 4, "B1": 2}, slots)

    found = figures(tally, slots.place("@a"), sent=2)

    assert found.mean == 7.0  # (10 + 4) / 2, not (10 + 10 + 4) / 3
    assert found.good == pytest.approx(2 / 3)
    assert figures(tally, slots.place("B1"), sent=2).band == "poor"
