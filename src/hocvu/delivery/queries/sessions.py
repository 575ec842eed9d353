"""Half-days as the services need them: their class, their times, whether they are open."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from hocvu.kernel import clock
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Session, TimetablePlan

from ..domain.presence import HalfDay
from ..models import SessionDiary

BEFORE = timedelta(minutes=30)  # people may check in from so long before the start
MANY = 5000  # ids in one question to the database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TaughtHalfDay:
    """A half-day, its class and its diary."""

    id: int
    uuid: UUID
    half_day: int
    starts_at: datetime
    ends_at: datetime
    cohort_id: int
    cohort_code: str
    mode: str
    plan_id: int
    campaign_id: int
    secret: str
    opened_at: datetime | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Opened by an instructor and not closed yet."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def times(self) -> HalfDay:
        """Its times, as the register wants them."""
        return HalfDay(self.starts_at, self.ends_at)

    def admits(self, moment: datetime) -> bool:
        """Say whether one may check in at ``moment``: from 30 minutes before the start to the end."""
        return self.starts_at - BEFORE <= moment <= self.ends_at


def half_days(session_ids: Collection[int]) -> list[TaughtHalfDay]:
    """Return half-days by id, in time order, in two queries."""
    return half_days_of(Session.objects.filter(pk__in=session_ids))


def half_days_of(sessions: QuerySet[Session]) -> list[TaughtHalfDay]:
    """Return the half-days of a selection, in time order, in two queries."""
    rows = list(
        sessions.order_by("starts_at", "id").values_list(
            "id", "uuid", "half_day", "starts_at", "ends_at", "cohort_id", "cohort__code", "cohort__mode",
            "cohort__plan_id", "cohort__plan__campaign_id",
        )
    )  # fmt: skip
    diaries = {d.session_id: d for d in SessionDiary.objects.filter(session_id__in=[row[0] for row in rows])}
    made = []
    for row in rows:
        diary = diaries.get(row[0])
        made.append(
            TaughtHalfDay(
                *row,
                secret=diary.secret if diary else "",
                opened_at=diary.opened_at if diary else None,
                closed_at=diary.closed_at if diary else None,
            )
        )
    return made


def half_day(session_id: int) -> TaughtHalfDay:
    """Return one half-day; refuses an id that is none."""
    found = half_days([session_id])
    if not found:
        raise Refused("delivery.no_session")
    return found[0]


def half_days_now(moment: datetime | None = None) -> list[TaughtHalfDay]:
    """Return the half-days of published plans that one may check in to at a moment (default: now)."""
    at = moment or clock.now()
    return half_days_of(
        Session.objects.filter(
            starts_at__lte=at + BEFORE, ends_at__gte=at, cohort__plan__state=TimetablePlan.State.PUBLISHED
        )
    )


def in_parts(items: Collection[T], size: int = MANY) -> Iterator[Sequence[T]]:
    """Yield long lists of ids in parts that any database takes in one question."""
    walk = iter(items)
    while part := list(islice(walk, size)):
        yield part
