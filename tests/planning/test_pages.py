"""Timetable pages: who sees what, papers, feeds, equal query counts."""

import io

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from hocvu.kernel.actor import Role
from hocvu.planning.exporting.feeds import feed_token
from hocvu.planning.models import Cohort, Placement


def test_the_day_shows_rooms_and_online_classes(world, sign_in) -> None:
    page = sign_in(Role.OFFICE).get(reverse("planning:timetable")).content.decode()

    assert "TT-002" in page
    assert "TR-001" in page
    assert "TT-001" not in page  # ended a week before


@pytest.mark.parametrize("asked", ["2025-06-11", "nonsense", "1999-01-01", ""])
def test_any_day_may_be_asked_for(asked: str, world, sign_in) -> None:
    assert sign_in(Role.MANAGER).get(reverse("planning:timetable"), {"day": asked}).status_code == 200


def test_a_class_page_names_its_people_only_to_those_who_may_see_them(world, sign_in) -> None:
    url = reverse("planning:cohort", args=[world.cohorts["TT-002"].uuid])
    name = "Lê Hoàng Ân"

    assert name in sign_in(Role.OFFICE).get(url).content.decode()
    assert name in sign_in(Role.INSTRUCTOR).get(url).content.decode()
    assert name in sign_in(Role.FOCAL_POINT).get(url).content.decode()
    assert name not in sign_in(Role.LEADER).get(url).content.decode()


def test_a_trainee_sees_only_themselves_in_their_class(world, sign_in) -> None:
    page = sign_in(Role.TRAINEE).get(reverse("planning:cohort", args=[world.cohorts["TT-002"].uuid])).content.decode()

    assert world.placements["TT-002"][0].person.full_name in page
    assert world.placements["TT-002"][1].person.full_name not in page


def test_an_agency_does_not_find_classes_without_its_people(world, sign_in) -> None:
    assert (
        sign_in(Role.FOCAL_POINT).get(reverse("planning:cohort", args=[world.cohorts["TT-003"].uuid])).status_code
        == 404
    )


@pytest.mark.parametrize("name", ["cohorts", "rooms", "instructors", "places"])
def test_lists_ask_as_often_at_one_row_as_at_many(name: str, world, sign_in) -> None:
    client = sign_in(Role.OFFICE)
    url = reverse(f"planning:{name}")
    client.get(url)
    counts = []
    for query in ({"q": "TT-001"}, {}):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url, query).status_code == 200
        counts.append(len(queries))

    assert abs(counts[0] - counts[1]) <= 2, counts  # a page without rows asks for no names


def test_lists_leave_as_spreadsheets(world, sign_in) -> None:
    response = sign_in(Role.OFFICE).get(reverse("web:export", args=["places"]), {"cohort": "TT-002"})

    assert response.status_code == 200
    assert response.content[:2] == b"PK"


@pytest.mark.parametrize("kind", ["opening-decision", "class-list", "door-sheet", "sign-in-1", "sign-in-4"])
def test_papers_hold_every_name(kind: str, world, sign_in) -> None:
    response = sign_in(Role.OFFICE).get(reverse("planning:paper", args=[world.cohorts["TT-002"].uuid, kind, "pdf"]))

    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    for placement in world.placements["TT-002"]:
        assert placement.person.full_name in " ".join(text.split())


def test_the_decision_is_a_word_file_too(world, sign_in) -> None:
    url = reverse("planning:paper", args=[world.cohorts["TT-002"].uuid, "opening-decision", "docx"])

    document = docx.Document(io.BytesIO(sign_in(Role.MANAGER).get(url).content))

    assert "TT-002" in "\n".join(p.text for p in document.paragraphs)
    assert len(document.tables[-1].rows) == 1 + 6


@pytest.mark.parametrize(("kind", "ending"), [("class-list", "docx"), ("nothing", "pdf"), ("class-list", "exe")])
def test_unknown_papers_are_not_there(kind: str, ending: str, world, sign_in) -> None:
    url = reverse("planning:paper", args=[world.cohorts["TT-002"].uuid, kind, ending])

    assert sign_in(Role.OFFICE).get(url).status_code == 404


def test_an_instructor_prints_only_for_own_classes(world, sign_in) -> None:
    client = sign_in(Role.INSTRUCTOR)

    assert (
        client.get(reverse("planning:paper", args=[world.cohorts["TT-002"].uuid, "class-list", "pdf"])).status_code
        == 200
    )
    assert (
        client.get(reverse("planning:paper", args=[world.cohorts["TT-003"].uuid, "class-list", "pdf"])).status_code
        == 404
    )


def test_my_place_says_when_and_where(world, sign_in) -> None:
    page = sign_in(Role.TRAINEE).get(reverse("planning:mine")).content.decode()

    assert "TT-002" in page
    assert "Hội trường A1" in page
    assert "17/06/2025" in page


def test_a_feed_shows_four_half_days(world) -> None:
    person = world.placements["TT-002"][0].person_id

    response = Client().get(reverse("planning:feed", args=[feed_token("person", person)]))

    assert response.headers["Content-Type"].startswith("text/calendar")
    assert response.content.count(b"BEGIN:VEVENT") == 4
    assert b"SEQUENCE:1" in response.content


@pytest.mark.parametrize("token", ["x", "WyJwZXJzb24iLDFd:forged", ""])
def test_a_forged_feed_is_not_there(token: str, world) -> None:
    assert Client().get(f"/calendars/{token}.ics").status_code == 404


def test_police_are_masked_for_those_who_do_not_run_the_class(world, sign_in) -> None:
    names = {p.person.full_name for p in Placement.objects.filter(cohort=world.cohorts["TT-003"])}
    url = reverse("planning:cohort", args=[world.cohorts["TT-003"].uuid])

    leader = sign_in(Role.LEADER).get(url).content.decode()
    office = sign_in(Role.OFFICE).get(url).content.decode()

    assert not any(name in leader for name in names)
    assert all(name.replace("'", "&#x27;") in office for name in names)


def test_only_the_manager_computes_and_publishes(world, sign_in) -> None:
    url = reverse("planning:publish", args=[world.plan.uuid])

    assert sign_in(Role.OFFICE).post(url).status_code == 403
    assert sign_in(Role.MANAGER).get(url).status_code == 405
    page = sign_in(Role.MANAGER).post(url, follow=True).content.decode()
    assert "govuk-notification-banner" in page  # a published plan is no draft: said, not failed


def test_a_failed_plan_says_why(world, sign_in) -> None:
    world.plan.state = "failed"
    world.plan.causes = [{"kind": "release", "needed": 21, "available": 15, "subject": "Công an tỉnh", "data": {}}]
    world.plan.save()

    page = sign_in(Role.MANAGER).get(reverse("planning:plan", args=[world.plan.uuid])).content.decode()

    assert "Công an tỉnh" in page
    assert "21" in page


def test_every_cohort_page_opens(world, sign_in) -> None:
    client = sign_in(Role.MANAGER)
    for cohort in Cohort.objects.all():
        assert client.get(reverse("planning:cohort", args=[cohort.uuid])).status_code == 200
