"""What the class screen shows: half-days of a day, the roster with each person's state, what waits."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hocvu.kernel import clock
from hocvu.planning.models import Placement, Session

from ..models import (
    Attendance,
    ConductNote,
    Excuse,
    MakeUp,
    Observation,
    Poll,
    PollVote,
    Question,
    SessionDiary,
)
from ..types import PresenceCounts
from .make_ups import guests_of

WAITING = (Question.State.OPEN, Question.State.TAKEN)


@dataclass(frozen=True, slots=True)
class HalfDayCard:
    """A half-day of a class in a list; ``state``: waiting, open, closed."""

    id: int
    uuid: UUID
    cohort_uuid: UUID
    cohort_code: str
    theme: str
    mode: str
    half_day: int
    starts_at: datetime
    ends_at: datetime
    place: str
    size: int
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    diary: str
    counts: PresenceCounts
    waiting: int

    @property
    def unseen(self) -> int:
        """How many of the class nothing is known of yet."""
        return max(0, self.size - self.counts.entries)


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person of the roster and what is known of them in this half-day."""

    placement_id: int
    uuid: UUID
    number: int
    name: str
    agency: dict[str, str]
    lab: str
    need: str
    status: str
    minutes_late: int
    contradicted: bool
    excuse: str
    notes: int
    guest_from: str = ""


@dataclass(frozen=True, slots=True)
class PollResult:
    """A poll and its votes by choice."""

    poll: Poll
    options: list[tuple[str, int]]
    total: int = field(default=0)


def half_day_cards(sessions: QuerySet[Session]) -> list[HalfDayCard]:
    """Return the half-days of a selection in time order; five queries."""
    found: list[Any] = list(sessions.select_related("cohort__room__venue").order_by("starts_at", "cohort__code"))
    ids = [s.pk for s in found]
    diaries = {d.session_id: d for d in SessionDiary.objects.filter(session_id__in=ids)}
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for session_id, status, number in (
        Attendance.objects.filter(session_id__in=ids)
        .order_by()
        .values_list("session_id", "status")
        .annotate(n=Count("pk"))
    ):
        counts[session_id][status] = number
    waiting = dict(
        Question.objects.filter(session_id__in=ids, state__in=WAITING)
        .order_by()
        .values_list("session_id")
        .annotate(n=Count("pk"))
    )
    return [_card(s, diaries.get(s.pk), counts[s.pk], waiting.get(s.pk, 0)) for s in found]


def _card(session: Any, diary: SessionDiary | None, by_status: dict[str, int], waiting: int) -> HalfDayCard:
    cohort = session.cohort
    state = "waiting" if diary is None else ("closed" if diary.closed_at else "open")
    return HalfDayCard(
        id=session.pk, uuid=session.uuid, cohort_uuid=cohort.uuid, cohort_code=cohort.code,
        theme=cohort.theme, mode=cohort.mode, half_day=session.half_day, starts_at=session.starts_at,
        ends_at=session.ends_at, place=cohort.room.name if cohort.room else "", size=cohort.size,
        state=state, opened_at=diary.opened_at if diary else None,
        closed_at=diary.closed_at if diary else None, diary=diary.text if diary else "",
        counts=PresenceCounts(entries=sum(by_status.values()), **by_status), waiting=waiting,
    )  # fmt: skip


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Return the instants a Vietnamese day begins and ends."""
    begin = clock.at(day, 0)
    return begin, begin + timedelta(days=1)


def roster(session: Session, guests: Collection[MakeUp] | None = None) -> list[PersonCard]:
    """Return the class list with each person's state in a half-day, guests last; five queries."""
    places = list(
        Placement.objects.filter(cohort_id=session.cohort_id)
        .select_related("person", "organisation", "lab_group__lab")
        .order_by("number")
    )
    entries = {a.placement_id: a for a in Attendance.objects.filter(session_id=session.pk)}
    excuses = dict(Excuse.objects.filter(session_id=session.pk).values_list("placement_id", "state"))
    visitors = list(guests) if guests is not None else guests_of([session.pk])
    notes = dict(
        ConductNote.objects.filter(session_id=session.pk).order_by().values_list("placement_id").annotate(n=Count("pk"))
    )
    cards = [_person(p, entries.get(p.pk), excuses.get(p.pk, ""), notes.get(p.pk, 0), "") for p in places]
    for visit in visitors:
        card = _person(visit.placement, None, "", notes.get(visit.placement_id, 0), visit.placement.cohort.code)
        status = "present" if visit.state == MakeUp.State.DONE else ""
        if visit.state == MakeUp.State.MISSED:
            status = "absent"
        cards.append(_with_status(card, status))
    return cards


