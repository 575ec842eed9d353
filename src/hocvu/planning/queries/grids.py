"""The timetable as grids: a day by room, a room or an instructor by day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from hocvu.kernel import clock

from ..models import Cohort, CohortInstructor, Room, Session
from .timetable import published_cohorts


@dataclass(frozen=True, slots=True)
class Cell:
    """A class in a grid: its half-days of the day shown."""

    cohort: Cohort
    half_days: tuple[int, ...]
    teachers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room and the class in it on one day (none: free)."""

    room: Room
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class DayGrid:
    """One day of the timetable."""

    day: date
    rooms: list[RoomLine] = field(default_factory=list)
    online: list[Cell] = field(default_factory=list)
    people: int = 0


def days_of(campaign_id: int) -> list[date]:
    """Return the days on which classes sit, in order."""
    spans = published_cohorts(campaign_id).order_by("starts_on").values_list("starts_on", "ends_on").distinct()
    return sorted({day for span in spans for day in span})


def day_grid(campaign_id: int, day: date, venue: str = "") -> DayGrid:
    """Return a day: every room with its class, and the online classes."""
    start = clock.at(day, 0)
    sessions = (
        Session.objects.filter(
            cohort__in=published_cohorts(campaign_id), starts_at__gte=start, starts_at__lt=start + timedelta(days=1)
        )
        .select_related("cohort__room__venue")
        .order_by("cohort__code", "half_day")
    )
    halves: dict[int, list[int]] = defaultdict(list)
    cohorts: dict[int, Cohort] = {}
    for session in sessions:
        halves[session.cohort_id].append(session.half_day)
        cohorts[session.cohort_id] = session.cohort
    teachers = teacher_names(list(cohorts))
    cells = {pk: Cell(c, tuple(halves[pk]), teachers.get(pk, ())) for pk, c in cohorts.items()}
    by_room = {cell.cohort.room_id: cell for cell in cells.values() if cell.cohort.room_id}
    rooms = Room.objects.filter(venue__campaign_id=campaign_id).select_related("venue").order_by("venue__code", "code")
    if venue:
        rooms = rooms.filter(venue__code=venue)
    return DayGrid(
        day=day,
        rooms=[RoomLine(room, by_room.get(room.pk)) for room in rooms],
        online=[cell for cell in cells.values() if cell.cohort.room_id is None],
        people=sum(c.size for c in cohorts.values()),
    )


def teacher_names(cohort_ids: list[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the teams of classes, lead first."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = CohortInstructor.objects.filter(cohort_id__in=cohort_ids).order_by("cohort_id", "ordinal")
    for cohort_id, name in rows.values_list("cohort_id", "instructor__person__full_name"):
        found[cohort_id].append(name)
    return {pk: tuple(names) for pk, names in found.items()}
