"""Examples of the addresses of the test."""

from typing import Any

from hocvu.assessment import api
from hocvu.assessment.models import Attempt, Item, ItemVersion, PracticeTest, Sitting
from hocvu.assessment.services.practice import start_practice
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role

from ..assessment.bank import entry, small_bank, small_blueprint
from ..world import World
from .example import Example, Examples, seen_by_all

TRAINEE = frozenset({Role.TRAINEE})


def _hall(world: World) -> None:
    """Give the world its bank, its sittings and its papers."""
    api.load_items(actor=SYSTEM, entries=small_bank(per_cell=2))
    api.approve_items(actor=SYSTEM)
    for code in ("final", "practice"):
        api.set_blueprint(actor=SYSTEM, campaign_id=world.campaign.pk, data=small_blueprint(code))
    api.plan_sittings(actor=SYSTEM, plan_id=world.plan.pk)
    api.prepare_attempts(actor=SYSTEM, sitting_ids=Sitting.objects.values_list("pk", flat=True))


def _sitting(world: World) -> Example:
    _hall(world)
    own, other = ({"uuid": Sitting.objects.get(cohort=world.cohorts[code]).uuid} for code in ("TT-002", "TT-003"))
    return Example(own, other, frozenset({Role.INSTRUCTOR}))


def _attempt_of(world: World, code: str) -> Attempt:
    return Attempt.objects.select_related("sitting").get(placement=world.placements[code][0])


def _attempt(world: World) -> Example:
    _hall(world)
    own, other = ({"uuid": _attempt_of(world, code).uuid} for code in ("TT-002", "TT-003"))
    return Example(own, other, frozenset({Role.INSTRUCTOR}))


def _question(world: World) -> Example:
    _hall(world)
    attempt = _attempt_of(world, "TT-002")
    clock.set_source(lambda: attempt.sitting.opens_at)
    api.open_sitting(actor=SYSTEM, sitting_id=attempt.sitting_id)
    api.start_attempt(actor=world.actor(Role.TRAINEE), attempt_uuid=attempt.uuid)
    return Example({"position": 1}, {"position": 99}, TRAINEE)


def _practice(world: World, **more: Any) -> Example:
    _hall(world)
    places = world.placements["TT-002"]
    own = start_practice(actor=world.actor(Role.TRAINEE), placement_id=places[0].pk)
    mate = PracticeTest.objects.create(placement=places[1], paper=own.paper, started_at=own.started_at)
    return Example({"uuid": own.uuid} | more, {"uuid": mate.uuid} | more, TRAINEE)


def _item(world: World, *scoped: Role) -> Example:
    api.load_items(actor=SYSTEM, entries=[entry("T1e0")])
    return seen_by_all({"uuid": Item.objects.get().uuid}, *scoped)


def _version(world: World) -> Example:
    # By POST a deed must be named that the role may do; which one is for the page's own tests.
    api.load_items(actor=SYSTEM, entries=[entry("T1e0")])
    return seen_by_all({"uuid": ItemVersion.objects.get().uuid}, Role.OFFICE, Role.REVIEWER)


ROOM_PAGES = ("sitting", "sitting_open", "sitting_close", "sitting_cancel", "sitting_minutes")
EXAMPLES: Examples = {f"assessment:{page}": _sitting for page in ROOM_PAGES} | {
    "assessment:attempt": _attempt,
    "assessment:question": _question,
    "assessment:practice_question": lambda world: _practice(world, position=1),
    "assessment:practice_result": _practice,
    "assessment:item": lambda world: _item(world, Role.OFFICE, Role.REVIEWER),
    "assessment:edit_item": lambda world: _item(world, Role.OFFICE),
    "assessment:decide_version": _version,
}
