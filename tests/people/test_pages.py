"""Pages of organisations, people, accounts, slips: who may, whose, how many queries."""

import io
from datetime import date

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.people.api import (
    OrganisationRow,
    PersonRow,
    SuccessionRow,
    record_successions,
    register_organisations,
    register_people,
)
from hocvu.people.models import Account, Organisation, RoleGrant
from hocvu.people.services.slips import print_slips

ALL = frozenset(role for role in Role if role is not Role.SYSTEM)
READERS = {Role.FOCAL_POINT, Role.HEAD, Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER, Role.OPERATOR}
KEEPERS = {Role.FOCAL_POINT, Role.HEAD, Role.MANAGER, Role.OFFICE}


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("people:organisations", READERS),
        ("people:people", KEEPERS),
        ("people:accounts", {Role.OPERATOR}),
        ("people:account_new", {Role.OPERATOR}),
        ("people:rosters", {Role.FOCAL_POINT, Role.MANAGER, Role.OFFICE}),
        ("people:roster_new", {Role.FOCAL_POINT, Role.MANAGER, Role.OFFICE}),
        ("people:me", ALL),
    ],
)
def test_who_may_open(sign_in, name: str, allowed) -> None:
    assert {role for role in ALL if sign_in(role).get(reverse(name)).status_code == 200} == allowed
    refused = Client().get(reverse(name))
    assert refused.status_code == 302 and "/sign-in/" in refused["Location"]


def test_a_focal_point_opens_its_own_body_and_no_other(sign_in, world) -> None:
    client = sign_in(Role.FOCAL_POINT)
    own, other = world.organisations["XA1"], world.organisations["TH1"]

    assert client.get(reverse("people:organisation", args=[own.uuid])).status_code == 200
    assert client.get(reverse("people:organisation", args=[other.uuid])).status_code == 404
    assert client.get(reverse("people:slips_print", args=[other.uuid])).status_code == 404
    assert client.post(reverse("people:slips_print", args=[other.uuid]), {"whom": "everyone"}).status_code == 404
    assert other.name_vi not in client.get(reverse("people:organisations")).content.decode()


def test_a_focal_point_sees_its_own_people_and_no_others(sign_in, world) -> None:
    client = sign_in(Role.FOCAL_POINT)
    own, other = world.placements["TT-002"][0].person, world.placements["TT-003"][0].person

    text = client.get(reverse("people:people")).content.decode()
    assert str(own.uuid) in text and str(other.uuid) not in text
    assert client.get(reverse("people:person", args=[own.uuid])).status_code == 200
    assert client.get(reverse("people:person", args=[other.uuid])).status_code == 404
    assert client.post(reverse("people:slip_renew", args=[other.uuid])).status_code == 404
    export = client.get("/exports/people/")
    assert export.status_code == 200


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.REVIEWER])
def test_no_numbers_of_people_for_those_without_business(sign_in, world, role: Role) -> None:
    body = world.organisations["XA1"]
    text = sign_in(role).get(reverse("people:organisation", args=[body.uuid])).content.decode()

    assert reverse("people:people") not in text
    assert sign_in(role).get(reverse("people:people")).status_code == 403


def test_person_page_masks_the_identity_number(sign_in, world) -> None:
    person = world.placements["TT-002"][0].person
    text = sign_in(Role.MANAGER).get(reverse("people:person", args=[person.uuid])).content.decode()

    assert person.national_id not in text
    assert person.national_id[-4:] in text


def test_organisation_shows_what_came_before_and_after(sign_in, world) -> None:
    merger = date(2025, 7, 1)
    made = register_organisations(
        actor=SYSTEM, rows=[OrganisationRow("X9", "Ủy ban nhân dân phường Quy Nhơn Đông", valid_from=merger)]
    )
    old = world.organisations["XA1"]
    record_successions(actor=SYSTEM, rows=[SuccessionRow("XA1", "X9", merger, "merge", "nghị quyết")])
    new = Organisation.objects.get(pk=made["X9", merger])
    client = sign_in(Role.MANAGER)

    assert new.name_vi in client.get(reverse("people:organisation", args=[old.uuid])).content.decode()
    assert old.name_vi in client.get(reverse("people:organisation", args=[new.uuid])).content.decode()
    listed = client.get(reverse("people:organisations"), {"on": "30/06/2025"}).content.decode()
    assert old.name_vi in listed and new.name_vi not in listed
    listed = client.get(reverse("people:organisations"), {"on": "01/07/2025"}).content.decode()
    assert old.name_vi not in listed and new.name_vi in listed


