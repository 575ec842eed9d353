"""A world with forms, and people who came to class."""

from datetime import UTC, datetime

import pytest

from hocvu.delivery.models import Attendance
from hocvu.evaluation.api import make_forms
from hocvu.evaluation.models import Form
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from tests.world import World

AFTER = datetime(2025, 6, 25, 2, 0, tzinfo=UTC)


def came(world: World, *codes: str) -> None:
    """Put everybody of these classes down as present in all four half-days."""
    for code in codes:
        for half_day in (1, 2, 3, 4):
            session = world.session(code, half_day)
            Attendance.objects.bulk_create(
                Attendance(placement=p, session=session, status="present", credit=2, computed_at=clock.now())
                for p in world.placements[code]
            )


@pytest.fixture
def forms(world: World) -> dict[tuple[str, int], Form]:
    """Make the shipped forms; everybody of TT-001 and TR-001 came."""
    make_forms(actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk)
    came(world, "TT-001", "TR-001")
    return {(f.kind, f.month): f for f in Form.objects.all()}


@pytest.fixture
def after(held_clock: datetime) -> datetime:
    """Hold the clock the day after the last class."""
    clock.set_source(lambda: AFTER)
    return AFTER
