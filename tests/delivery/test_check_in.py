"""The rotating code and the rubric, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.delivery.domain.check_in import LETTERS, SECONDS, code_at, code_fits, seconds_left
from hocvu.delivery.domain.rubric import CRITERIA, mark_of
from hocvu.kernel.errors import Refused
from hocvu.kernel.ids import ALPHABET

SECRET, OTHER = "a" * 64, "b" * 64
KEY = "018f-session"
NOW = datetime(2025, 6, 18, 1, 10, 0, tzinfo=UTC)
moments = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2030, 1, 1)).map(
    lambda m: m.replace(tzinfo=UTC)
)


def later(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


@given(moments)
def test_code_is_six_letters_that_can_be_read_aloud(moment):
    code = code_at(SECRET, KEY, moment)

    assert len(code) == LETTERS
    assert set(code) <= set(ALPHABET)
    assert 1 <= seconds_left(moment) <= SECONDS


@given(moments)
def test_code_is_good_in_its_window_and_the_next(moment):
    code = code_at(SECRET, KEY, moment)

    assert code_fits(SECRET, KEY, code, moment + timedelta(seconds=seconds_left(moment) - 1))
    assert code_fits(SECRET, KEY, code, moment + timedelta(seconds=SECONDS))
    assert not code_fits(SECRET, KEY, code, moment + timedelta(seconds=2 * SECONDS + seconds_left(moment)))


def test_code_of_the_future_or_of_long_ago_is_refused():
    assert not code_fits(SECRET, KEY, code_at(SECRET, KEY, later(SECONDS)), NOW)
    assert not code_fits(SECRET, KEY, code_at(SECRET, KEY, later(-2 * SECONDS)), NOW)


def test_a_phone_with_another_clock_gets_one_window_more_on_its_side():
    ahead, behind = code_at(SECRET, KEY, later(SECONDS)), code_at(SECRET, KEY, later(-2 * SECONDS))

    assert code_fits(SECRET, KEY, ahead, NOW, later(40))
    assert code_fits(SECRET, KEY, behind, NOW, later(-70))
    assert not code_fits(SECRET, KEY, ahead, NOW, later(-70))
    assert not code_fits(SECRET, KEY, code_at(SECRET, KEY, later(3600)), NOW, later(3600))


def test_code_is_bound_to_its_class():
    code = code_at(SECRET, KEY, NOW)

    assert not code_fits(OTHER, KEY, code, NOW)
    assert not code_fits(SECRET, "018f-other", code, NOW)


@pytest.mark.parametrize("shape", ["{0}", " {0} ", "{1}-{2}", "{1} {2}"])
def test_spaces_dashes_and_small_letters_do_not_matter(shape):
    code = code_at(SECRET, KEY, NOW)

    assert code_fits(SECRET, KEY, shape.format(code, code[:3], code[3:]).lower(), NOW)


@pytest.mark.parametrize("forged", ["", "AAAAAA", "A" * 500, "ộọờ", "🙂🙂🙂", "000000"])
def test_forged_codes_are_refused(forged):
    assert not code_fits(SECRET, KEY, forged, NOW)


@given(st.lists(st.integers(0, 25), min_size=4, max_size=4))
def test_mark_is_the_sum_of_the_criteria(points):
    assert mark_of(dict(zip(CRITERIA, points, strict=True))) == sum(points)


@pytest.mark.parametrize(
    "rubric",
    [
        {},
        dict.fromkeys(CRITERIA[:3], 20),
        dict.fromkeys((*CRITERIA, "style"), 20),
        dict.fromkeys(CRITERIA, 26),
        dict.fromkeys(CRITERIA, -1),
        dict.fromkeys(CRITERIA, 2.5),
        dict.fromkeys(CRITERIA, True),
    ],
)
def test_rubric_that_does_not_fit_is_refused(rubric):
    with pytest.raises(Refused, match=r"delivery\.rubric"):
        mark_of(rubric)
