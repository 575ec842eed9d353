"""Working time: pure."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.monitoring.domain.working_time import WorkingTime, after_working_days, after_working_hours

WEEK = WorkingTime(
    weekdays=frozenset({1, 2, 3, 4, 5}),
    spans=((time(7), time(11, 30)), (time(13, 30), time(17))),
    holidays=frozenset({date(2025, 9, 1), date(2025, 9, 2)}),
)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2025-06-18T08:00", 4, "2025-06-18T14:00"),  # lunch does not count
        ("2025-06-18T07:00", 4.5, "2025-06-18T11:30"),
        ("2025-06-18T12:00", 1, "2025-06-18T14:30"),
        ("2025-06-20T16:00", 4, "2025-06-23T10:00"),  # Friday to Monday
        ("2025-06-21T09:00", 8, "2025-06-23T17:00"),  # Saturday
        ("2025-08-29T16:30", 1, "2025-09-03T07:30"),  # National Day
    ],
)
def test_working_hours(start: str, hours: float, end: str) -> None:
    assert after_working_hours(datetime.fromisoformat(start), hours, WEEK) == datetime.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2025-06-18T09:15", 24, "2025-06-19T09:15"),
        ("2025-06-20T09:15", 24, "2025-06-23T09:15"),
        ("2025-06-19T15:00", 48, "2025-06-23T15:00"),
        ("2025-06-22T09:00", 24, "2025-06-24T00:00"),
    ],
)
def test_working_days(start: str, hours: float, end: str) -> None:
    assert after_working_days(datetime.fromisoformat(start), hours, WEEK) == datetime.fromisoformat(end)


def test_days_taught_count_as_worked() -> None:
    saturday = WEEK.with_days([date(2025, 6, 21)])

    assert after_working_hours(datetime(2025, 6, 21, 8), 2, saturday) == datetime(2025, 6, 21, 10)


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31))


@given(MOMENTS, st.floats(0.1, 60), st.floats(0, 30))
def test_more_hours_end_later_and_always_in_working_time(start: datetime, hours: float, more: float) -> None:
    end = after_working_hours(start, hours, WEEK)

    assert start < end <= after_working_hours(start, hours + more, WEEK)
    assert WEEK.is_worked(end.date())
    assert any(begin <= end.time() <= until for begin, until in WEEK.spans)


@given(MOMENTS, MOMENTS, st.floats(0.1, 40))
def test_who_starts_later_never_ends_earlier(a: datetime, b: datetime, hours: float) -> None:
    first, second = sorted((a, b))

    assert after_working_hours(first, hours, WEEK) <= after_working_hours(second, hours, WEEK)
    assert after_working_days(first, hours, WEEK) <= after_working_days(second, hours, WEEK)


@given(MOMENTS, st.floats(0.1, 20), st.floats(0.1, 20))
def test_hours_add_up(start: datetime, first: float, second: float) -> None:
    at_once = after_working_hours(start, first + second, WEEK)
    in_two = after_working_hours(after_working_hours(start, first, WEEK), second, WEEK)

    assert abs(at_once - in_two) < timedelta(milliseconds=1) or not _same_span(at_once, in_two)


def _same_span(a: datetime, b: datetime) -> bool:
    # Ending at 11:30 and at 13:30 is the same working time; rounding may fall on either side.
    return a.date() == b.date() and any(s <= a.time() <= e and s <= b.time() <= e for s, e in WEEK.spans)
