"""Examples of the addresses of the timetable."""

from typing import Any

from hocvu.kernel.actor import Role
from hocvu.planning.exporting.feeds import feed_token
from hocvu.planning.models import Room

from ..world import World
from .example import Example, Examples, seen_by_all

STAFF = (Role.OFFICE, Role.MANAGER, Role.LEADER, Role.INVIGILATOR, Role.INSTRUCTOR, Role.REVIEWER)


def _cohort(world: World, *scoped: Role, **more: Any) -> Example:
    own, other = ({"uuid": world.cohorts[code].uuid} | more for code in ("TT-002", "TT-003"))
    return Example(own, other, frozenset(scoped))


def _instructor(world: World) -> Example:
    own, other = ({"uuid": one.uuid} for one in world.instructors[:2])
    return Example(own, other, frozenset({Role.INSTRUCTOR}))


def _convocation(world: World) -> Example:
    own, mate = ({"uuid": place.uuid} for place in world.placements["TT-002"][:2])
    other = {"uuid": world.placements["TT-003"][0].uuid}
    return Example(own, other, frozenset({Role.TRAINEE, Role.FOCAL_POINT, Role.HEAD}), mate)


def _feed(world: World) -> Example:
    token = feed_token("person", world.placements["TT-002"][0].person_id)
    other = feed_token("person", world.placements["TT-003"][0].person_id)
    # The signature of one calendar opens no other.
    forged = f"{other.rpartition(':')[0]}:{token.rpartition(':')[2]}"
    return Example({"token": token}, {"token": forged}, frozenset({Role.TRAINEE}))


EXAMPLES: Examples = {
    "planning:room": lambda world: seen_by_all({"uuid": Room.objects.earliest("pk").uuid}, *STAFF),
    "planning:instructor": _instructor,
    "planning:plan": lambda world: seen_by_all({"uuid": world.plan.uuid}, Role.OFFICE, Role.MANAGER),
    "planning:publish": lambda world: seen_by_all({"uuid": world.plan.uuid}, Role.MANAGER),
    "planning:cohort": lambda world: _cohort(world, Role.TRAINEE, Role.FOCAL_POINT, Role.HEAD),
    "planning:paper": lambda world: _cohort(world, Role.INSTRUCTOR, kind="class-list", ending="pdf"),
    "planning:convocation": _convocation,
    "planning:feed": _feed,
}
