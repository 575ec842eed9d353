"""What is red: pure rules over figures."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hocvu.monitoring.domain.alarms import alarms
from hocvu.monitoring.types import DayFigures, Figures, FormFigures, Presence

START, END = date(2025, 6, 11), date(2025, 6, 24)
CALM = Figures(
    campaign_id=1, until=datetime(2025, 6, 18, tzinfo=UTC), planned=100, nominated=100, placed=100, modes=(), groups=(),
    days=(), lists={"open": 0, "returned": 0, "submitted": 0, "approved": 3}, sessions_planned=8, sessions_held=8,
    sessions_closed=8, presence=Presence(400, 400, 400), sittings={}, tested=100, passed=95, marks=(0,) * 11,
    mark_mean=8.0, issued=95, revoked=0, eligible=95, refused=5, open=0, refused_by_reason={}, open_by_reason={},
    difficulties={}, difficulties_waiting_by_level={"1": 0, "2": 0, "3": 0}, difficulties_late=0,
    make_ups={"asked": 0}, forms=(),
)  # fmt: skip


def codes(figures: Figures, today: date = date(2025, 6, 30)) -> list[str]:
    return [one.code for one in alarms(figures, today=today, starts_on=START, ends_on=END)]


def day(held: int, closed: int) -> DayFigures:
    return DayFigures(date(2025, 6, 17), 4, held, closed, Presence(), 0, 0)


def test_a_calm_campaign_has_nothing_red() -> None:
    assert codes(CALM) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"difficulties_late": 2}, "difficulties_late"),
        ({"difficulties_waiting_by_level": {"2": 1}}, "difficulties_waiting"),
        ({"placed": 80}, "places_short"),
        ({"placed": 0}, "no_timetable"),
        ({"placed": 0, "lists": {"open": 2, "returned": 1}}, "lists_waiting"),
        ({"days": (day(3, 3),)}, "sessions_without_register"),
        ({"days": (day(4, 3),)}, "sessions_not_closed"),
        ({"presence": Presence(400, 400, 379)}, "presence_low"),
        ({"make_ups": {"asked": 1}}, "make_ups_waiting"),
        ({"passed": 84}, "passed_low"),
        ({"issued": 90}, "to_be_issued"),
        ({"forms": (FormFigures("reaction", 0, 100, 29, 0),)}, "forms_silent"),
    ],
)
def test_each_thing_that_can_be_red(change: dict, code: str) -> None:
    assert codes(replace(CALM, **change)) == [code]


@pytest.mark.parametrize(
    "change",
    [
        {"placed": 101},
        {"presence": Presence(400, 400, 380)},
        {"presence": Presence()},
        {"passed": 85},
        {"tested": 29, "passed": 1},
        {"days": (day(4, 4),)},
        {"forms": (FormFigures("reaction", 0, 29, 0, 0), FormFigures("baseline", 0, 100, 30, 0))},
    ],
)
def test_what_stays_calm(change: dict) -> None:
    assert codes(replace(CALM, **change)) == []


def test_today_is_not_yet_late() -> None:
    assert codes(replace(CALM, days=(day(0, 0),)), today=date(2025, 6, 17)) == []
    assert codes(replace(CALM, issued=0), today=END) == []


def test_the_gravest_stand_first() -> None:
    busy = replace(CALM, placed=80, make_ups={"asked": 1}, days=(day(3, 3),), difficulties_late=1)
    found = alarms(busy, today=date(2025, 6, 30), starts_on=START, ends_on=END)

    assert [one.grave for one in found] == sorted((one.grave for one in found), reverse=True)
    assert found[0].code == "difficulties_late"
