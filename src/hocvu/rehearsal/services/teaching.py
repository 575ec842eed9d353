"""Scenes of a half-day: classes open, people come (or not), the day is closed; excuses and make-ups."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hocvu.delivery.api import (
    ExcuseRow,
    MakeUpRow,
    MakeUpTarget,
    PresenceRow,
    ask_excuses,
    ask_make_ups,
    close_sessions,
    decide_excuses,
    decide_make_ups,
    make_up_targets,
    open_sessions,
    record_presence,
)
from hocvu.delivery.models import Attendance, Excuse, MakeUp
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.people.models import Account
from hocvu.planning.models import CohortInstructor, Placement, Session

from ..domain.behaviour import Coming, arrival, chance
from .playing import Play, Scene, SceneFunction

CHUNK = 12  # classes per scene: a scene's transaction stays short, so that the pages go on answering
OPENS = timedelta(minutes=-10)
SEEN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class HalfDay:
    """The classes that sit in one half-day of one calendar day."""

    day: date
    half_day: int
    starts_at: datetime
    ends_at: datetime
    session_ids: tuple[int, ...]

    @property
    def key(self) -> str:
        """A name for the scenes of this half-day."""
        return f"{self.day}-{self.half_day}"


def half_days(plan_id: int) -> list[HalfDay]:
    """Return every half-day of the published timetable in order of time."""
    found: dict[tuple[datetime, int], list[Session]] = defaultdict(list)
    for session in Session.objects.filter(cohort__plan_id=plan_id).order_by("starts_at", "half_day", "pk"):
        found[session.starts_at, session.half_day].append(session)
    return [
        HalfDay(clock.local(start).date(), half, start, sessions[0].ends_at, tuple(s.pk for s in sessions))
        for (start, half), sessions in sorted(found.items())
    ]


def chunks(ids: tuple[int, ...], size: int = CHUNK) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Return numbered chunks of ids."""
    for number, at in enumerate(range(0, len(ids), size)):
        yield number, ids[at : at + size]


def coming_scenes(half: HalfDay) -> Iterator[Scene]:
    """Classes of a half-day open and people come."""
    words = f"{half.day:%d/%m}, half-day {half.half_day}: people come"
    for number, ids in chunks(half.session_ids):
        yield Scene(f"{half.key}-come-{number}", half.starts_at + SEEN, words, _come(ids))


def closing_scenes(half: HalfDay) -> Iterator[Scene]:
    """Classes of a half-day end: online people leave, the register is closed, absences are excused."""
    words = f"{half.day:%d/%m}, half-day {half.half_day}: the day is closed"
    for number, ids in chunks(half.session_ids):
        yield Scene(f"{half.key}-close-{number}", half.ends_at, words, _close(ids))


def lead_actors(cohort_ids: list[int]) -> dict[int, Actor]:
    """Return the actor of each class's lead instructor."""
    rows = CohortInstructor.objects.filter(cohort_id__in=cohort_ids, ordinal=1).values_list(
        "cohort_id", "instructor__person_id"
    )
    person_of = dict(rows)
    accounts = {a.person_id: a for a in Account.objects.filter(person_id__in=person_of.values())}
    return {
        cohort_id: Actor(Role.INSTRUCTOR, accounts[person].label, accounts[person].pk, person)
        for cohort_id, person in person_of.items()
    }


