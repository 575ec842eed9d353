"""The round that looks after every clock."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from hocvu.assessment.models import Attempt, Blueprint, Sitting
from hocvu.evaluation.api import make_forms, send_invitations
from hocvu.evaluation.models import Invitation
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.monitoring.api import report_difficulty
from hocvu.monitoring.models import Report
from hocvu.monitoring.tasks import run_tick, tick
from hocvu.post.models import Letter
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_round_does_what_time_demands(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    manager = world.actor(Role.MANAGER)
    make_forms(actor=manager, campaign_id=world.campaign.pk)
    send_invitations(actor=manager, campaign_id=world.campaign.pk, kind="baseline")
    Letter.objects.update(state="waiting", address="a@example.vn")
    waiting = Letter.objects.count()
    found = report_difficulty(actor=manager, campaign_id=world.campaign.pk, category="room", place="", text="x")
    clock.set_source(lambda: clock.at(date(2025, 7, 10), 19))

    call_command("tick")

    found.refresh_from_db()
    assert found.level == 2
    assert set(Invitation.objects.values_list("state", flat=True)) == {"expired"}
    assert (
        capsys.readouterr().out
        == f"escalated 1, forms expired 24, sittings closed 0, reports made 0, letters sent {waiting}, failed 0\n"
    )
    call_command("tick")
    assert capsys.readouterr().out == (
        "escalated 0, forms expired 0, sittings closed 0, reports made 0, letters sent 0, failed 0\n"
    )


def sitting(world: World, state: str) -> Sitting:
    """A sitting of TT-001 still open an hour after its end; one candidate has two hours more."""
    blueprint = Blueprint.objects.create(campaign=world.campaign, code="final", title={}, minutes=30, cells=[])
    end = clock.now() - timedelta(hours=1)
    made = Sitting.objects.create(
        cohort=world.cohorts["TT-001"], blueprint=blueprint, kind="final", opens_at=end - timedelta(hours=1),
        closes_at=end, state="open",
    )  # fmt: skip
    Attempt.objects.create(
        sitting=made, placement=world.placements["TT-001"][0], seed=1, paper=[], paper_code="1", state=state,
        deadline=clock.now() + timedelta(hours=1), extra_minutes=120,
    )  # fmt: skip
    return made


def test_a_forgotten_sitting_is_closed(world: World) -> None:
    made = sitting(world, "assigned")

    assert tick().sittings_closed == 1
    made.refresh_from_db()
    assert made.state == "closed"
    assert Attempt.objects.get().state == "absent"  # never began


def test_whoever_still_has_time_keeps_it(world: World) -> None:
    made = sitting(world, "started")

    assert tick().sittings_closed == 0
    made.refresh_from_db()
    assert made.state == "open"


def test_the_daily_report_is_made_in_the_evening_of_a_campaign_day(world: World) -> None:
    assert tick().reports_made == 0  # morning
    clock.set_source(lambda: clock.at(date(2025, 6, 18), 18, 5))
    assert tick().reports_made == 1
    assert tick().reports_made == 0
    clock.set_source(lambda: clock.at(date(2025, 6, 25), 18, 5))
    run_tick.enqueue()
    assert [r.day for r in Report.objects.all()] == [date(2025, 6, 18)]
