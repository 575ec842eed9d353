"""The feasibility page: the published facts do not fit by exactly what is known; the chosen repairs do."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hocvu.campaigns.api import create_campaign, read_plan_file, shipped_plan
from hocvu.campaigns.models import Campaign
from hocvu.kernel.actor import SYSTEM, Role
from tests.world import World

SignIn = Callable[[Role], Client]


@pytest.fixture
def shipped(world: World) -> Campaign:
    Campaign.objects.update(state="closed", code="old")
    return create_campaign(actor=SYSTEM, plan=read_plan_file(shipped_plan()))


def get(client: Client, **values: str) -> dict:
    return client.get(reverse("web:feasibility"), values).context


def test_published_facts_and_chosen_repairs(shipped: Campaign, sign_in: SignIn) -> None:
    held = get(sign_in(Role.MANAGER))
    five, seven, chosen = held["scenarios"]
    assert (five.facts.waves, five.places.short, seven.facts.waves, seven.places.short) == (5, 4372, 7, 2164)
    assert (five.staff.classes_carried, seven.staff.classes_carried) == (170, 238)
    assert (five.facts.classes, five.staff.people_needed, held["needed_at_load"]) == (343, 138, 172)
    assert not five.fits and not seven.fits
    assert chosen.fits and chosen.places.places == 10800
    assert held["verdict"] is chosen


def test_repairs_cheapest_first_with_their_effect(shipped: Campaign, sign_in: SignIn) -> None:
    rows = get(sign_in(Role.MANAGER))["published_repairs"]
    first = next(row for row in rows if not row["for_staff"])
    assert (first["gained"], first["enough"]) == (5520, True)
    assert any(row["for_staff"] and row["enough"] for row in rows)
    # 34,675 people over the 170 classes that can be carried, not the 9,892 in person alone
    assert any("204" in row["what"] and "102" in row["what"] for row in rows)


def test_without_chosen_repairs_the_verdict_is_the_published_one(shipped: Campaign, sign_in: SignIn) -> None:
    shipped.repairs = []
    shipped.save()
    answer = sign_in(Role.LEADER).get(reverse("web:feasibility"))
    assert not answer.context["verdict"].fits
    assert "4.372" in answer.content.decode()


def test_other_values_can_be_tried(shipped: Campaign, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    held = get(client, computers="1104", waves="9", turns="1", staff="138")
    assert (held["verdict"].places.short, held["verdict"].fits) == (0, True)
    held = get(client, computers="1104", waves="8", turns="1", staff="10")
    assert held["verdict"].places.short == 9892 - 8832
    assert {row["for_staff"] for row in held["tried_repairs"]} == {True, False}


@pytest.mark.parametrize("bad", [{"computers": "-1"}, {"turns": "0"}, {"waves": "many"}, {"staff": "9" * 30}])
def test_values_that_make_no_sense_are_explained(shipped: Campaign, sign_in: SignIn, bad: dict[str, str]) -> None:
    values = {"computers": "1", "waves": "1", "turns": "1", "staff": "1"} | bad
    answer = sign_in(Role.MANAGER).get(reverse("web:feasibility"), values)
    assert answer.status_code == 200 and b"govuk-error-summary" in answer.content
    assert answer.context["tried"] is None


def test_nothing_to_teach_with(shipped: Campaign, sign_in: SignIn) -> None:
    held = get(sign_in(Role.MANAGER), computers="0", waves="0", turns="1", staff="0")
    assert held["verdict"].places.short == 9892


def test_a_campaign_without_facts(world: World, sign_in: SignIn) -> None:
    assert sign_in(Role.MANAGER).get(reverse("web:feasibility")).status_code == 200
