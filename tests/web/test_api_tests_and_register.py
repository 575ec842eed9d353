"""The API on real papers: answers of a running test, attestations by their code."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hocvu.assessment.api import make_token, start_attempt, take_over
from hocvu.assessment.models import Answer, Attempt, Blueprint, Sitting
from hocvu.attestations.api import ensure_demo_key
from hocvu.attestations.web import limits as verify_limits
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM
from hocvu.web.rest import limits, writes

from ..attestations.build import issued


@pytest.fixture(autouse=True)
def _counts_from_zero() -> None:
    cache.clear()


@pytest.fixture
def attempt(world) -> Attempt:
    """A running test of three questions; which items they are does not matter here."""
    blueprint = Blueprint.objects.create(campaign=world.campaign, code="final", title={}, minutes=30, cells=[])
    sitting = Sitting.objects.create(
        cohort=world.cohorts["TT-002"], blueprint=blueprint, kind="final", opens_at=clock.now(),
        closes_at=clock.at(clock.today(), 17), state="open", opened_at=clock.now(),
    )  # fmt: skip
    made = Attempt.objects.create(
        sitting=sitting, placement=world.placements["TT-002"][0], seed=1, paper=[[1, "abcd"]] * 3, paper_code="001"
    )
    return start_attempt(actor=SYSTEM, attempt_uuid=made.uuid)


def _save(token: str, *answers: dict[str, Any]) -> Any:
    body = {"token": token, "answers": list(answers)}
    return Client(enforce_csrf_checks=True).post("/api/v1/answers", data=body, content_type="application/json")


def test_answers_are_saved_once(attempt: Attempt) -> None:
    token = make_token(attempt)
    one = {"position": 1, "value": "b", "client_sequence": 4}

    first, again, older = _save(token, one), _save(token, one), _save(token, one | {"value": "a", "client_sequence": 3})

    assert first.json() == {"saved": [1], "last": 4, "remaining_seconds": 30 * 60}
    assert again.json() == older.json() == first.json()
    assert [(a.position, a.value) for a in Answer.objects.filter(attempt=attempt)] == [(1, "b")]


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        ({"position": 4, "value": "a"}, 422, "assessment.answer_unknown"),
        ({"position": 1, "value": "e"}, 422, "assessment.answer_unknown"),
        ({"position": 0, "value": "a"}, 422, "web.invalid"),
        ({"position": 1, "value": "ab"}, 422, "web.invalid"),
    ],
)
def test_a_wrong_answer_is_refused(attempt: Attempt, answer: dict[str, Any], status: int, code: str) -> None:
    response = _save(make_token(attempt), {"position": 2, "value": "a"}, answer)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert not Answer.objects.exists()


def test_forged_moved_and_finished(attempt: Attempt) -> None:
    token = make_token(attempt)
    one = {"position": 1, "value": "a"}

    forged = _save("A" + token, one)
    assert (forged.status_code, forged.json()["code"]) == (403, "assessment.token_bad")
    attempt = take_over(actor=SYSTEM, attempt_uuid=attempt.uuid)
    moved = _save(token, one)
    assert (moved.status_code, moved.json()["code"]) == (409, "assessment.other_device")
    attempt.state = Attempt.State.SCORED
    attempt.save()
    over = _save(make_token(attempt), one)
    assert (over.status_code, over.json()["code"]) == (409, "assessment.attempt_over")


def test_one_test_may_not_save_without_end(attempt: Attempt, monkeypatch) -> None:
    monkeypatch.setattr(writes, "SAVES_PER_MINUTE", 2)
    monkeypatch.setattr(limits.time, "time", lambda: 1_750_000_000.0)
    monkeypatch.setattr("hocvu.assessment.saving.signing.loads", lambda *args, **kwargs: [attempt.pk, 1])

    codes = [_save("x", {"position": 1, "value": "a"}).status_code for _ in range(3)]

    assert codes == [200, 200, 429]


def test_an_attestation_by_its_code(world, client: Client) -> None:
    ensure_demo_key()
    entry = issued(world)[0]

    data = client.get(f"/api/v1/attestations/{entry.code.lower().replace('-', '')}").json()

    assert (data["number"], data["state"], data["seal_holds"]) == (entry.number, "issued", True)
    assert entry.payload["name"] in [field["vi"] for field in data["fields"]]
    assert data["revocation"] is None


def test_a_restricted_attestation_shows_no_name(world, client: Client) -> None:
    ensure_demo_key()
    entry = issued(world)[0]
    entry.payload["restricted"] = True
    entry.save()

    data = client.get(f"/api/v1/attestations/{entry.code}").json()

    assert [field["key"] for field in data["fields"]] == ["number", "register_number", "name", "class"]
    assert entry.payload["name"] not in str(data)


def test_an_unknown_code(world, client: Client) -> None:
    response = client.get("/api/v1/attestations/ABCD-EFGH")

    assert (response.status_code, response.json()["code"]) == (404, "web.not_found")


def test_codes_are_not_guessed_by_the_thousand(client: Client, db, monkeypatch) -> None:
    monkeypatch.setattr(verify_limits.too_many, "__kwdefaults__", {"most": 2})

    codes = [client.get("/api/v1/attestations/ABCD").status_code for _ in range(3)]

    assert codes == [404, 404, 429]
