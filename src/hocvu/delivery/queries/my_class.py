"""What a trainee's own pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from hocvu.kernel import clock
from hocvu.planning.models import Placement, Session

from ..models import ConductNote, Grade, MakeUp, Observation, PollVote, Question, Submission
from ..types import HalfDayState
from .attendance import attendance_of
from .class_room import PollResult, poll_results
from .make_ups import COMES
from .sessions import TaughtHalfDay, half_days_of


@dataclass(frozen=True, slots=True)
class OwnHalfDay:
    """A half-day that the trainee attends, in their own class or as a guest."""

    session_id: int
    uuid: UUID
    cohort_code: str
    half_day: int
    starts_at: datetime
    ends_at: datetime
    mode: str
    guest: bool
    open: bool
    admits: bool
    status: str
    minutes_late: int


@dataclass(frozen=True, slots=True)
class OwnPoll:
    """An open poll and one's own choice."""

    result: PollResult
    chosen: int | None


@dataclass(frozen=True, slots=True)
class MyClass:
    """All of it: now, next, the four half-days, guests' half-days, questions, polls, what waits."""

    now: OwnHalfDay | None
    next: OwnHalfDay | None
    states: Sequence[HalfDayState]
    guest_half_days: Sequence[OwnHalfDay]
    joined: bool
    last_seen: datetime | None
    questions: Sequence[Question]
    polls: Sequence[OwnPoll]
    notes_waiting: int
    handed_in: bool
    mark: int | None


def my_class(place: Placement) -> MyClass:
    """Return what a trainee's pages show of their class; the same number of queries for everyone."""
    moment = clock.now()
    states = attendance_of([place.pk]).get(place.pk, [])
    by_session = {s.session_id: s for s in states}
    visits = {m.target_id: m for m in MakeUp.objects.filter(placement_id=place.pk, state__in=COMES)}
    found = half_days_of(Session.objects.filter(Q(cohort_id=place.cohort_id) | Q(pk__in=list(visits))))
    halves = [_own(h, by_session.get(h.id), visits.get(h.id), moment) for h in found]
    current = next((h for h in halves if h.admits), None)
    session_id = current.session_id if current else 0
    signs = list(
        Observation.objects.filter(placement_id=place.pk, session_id=session_id)
        .order_by("observed_at", "pk")
        .values_list("channel", "kind", "observed_at")
    )
    log = [kind for channel, kind, _at in signs if channel == Observation.Channel.JOIN_LOG]
    results = poll_results(session_id, open_only=True)
    chosen = dict(
        PollVote.objects.filter(placement_id=place.pk, poll__session_id=session_id).values_list("poll_id", "option")
    )
    marks = Grade.objects.filter(submission__placement_id=place.pk).values_list("mark", flat=True)
    return MyClass(
        now=current,
        next=next((h for h in halves if h.starts_at > moment and h is not current), None),
        states=states,
        guest_half_days=[h for h in halves if h.guest],
        joined=bool(log) and log[-1] == Observation.Kind.PRESENT,
        last_seen=signs[-1][2] if signs else None,
        questions=list(
            Question.objects.filter(placement_id=place.pk, session_id=session_id).exclude(
                state=Question.State.WITHDRAWN
            )
        ),
        polls=[OwnPoll(r, chosen.get(r.poll.pk)) for r in results],
        notes_waiting=ConductNote.objects.filter(placement_id=place.pk, state=ConductNote.State.OPEN).count(),
        handed_in=Submission.objects.filter(placement_id=place.pk).exists(),
        mark=marks.first(),
    )


def _own(half: TaughtHalfDay, state: HalfDayState | None, visit: MakeUp | None, moment: datetime) -> OwnHalfDay:
    status = state.status if state else ("present" if visit and visit.state == MakeUp.State.DONE else "")
    return OwnHalfDay(
        session_id=half.id, uuid=half.uuid, cohort_code=half.cohort_code, half_day=half.half_day,
        starts_at=half.starts_at, ends_at=half.ends_at, mode=half.mode, guest=visit is not None,
        open=half.is_open, admits=half.admits(moment), status=status,
        minutes_late=state.minutes_late if state else 0,
    )  # fmt: skip
