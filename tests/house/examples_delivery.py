"""Examples of the addresses of classes."""

from typing import Any

from django.core.files.base import ContentFile

from hocvu.delivery import api
from hocvu.delivery.models import ConductNote, Excuse, MakeUp, Poll, Question, Submission
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.planning.models import Placement, Session

from ..world import World
from .example import Example, Examples, seen_by_all

RUNS = (Role.INSTRUCTOR,)
AGENCY = (Role.FOCAL_POINT, Role.HEAD)
TASK = "2.2-inbox"


def _now(world: World, code: str = "TT-002") -> Session:
    """Return a class's third half-day, for TT-002 the one under way, opened."""
    session = world.session(code, 3)
    if code != "TT-003":
        api.open_sessions(actor=SYSTEM, session_ids=[session.pk])
    return session


def _session(world: World, *scoped: Role) -> Example:
    return Example({"uuid": _now(world).uuid}, {"uuid": world.session("TT-003", 3).uuid}, frozenset(scoped))


def _in_session(world: World) -> Example:
    own = {"uuid": _now(world).uuid, "place": world.placements["TT-002"][0].uuid}
    # Someone of another class is not on this roll either.
    return Example(own, own | {"place": world.placements["TT-003"][0].uuid}, frozenset(RUNS))


def _of_places(world: World, make: Any, *scoped: Role) -> Example:
    """Return rows made for a trainee, for someone of another class, and for a neighbour."""
    sessions = {code: _now(world, code) for code in ("TT-002", "TT-003")}
    chosen = (("TT-002", 0), ("TT-003", 0), ("TT-002", 1))
    own, other, mate = (make(world.placements[code][at], sessions[code]) for code, at in chosen)
    return Example(own, other, frozenset(scoped), mate if Role.TRAINEE in scoped else None)


def _question(place: Placement, session: Session) -> dict[str, Any]:
    made = Question.objects.create(session=session, placement=place, kind="question", text="?", asked_at=clock.now())
    return {"uuid": made.uuid}


def _submission(place: Placement, _session: Session) -> dict[str, Any]:
    made = Submission.objects.create(
        placement=place, text="x", file=ContentFile(b"x", name="bai.pdf"), file_name="bai.pdf", sha256="0" * 64,
        handed_in_at=clock.now(),
    )  # fmt: skip
    return {"uuid": made.uuid}


def _note(place: Placement, session: Session) -> dict[str, Any]:
    made = ConductNote.objects.create(
        placement=place, session=session, category="other", severity="minor", text="x", noted_at=clock.now(),
        noted_by="t",
    )  # fmt: skip
    return {"uuid": made.uuid}


def _excuse(place: Placement, session: Session) -> dict[str, Any]:
    made = Excuse.objects.create(placement=place, session=session, category="sick", asked_at=clock.now(), asked_by="t")
    return {"uuid": made.uuid}


def _make_up(place: Placement, session: Session) -> dict[str, Any]:
    target = Session.objects.exclude(cohort=session.cohort).filter(half_day=session.half_day).earliest("pk")
    made = MakeUp.objects.create(placement=place, missed=session, target=target, asked_at=clock.now(), asked_by="t")
    return {"uuid": made.uuid}


def _place(place: Placement, _session: Session) -> dict[str, Any]:
    return {"uuid": place.uuid}


def _half_day(place: Placement, session: Session) -> dict[str, Any]:
    return {"uuid": place.uuid, "half_day": session.half_day}


def _poll(world: World, *scoped: Role) -> Example:
    own, other = (
        Poll.objects.create(
            session=_now(world, code), text="Rõ chưa?", options=["Rồi", "Chưa"], state="open", made_by="t"
        )
        for code in ("TT-002", "TT-003")
    )
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, frozenset(scoped))


def _cohort(world: World, *scoped: Role) -> Example:
    own, other = ({"uuid": world.cohorts[code].uuid} for code in ("TT-002", "TT-003"))
    return Example(own, other, frozenset(scoped))


