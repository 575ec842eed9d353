"""Where a missed half-day can be made up: the same half-day of another class with a free seat."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from hocvu.kernel import clock
from hocvu.planning.models import Placement, Session

from ..models import MakeUp
from ..types import MakeUpTarget
from .rules import numbers_in_force

LIVE = (MakeUp.State.ASKED, MakeUp.State.CONFIRMED, MakeUp.State.DONE)
COMES = (MakeUp.State.CONFIRMED, MakeUp.State.DONE, MakeUp.State.MISSED)


def make_up_targets(
    plan_id: int, half_day: int, mode: str, *, after: datetime | None = None, session_ids: Collection[int] | None = None
) -> list[MakeUpTarget]:
    """Return half-days of a plan still to come with their free seats, soonest first; also the full ones.

    A room has its seats; an online class the campaign's ``online_class_max``. Guests asked for and confirmed
    take a seat each. Nothing after the campaign's last day.
    """
    rows = Session.objects.filter(
        cohort__plan_id=plan_id, half_day=half_day, cohort__mode=mode, starts_at__gt=after or clock.now()
    )
    if session_ids is not None:
        rows = rows.filter(pk__in=session_ids)
    found: list[Any] = list(
        rows.select_related("cohort__room__venue", "cohort__plan__campaign").order_by("starts_at", "cohort__code")
    )
    guests: dict[int, int] = dict(
        MakeUp.objects.filter(target_id__in=[s.pk for s in found], state__in=LIVE)
        .values_list("target_id")
        .annotate(n=Count("pk"))
    )
    members: dict[int, int] = dict(
        Placement.objects.filter(cohort_id__in=[s.cohort_id for s in found])
        .values_list("cohort_id")
        .annotate(n=Count("pk"))
    )
    most_online = 0
    if found and mode == "online":
        numbers = numbers_in_force(found[0].cohort.plan.campaign_id, clock.today())
        most_online = int(numbers["online_class_max"])
    targets = []
    for session in found:
        if clock.local(session.ends_at).date() > session.cohort.plan.campaign.ends_on:
            continue
        room = session.cohort.room
        seats = room.seats if room else most_online
        targets.append(
            MakeUpTarget(
                session_id=session.pk, uuid=session.uuid, cohort_id=session.cohort_id,
                cohort_code=session.cohort.code, half_day=session.half_day, mode=mode,
                starts_at=session.starts_at, ends_at=session.ends_at,
                place=f"{room.name}, {room.venue.name.get('vi', '')}" if room else "",
                free=max(0, seats - members.get(session.cohort_id, 0) - guests.get(session.pk, 0)),
            )
        )  # fmt: skip
    return targets


def make_up_options(placement: Placement, missed: Session) -> list[MakeUpTarget]:
    """Return where this person can make up this half-day: free seats at times when they are free."""
    targets = [
        t
        for t in make_up_targets(placement.plan_id, missed.half_day, placement.cohort.mode)
        if t.free and t.cohort_id != placement.cohort_id
    ]
    if not targets:
        return []
    busy = busy_times([placement.pk]).get(placement.pk, [])
    away = set(placement.nomination.unavailable)
    return [
        t
        for t in targets
        if not clashes(t.starts_at, t.ends_at, busy) and clock.local(t.starts_at).date().isoformat() not in away
    ]


def busy_times(placement_ids: Collection[int]) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return when each person is in class: their own half-days and those made up elsewhere."""
    busy: dict[int, list[tuple[datetime, datetime]]] = {pk: [] for pk in placement_ids}
    cohort_of = dict(Placement.objects.filter(pk__in=placement_ids).values_list("pk", "cohort_id"))
    times: dict[int, list[tuple[datetime, datetime]]] = {}
    for cohort_id, begin, end in Session.objects.filter(cohort_id__in=set(cohort_of.values())).values_list(
        "cohort_id", "starts_at", "ends_at"
    ):
        times.setdefault(cohort_id, []).append((begin, end))
    for placement_id, cohort_id in cohort_of.items():
        busy[placement_id] += times.get(cohort_id, [])
    for placement_id, begin, end in MakeUp.objects.filter(placement_id__in=placement_ids, state__in=LIVE).values_list(
        "placement_id", "target__starts_at", "target__ends_at"
    ):
        busy[placement_id].append((begin, end))
    return busy


def guests_of(session_ids: Collection[int]) -> list[MakeUp]:
    """Return those of other classes who come to these half-days, with whom they are."""
    return list(
        MakeUp.objects.filter(target_id__in=session_ids, state__in=COMES)
        .select_related("placement__person", "placement__organisation", "placement__cohort", "missed")
        .order_by("placement__person__sort_key")
    )


def concerning(session_ids: Collection[int], placement_ids: Collection[int] | None) -> list[MakeUp]:
    """Return confirmed make-ups that start from or lead to these half-days."""
    rows = MakeUp.objects.filter(Q(missed_id__in=session_ids) | Q(target_id__in=session_ids), state__in=COMES)
    if placement_ids is not None:
        rows = rows.filter(placement_id__in=placement_ids)
    return list(rows)


def clashes(begin: datetime, end: datetime, busy: list[tuple[datetime, datetime]]) -> bool:
    """Say whether a time overlaps one of the busy ones."""
    return any(begin < until and since < end for since, until in busy)
