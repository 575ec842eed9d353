"""Practice tests: a pool of their own, an explanation after each answer, as often as one likes."""

import secrets

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record
from hocvu.planning.models import Placement

from ..domain.papers import PoolTooSmall, draw_paper
from ..domain.scoring import score
from ..models import Item, PracticeTest
from ..queries.bank import blueprint_of, cells_of, pool_items, right_keys


@transaction.atomic
def start_practice(*, actor: Actor, placement_id: int) -> PracticeTest:
    """Start a practice test, or return the one still open. Raises ``assessment.no_practice``."""
    placement = Placement.objects.select_for_update(of=("self",)).select_related("plan").get(pk=placement_id)
    open_one = PracticeTest.objects.filter(placement=placement, finished_at__isnull=True).first()
    if open_one is not None:
        return open_one
    blueprint = blueprint_of(placement.plan.campaign_id, "practice")
    if blueprint is None:
        raise Refused("assessment.no_practice")
    try:
        places = draw_paper(
            cells=cells_of(blueprint),
            pool=pool_items(Item.Pool.PRACTICE),
            group=placement.group_code,
            seed=secrets.randbits(52),
        )
    except PoolTooSmall as short:
        raise Refused("assessment.no_practice") from short
    test = PracticeTest.objects.create(
        placement=placement, paper=[[p.version_id, p.order] for p in places], started_at=clock.now()
    )
    record(actor=actor, action="assessment.practice_started", object_type="practice_test", object_key=test.uuid)
    return test


@transaction.atomic
def answer_practice(*, actor: Actor, practice_id: int, position: int, value: str) -> PracticeTest:
    """Keep the first answer to a place; with the last place answered the test ends and is scored.

    Raises ``assessment.answer_unknown``. A practice answer leaves no ledger line of its own.
    """
    test = PracticeTest.objects.select_for_update().get(pk=practice_id)
    if not 1 <= position <= len(test.paper) or len(value) != 1 or value not in test.paper[position - 1][1]:
        raise Refused("assessment.answer_unknown", position=position)
    if str(position) in test.answers or test.finished_at:
        return test
    test.answers[str(position)] = value
    if len(test.answers) == len(test.paper):
        keys = right_keys(pk for pk, _ in test.paper)
        given = {int(place): key for place, key in test.answers.items()}
        test.right = score([keys[pk][0] for pk, _ in test.paper], given).right
        test.finished_at = clock.now()
        record(
            actor=actor, action="assessment.practice_finished", object_type="practice_test", object_key=test.uuid,
            data={"right": test.right, "total": len(test.paper)},
        )  # fmt: skip
    test.save(update_fields=["answers", "right", "finished_at"])
    return test
