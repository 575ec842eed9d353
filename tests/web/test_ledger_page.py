"""The ledger's page: who reads it, what it finds, and that it proves the chain."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hocvu.kernel.actor import Role
from hocvu.ledger.api import record
from hocvu.ledger.models import Line


@pytest.fixture
def lines(world) -> None:
    """Deeds of a trainee and of the manager."""
    for role, action in ((Role.TRAINEE, "assessment.attempt_started"), (Role.MANAGER, "planning.publish_plan")):
        record(actor=world.actor(role), action=action, object_type="thing", object_key=f"key-{role}", data={"a": 1})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_operator_and_manager_read_it(world, sign_in, role: Role) -> None:
    expected = 200 if role in {Role.OPERATOR, Role.MANAGER} else 403

    assert sign_in(role).get("/ledger/").status_code == expected
    assert sign_in(role).post("/ledger/").status_code == expected


def test_newest_first_and_search(world, sign_in, lines) -> None:
    client = sign_in(Role.MANAGER)
    page = client.get("/ledger/").content.decode()

    assert page.index("planning.publish_plan") < page.index("assessment.attempt_started")
    for words, other in (("publish", "attempt_started"), ("key-trainee", "publish_plan")):
        found = client.get("/ledger/", {"q": words}).content.decode()
        assert words in found
        assert other not in found


def test_the_operator_reads_and_finds_no_trainee_by_name(world, sign_in, lines) -> None:
    name = world.accounts[Role.TRAINEE].label
    operator, manager = sign_in(Role.OPERATOR), sign_in(Role.MANAGER)

    assert name in manager.get("/ledger/").content.decode()
    page = operator.get("/ledger/").content.decode()
    assert "assessment.attempt_started" in page
    assert name not in page
    assert "assessment.attempt_started" not in operator.get("/ledger/", {"q": name}).content.decode()


def test_verify_says_whole(world, sign_in, lines) -> None:
    response = sign_in(Role.OPERATOR).post("/ledger/")

    assert response.context["state"].broken_at is None
    assert response.context["state"].lines == 2


def test_verify_says_where_it_is_broken(world, sign_in, lines, monkeypatch) -> None:
    # Triggers refuse to change a line, so the reading is bent instead.
    from hocvu.ledger.queries import lines as reading

    monkeypatch.setattr(reading, "line_hash", lambda line: "0" * 64 if line.sequence == 2 else line.hash)

    response = sign_in(Role.OPERATOR).post("/ledger/")

    assert response.context["state"].broken_at == 2
    assert 'role="alert"' in response.content.decode()


def test_same_queries_for_two_and_many_lines(world, sign_in, lines) -> None:
    client = sign_in(Role.MANAGER)
    client.get("/ledger/")
    with CaptureQueriesContext(connection) as few:
        client.get("/ledger/")
    for number in range(30):
        record(actor=world.actor(Role.MANAGER), action="a.b", object_type="t", object_key=number)
    with CaptureQueriesContext(connection) as many:
        assert client.get("/ledger/").context["page"].total == 32

    assert len(few) == len(many)


def test_the_ledger_leaves_as_spreadsheet(world, sign_in, lines) -> None:
    assert sign_in(Role.OPERATOR).get("/exports/ledger/").status_code == 200
    assert sign_in(Role.TRAINEE).get("/exports/ledger/").status_code == 403
    assert Line.objects.count() == 2
