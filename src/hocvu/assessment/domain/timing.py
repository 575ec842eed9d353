"""The clock of a sitting and of an attempt. All instants are given; nothing here asks for the time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(seconds=20)  # what a slow network may take after the time is over
TURN = timedelta(minutes=45)  # from one turn at the computers to the next
WINDOW = timedelta(minutes=40)  # 30 minutes of test, 10 for coming in
ROOM_TURNS = 2  # turns the afternoon of the second day has room for
EARLIEST_OPENING = timedelta(minutes=30)  # before the planned start


@dataclass(frozen=True, slots=True)
class Window:
    """Earliest start and latest end of a sitting."""

    opens_at: datetime
    closes_at: datetime


def window_of_test(*, mode: str, ends_at: datetime, turn: int, turns: int) -> Window:
    """Return when a class sits its test in the last half-day, which ends at ``ends_at``.

    Online: the last 45 minutes. In person: turns of 40 minutes with 5 between, the last one ending 5
    minutes before the half-day does (15:30-16:10 and 16:15-16:55 where it ends at 17:00). A class with
    fewer turns than the room has takes the earlier ones.
    """
    if mode == "online":
        return Window(ends_at - TURN, ends_at)
    opens_at = ends_at - TURN * (max(ROOM_TURNS, turns) - turn + 1)
    return Window(opens_at, opens_at + WINDOW)


def deadline(*, started_at: datetime, minutes: int, closes_at: datetime, extra_minutes: int) -> datetime:
    """Return when an attempt ends: its minutes from the start, cut by the sitting's end, plus extra time."""
    end = min(started_at + timedelta(minutes=minutes), closes_at)
    return end + timedelta(minutes=extra_minutes)


def still_saves(now: datetime, end: datetime) -> bool:
    """Say whether an answer that arrives now is taken."""
    return now <= end + GRACE


def seconds_left(now: datetime, end: datetime) -> int:
    """Return the whole seconds until the end, never below zero."""
    return max(0, int((end - now).total_seconds()))