@pytest.mark.parametrize("on", ["", "31/02/2025", "x", "2025-13-01", "9999-99-99"])
def test_a_day_that_does_not_exist_gives_today(sign_in, world, on: str) -> None:
    assert sign_in(Role.MANAGER).get(reverse("people:organisations"), {"on": on}).status_code == 200


def more(world, count: int) -> None:
    """Add ``count`` bodies under the commune, each with a person."""
    start = Organisation.objects.count()
    bodies = register_organisations(
        actor=SYSTEM,
        rows=[
            OrganisationRow(f"M{start + n}", f"Tổ {start + n}", kind="office", sector="commune", parent_code="XA1")
            for n in range(count)
        ],
    )
    register_people(
        actor=SYSTEM,
        rows=[
            PersonRow(str(n), f"Nguyễn Văn {chr(65 + n % 20)}", organisation_id=pk)
            for n, pk in enumerate(bodies.values())
        ],
    )


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("people:organisations", Role.MANAGER),
        ("people:organisations", Role.FOCAL_POINT),
        ("people:people", Role.MANAGER),
        ("people:people", Role.FOCAL_POINT),
        ("people:accounts", Role.OPERATOR),
    ],
)
def test_lists_take_the_same_queries_for_few_and_many(sign_in, world, name: str, role: Role) -> None:
    client = sign_in(role)
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(name))
    more(world, 40)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name))

    assert len(many) == len(few)


def test_one_body_takes_the_same_queries_for_few_and_many(sign_in, world) -> None:
    client = sign_in(Role.FOCAL_POINT)
    url = reverse("people:organisation", args=[world.organisations["XA1"].uuid])
    more(world, 1)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    more(world, 30)
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)


# Slips on paper


def test_slips_come_eight_a_sheet_with_name_and_code(sign_in, world) -> None:
    body = world.organisations["XA1"]
    response = sign_in(Role.FOCAL_POINT).post(reverse("people:slips_print", args=[body.uuid]), {"whom": "waiting"})

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    sheets = pypdf.PdfReader(io.BytesIO(response.content))
    text = "\n".join(page.extract_text() for page in sheets.pages)
    assert len(sheets.pages) == 2  # twelve trainees
    assert text.count("/slips/") == 12
    for placement in world.placements["TT-001"]:
        assert placement.person.full_name.split()[-1] in text
    assert sheets.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_nobody_to_print_for_is_said(sign_in, world) -> None:
    home = world.organisations["SKHCN"]
    response = sign_in(Role.MANAGER).post(reverse("people:slips_print", args=[home.uuid]), {"whom": "waiting"})

    assert response.status_code == 200
    assert "govuk-error-summary" in response.content.decode()


def test_printing_takes_the_same_queries_for_few_and_many(world) -> None:
    actor = world.actor(Role.MANAGER)
    with CaptureQueriesContext(connection) as few:
        print_slips(actor=actor, organisation_id=world.organisations["TH1"].pk)
    home = register_organisations(actor=SYSTEM, rows=[OrganisationRow("BIG", "Trường lớn")])[
        "BIG", *[OrganisationRow("a", "b").valid_from]
    ]
    register_people(actor=SYSTEM, rows=[PersonRow(str(n), "Lê Thị Hoa", organisation_id=home) for n in range(60)])
    with CaptureQueriesContext(connection) as many:
        slips, _ = print_slips(actor=actor, organisation_id=home)

    assert len(slips) == 60
    # inserts go in batches whose number grows with the rows, everything else stays
    assert len([q for q in many if not q["sql"].startswith("INSERT")]) == len(
        [q for q in few if not q["sql"].startswith("INSERT")]
    )


def test_one_new_slip_is_one_page(sign_in, world) -> None:
    person = world.placements["TT-001"][0].person
    response = sign_in(Role.FOCAL_POINT).post(reverse("people:slip_renew", args=[person.uuid]))

    assert len(pypdf.PdfReader(io.BytesIO(response.content)).pages) == 1


