"""The one source of time."""

from datetime import UTC, date, datetime

from hocvu.kernel import clock


def test_now_is_the_held_instant(held_clock: datetime) -> None:
    assert clock.now() == held_clock
    assert clock.today() == date(2025, 6, 18)


def test_a_block_may_hold_another_instant() -> None:
    other = datetime(2025, 7, 1, 17, 30, tzinfo=UTC)
    before = clock.now()

    with clock.frozen(other):
        assert clock.today() == date(2025, 7, 2)  # half past midnight in Vietnam

    assert clock.now() == before


def test_wall_clock_times_are_vietnamese() -> None:
    assert clock.at(date(2025, 6, 18), 7, 30).astimezone(UTC).hour == 0


def test_the_machines_clock_is_never_held(held_clock: datetime) -> None:
    assert clock.real_now() > held_clock
