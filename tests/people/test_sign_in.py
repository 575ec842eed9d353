"""Ways in: password, slip and PIN, demo click; who is stopped, and how kindly."""

import importlib
import re

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.test import Client
from django.urls import reverse

from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.people.api import AccountRow, open_accounts
from hocvu.people.models import AccessSlip, Account, RoleGrant
from hocvu.people.services.slips import code_digest, print_slips, renew_slip

PASSWORD = "cây-đa-bến-nước-2025"


@pytest.fixture
def office(world) -> Account:
    rows = [
        AccountRow("Office.An", "An", None, Role.OFFICE, world.organisations["QNU"].pk, PASSWORD),
        AccountRow("Office.An", "An", None, Role.INSTRUCTOR, world.organisations["QNU"].pk),
    ]
    return Account.objects.get(pk=open_accounts(actor=SYSTEM, rows=rows)["Office.An"])


def visitor(client: Client):
    return client.get(reverse("people:sign_in")).wsgi_request.visitor


def type_password(client: Client, username: str, password: str, **more):
    return client.post(reverse("people:sign_in"), {"username": username, "password": password, **more})


def test_password_opens_whatever_the_case_of_the_name(client: Client, office: Account) -> None:
    response = type_password(client, "OFFICE.an", PASSWORD)

    assert response.status_code == 302
    assert visitor(client).role is Role.OFFICE


@pytest.mark.parametrize("username", ["office.an", "nobody"])
def test_wrong_password_says_the_same_for_known_and_unknown_names(
    client: Client, office: Account, username: str
) -> None:
    response = type_password(client, username, "wrong-wrong")

    assert response.status_code == 200
    text = response.content.decode()
    assert "govuk-error-summary__title" in text
    assert 'value="wrong-wrong"' not in text
    assert f'value="{username}"' in text
    assert visitor(client) is None


def test_a_pin_is_never_tried_as_a_password(client: Client, world) -> None:
    open_accounts(actor=SYSTEM, rows=[AccountRow("pinned", "P", None, Role.OFFICE, None, "482915")])

    response = type_password(client, "pinned", "482915")

    assert response.status_code == 200
    assert visitor(client) is None