def _person(placement: Placement, entry: Attendance | None, excuse: str, notes: int, guest_from: str) -> PersonCard:
    group = placement.lab_group if not guest_from else None
    return PersonCard(
        placement_id=placement.pk,
        uuid=placement.uuid,
        number=placement.number,
        name=placement.person.full_name,
        agency=placement.organisation.name,
        lab=f"{group.lab.code}/{group.turn}" if group else "",
        need=placement.person.need,
        status=entry.status if entry else "",
        minutes_late=entry.minutes_late if entry else 0,
        contradicted=entry.contradicted if entry else False,
        excuse=excuse,
        notes=notes,
        guest_from=guest_from,
    )


def _with_status(card: PersonCard, status: str) -> PersonCard:
    values = {name: getattr(card, name) for name in card.__dataclass_fields__}
    return PersonCard(**(values | {"status": status}))


def roll_call_so_far(session_id: int) -> dict[int, tuple[str, int]]:
    """Return what the roll call last said of each place: (kind, minutes late)."""
    found: dict[int, tuple[str, int]] = {}
    rows = Observation.objects.filter(session_id=session_id, channel=Observation.Channel.ROLL_CALL)
    for placement_id, kind, evidence in rows.order_by("observed_at", "pk").values_list(
        "placement_id", "kind", "evidence"
    ):
        found[placement_id] = kind, evidence.get("minutes_late", 0)
    return found


def signs_of(placement_id: int, session_ids: Collection[int]) -> list[Observation]:
    """Return everything seen of one person in some half-days, in time order."""
    return list(
        Observation.objects.filter(placement_id=placement_id, session_id__in=session_ids)
        .select_related("session__cohort")
        .order_by("observed_at", "pk")
    )


def join_log(session_id: int) -> list[Observation]:
    """Return the joins and leaves of an online half-day, newest first."""
    return list(
        Observation.objects.filter(session_id=session_id, channel=Observation.Channel.JOIN_LOG)
        .select_related("placement__person")
        .order_by("-observed_at", "-pk")
    )


def poll_results(session_id: int, *, open_only: bool = False) -> list[PollResult]:
    """Return the polls of a half-day, newest first, with votes by choice; two queries."""
    polls = Poll.objects.filter(session_id=session_id).exclude(state=Poll.State.DRAFT).order_by("-pk")
    if open_only:
        polls = polls.filter(state=Poll.State.OPEN)
    found = list(polls)
    votes: dict[int, dict[int, int]] = defaultdict(dict)
    for poll_id, option, number in (
        PollVote.objects.filter(poll_id__in=[p.pk for p in found])
        .order_by()
        .values_list("poll_id", "option")
        .annotate(n=Count("pk"))
    ):
        votes[poll_id][option] = number
    return [
        PollResult(
            poll=p,
            options=[(text, votes[p.pk].get(at, 0)) for at, text in enumerate(p.options)],
            total=sum(votes[p.pk].values()),
        )
        for p in found
    ]


def questions_of(session_id: int) -> list[Question]:
    """Return the questions and calls of a half-day: those that wait first, oldest first."""
    rows = (
        Question.objects.filter(session_id=session_id)
        .exclude(state=Question.State.WITHDRAWN)
        .select_related("placement__person", "placement__lab_group__lab")
        .annotate(done=Count("pk", filter=Q(state=Question.State.ANSWERED)))
        .order_by("done", "asked_at", "pk")
    )
    return list(rows)