def _come(session_ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        sessions = list(Session.objects.filter(pk__in=session_ids).select_related("cohort"))
        leads = lead_actors([s.cohort_id for s in sessions])
        members: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for pk, cohort_id, uuid in Placement.objects.filter(cohort_id__in=[s.cohort_id for s in sessions]).values_list(
            "pk", "cohort_id", "nomination__person__national_id"
        ):
            members[cohort_id].append((pk, uuid))
        for session in sessions:
            lead = leads[session.cohort_id]
            open_sessions(actor=lead, session_ids=[session.pk])
            rows = [
                row
                for pk, person in members[session.cohort_id]
                if (row := _presence(play.seed, session, pk, person)) is not None
            ]
            rows += _guests(session)
            record_presence(actor=lead, session_id=session.pk, rows=rows)

    return play_scene


def _presence(seed: int, session: Session, placement_id: int, person: str) -> PresenceRow | None:
    seen = arrival(seed, person, session.half_day)
    if seen.coming in {Coming.ABSENT, Coming.EXCUSED}:
        return None
    online = session.cohort.mode == "online"
    at = session.starts_at + timedelta(minutes=seen.minutes)
    channel = "join_log" if online else ("qr" if chance(seed, person, "phone").random() < 0.7 else "roll_call")
    return PresenceRow(placement_id=placement_id, kind="present", channel=channel, observed_at=at)


def _guests(session: Session) -> list[PresenceRow]:
    """People of other classes who make up a missed half-day here."""
    return [
        PresenceRow(
            placement_id=pk,
            kind="present",
            channel="roll_call",
            observed_at=session.starts_at,
            evidence={"make_up": True},
        )
        for pk in MakeUp.objects.filter(target=session, state=MakeUp.State.CONFIRMED).values_list(
            "placement_id", flat=True
        )
    ]


def _close(session_ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        sessions = list(Session.objects.filter(pk__in=session_ids))
        leads = lead_actors([s.cohort_id for s in sessions])
        by_lead: dict[Actor, list[int]] = defaultdict(list)
        for session in sessions:
            by_lead[leads[session.cohort_id]].append(session.pk)
        for lead, ids in by_lead.items():
            close_sessions(actor=lead, session_ids=ids, text="Lớp học đúng giờ, đủ nội dung.")
        _excuse(play, session_ids)

    return play_scene


def _excuse(play: Play, session_ids: tuple[int, ...]) -> None:
    missed = Attendance.objects.filter(session_id__in=session_ids, status=Attendance.Status.ABSENT).select_related(
        "session", "placement__person"
    )
    rows = [
        ExcuseRow(
            placement_id=row.placement_id,
            session_id=row.session_id,
            category=chance(play.seed, row.placement_id, "why").choice(["sick", "duty", "duty", "family"]),
        )
        for row in missed
        if arrival(play.seed, row.placement.person.national_id, row.session.half_day).coming is Coming.EXCUSED
    ]
    if rows:
        ask_excuses(actor=SYSTEM, rows=rows)
        asked = Excuse.objects.filter(session_id__in=session_ids, state=Excuse.State.ASKED)
        decide_excuses(actor=play.actor("manager"), excuse_ids=list(asked.values_list("pk", flat=True)), grant=True)


def make_up_scenes(day: date) -> Iterator[Scene]:
    """On the evening of a day, agencies ask to make up what was missed in classes that have ended."""
    words = f"{day:%d/%m}: missed half-days are made up elsewhere"
    yield Scene(f"{day}-make-up", clock.at(day, 17, 45), words, _make_up(day))


def _make_up(day: date) -> SceneFunction:
    def play_scene(play: Play) -> None:
        missed = list(
            Attendance.objects.filter(placement__cohort__ends_on=day, credit__lt=2)
            .exclude(status=Attendance.Status.MADE_UP)
            .select_related("session", "placement__cohort", "placement__nomination")
            .order_by("placement_id", "session__half_day")
        )
        rows = _choose_targets(play, missed)
        if rows:
            ask_make_ups(actor=SYSTEM, rows=rows)
            asked = MakeUp.objects.filter(state=MakeUp.State.ASKED).values_list("pk", flat=True)
            decide_make_ups(actor=play.actor("manager"), make_up_ids=list(asked), confirm=True)

    return play_scene


def _choose_targets(play: Play, missed: list[Attendance]) -> list[MakeUpRow]:
    """Choose a free seat for each missed half-day; a few never ask and are refused at the end, with the reason."""
    offers: dict[tuple[int, str], list[MakeUpTarget]] = {}
    left: dict[int, int] = {}
    busy: dict[int, set[date]] = defaultdict(set)
    rows = []
    for row in missed:
        placement, half = row.placement, row.session.half_day
        if chance(play.seed, row.placement_id, "asks").random() < 0.08:
            continue
        key = (half, placement.cohort.mode)
        if key not in offers:
            offers[key] = make_up_targets(placement.plan_id, half, placement.cohort.mode)
            left |= {t.session_id: t.free for t in offers[key] if t.session_id not in left}
        away = set(placement.nomination.unavailable)
        for target in offers[key]:
            on = clock.local(target.starts_at).date()
            if left[target.session_id] > 0 and on not in busy[row.placement_id] and on.isoformat() not in away:
                left[target.session_id] -= 1
                busy[row.placement_id].add(on)
                rows.append(MakeUpRow(row.placement_id, row.session_id, target.session_id))
                break
    return rows
