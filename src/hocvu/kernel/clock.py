"""The one source of time. Everything asks ``now()``; a rehearsal may put another source in its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")

Source = Callable[[], datetime]


def _real() -> datetime:
    return datetime.now(UTC)


_source: ContextVar[Source] = ContextVar("hocvu_clock_source", default=_real)


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return _source.get()().astimezone(UTC)


def today() -> date:
    """Return the current date in Vietnam."""
    return now().astimezone(LOCAL).date()


def local(moment: datetime) -> datetime:
    """Return ``moment`` as it reads on a clock in Vietnam."""
    return moment.astimezone(LOCAL)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant of a Vietnamese wall-clock time."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LOCAL)


def real_now() -> datetime:
    """Return the machine's own time, whatever a rehearsal has set (for expiry of keys and sessions)."""
    return _real()


def set_source(source: Source | None) -> None:
    """Make ``source`` the clock of this thread or task; ``None`` gives the machine's clock back."""
    _source.set(source or _real)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at ``moment`` inside the block."""
    token = _source.set(lambda: moment)
    try:
        yield
    finally:
        _source.reset(token)


@contextmanager
def running() -> Iterator[None]:
    """Use the machine's clock inside the block."""
    token = _source.set(_real)
    try:
        yield
    finally:
        _source.reset(token)