@pytest.mark.parametrize(
    ("target", "landed"),
    [("/organisations/", "/organisations/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("", "/")],
)
def test_next_never_leaves_the_site(client: Client, office: Account, target: str, landed: str) -> None:
    assert type_password(client, "office.an", PASSWORD, next=target)["Location"] == landed


def test_closed_account_and_account_without_role_stay_out(client: Client, office: Account) -> None:
    RoleGrant.objects.update(ends_on=clock.today())
    assert type_password(client, "office.an", PASSWORD).status_code == 200
    assert visitor(client) is None

    RoleGrant.objects.update(ends_on=None)
    Account.objects.filter(pk=office.pk).update(is_active=False)
    assert type_password(client, "office.an", PASSWORD).status_code == 200
    assert visitor(client) is None


def test_lock_holds_the_pair_of_name_and_address_never_the_address(settings, office: Account) -> None:
    settings.AXES_ENABLED = True
    open_accounts(actor=SYSTEM, rows=[AccountRow("other", "O", None, Role.OFFICE, None, PASSWORD)])
    bad, same_room, elsewhere = Client(), Client(), Client(REMOTE_ADDR="10.9.9.9")

    answers = [type_password(bad, name, "wrong-wrong").status_code for name in ["office.an", "OFFICE.AN"] * 4]

    assert answers == [200] * 7 + [429]
    locked = type_password(bad, "office.an", PASSWORD)
    assert locked.status_code == 429
    assert "15" in locked.content.decode()
    assert type_password(same_room, "other", PASSWORD).status_code == 302
    assert type_password(elsewhere, "office.an", PASSWORD).status_code == 302


def test_signing_out_needs_a_post(client: Client, office: Account) -> None:
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("people:sign_out")).status_code == 405
    assert visitor(client) is not None
    client.post(reverse("people:sign_out"))
    assert visitor(client) is None


def test_role_is_switched_by_post_and_only_to_ones_own(client: Client, office: Account, world) -> None:
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    second = RoleGrant.objects.get(account=office, role=Role.INSTRUCTOR)
    foreign = RoleGrant.objects.get(account=world.accounts[Role.MANAGER])

    assert client.post(reverse("people:choose_role", args=[foreign.pk])).status_code == 404
    assert visitor(client).role is Role.OFFICE
    client.post(reverse("people:choose_role", args=[second.pk]))
    assert visitor(client).role is Role.INSTRUCTOR


# Demo


@pytest.fixture
def demo_account(world) -> Account:
    account = world.accounts[Role.MANAGER]
    Account.objects.filter(pk=account.pk).update(is_demo=True, label="Demo Sở Nội vụ")
    return account


def test_demo_account_is_one_click_away(client: Client, settings, demo_account: Account) -> None:
    settings.DEMO = True

    assert "Demo Sở Nội vụ" in client.get(reverse("people:sign_in")).content.decode()
    assert client.get(reverse("people:demo_sign_in", args=[demo_account.uuid])).status_code == 405
    client.post(reverse("people:demo_sign_in", args=[demo_account.uuid]))
    assert visitor(client).role is Role.MANAGER


def test_demo_opens_demo_accounts_only(client: Client, settings, demo_account: Account, world) -> None:
    settings.DEMO = True
    real = world.accounts[Role.OPERATOR]

    assert client.post(reverse("people:demo_sign_in", args=[real.uuid])).status_code == 404


def test_without_demo_nothing_is_listed_and_the_address_is_not_there(
    client: Client, settings, demo_account: Account
) -> None:
    assert settings.DEMO is False

    assert "Demo Sở Nội vụ" not in client.get(reverse("people:sign_in")).content.decode()
    assert client.post(reverse("people:demo_sign_in", args=[demo_account.uuid])).status_code == 404
    assert visitor(client) is None


def test_production_is_never_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOCVU_DEMO", "1")
    monkeypatch.setenv("HOCVU_SECRET_KEY", "k" * 50)
    importlib.reload(importlib.import_module("config.settings.base"))
    assert importlib.reload(importlib.import_module("config.settings.prod")).DEMO is False


# Slips


@pytest.fixture
def slip(world) -> tuple[str, Account]:
    """A slip printed by the focal point for the first trainee of the commune without an account."""
    slips, _ = print_slips(actor=world.actor(Role.FOCAL_POINT), organisation_id=world.organisations["XA1"].pk)
    account = Account.objects.get(pk=slips[0].account_id)
    account.person.birth_date = account.person.birth_date.replace(year=1978)
    account.person.save()
    return slips[0].code, account


def choose(client: Client, code: str, pin: str, again: str | None = None):
    client.get(reverse("people:slip", args=[code]))
    return client.post(reverse("people:slip_enter"), {"pin": pin, "again": again or pin})


def type_pin(client: Client, code: str, pin: str):
    client.get(reverse("people:slip", args=[code]))
    return client.post(reverse("people:slip_enter"), {"pin": pin})


def test_only_the_digest_of_a_code_is_kept_and_no_pin_before_first_use(slip) -> None:
    code, account = slip

    kept = AccessSlip.objects.get(account=account)
    assert kept.code_digest == code_digest(code)
    assert code not in str(AccessSlip.objects.values())
    assert not account.has_usable_password()
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", code)


def test_first_use_chooses_a_pin_then_code_and_pin(client: Client, slip) -> None:
    code, account = slip
    typed = client.post(reverse("people:slip_code"), {"code": code.lower().replace("-", " ")})
    assert typed["Location"] == reverse("people:slip", args=[code])
    assert account.label in client.get(typed["Location"], follow=True).content.decode()

    assert choose(client, code, "482915").status_code == 302
    assert visitor(client).account_id == account.pk
    assert AccessSlip.objects.get(account=account).used_at == clock.now()

    later = Client()
    assert type_pin(later, code, "000001").status_code == 200
    assert visitor(later) is None
    assert type_pin(later, code, "482915").status_code == 302
    assert visitor(later).account_id == account.pk


@pytest.mark.parametrize(
    "pin",
    ["111111", "123456", "654321", "121212", "123123", "19785x", "12345", "1234567", "197812", "311978", "٣٤٥٦٧٨"],
)
def test_a_weak_pin_is_explained_and_not_kept(client: Client, slip, pin: str) -> None:
    code, account = slip

    response = choose(client, code, pin)

    assert response.status_code == 200
    assert "govuk-error-message" in response.content.decode()
    account.refresh_from_db()
    assert not account.has_usable_password()


def test_two_different_pins_are_not_kept(client: Client, slip) -> None:
    code, account = slip
    assert choose(client, code, "482915", "482916").status_code == 200
    account.refresh_from_db()
    assert not account.has_usable_password()


def test_pin_tries_are_counted_per_person_and_address(settings, slip) -> None:
    settings.AXES_ENABLED = True
    code, _ = slip
    choose(Client(), code, "482915")
    thief = Client(REMOTE_ADDR="10.0.0.7")

    answers = [type_pin(thief, code, f"90000{n}").status_code for n in range(8)]

    assert answers[-1] == 429
    kept = str([list(model.objects.values()) for model in (AccessAttempt, AccessFailureLog, AccessLog)])
    assert "hv" in kept
    assert code not in kept and "90000" not in kept
    assert type_pin(thief, code, "482915").status_code == 429
    assert type_pin(Client(), code, "482915").status_code == 302


def test_a_slip_stopped_meanwhile_lets_nobody_in(client: Client, world, slip) -> None:
    code, account = slip
    client.get(reverse("people:slip", args=[code]))
    renew_slip(actor=world.actor(Role.FOCAL_POINT), person_id=account.person_id)

    assert client.post(reverse("people:slip_enter"), {"pin": "482915", "again": "482915"}).status_code == 404
    assert Client().get(reverse("people:slip_enter")).status_code == 404


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "x", "%00", "a" * 300, "'; drop"])
def test_an_unknown_code_is_answered_kindly(client: Client, world, code: str) -> None:
    assert client.get(f"/slips/{code}/").status_code in (302, 404)
    assert client.post(reverse("people:slip_code"), {"code": code}).status_code == 200


