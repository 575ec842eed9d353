"""The candidate's pages: from "my test" to the result, without a script, and nothing that gives an answer away."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.assessment.api import close_sitting, make_token, plan_resit, start_attempt, take_over, void_attempt
from hocvu.assessment.models import Answer, Attempt, ItemVersion, PracticeTest
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.ledger.models import Line

from .bank import SECRET

pytestmark = pytest.mark.django_db
MIN = timedelta(minutes=1)
ANSWERS = "/answers/"


def page(client: Client, name: str, *args) -> str:
    response = client.get(reverse(f"assessment:{name}", args=args))
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.fixture
def begun(during, sign_in):
    """The trainee of TT-002 has pressed "start" in an open sitting."""
    hall = during(minutes=1)
    client = sign_in(Role.TRAINEE)
    assert client.post(reverse("assessment:start")).url == reverse("assessment:question", args=[1])
    hall.client = client
    return hall


def test_only_trainees_have_a_test(hall, sign_in):
    for role in set(Role) - {Role.SYSTEM, Role.TRAINEE}:
        assert sign_in(role).get(reverse("assessment:my_test")).status_code == 403
    assert "/sign-in" in Client().get(reverse("assessment:my_test")).url


def test_before_the_room_opens_there_is_time_and_place_but_no_button(hall, sign_in):
    shown = page(sign_in(Role.TRAINEE), "my_test")
    assert "15:30" in shown
    assert "Hội trường A1" in shown
    assert reverse("assessment:start") not in shown
    refused = sign_in(Role.TRAINEE).post(reverse("assessment:start"), follow=True)
    assert refused.redirect_chain[-1][0] == reverse("assessment:my_test")
    assert hall.attempt().state == "assigned"


def test_without_a_paper_the_page_says_that_it_will_come(world, sign_in):
    assert "TT-002" in page(sign_in(Role.TRAINEE), "my_test")


def test_once_open_the_button_starts_the_test(during, sign_in):
    during(minutes=1)
    assert reverse("assessment:start") in page(sign_in(Role.TRAINEE), "my_test")


def test_a_whole_test_by_plain_forms(begun):
    right = begun.right_answers("TT-002", right=7)[begun.attempt().placement_id]
    for position in range(1, 9):
        url = reverse("assessment:question", args=[position])
        body = begun.client.get(url).content.decode()
        assert body.count('type="radio"') == 4
        saved = begun.client.post(url, {"value": right[position], "go": "next"})
        assert saved.url == reverse("assessment:question", args=[position + 1])
    review = page(begun.client, "review")
    assert 'href="/test/questions/9/"' in review
    assert "govuk-warning-text" in review
    assert begun.client.post(reverse("assessment:review")).status_code == 200
    assert begun.attempt().state == "started"
    handed_in = begun.client.post(reverse("assessment:review"), {"sure": "yes"}, follow=True)
    assert handed_in.redirect_chain[-1][0] == reverse("assessment:result")
    attempt = begun.attempt()
    assert (attempt.state, attempt.right, attempt.mark) == ("scored", 7, 78)
    body = handed_in.content.decode()
    assert "7,8" in body
    assert body.count("<progress") == 3
    assert begun.client.get(reverse("assessment:question", args=[1])).url == reverse("assessment:my_test")


def test_the_page_says_what_is_on_the_server(begun):
    url = reverse("assessment:question", args=[2])
    assert "checked" not in begun.client.get(url).content.decode()
    key = begun.attempt().paper[1][1][0]
    body = begun.client.post(url, {"value": key, "go": "before"}, follow=True).content.decode()
    assert "hv-message--success" in body
    assert 'data-answered="1"' in body
    body = begun.client.get(url).content.decode()
    assert "✓" in body
    assert body.count("checked") == 1


def test_an_answer_that_is_no_option_is_not_saved_and_it_says_so(begun):
    response = begun.client.post(reverse("assessment:question", args=[1]), {"value": "z"})
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()
    assert Answer.objects.count() == 0


def test_questions_outside_the_paper_do_not_exist(begun):
    for position in (0, 10, 999):
        assert begun.client.get(reverse("assessment:question", args=[position])).status_code == 404


def test_after_the_end_the_saved_answers_are_handed_in(begun, at):
    attempt = begun.attempt()
    begun.client.post(reverse("assessment:question", args=[1]), {"value": attempt.paper[0][1][0]})
    at(attempt.deadline + timedelta(seconds=30))
    late = begun.client.post(reverse("assessment:question", args=[2]), {"value": "a"}, follow=True)
    assert late.redirect_chain[-1][0] == reverse("assessment:result")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.submitted_at) == ("scored", attempt.deadline)
    assert Answer.objects.filter(attempt=attempt).count() == 1


def test_within_the_grace_a_form_still_saves(begun, at):
    attempt = begun.attempt()
    at(attempt.deadline + timedelta(seconds=15))
    begun.client.post(reverse("assessment:question", args=[2]), {"value": attempt.paper[1][1][0]})
    assert Answer.objects.filter(attempt=attempt).count() == 1


def test_a_second_device_must_take_over_and_the_first_then_stops(begun, sign_in):
    second = sign_in(Role.TRAINEE)
    url = reverse("assessment:question", args=[1])
    assert reverse("assessment:take_over") in second.get(url).content.decode()
    key = begun.attempt().paper[0][1][0]
    assert second.post(url, {"value": key}).status_code == 200
    assert Answer.objects.count() == 0
    second.post(reverse("assessment:start"))
    assert reverse("assessment:take_over") in second.get(url).content.decode()
    second.post(reverse("assessment:take_over"))
    assert 'type="radio"' in second.get(url).content.decode()
    assert reverse("assessment:take_over") in begun.client.get(url).content.decode()
    begun.client.post(url, {"value": key})
    assert Answer.objects.count() == 0
    assert begun.attempt().token_number == 2


def test_what_comes_next_after_failing_absence_void_and_the_last_resit(during, sign_in, at):
    hall = during(minutes=25)
    hall.sat("TT-002", right=2)
    close_sitting(actor=SYSTEM, sitting_id=hall.sitting("TT-002").pk)
    client = sign_in(Role.TRAINEE)
    client.cookies["hocvu_language"] = "en"  # this test reads sentences as they are written
    assert "once more" in page(client, "result")
    resit = plan_resit(
        actor=SYSTEM,
        placement_ids=[hall.attempt().placement_id],
        opens_at=hall.sitting("TT-002").opens_at + timedelta(days=3),
    )
    assert "15:30, 21/06/2025" in page(client, "result")
    assert "15:30" in page(client, "my_test")
    Attempt.objects.filter(sitting=resit).update(state="absent")
    assert "used the resits" in page(client, "result")
    void_attempt(actor=SYSTEM, attempt_uuid=hall.attempt(kind="resit").uuid, reason="Sự cố điện")
    assert "Sự cố điện" in page(client, "result")


def test_no_answer_key_reaches_a_candidate(begun, at):
    """Every page and the saving address, while the test runs and after: no key, no explanation, no code of an item."""
    attempt = begun.attempt()
    bodies = [page(begun.client, "my_test"), page(begun.client, "review")]
    for position, (version_id, order) in enumerate(attempt.paper, start=1):
        url = reverse("assessment:question", args=[position])
        bodies.append(begun.client.get(url).content.decode())
        bodies.append(begun.client.post(url, {"value": order[0]}, follow=True).content.decode())
        reply = begun.client.post(
            ANSWERS, json.dumps({"token": make_token(attempt), "answers": [{"position": position, "value": order[1]}]}), "application/json"
        )  # fmt: skip
        bodies.append(reply.content.decode())
        version = ItemVersion.objects.get(pk=version_id)
        assert version.explanation["vi"].startswith(SECRET)
    begun.client.post(reverse("assessment:review"), {"sure": "yes"})
    bodies += [page(begun.client, "result"), page(begun.client, "my_test")]
    for body in bodies:
        assert SECRET not in body
        assert "right_key" not in body
    for body in bodies[2:20]:
        radios = [line for line in body.splitlines() if 'type="radio"' in line]
        shapes = {line.replace(" checked", "").split("value=")[0].split("id=")[0].strip() for line in radios}
        assert len(shapes) <= 1  # every option looks the same but for its number, key and words


def test_question_pages_cost_the_same_at_one_answer_and_at_nine(begun):
    url = reverse("assessment:question", args=[1])
    attempt = begun.attempt()
    begun.client.post(url, {"value": attempt.paper[0][1][0]})
    begun.client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        begun.client.get(url)
    for position, (_pk, order) in enumerate(attempt.paper, start=1):
        begun.client.post(reverse("assessment:question", args=[position]), {"value": order[0]})
    begun.client.get(url)
    with CaptureQueriesContext(connection) as nine:
        begun.client.get(url)
    assert len(one) == len(nine)
    own = [q["sql"] for q in nine if "assessment_" in q["sql"]]
    assert len(own) == 3  # the attempt, its answers, the words of the question


# --- the address that scripts use


def send(body, **headers):
    text = body if isinstance(body, str) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(ANSWERS, text, "application/json", headers=headers)


@pytest.fixture
def token(during):
    hall = during(minutes=1)
    start_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    return make_token(hall.attempt())


def test_a_batch_is_saved_with_a_token_and_without_a_session(token):
    answers = [
        {"position": 1, "value": "a", "client_sequence": 5, "client_at": "2025-06-18T08:31:00Z"},
        {"position": 2, "value": "b", "client_sequence": 6},
    ]
    reply = send({"token": token, "answers": answers})
    assert (reply.status_code, reply.json()) == (200, {"saved": [1, 2], "last": 6, "remaining_seconds": 1800})
    assert send({"token": token, "answers": answers}).json()["saved"] == [1, 2]
    assert Answer.objects.count() == 2
    with CaptureQueriesContext(connection) as queries:
        send({"token": token, "answers": answers})
    assert not [q for q in queries if "django_session" in q["sql"] or "people_account" in q["sql"]]
    assert len([q for q in queries if "assessment_" in q["sql"]]) == 2


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", "null", '"x"', "{}", '{"token": 1, "answers": []}', '{"token": "x", "answers": {}}',
     '{"token": "x", "answers": [1]}', '{"token": "x", "answers": [{"position": "1", "value": "a"}]}',
     '{"token": "x", "answers": [{"position": true, "value": "a"}]}', '{"token": "x", "answers": [{"position": 1, "value": 2}]}',
     '{"token": "x", "answers": [{"position": 1, "value": "a", "client_sequence": 1.5}]}', "\udcff".encode("utf-8", "surrogateescape")],
)  # fmt: skip
def test_what_cannot_be_read_is_400(db, body):
    assert Client().post(ANSWERS, body, "application/json").status_code == 400


def test_refusals_carry_a_code_and_a_sentence(token, at, during):
    assert send({"token": "forged", "answers": []}).status_code == 403
    bad = send({"token": token, "answers": [{"position": 44, "value": "a"}]})
    assert (bad.status_code, bad.json()["error"]) == (400, "assessment.answer_unknown")
    attempt = Attempt.objects.get(state="started")
    take_over(actor=SYSTEM, attempt_uuid=attempt.uuid)
    gone = send({"token": token, "answers": [{"position": 1, "value": "a"}]})
    assert (gone.status_code, gone.json()["error"]) == (409, "assessment.other_device")
    assert gone.json()["message"]
    at(attempt.deadline + MIN)
    attempt.refresh_from_db()
    late = send({"token": make_token(attempt), "answers": [{"position": 1, "value": "a"}]})
    assert (late.status_code, late.json()["error"]) == (409, "assessment.time_over")
    assert send("x" * 40000).status_code == 413
    assert Client().get(ANSWERS).status_code == 405
    assert Answer.objects.count() == 0


# --- practice


def test_practice_explains_each_answer_and_ends_with_a_result_by_axis(hall, sign_in):
    client = sign_in(Role.TRAINEE)
    first = client.post(reverse("assessment:practice"))
    test = PracticeTest.objects.get()
    assert first.url == reverse("assessment:practice_question", args=[test.uuid, 1])
    assert client.post(reverse("assessment:practice")).url == first.url
    pools = set(ItemVersion.objects.filter(pk__in=[pk for pk, _ in test.paper]).values_list("item__pool", flat=True))
    assert pools == {"practice"}
    for position, (version_id, order) in enumerate(test.paper, start=1):
        url = reverse("assessment:practice_question", args=[test.uuid, position])
        assert SECRET not in client.get(url).content.decode()
        key = ItemVersion.objects.get(pk=version_id).right_key
        wrong = next(k for k in order if k != key)
        client.post(url, {"value": key if position <= 6 else wrong})
        client.post(url, {"value": key})  # the first answer stays
        assert SECRET in client.get(url).content.decode()
    test.refresh_from_db()
    assert (test.right, len(test.answers)) == (6, 9)
    assert "6/9" in page(client, "practice_result", test.uuid)
    assert "6" in page(client, "practice")
    assert Line.objects.filter(action="assessment.practice_finished").count() == 1


def test_practice_of_someone_else_does_not_exist(hall, sign_in):
    other = PracticeTest.objects.create(
        placement=hall.world.placements["TT-002"][1], paper=[], started_at=hall.sitting("TT-002").opens_at
    )
    client = sign_in(Role.TRAINEE)
    assert client.get(reverse("assessment:practice_question", args=[other.uuid, 1])).status_code == 404
    assert client.get(reverse("assessment:practice_result", args=[other.uuid])).status_code == 404


def test_an_unfinished_practice_has_no_result_and_an_empty_answer_is_asked_for(hall, sign_in):
    client = sign_in(Role.TRAINEE)
    client.post(reverse("assessment:practice"))
    test = PracticeTest.objects.get()
    first = reverse("assessment:practice_question", args=[test.uuid, 1])
    assert client.get(reverse("assessment:practice_result", args=[test.uuid])).url == first
    assert "hv-message--error" in client.post(first, {}, follow=True).content.decode()
    assert client.get(reverse("assessment:practice_question", args=[test.uuid, 99])).status_code == 404
