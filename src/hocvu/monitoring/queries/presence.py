"""Count the register by half-day and by group."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count

from hocvu.delivery.models import Attendance, SessionDiary
from hocvu.kernel import clock
from hocvu.planning.models import Placement, Session

from ..types import Presence

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class SessionCount:
    """A half-day of a class: begun and over by the clock, held (opened or with entries), closed by hand."""

    session_id: int
    cohort_id: int
    mode: str
    day: date
    half_day: int
    begun: bool
    over: bool
    held: bool
    closed: bool
    presence: Presence


def count_sessions(plan_id: int, until: datetime) -> list[SessionCount]:
    """Return every half-day of a plan in order of time, with its entries up to ``until``; four queries."""
    sessions = list(
        Session.objects.filter(cohort__plan_id=plan_id)
        .order_by("starts_at", "id")
        .values_list("pk", "cohort_id", "cohort__mode", "half_day", "starts_at", "ends_at")
    )
    begun = Session.objects.filter(cohort__plan_id=plan_id, starts_at__lte=until)
    statuses: dict[int, Counter[str]] = defaultdict(Counter)
    entries = Attendance.objects.filter(session__in=begun.values("pk")).order_by()
    for session_id, status, number in entries.values_list("session_id", "status").annotate(n=Count("pk")):
        statuses[session_id][status] = number
    diaries = dict(
        SessionDiary.objects.filter(session__in=begun.values("pk"), opened_at__lte=until).values_list(
            "session_id", "closed_at"
        )
    )
    members = dict(
        Placement.objects.filter(plan_id=plan_id).order_by().values_list("cohort_id").annotate(n=Count("pk"))
    )
    found = []
    for pk, cohort_id, mode, half_day, starts_at, ends_at in sessions:
        closed_at = diaries.get(pk)
        is_begun = starts_at <= until
        found.append(
            SessionCount(
                session_id=pk,
                cohort_id=cohort_id,
                mode=mode,
                day=clock.local(starts_at).date(),
                half_day=half_day,
                begun=is_begun,
                over=ends_at <= until,
                held=pk in diaries or pk in statuses,
                closed=closed_at is not None and closed_at <= until,
                presence=_presence(statuses.get(pk, {}), members.get(cohort_id, 0) if is_begun else 0),
            )
        )
    return found


def presence_by_group(plan_id: int, until: datetime) -> dict[str, Presence]:
    """Return the entries of a plan by target group; one query."""
    begun = Session.objects.filter(cohort__plan_id=plan_id, starts_at__lte=until)
    rows = Attendance.objects.filter(session__in=begun.values("pk")).order_by()
    return _grouped(rows.values_list("placement__group_code", "status").annotate(n=Count("pk")))


def presence_by(field: str, ids: Iterable[int], until: datetime) -> dict[int, Presence]:
    """Return the entries of some classes (``cohort_id``) or organisations (``organisation_id``); one query."""
    rows = Attendance.objects.filter(
        **{f"placement__{field}__in": list(ids)},
        placement__plan__state="published",
        session__starts_at__lte=until,
    )
    return _grouped(rows.order_by().values_list(f"placement__{field}", "status").annotate(n=Count("pk")))


def _grouped(rows: Iterable[tuple[Key, str, int]]) -> dict[Key, Presence]:
    statuses: dict[Key, Counter[str]] = defaultdict(Counter)
    for key, status, number in rows:
        statuses[key][status] = number
    return {key: _presence(counts, sum(counts.values())) for key, counts in statuses.items()}


def _presence(statuses: Mapping[str, int], expected: int) -> Presence:
    return Presence(
        expected=expected,
        entries=sum(statuses.values()),
        present=statuses.get("present", 0),
        late=statuses.get("late", 0),
        absent=statuses.get("absent", 0),
        excused=statuses.get("excused", 0),
        made_up=statuses.get("made_up", 0),
    )


def sum_presence(rows: Iterable[Presence]) -> Presence:
    """Return the sum of entries."""
    held = list(rows)
    return Presence(
        expected=sum(p.expected for p in held),
        entries=sum(p.entries for p in held),
        present=sum(p.present for p in held),
        late=sum(p.late for p in held),
        absent=sum(p.absent for p in held),
        excused=sum(p.excused for p in held),
        made_up=sum(p.made_up for p in held),
    )
