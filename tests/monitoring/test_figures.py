"""The figures of a campaign, against counts made by hand."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.monitoring.api import campaign_figures, recent_figures, report_difficulty, status_figures
from hocvu.planning.models import Cohort
from tests.world import World

pytestmark = pytest.mark.django_db


def test_people_classes_and_sessions(busy: World) -> None:
    found = campaign_figures(busy.campaign.pk)

    assert (found.planned, found.nominated, found.placed) == (400, 24, 24)
    by_mode = {m.mode: (m.planned, m.placed, m.classes_made, m.classes_begun, m.classes_done) for m in found.modes}
    assert by_mode == {"in_person": (300, 18, 3, 2, 1), "online": (100, 6, 1, 1, 0)}
    assert (found.sessions_planned, found.sessions_held, found.sessions_closed) == (16, 5, 4)
    assert {g.code: (g.nominated, g.approved, g.placed) for g in found.groups} == {
        "LD": (0, 0, 0), "XA": (12, 12, 12), "CA": (6, 6, 6), "GD": (6, 6, 6),
    }  # fmt: skip


def test_presences(busy: World) -> None:
    p = campaign_figures(busy.campaign.pk).presence

    assert (p.present, p.late, p.absent, p.excused, p.made_up) == (18, 4, 4, 4, 0)
    assert (p.entries, p.came) == (30, 22)
    # Begun by 08:10 on the 18th: four of TT-001, three of TT-002, three of TR-001, of six people each.
    assert p.expected == 60


def test_days(busy: World) -> None:
    days = {d.day: d for d in campaign_figures(busy.campaign.pk).days}

    assert sorted(days) == [date(2025, 6, n) for n in (11, 12, 17, 18, 23, 24)]
    first = days[date(2025, 6, 11)]
    assert (first.sessions, first.held, first.closed, first.presence.entries) == (2, 2, 2, 12)
    assert (days[date(2025, 6, 12)].tested, days[date(2025, 6, 12)].passed) == (6, 5)
    assert days[date(2025, 6, 23)].presence.expected == 0  # not begun


def test_the_best_valid_mark_counts_once(busy: World) -> None:
    found = campaign_figures(busy.campaign.pk)

    # 95 80 100 60 (after 45) 30 (90 is void) 50
    assert (found.tested, found.passed) == (6, 5)
    assert found.marks == (0, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1)
    assert found.mark_mean == pytest.approx((95 + 80 + 100 + 60 + 30 + 50) / 60)


def test_attestations_and_refusals_by_gravest_reason(busy: World) -> None:
    found = campaign_figures(busy.campaign.pk)

    assert (found.issued, found.revoked) == (2, 1)
    assert (found.eligible, found.refused, found.open) == (3, 2, 1)
    assert found.refused_by_reason == {"presence.short": 2}
    assert found.open_by_reason == {"presence.pending": 1}
    assert found.make_ups["asked"] == 1
    assert found.sittings == {"planned": 1, "open": 0, "closed": 2, "cancelled": 0}


def test_difficulties_by_state_level_and_clock(busy: World) -> None:
    for _ in range(2):
        report_difficulty(
            actor=busy.actor(Role.OFFICE), campaign_id=busy.campaign.pk, category="room", place="A", text="B"
        )
    assert campaign_figures(busy.campaign.pk).difficulties_late == 0
    clock.set_source(lambda: clock.at(date(2025, 6, 19), 8))

    found = campaign_figures(busy.campaign.pk)

    assert found.difficulties == {"open": 2, "proposed": 0, "decided": 0, "closed": 0}
    assert found.difficulties_waiting_by_level == {"1": 2, "2": 0, "3": 0}
    assert found.difficulties_late == 2


def test_until_leaves_out_what_came_later(busy: World) -> None:
    found = campaign_figures(busy.campaign.pk, clock.at(date(2025, 6, 11), 23))

    assert (found.sessions_held, found.presence.entries, found.presence.expected) == (2, 12, 12)
    assert (found.tested, found.issued) == (0, 0)
    assert found.modes[0].classes_begun == 1 and found.modes[0].classes_done == 0


def test_a_campaign_without_a_timetable_has_figures_too(world: World) -> None:
    world.plan.state = "superseded"
    world.plan.save()

    found = campaign_figures(world.campaign.pk)

    assert (found.planned, found.nominated, found.placed, found.sessions_planned) == (400, 24, 0, 0)


def test_status_has_stable_keys_and_is_json(busy: World) -> None:
    found = status_figures(busy.campaign.pk)

    assert json.loads(json.dumps(found)) == found
    assert list(found) == [
        "until", "people", "groups", "cohorts", "sessions", "presences", "sittings", "tests", "attestations",
        "difficulties", "forms",
    ]  # fmt: skip
    assert found["people"]["all"] == {"planned": 400, "nominated": 24, "placed": 24}


def test_the_same_number_of_queries_whatever_the_size(busy: World) -> None:
    with CaptureQueriesContext(connection) as some:
        campaign_figures(busy.campaign.pk)
    extra = Cohort.objects.get(code="TT-003")
    for number in range(4, 12):
        Cohort.objects.create(
            plan=busy.plan, code=f"TT-{number:03d}", mode="in_person", theme="X", wave=9, starts_on=extra.starts_on,
            ends_on=extra.ends_on, size=6,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        campaign_figures(busy.campaign.pk)

    assert len(some) == len(more) <= 45


def test_recent_figures_are_counted_again_after_something_was_written(busy: World) -> None:
    before = recent_figures(busy.campaign.pk)
    report_difficulty(actor=busy.actor(Role.OFFICE), campaign_id=busy.campaign.pk, category="room", place="", text="B")
    assert recent_figures(busy.campaign.pk) == before  # young enough
    now = clock.now()
    clock.set_source(lambda: clock.at(clock.local(now).date(), 8, 11))

    assert recent_figures(busy.campaign.pk).figures.difficulties["open"] == 1


def test_two_campaigns_do_not_mix(busy: World) -> None:
    report_difficulty(actor=busy.actor(Role.OFFICE), campaign_id=busy.campaign.pk, category="room", place="", text="B")
    busy.campaign.code = "another"
    other = type(busy.campaign).objects.create(
        code="empty", name=busy.campaign.name, owner=busy.campaign.owner, programme_code="x",
        starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2),
    )  # fmt: skip

    found = campaign_figures(other.pk)

    assert (found.planned, found.placed, found.issued, sum(found.difficulties.values())) == (0, 0, 0, 0)