def _check_in(world: World) -> Example:
    # A wrong code answers like a right one, with a message: there is nothing to find out by trying.
    return Example({"letters": api.make_check_in_code(_now(world)).code}, None, frozenset({Role.TRAINEE}))


def _online(world: World) -> Example:
    # The trainee sits in TT-002; the online class is another's.
    return Example({"uuid": _now(world).uuid}, {"uuid": _now(world, "TR-001").uuid}, frozenset({Role.TRAINEE}))


def _practice(world: World, *scoped: Role, **more: Any) -> Example:
    place = world.placements["TT-002"][0]
    api.start_practice(actor=world.actor(Role.TRAINEE), placement_id=place.pk, task_code=TASK)
    return seen_by_all({"code": TASK} | more, *scoped, code="9.9-nothing")


def _practice_done(world: World) -> Example:
    place = world.placements["TT-002"][0]
    begun = api.start_practice(actor=world.actor(Role.TRAINEE), placement_id=place.pk, task_code=TASK)
    api.finish_practice(actor=world.actor(Role.TRAINEE), attempt_id=begun.pk)
    return seen_by_all({"code": TASK}, Role.TRAINEE, code="9.9-nothing")


def _settled(world: World) -> Example:
    own = _of_places(world, _make_up).own
    assert own is not None
    return seen_by_all(own, Role.OFFICE, Role.MANAGER)


SPEAKS = (Role.TRAINEE, *AGENCY, *RUNS)
RUN_PAGES = (
    "class_session", "open_session", "close_session", "roll_call", "code", "code_picture", "questions", "polls", "log",
)  # fmt: skip
EXAMPLES: Examples = {f"delivery:{page}": lambda world: _session(world, *RUNS) for page in RUN_PAGES} | {
    "delivery:person": _in_session,
    "delivery:write_note": _in_session,
    "delivery:answer": lambda world: _of_places(world, _question, *RUNS),
    "delivery:end_poll": lambda world: _poll(world, *RUNS),
    "delivery:diary": lambda world: _cohort(world, *RUNS),
    "delivery:register": lambda world: _cohort(world, *RUNS, *AGENCY),
    "delivery:grade": lambda world: _of_places(world, _submission, *RUNS),
    "delivery:submission_file": lambda world: _of_places(world, _submission, Role.TRAINEE, *RUNS),
    "delivery:give_excuse": lambda world: _of_places(world, _place, *SPEAKS),
    "delivery:ask_make_up": lambda world: _of_places(world, _half_day, *AGENCY, *RUNS),
    "delivery:excuse": lambda world: _of_places(world, _excuse, *AGENCY, *RUNS),
    "delivery:make_up": lambda world: _of_places(world, _make_up, *AGENCY),
    "delivery:settle_make_up": _settled,
    "delivery:conduct_note": lambda world: _of_places(world, _note, *SPEAKS),
    "delivery:check_in_code": _check_in,
    "delivery:ask": lambda world: _session(world, Role.TRAINEE),
    "delivery:withdraw": lambda world: _of_places(world, _question, Role.TRAINEE),
    "delivery:vote": lambda world: _poll(world, Role.TRAINEE),
    "delivery:join": _online,
    "delivery:leave": _online,
    "delivery:practice": lambda world: _practice(world, Role.TRAINEE),
    "delivery:start_practice": lambda world: _practice(world, Role.TRAINEE),
    "delivery:practice_message": lambda world: _practice(world, Role.TRAINEE, message_id="m01"),
    "delivery:finish_practice": lambda world: _practice(world, Role.TRAINEE),
    "delivery:practice_result": _practice_done,
    "delivery:practice_figures": lambda world: _practice(
        world, Role.OFFICE, Role.MANAGER, Role.LEADER, *AGENCY
    ),
}  # fmt: skip