def test_renewing_is_refused_kindly_for_staff(sign_in, world) -> None:
    teacher = world.instructors[0].person
    response = sign_in(Role.MANAGER).post(reverse("people:slip_renew", args=[teacher.uuid]), follow=True)
    assert response["Content-Type"] == "application/pdf"  # an instructor may come by slip

    RoleGrant.objects.filter(account=world.accounts[Role.INSTRUCTOR]).update(role=Role.OFFICE)
    response = sign_in(Role.MANAGER).post(reverse("people:slip_renew", args=[teacher.uuid]), follow=True)
    assert "hv-message--error" in response.content.decode()


# Accounts


def test_operator_opens_an_account_and_sees_the_password_once(sign_in, world) -> None:
    client = sign_in(Role.OPERATOR)
    data = {"label": "Nguyễn An", "username": "Nguyen.An", "role": "reviewer", "organisation": "SKHCN"}
    response = client.post(reverse("people:account_new"), data)

    account = Account.objects.get(username="nguyen.an")
    password = response.context["password"]
    assert password in response.content.decode()
    assert account.check_password(password)
    assert RoleGrant.objects.get(account=account).organisation == world.organisations["SKHCN"]
    assert password not in client.get(reverse("people:account", args=[account.uuid])).content.decode()
    assert client.post(reverse("people:account_new"), data).status_code == 200
    assert Account.objects.filter(username__iexact="nguyen.an").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": "NOWHERE"},
        {"organisation": ""},
        {"role": "trainee"},
        {"role": "system"},
        {"username": "é"},
        {"label": ""},
    ],
)
def test_a_wrong_account_form_says_so_and_opens_nothing(sign_in, world, wrong) -> None:
    before = Account.objects.count()
    data = {"label": "A B", "username": "a.b", "role": "reviewer", "organisation": "SKHCN"} | wrong
    response = sign_in(Role.OPERATOR).post(reverse("people:account_new"), data)

    assert response.status_code == 200
    assert "govuk-error-message" in response.content.decode()
    assert Account.objects.count() == before


def test_roles_are_given_and_ended_but_the_last_operator_stays(sign_in, world) -> None:
    client, office = sign_in(Role.OPERATOR), world.accounts[Role.OFFICE]
    url = reverse("people:account", args=[office.uuid])
    client.post(url, {"role": "operator", "organisation": ""})
    given = RoleGrant.objects.get(account=office, role="operator")
    client.post(reverse("people:grant_end", args=[office.uuid, given.pk]))
    given.refresh_from_db()
    own = world.accounts[Role.OPERATOR]
    last = RoleGrant.objects.get(account=own)
    response = client.post(reverse("people:grant_end", args=[own.uuid, last.pk]), follow=True)
    last.refresh_from_db()

    assert given.ends_on == clock.today()
    assert last.ends_on is None
    assert "hv-message--error" in response.content.decode()
    assert client.post(reverse("people:grant_end", args=[office.uuid, last.pk])).status_code == 404


def test_trainees_accounts_are_hidden_from_the_operator(sign_in, world) -> None:
    trainee = world.accounts[Role.TRAINEE]
    client = sign_in(Role.OPERATOR)

    assert trainee.label not in client.get(reverse("people:accounts")).content.decode()
    assert client.get(reverse("people:account", args=[trainee.uuid])).status_code == 404
    assert client.post(reverse("people:account_password", args=[trainee.uuid])).status_code == 404


def test_closing_an_account_and_a_new_password(sign_in, world) -> None:
    client, office = sign_in(Role.OPERATOR), world.accounts[Role.OFFICE]
    password = client.post(reverse("people:account_password", args=[office.uuid])).context["password"]
    client.post(reverse("people:account_activity", args=[office.uuid]))
    office.refresh_from_db()
    assert office.check_password(password) and not office.is_active

    own = world.accounts[Role.OPERATOR]
    client.post(reverse("people:account_activity", args=[own.uuid]))
    own.refresh_from_db()
    assert own.is_active


def test_a_body_with_many_below_shows_the_first_and_leads_to_all(sign_in, world) -> None:
    more(world, 45)
    client, body = sign_in(Role.MANAGER), world.organisations["XA1"]
    text = client.get(reverse("people:organisation", args=[body.uuid])).content.decode()

    assert "under=XA1" in text
    assert client.get(reverse("people:organisations"), {"under": "XA1"}).context["page"].total == 45
