"""Marks: rounding, what counts, the clock of an attempt, differences of words, faults of items."""

from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.assessment.domain.differences import word_differences
from hocvu.assessment.domain.items import bank_faults, item_faults
from hocvu.assessment.domain.marks import Try, best_result
from hocvu.assessment.domain.scoring import by_axis, mark_tenths, score
from hocvu.assessment.domain.timing import deadline, seconds_left, still_saves, window_of_test

from ..bank import entry

NOON = datetime(2025, 6, 18, 5, tzinfo=UTC)
MIN = timedelta(minutes=1)


@given(st.integers(1, 200), st.data())
def test_a_mark_is_the_share_rounded_half_up(total, data):
    right = data.draw(st.integers(0, total))
    exact = (Decimal(right) * 100 / total).quantize(Decimal(1), ROUND_HALF_UP)
    assert mark_tenths(right, total) == exact


@given(st.integers(1, 100), st.data())
def test_one_more_right_answer_never_lowers_a_mark(total, data):
    right = data.draw(st.integers(0, total - 1))
    assert mark_tenths(right, total) <= mark_tenths(right + 1, total) <= 100


@pytest.mark.parametrize(("right", "mark"), [(0, 0), (14, 47), (15, 50), (22, 73), (29, 97), (30, 100)])
def test_marks_of_thirty(right, mark):
    assert mark_tenths(right, 30) == mark


@pytest.mark.parametrize(("right", "total"), [(1, 0), (-1, 5), (6, 5)])
def test_what_cannot_be_a_result_is_refused(right, total):
    with pytest.raises(ValueError, match="right of"):
        mark_tenths(right, total)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=40), st.data())
def test_scoring_counts_places_whose_answer_is_the_key(keys, data):
    answers = data.draw(st.dictionaries(st.integers(1, 50), st.sampled_from(["", *"abcd"])))
    found = score(keys, answers)
    assert found.right == len([p for p, k in enumerate(keys, 1) if answers.get(p) == k])
    assert found.total == len(keys)
    assert score(keys, dict(enumerate(keys, 1))).mark == 100
    axes = [1 + n % 3 for n in range(len(keys))]
    assert sum(a.right for a in by_axis(keys, axes, answers)) == found.right


@pytest.mark.parametrize(
    ("tries", "mark", "attempts", "passed", "pending"),
    [
        ([], None, 0, False, True),
        ([Try("assigned")], None, 0, False, True),
        ([Try("started")], None, 1, False, True),
        ([Try("absent")], None, 0, False, False),
        ([Try("scored", 47)], 47, 1, False, False),
        ([Try("scored", 50)], 50, 1, True, False),
        ([Try("scored", 47), Try("assigned")], 47, 1, False, True),
        ([Try("scored", 47), Try("scored", 63)], 63, 2, True, False),
        ([Try("scored", 63), Try("scored", 30)], 63, 2, True, False),
        ([Try("void", 90), Try("scored", 47)], 47, 1, False, False),
        ([Try("void", 90)], None, 0, False, True),
        ([Try("scored", 55, pass_mark=60)], 55, 1, False, False),
    ],
)
def test_the_best_valid_mark_counts(tries, mark, attempts, passed, pending):
    found = best_result(tries)
    assert (found.mark, found.attempts, found.passed, found.pending) == (mark, attempts, passed, pending)


@given(
    st.lists(st.builds(Try, st.sampled_from(["scored", "void", "absent", "started"]), st.integers(0, 100))),
    st.integers(0, 100),
)
def test_a_void_attempt_changes_nothing(tries, mark):
    if tries:
        assert best_result([*tries, Try("void", mark)]) == best_result(tries)


def test_turns_of_an_afternoon_that_ends_at_five():
    end = datetime(2025, 6, 20, 10, tzinfo=UTC)  # 17:00 in Vietnam
    first = window_of_test(mode="in_person", ends_at=end, turn=1, turns=2)
    second = window_of_test(mode="in_person", ends_at=end, turn=2, turns=2)
    assert (first.opens_at, first.closes_at) == (end - 90 * MIN, end - 50 * MIN)
    assert (second.opens_at, second.closes_at) == (end - 45 * MIN, end - 5 * MIN)
    assert window_of_test(mode="in_person", ends_at=end, turn=1, turns=1) == first
    online = window_of_test(mode="online", ends_at=end, turn=1, turns=1)
    assert (online.opens_at, online.closes_at) == (end - 45 * MIN, end)
    three = window_of_test(mode="in_person", ends_at=end, turn=1, turns=3)
    assert three.opens_at == end - 135 * MIN


def test_an_attempt_ends_with_its_minutes_or_with_the_sitting_plus_extra_time():
    close = NOON + 40 * MIN
    assert deadline(started_at=NOON, minutes=30, closes_at=close, extra_minutes=0) == NOON + 30 * MIN
    assert deadline(started_at=NOON + 15 * MIN, minutes=30, closes_at=close, extra_minutes=0) == close
    assert deadline(started_at=NOON + 15 * MIN, minutes=30, closes_at=close, extra_minutes=10) == close + 10 * MIN
    assert still_saves(NOON + timedelta(seconds=20), NOON)
    assert not still_saves(NOON + timedelta(seconds=21), NOON)
    assert seconds_left(NOON, NOON + 2 * MIN) == 120
    assert seconds_left(NOON + MIN, NOON) == 0


@given(st.text("ab à,.", max_size=30), st.text("ab à,.", max_size=30))
def test_differences_give_both_texts_back(old, new):
    pieces = word_differences(old, new)
    assert "".join(p.text for p in pieces if p.kind != "in") == old
    assert "".join(p.text for p in pieces if p.kind != "out") == new


def test_only_the_changed_word_is_marked():
    pieces = word_differences("Ký số trên điện thoại", "Ký số trên máy tính")
    assert next(p.text for p in pieces if p.kind == "same") == "Ký số trên "
    assert not any(p.text.startswith("Ký") for p in pieces if p.kind != "same")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"stem": {"vi": "a", "fr": "", "en": "c"}}, "stem is missing in fr"),
        ({"axis": 4}, "axis must be 1, 2 or 3"),
        ({"difficulty": "très"}, "difficulty must be"),
        ({"pool": "exam"}, "pool must be"),
        ({"options": []}, "needs four options"),
        ({"groups": "LD"}, "groups must be a list"),
        ({"fixed_order": "yes"}, "fixed_order must be"),
        ({"points": 3}, "unknown field 'points'"),
        ({"explanation": None}, "has no explanation"),
    ],
)
def test_each_fault_of_an_item_is_named(change, fault):
    assert any(fault in line for line in item_faults(entry("X-1") | change, 1))


def test_two_right_options_none_and_twins_are_faults():
    two = entry("X-1")
    two["options"][0]["right"] = True
    none = entry("X-2", right="z")
    twins = entry("X-3")
    twins["options"][2]["fr"] = twins["options"][3]["fr"]
    lines = bank_faults([two, none, twins, entry("X-3"), "text"])
    assert "X-1: needs one right option, has 2" in lines
    assert "X-2: needs one right option, has 0" in lines
    assert "X-3: two options say the same in fr" in lines
    assert "X-3: the code is used twice" in lines
    assert "entry 5: not an item" in lines


def test_enemies_must_name_each_other():
    assert bank_faults([entry("A", enemies=["B"]), entry("B", enemies=["A"])]) == []
    assert bank_faults([entry("A", enemies=["B"]), entry("B")]) == ["A: B does not name it as its enemy in turn"]