def test_printing_again_stops_unused_codes_and_leaves_used_ones(client: Client, world, slip) -> None:
    code, account = slip
    choose(client, code, "482915")
    actor, home = world.actor(Role.FOCAL_POINT), world.organisations["XA1"].pk
    first, left = print_slips(actor=actor, organisation_id=home)

    assert account.pk not in {one.account_id for one in first}
    assert left == 1
    second, _ = print_slips(actor=actor, organisation_id=home)
    assert Client().get(reverse("people:slip", args=[first[0].code])).status_code == 404
    assert Client().get(reverse("people:slip", args=[second[0].code])).status_code == 302
    assert Client().get(reverse("people:slip", args=[code])).status_code == 302

    everyone, left = print_slips(actor=actor, organisation_id=home, everyone=True)
    assert (account.pk in {one.account_id for one in everyone}, left) == (True, 0)
    account.refresh_from_db()
    assert account.check_password("482915")


def test_a_renewed_slip_stops_the_pin_and_all_codes(client: Client, world, slip) -> None:
    code, account = slip
    choose(client, code, "482915")

    made = renew_slip(actor=world.actor(Role.FOCAL_POINT), person_id=account.person_id)

    account.refresh_from_db()
    assert not account.has_usable_password()
    assert Client().get(reverse("people:slip", args=[code])).status_code == 404
    assert choose(Client(), made.code, "739164").status_code == 302
    assert visitor(client) is None  # the session opened with the old PIN has ended


def test_a_focal_point_prints_no_slip_for_the_head_who_approves_it(world) -> None:
    people = world.placements["TT-001"]
    open_accounts(
        actor=SYSTEM,
        rows=[AccountRow("chu.tich", "Chủ tịch", people[0].person_id, Role.HEAD, world.organisations["XA1"].pk)],
    )
    home = world.organisations["XA1"].pk

    own, left = print_slips(actor=world.actor(Role.FOCAL_POINT), organisation_id=home)
    by_manager, none_left = print_slips(actor=world.actor(Role.MANAGER), organisation_id=home)

    assert left == 1
    assert none_left == 0
    assert len(by_manager) == len(own) + 1


# The account page


def test_password_is_changed_with_the_old_one_and_the_session_stays(client: Client, office: Account) -> None:
    client.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("people:password")
    new = "con-thuyền-không-3"

    assert client.post(url, {"old": "wrong", "new": new, "again": new}).status_code == 200
    assert client.post(url, {"old": PASSWORD, "new": "ngắn", "again": "ngắn"}).status_code == 200
    assert client.post(url, {"old": PASSWORD, "new": new, "again": new + "x"}).status_code == 200
    assert client.post(url, {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert visitor(client).account_id == office.pk
    office.refresh_from_db()
    assert office.check_password(new)


def test_pin_is_changed_with_the_old_one(client: Client, slip) -> None:
    code, account = slip
    choose(client, code, "482915")
    url = reverse("people:pin")

    assert client.post(url, {"old": "000000", "pin": "739164", "again": "739164"}).status_code == 200
    assert client.post(url, {"old": "482915", "pin": "739164", "again": "739164"}).status_code == 302
    account.refresh_from_db()
    assert account.check_password("739164")


def test_my_page_shows_my_data_and_nobody_elses(sign_in, world) -> None:
    me, other = world.placements["TT-002"][0].person, world.placements["TT-003"][0].person
    text = sign_in(Role.TRAINEE).get(reverse("people:me")).content.decode()

    assert me.full_name in text and me.phone in text
    assert me.national_id not in text
    assert other.phone not in text


def test_language_is_kept_with_the_account(sign_in, world) -> None:
    client = sign_in(Role.TRAINEE)
    client.post(reverse("people:language"), {"language": "fr"})

    assert client.get(reverse("people:sign_in")).headers["Content-Language"] == "fr"
    assert Account.objects.get(pk=world.accounts[Role.TRAINEE].pk).language == "fr"
    assert client.post(reverse("people:language"), {"language": "xx"}).status_code == 404


# The first account


@pytest.mark.django_db
def test_an_empty_installation_makes_its_administrator_once(client: Client) -> None:
    assert client.get(reverse("people:sign_in"))["Location"] == reverse("people:first_run")
    data = {"label": "Quản trị", "username": "Quan.Tri", "new": PASSWORD, "again": PASSWORD}
    assert client.post(reverse("people:first_run"), data | {"new": "x", "again": "x"}).status_code == 200

    assert client.post(reverse("people:first_run"), data).status_code == 302

    assert visitor(client).role is Role.OPERATOR
    assert set(RoleGrant.objects.values_list("role", flat=True)) == {"operator", "manager"}
    assert Client().get(reverse("people:first_run")).status_code == 404
    assert Client().post(reverse("people:first_run"), data | {"username": "zwei"}).status_code == 404
