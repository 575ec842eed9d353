"""Examples of the addresses of the campaign, its curriculum and its lists of names."""

from datetime import timedelta
from typing import Any

from hocvu.campaigns.models import Directive, Event, Task
from hocvu.curriculum.models import Lesson, LessonVersion, Programme, Remark
from hocvu.enrolment.models import AgencyList
from hocvu.kernel import clock
from hocvu.kernel.actor import Role

from ..world import World
from .example import Example, Examples, seen_by_all

AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})
CLERK = frozenset({Role.FOCAL_POINT})
THREE = ("vi", "fr", "en")
ORGANISERS = (Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER)


def said(text: str) -> dict[str, str]:
    """Return the same words in three languages."""
    return dict.fromkeys(THREE, text)


def _event(world: World, *scoped: Role) -> Example:
    made = Event.objects.create(
        campaign=world.campaign, kind="opening", title=said("Khai mạc"), place=said("Hội trường"),
        starts_at=clock.now(), public=False,
    )  # fmt: skip
    made.guests.create(office=said("Chủ tịch"))
    return seen_by_all({"uuid": made.uuid}, *scoped)


def _directive_to(world: World, code: str) -> dict[str, Any]:
    made = Directive.objects.create(
        campaign=world.campaign, issued_on=clock.today(), issuer=said("UBND"), text=said("Báo cáo"),
        organisation=world.organisations[code], due_on=clock.today() + timedelta(days=3),
    )  # fmt: skip
    return {"uuid": made.uuid}


def _task_for(world: World, code: str) -> dict[str, Any]:
    made = Task.objects.create(
        campaign=world.campaign, title=said("Việc"), organisation=world.organisations[code], due_on=clock.today()
    )
    return {"uuid": made.uuid}


def _lesson(world: World) -> Lesson:
    programme = Programme.objects.create(
        code=world.campaign.programme_code, title=said("Chương trình"), axes={"1": said("Trục")}, periods=1
    )
    return Lesson.objects.create(
        programme=programme, code="1.1", axis=1, half_day=1, ordinal=1, minutes=45, title=said("Bài")
    )


def _version_of(lesson: Lesson, number: int, state: str) -> LessonVersion:
    text = {"title": "Bài", "objectives": ["Một"], "body": "## Phần\n\nChữ.", "sources": []}
    return LessonVersion.objects.create(
        lesson=lesson, number=number, state=state, texts=dict.fromkeys(THREE, text), author_label="QNU",
        written_at=clock.now(), submitted_at=None if state == "draft" else clock.now(),
    )  # fmt: skip


def _lesson_read(world: World) -> Example:
    _version_of(_lesson(world), 1, "approved")
    return Example({"code": "1.1"}, {"code": "9.9"}, frozenset(set(Role) - {Role.SYSTEM}))


def _authored(world: World, **group: str) -> Example:
    _lesson(world)
    own = {"code": "1.1", "language": "fr"} | group
    wrong = {"group": "NO"} if group else {"language": "de"}
    return Example(own, own | wrong, frozenset({Role.OFFICE}))


def _draft(world: World) -> Example:
    return seen_by_all({"uuid": _version_of(_lesson(world), 1, "draft").uuid}, Role.OFFICE)


def _version(world: World, state: str = "submitted") -> Example:
    # A draft is the university's own until it is handed in.
    lesson = _lesson(world)
    own, other = _version_of(lesson, 1, state), _version_of(lesson, 2, "draft")
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, frozenset({Role.REVIEWER}))


def _remark(world: World) -> Example:
    version = _version_of(_lesson(world), 1, "remarked")
    made = Remark.objects.create(version=version, text="Xem lại", author_label="SKHCN", at=clock.now())
    return seen_by_all({"uuid": made.uuid}, Role.OFFICE)


def _nomination(world: World, scoped: frozenset[Role]) -> Example:
    own, other = (world.placements[code][0].nomination for code in ("TT-002", "TT-003"))
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, scoped)


def _list(world: World, scoped: frozenset[Role], state: str = "approved") -> Example:
    AgencyList.objects.update(state=state)
    own, other = (AgencyList.objects.get(organisation=world.organisations[code]) for code in ("XA1", "CA1"))
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, scoped)


MANAGER = frozenset({Role.MANAGER})
EXAMPLES: Examples = {
    "campaigns:move": lambda world: Example({"deed": "close"}, {"deed": "burn"}, MANAGER),
    "campaigns:rule": lambda world: Example({"key": "pass_mark"}, {"key": "no-such-rule"}, MANAGER),
    "campaigns:event": lambda world: _event(world, *ORGANISERS),
    "campaigns:guest_answer": lambda world: _event(world, Role.MANAGER),
    "campaigns:directive": lambda world: Example(_directive_to(world, "XA1"), _directive_to(world, "CA1"), AGENCY),
    "campaigns:task": lambda world: Example(
        _task_for(world, "QNU"), _task_for(world, "SKHCN"), frozenset({Role.OFFICE})
    ),
    "curriculum:lesson": _lesson_read,
    "curriculum:edit": _authored,
    "curriculum:edit_variant": lambda world: _authored(world, group="LD"),
    "curriculum:version": _version,
    "curriculum:submit": _draft,
    "curriculum:withdraw": lambda world: seen_by_all(
        {"uuid": _version_of(_lesson(world), 1, "submitted").uuid}, Role.OFFICE
    ),
    "curriculum:remark": _version,
    "curriculum:approve": _version,
    "curriculum:retire": lambda world: _version(world, "approved"),
    "curriculum:answer": _remark,
    "enrolment:nomination": lambda world: _nomination(world, AGENCY),
    "enrolment:withdraw": lambda world: _nomination(world, CLERK),
    "enrolment:replace": lambda world: _nomination(world, CLERK),
    "enrolment:list": lambda world: _list(world, AGENCY),
    "enrolment:add_names": lambda world: _list(world, CLERK, "open"),
    "enrolment:submit": lambda world: _list(world, CLERK, "open"),
    "enrolment:release": lambda world: _list(world, AGENCY),
    "enrolment:decide": lambda world: _list(world, frozenset({Role.HEAD}), "submitted"),
}
