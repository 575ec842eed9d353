"""Working time: when a clock of so many hours runs out, nights, weekends and holidays left out.

Wall-clock times of one place, without zone: the caller turns instants into them and back.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """Weekdays (1 Monday - 7 Sunday), spans of hours in order, holidays, and further days that are worked."""

    weekdays: frozenset[int]
    spans: tuple[tuple[time, time], ...]
    holidays: frozenset[date] = frozenset()
    extra_days: frozenset[date] = frozenset()

    def is_worked(self, day: date) -> bool:
        """Say whether a day is worked."""
        return day in self.extra_days or (day.isoweekday() in self.weekdays and day not in self.holidays)

    def with_days(self, days: Collection[date]) -> "WorkingTime":
        """Return the same with further days worked."""
        return WorkingTime(self.weekdays, self.spans, self.holidays, self.extra_days | frozenset(days))


def after_working_hours(start: datetime, hours: float, worked: WorkingTime) -> datetime:
    """Return the moment when ``hours`` of working time have passed since ``start``."""
    left = timedelta(hours=hours)
    for day in _days(start.date()):
        if not worked.is_worked(day):
            continue
        for begin, end in _spans(day, worked.spans):
            since = max(start, begin)
            if since >= end:
                continue
            if end - since >= left:
                return since + left
            left -= end - since
    raise ValueError("no working time within a year")


def after_working_days(start: datetime, hours: float, worked: WorkingTime) -> datetime:
    """Return the moment when ``hours`` by the clock have passed since ``start``, on working days only."""
    left = timedelta(hours=hours)
    for day in _days(start.date()):
        if not worked.is_worked(day):
            continue
        midnight = datetime.combine(day, time())
        since = max(start, midnight)
        end = midnight + timedelta(days=1)
        if end - since >= left:
            return since + left
        left -= end - since
    raise ValueError("no working day within a year")


def _days(first: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(MOST_DAYS)]


def _spans(day: date, spans: Sequence[tuple[time, time]]) -> list[tuple[datetime, datetime]]:
    return [(datetime.combine(day, begin), datetime.combine(day, end)) for begin, end in spans]
