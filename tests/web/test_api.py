"""The JSON API: who may, what comes, what is refused and how."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hocvu.delivery.api import open_sessions
from hocvu.delivery.models import Observation
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.ledger.models import Line
from hocvu.people.models import RoleGrant
from hocvu.planning.models import Cohort, Placement
from hocvu.web.rest import limits, tokens
from hocvu.web.rest.build import api

ROLES = [role for role in Role if role is not Role.SYSTEM]


@pytest.fixture(autouse=True)
def _counts_from_zero() -> None:
    cache.clear()


def _schema() -> dict[str, Any]:
    return api.get_openapi_schema()


OPERATIONS = [(path, method) for path, methods in _schema()["paths"].items() for method in methods if "{" not in path]


def _rules(path: str, method: str) -> list[str]:
    return _schema()["paths"][path][method]["x-roles"]


def _call(client: Client, path: str, method: str, **more: Any) -> Any:
    if method == "post":
        return client.post(path, data=more.pop("body", {}), content_type="application/json", **more)
    return client.get(path, **more)


def _bearer(world, role: Role) -> dict[str, str]:
    return {"authorization": f"Bearer {tokens.make_token(actor=world.actor(role)).token}"}


# Who may.


def test_every_operation_says_who_may(db) -> None:
    for path, methods in _schema()["paths"].items():
        for method, operation in methods.items():
            assert operation["x-roles"], f"{method} {path}"
            assert bool(operation.get("security")) is (operation["x-roles"] != ["everyone"]), f"{method} {path}"


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_each_operation_keeps_its_door(world, sign_in, path: str, method: str) -> None:
    rules = _rules(path, method)
    stranger = _call(Client(), path, method)
    if rules != ["everyone"]:
        assert stranger.status_code == 401
        assert stranger.headers["WWW-Authenticate"] == "Bearer"
        assert stranger.json()["code"] == "web.not_signed_in"
    for role in ROLES:
        response = _call(sign_in(role), path, method)
        if rules != ["everyone"] and str(role) not in rules:
            assert response.status_code in {403, 422}, role  # an empty body is refused first, and nothing is done
            if method == "get":
                assert response.json()["code"] == "kernel.not_allowed"
        else:
            assert response.status_code in {200, 422}, role
        assert set(response.json()) == {"code", "message", "data"} or response.status_code == 200


def test_the_schema_is_public_and_openapi_3_1(client: Client, db) -> None:
    response = client.get("/api/v1/openapi.json")

    assert response.status_code == 200
    assert response.json()["openapi"] == "3.1.0"
    assert len(response.json()["paths"]) == 7


def test_an_address_that_is_not_there(client: Client, db) -> None:
    response = client.get("/api/v1/nothing")

    assert response.status_code == 404
    assert response.json()["code"] == "web.not_found"


# Tokens.


def test_a_token_opens_what_the_role_opens(world) -> None:
    assert Client().get("/api/v1/organisations", headers=_bearer(world, Role.MANAGER)).status_code == 200
    assert Client().get("/api/v1/organisations", headers=_bearer(world, Role.TRAINEE)).status_code == 403


def _forge(token: str) -> str:
    return ("A" if token[0] != "A" else "B") + token[1:]


def test_a_forged_token_opens_nothing(world) -> None:
    good = tokens.make_token(actor=world.actor(Role.MANAGER)).token
    for bad in (_forge(good), good + "x", "x", "", good.rsplit(":", 1)[0]):
        response = Client().get("/api/v1/organisations", headers={"authorization": f"Bearer {bad}"})
        assert response.status_code == 401, bad


def test_a_token_ends(world, monkeypatch) -> None:
    made = tokens.make_token(actor=world.actor(Role.MANAGER))
    assert tokens.read_token(made.token) == world.actor(Role.MANAGER)

    monkeypatch.setattr(tokens, "LIFE", timedelta(seconds=-1))

    assert tokens.read_token(made.token) is None


def test_a_token_ends_with_password_role_and_account(world) -> None:
    account = world.accounts[Role.MANAGER]

    def fresh() -> str:
        return tokens.make_token(actor=world.actor(Role.MANAGER)).token

    before = fresh()
    account.set_password("another password of some length")
    account.save()
    assert tokens.read_token(before) is None

    before = fresh()
    RoleGrant.objects.filter(account=account).update(ends_on=clock.today())
    assert tokens.read_token(before) is None

    RoleGrant.objects.filter(account=account).update(ends_on=None)
    assert tokens.read_token(before) is not None
    account.is_active = False
    account.save()
    assert tokens.read_token(before) is None


def test_making_a_token_is_in_the_ledger_without_the_token(world, sign_in) -> None:
    page = sign_in(Role.OFFICE).post("/api/")

    token = page.context["token"]
    assert token in page.content.decode()
    line = Line.objects.get()
    assert (line.action, line.object_key) == ("web.token_made", str(world.accounts[Role.OFFICE].uuid))
    assert token not in str(line.data)
    assert token not in sign_in(Role.OFFICE).get("/api/").content.decode()


def test_a_cookie_needs_the_csrf_token_to_write(world) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts[Role.OFFICE], backend="django.contrib.auth.backends.ModelBackend")
    body = {"session": str(world.session("TT-002", 3).uuid), "rows": [_sign(world.placements["TT-002"][0])]}

    refused = client.post("/api/v1/presence", data=body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "web.csrf")
    assert not Observation.objects.exists()

    client.get("/api/")  # a page with a form gives the cookie and the token
    token = client.get("/api/").context["csrf_token"]
    open_sessions(actor=world.actor(Role.OFFICE), session_ids=[world.session("TT-002", 3).pk])
    done = client.post(
        "/api/v1/presence", data=body, content_type="application/json", headers={"x-csrftoken": str(token)}
    )
    assert done.json() == {"recorded": 1, "repeated": 0}


# Reads.


def test_the_campaign(client: Client, world) -> None:
    data = client.get("/api/v1/campaign").json()

    assert data["code"] == "binh-dinh-2025"
    assert [group["code"] for group in data["groups"]] == ["LD", "XA", "CA", "GD"]


def test_no_campaign_yet(client: Client, db) -> None:
    assert client.get("/api/v1/campaign").status_code == 404


def test_organisations_are_paged_and_searched(world, sign_in) -> None:
    client = sign_in(Role.MANAGER)

    page = client.get("/api/v1/organisations", {"per_page": 3, "page": 3}).json()
    assert (page["page"], page["pages"], page["total"], len(page["items"])) == (3, 3, 7, 1)
    assert client.get("/api/v1/organisations", {"page": 99}).json()["items"] == []
    found = client.get("/api/v1/organisations", {"q": "noi vu"}).json()["items"]
    assert [one["code"] for one in found] == ["SNV"]
    assert found[0]["parent"] == str(world.organisations["52"].uuid)


def test_an_agency_lists_only_itself(world, sign_in) -> None:
    items = sign_in(Role.FOCAL_POINT).get("/api/v1/organisations").json()["items"]

    assert [one["code"] for one in items] == ["XA1"]


def test_cohorts_by_day_and_mode(world, sign_in) -> None:
    client = sign_in(Role.LEADER)

    def codes(**params: str) -> list[str]:
        return [one["code"] for one in client.get("/api/v1/cohorts", params).json()["items"]]

    assert codes() == ["TR-001", "TT-001", "TT-002", "TT-003"]
    assert codes(day="2025-06-18") == ["TR-001", "TT-002"]
    assert codes(day="2025-06-18", mode="online") == ["TR-001"]
    assert codes(q="tt-003") == ["TT-003"]
    wrong = client.get("/api/v1/cohorts", {"mode": "other"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "web.invalid")


def test_a_trainee_sees_their_own_class_and_place_only(world, sign_in) -> None:
    client = sign_in(Role.TRAINEE)
    own = world.placements["TT-002"][0]

    assert [one["code"] for one in client.get("/api/v1/cohorts").json()["items"]] == ["TT-002"]
    assert [one["uuid"] for one in client.get("/api/v1/placements").json()["items"]] == [str(own.uuid)]
    other = world.cohorts["TT-001"].uuid
    assert client.get("/api/v1/placements", {"cohort": str(other)}).json()["items"] == []


def test_an_instructor_sees_the_people_of_own_classes(world, sign_in) -> None:
    items = sign_in(Role.INSTRUCTOR).get("/api/v1/placements", {"per_page": 200}).json()["items"]

    assert {one["cohort_code"] for one in items} == {"TT-001", "TT-002", "TR-001"}


@pytest.mark.parametrize("path", ["organisations", "cohorts", "placements"])
def test_same_queries_for_one_and_many_rows(world, sign_in, path: str) -> None:
    client = sign_in(Role.MANAGER)
    client.get(f"/api/v1/{path}")
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(f"/api/v1/{path}", {"per_page": 1}).json()["items"]) == 1
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(f"/api/v1/{path}", {"per_page": 200}).json()["items"]) > 3

    assert len(one) == len(many)


# Presence.


def _sign(place: Placement, client_id: str = "phone-1:0001", **fields: Any) -> dict[str, Any]:
    return {
        "placement": str(place.uuid), "kind": "present", "observed_at": "2025-06-18T07:35:00+07:00",
        "client_id": client_id,
    } | fields  # fmt: skip


@pytest.fixture
def taught(world) -> Any:
    """The half-day under way of the class in person, opened by its instructor."""
    session = world.session("TT-002", 3)
    open_sessions(actor=world.actor(Role.INSTRUCTOR), session_ids=[session.pk])
    return session


@pytest.fixture
def send(world, taught) -> Callable[..., Any]:
    """Send a batch as the instructor (or another role)."""

    def as_role(rows: list[dict[str, Any]], role: Role = Role.INSTRUCTOR, **fields: Any) -> Any:
        body = {"session": str(taught.uuid), "rows": rows} | fields
        return Client().post(
            "/api/v1/presence", data=body, content_type="application/json", headers=_bearer(world, role)
        )

    return as_role


def test_a_batch_sent_again_changes_nothing(world, send) -> None:
    places = world.placements["TT-002"]
    rows = [_sign(place, f"phone-1:{number:04d}") for number, place in enumerate(places)]

    first, again = send(rows), send(rows)
    more = send([*rows, _sign(places[0], "phone-1:left", kind="left", observed_at="2025-06-18T08:05:00+07:00")])

    assert first.json() == {"recorded": 6, "repeated": 0}
    assert again.json() == {"recorded": 0, "repeated": 6}
    assert more.json() == {"recorded": 1, "repeated": 6}
    assert Observation.objects.count() == 7
    assert Line.objects.filter(action="delivery.record_presence").count() == 2


def test_one_client_id_twice_in_a_batch_counts_once(world, send) -> None:
    place = world.placements["TT-002"][0]

    assert send([_sign(place), _sign(place)]).json() == {"recorded": 1, "repeated": 1}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"observed_at": "2025-06-18T09:00:00+07:00"}, "web.future"),
        ({"observed_at": "2025-06-17T07:35:00+07:00"}, "web.other_day"),
        ({"observed_at": "2025-06-18T07:35:00"}, "web.invalid"),
        ({"observed_at": "0001-01-01T00:00:00+00:00"}, "web.invalid"),
        ({"kind": "sleeping"}, "web.invalid"),
        ({"client_id": "short"}, "web.invalid"),
        ({"placement": "00000000-0000-0000-0000-000000000000"}, "web.unknown_places"),
    ],
)
def test_a_wrong_sign_refuses_the_whole_batch(world, send, fields: dict[str, str], code: str) -> None:
    good, bad = world.placements["TT-002"][:2]

    response = send([_sign(good), _sign(bad, "phone-1:0002") | fields])

    assert (response.status_code, response.json()["code"]) == (422, code)
    assert not Observation.objects.exists()


def test_people_of_another_class_are_refused(world, send) -> None:
    response = send([_sign(world.placements["TT-001"][0])])

    assert (response.status_code, response.json()["code"]) == (422, "delivery.not_in_class")


def test_a_class_that_is_not_mine_is_not_there(world, send) -> None:
    other = world.session("TT-003", 1)  # of other instructors

    response = send([_sign(world.placements["TT-003"][0])], session=str(other.uuid))

    assert (response.status_code, response.json()["code"]) == (404, "web.not_found")


def test_a_half_day_not_opened_is_a_conflict(world, send) -> None:
    closed = world.session("TT-002", 1)
    response = send(
        [_sign(world.placements["TT-002"][0], observed_at="2025-06-17T07:35:00+07:00")], session=str(closed.uuid)
    )

    assert (response.status_code, response.json()["code"]) == (409, "delivery.not_open")


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.FOCAL_POINT, Role.LEADER, Role.OPERATOR, Role.INVIGILATOR])
def test_others_may_not_record(world, send, role: Role) -> None:
    response = send([_sign(world.placements["TT-002"][0])], role)

    assert (response.status_code, response.json()["code"]) == (403, "kernel.not_allowed")
    assert not Observation.objects.exists()


def test_a_body_that_is_not_json(world) -> None:
    response = Client().post(
        "/api/v1/presence", data="{", content_type="application/json", headers=_bearer(world, Role.OFFICE)
    )

    assert (response.status_code, response.json()["code"]) == (400, "web.bad_request")


# Limits.


def test_an_account_may_not_ask_without_end(world, sign_in, monkeypatch) -> None:
    monkeypatch.setattr(limits, "PER_MINUTE", 2)
    monkeypatch.setattr(limits.time, "time", lambda: 1_750_000_000.0)
    client, other = sign_in(Role.MANAGER), sign_in(Role.OFFICE)

    assert [client.get("/api/v1/cohorts").status_code for _ in range(3)] == [200, 200, 429]
    response = client.get("/api/v1/cohorts")
    assert response.json()["code"] == "web.too_many"
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert other.get("/api/v1/cohorts").status_code == 200


def test_trouble_is_told_in_the_same_shape(world, sign_in, monkeypatch, caplog) -> None:
    from hocvu.web.rest import reads

    def broken(_actor: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(reads, "visible_cohorts", broken)

    response = sign_in(Role.MANAGER).get("/api/v1/cohorts")

    assert (response.status_code, response.json()["code"]) == (500, "web.trouble")
    assert "secret detail" not in response.content.decode()
    assert "secret detail" in caplog.text
    assert Cohort.objects.exists()
