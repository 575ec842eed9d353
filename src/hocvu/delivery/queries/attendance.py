"""Read the register: by person, and counted."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from hocvu.kernel import clock
from hocvu.planning.models import Placement, Session

from ..models import Attendance, SessionDiary
from ..types import HalfDayState, PresenceCounts
from .sessions import in_parts

DIMENSIONS = {
    "day": F("session__starts_at"),
    "half_day": F("session__half_day"),
    "cohort": F("session__cohort_id"),
    "mode": F("session__cohort__mode"),
    "organisation": F("placement__organisation_id"),
    "group": F("placement__group_code"),
}


def attendance_of(placement_ids: Collection[int]) -> dict[int, list[HalfDayState]]:
    """Return the half-days of each place in order (1-4); four queries for up to 5,000 places.

    A half-day with nothing seen and not closed stands there with an empty status.
    """
    found: dict[int, list[HalfDayState]] = {}
    for part in in_parts(list(placement_ids)):
        found |= _states(part)
    return found


def _states(placement_ids: Collection[int]) -> dict[int, list[HalfDayState]]:
    cohort_of = dict(Placement.objects.filter(pk__in=placement_ids).values_list("pk", "cohort_id"))
    sessions: dict[int, list[Any]] = defaultdict(list)
    wanted = Session.objects.filter(cohort_id__in=set(cohort_of.values())).order_by("half_day")
    for row in wanted.values_list("cohort_id", "pk", "half_day", "starts_at"):
        sessions[row[0]].append(row)
    closed = set(
        SessionDiary.objects.filter(
            session__cohort_id__in=set(cohort_of.values()), closed_at__isnull=False
        ).values_list("session_id", flat=True)
    )
    entries = {
        (row[0], row[1]): row
        for row in Attendance.objects.filter(placement_id__in=placement_ids).values_list(
            "placement_id", "session_id", "status", "credit", "minutes_late",
            "made_up_in__cohort__code", "made_up_in__starts_at", "contradicted",
        )
    }  # fmt: skip
    found = {}
    for placement_id in placement_ids:
        if placement_id not in cohort_of:
            continue
        found[placement_id] = [
            _state(session, entries.get((placement_id, session[1])), session[1] in closed)
            for session in sessions[cohort_of[placement_id]]
        ]
    return found


def _state(session: Any, entry: Any, closed: bool) -> HalfDayState:
    _, session_id, number, starts_at = session
    if entry is None:
        return HalfDayState(number, session_id, starts_at, "", 0, 0, "", None, False, closed)
    _, _, status, credit, minutes, code, made_up_at, contradicted = entry
    on = clock.local(made_up_at).date() if made_up_at else None
    return HalfDayState(number, session_id, starts_at, status, credit, minutes, code or "", on, contradicted, closed)


def presence_counts(
    plan_id: int,
    *,
    organisation_ids: Collection[int] | None = None,
    session_ids: Collection[int] | None = None,
    until: datetime | None = None,
) -> PresenceCounts:
    """Return the entries of a plan's register by status."""
    rows = _entries(plan_id, organisation_ids, session_ids, until)
    return _counts(rows.aggregate(**_AGGREGATES))


def presence_counts_by(
    plan_id: int,
    by: str,
    *,
    organisation_ids: Collection[int] | None = None,
    session_ids: Collection[int] | None = None,
    until: datetime | None = None,
) -> dict[Any, PresenceCounts]:
    """Return the same by ``day`` (a date), ``half_day``, ``cohort``, ``organisation`` (ids), ``mode``, ``group``."""
    rows = _entries(plan_id, organisation_ids, session_ids, until)
    grouped: Any = rows.order_by().annotate(key=DIMENSIONS[by]).values("key").annotate(**_AGGREGATES)
    found: dict[Any, PresenceCounts] = {}
    for row in grouped.order_by("key"):
        # Days are cut here: the database would have to convert the hour of every single entry.
        key = clock.local(row["key"]).date() if by == "day" else row["key"]
        found[key] = _add(found.get(key, PresenceCounts()), _counts(row))
    return found


def _add(one: PresenceCounts, other: PresenceCounts) -> PresenceCounts:
    return PresenceCounts(*(getattr(one, name) + getattr(other, name) for name in _FIELDS))


def _entries(
    plan_id: int,
    organisation_ids: Collection[int] | None,
    session_ids: Collection[int] | None,
    until: datetime | None,
) -> QuerySet[Attendance]:
    rows = Attendance.objects.filter(placement__plan_id=plan_id)
    if organisation_ids is not None:
        rows = rows.filter(placement__organisation_id__in=organisation_ids)
    if session_ids is not None:
        rows = rows.filter(session_id__in=session_ids)
    if until is not None:
        rows = rows.filter(session__starts_at__lte=until)
    return rows


_FIELDS = tuple(field.name for field in fields(PresenceCounts))
_AGGREGATES: dict[str, Any] = {
    "entries": Count("pk"),
    **{f"n_{s}": Count("pk", filter=Q(status=s)) for s in Attendance.Status.values},
    "credits": Sum("credit"),
    "n_contradicted": Count("pk", filter=Q(contradicted=True)),
}


def _counts(row: dict[str, Any]) -> PresenceCounts:
    return PresenceCounts(
        entries=row["entries"],
        present=row["n_present"],
        late=row["n_late"],
        absent=row["n_absent"],
        excused=row["n_excused"],
        made_up=row["n_made_up"],
        credit=row["credits"] or 0,
        contradicted=row["n_contradicted"],
    )
