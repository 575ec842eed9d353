"""A world whose classes have a test: a small bank approved, a blueprint, sittings planned and papers drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from hocvu.assessment.api import (
    SatRow,
    approve_items,
    load_items,
    open_sitting,
    paper_keys,
    plan_sittings,
    prepare_attempts,
    set_blueprint,
    sit_many,
)
from hocvu.assessment.models import Attempt, Sitting
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM

from ..world import World
from .bank import small_bank, small_blueprint


@dataclass
class Hall:
    """The world with its test."""

    world: World

    def sitting(self, cohort: str, kind: str = "final") -> Sitting:
        return Sitting.objects.get(cohort=self.world.cohorts[cohort], kind=kind)

    def attempt(self, cohort: str = "TT-002", at: int = 0, kind: str = "final") -> Attempt:
        return Attempt.objects.get(placement=self.world.placements[cohort][at], sitting__kind=kind)

    def opened(self, cohort: str = "TT-002") -> Sitting:
        return open_sitting(actor=SYSTEM, sitting_id=self.sitting(cohort).pk)

    def right_answers(self, cohort: str, right: int) -> dict[int, dict[int, str]]:
        """Answers by placement with ``right`` of the places right and the others wrong."""
        return {
            pk: {
                n: place.right_key if n <= right else next(k for k in place.order if k != place.right_key)
                for n, place in enumerate(places, start=1)
            }
            for pk, places in paper_keys(self.sitting(cohort).pk).items()
        }

    def sat(self, cohort: str, right: int, people: int = 6) -> int:
        """Let the first people of a class sit with so many right answers."""
        sitting = self.sitting(cohort)
        answers = self.right_answers(cohort, right)
        rows = [
            SatRow(p.pk, sitting.opens_at, sitting.opens_at + timedelta(minutes=20), answers[p.pk])
            for p in self.world.placements[cohort][:people]
        ]
        return sit_many(actor=SYSTEM, sitting_id=sitting.pk, rows=rows)


@pytest.fixture
def at() -> Callable[[datetime], None]:
    """Return a function that moves the held clock."""
    return lambda moment: clock.set_source(lambda: moment)


@pytest.fixture
def hall(world: World) -> Hall:
    """Return the world with its test."""
    load_items(actor=SYSTEM, entries=small_bank())
    approve_items(actor=SYSTEM)
    for code in ("final", "practice"):
        set_blueprint(actor=SYSTEM, campaign_id=world.campaign.pk, data=small_blueprint(code))
    plan_sittings(actor=SYSTEM, plan_id=world.plan.pk)
    prepare_attempts(actor=SYSTEM, sitting_ids=Sitting.objects.values_list("pk", flat=True))
    return Hall(world)


@pytest.fixture
def during(hall: Hall, at: Callable[[datetime], None]) -> Callable[..., Hall]:
    """Return a function that opens the sitting of a class and sets the clock some minutes after its start."""

    def enter(cohort: str = "TT-002", minutes: float = 0) -> Hall:
        begin = hall.sitting(cohort).opens_at
        at(begin)
        hall.opened(cohort)
        at(begin + timedelta(minutes=minutes))
        return hall

    return enter
