"""Saving answers: idempotent, the last sequence wins, nothing after the end, one device at a time."""

from datetime import timedelta

import pytest

from hocvu.assessment.api import (
    AnswerIn,
    close_sitting,
    give_extra_time,
    let_in,
    make_token,
    save_answer,
    save_answers,
    settle_attempt,
    start_attempt,
    submit_attempt,
    take_over,
)
from hocvu.assessment.models import Answer, Attempt
from hocvu.kernel.actor import SYSTEM
from hocvu.kernel.errors import Refused
from hocvu.ledger.models import Line

pytestmark = pytest.mark.django_db
MIN = timedelta(minutes=1)


@pytest.fixture
def running(during):
    """A hall in which the trainee of TT-002 has just started."""
    hall = during(minutes=1)
    start_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    return hall


def refused_code(call, **arguments) -> str:
    with pytest.raises(Refused) as refused:
        call(**arguments)
    return refused.value.code


def held(hall) -> dict[int, tuple[str, int]]:
    rows = Answer.objects.filter(attempt=hall.attempt())
    return {a.position: (a.value, a.client_sequence) for a in rows}


def test_the_same_answer_twice_changes_nothing(running):
    token = make_token(running.attempt())
    first = save_answers(token=token, answers=[AnswerIn(1, "a", 1), AnswerIn(2, "b", 2)])
    again = save_answers(token=token, answers=[AnswerIn(1, "a", 1), AnswerIn(2, "b", 2)])
    assert first == again
    assert (first.saved, first.last, first.remaining_seconds) == ((1, 2), 2, 30 * 60)
    assert held(running) == {1: ("a", 1), 2: ("b", 2)}


def test_the_last_sequence_wins_in_whatever_order_it_comes(running):
    token = make_token(running.attempt())
    save_answers(token=token, answers=[AnswerIn(1, "c", 9)])
    late = save_answers(token=token, answers=[AnswerIn(1, "a", 3), AnswerIn(1, "b", 4)])
    assert (late.saved, late.last) == ((1,), 9)
    assert held(running) == {1: ("c", 9)}
    save_answers(
        token=token, answers=[AnswerIn(1, "d", 10), AnswerIn(1, "b", 8), AnswerIn(2, "b", 12), AnswerIn(2, "c", 11)]
    )
    assert held(running) == {1: ("d", 10), 2: ("b", 12)}


def test_without_a_sequence_the_server_gives_the_next_and_empty_withdraws(running):
    uuid = running.attempt().uuid
    assert save_answer(attempt_uuid=uuid, position=3, value="a").last == 1
    save_answers(token=make_token(running.attempt()), answers=[AnswerIn(4, "a", 20)])
    assert save_answer(attempt_uuid=uuid, position=3, value="").last == 21
    assert held(running) == {3: ("", 21), 4: ("a", 20)}


def test_a_bad_answer_keeps_its_whole_batch_out(running):
    token = make_token(running.attempt())
    for bad in (
        AnswerIn(0, "a", 2),
        AnswerIn(10, "a", 2),
        AnswerIn(2, "x", 2),
        AnswerIn(2, "ab", 2),
        AnswerIn(2, "a", -1),
    ):
        assert (
            refused_code(save_answers, token=token, answers=[AnswerIn(1, "a", 1), bad]) == "assessment.answer_unknown"
        )
    assert refused_code(save_answers, token=token, answers=[AnswerIn(1, "a", 1)] * 61) == "assessment.batch_too_long"
    assert held(running) == {}


def test_forged_and_foreign_tokens_do_not_save(running):
    token = make_token(running.attempt())
    for bad in ("", "x", token[:-1] + ("A" if token[-1] != "A" else "B"), token + "x"):
        assert refused_code(save_answers, token=bad, answers=[]) == "assessment.token_bad"
    other = running.attempt(at=1)
    assert refused_code(save_answers, token=make_token(other), answers=[]) == "assessment.attempt_over"


def test_taking_over_silences_the_device_before(running):
    old = make_token(running.attempt())
    take_over(actor=SYSTEM, attempt_uuid=running.attempt().uuid)
    assert refused_code(save_answers, token=old, answers=[AnswerIn(1, "a", 1)]) == "assessment.other_device"
    save_answers(token=make_token(running.attempt()), answers=[AnswerIn(1, "b", 1)])
    assert held(running) == {1: ("b", 1)}
    assert Line.objects.get(action="assessment.device_changed").data == {"device": 2}


def test_nothing_is_taken_after_the_end_and_its_grace(running, at):
    attempt = running.attempt()
    token = make_token(attempt)
    at(attempt.deadline + timedelta(seconds=20))
    assert save_answers(token=token, answers=[AnswerIn(1, "a", 1)]).remaining_seconds == 0
    at(attempt.deadline + timedelta(seconds=21))
    assert refused_code(save_answers, token=token, answers=[AnswerIn(1, "b", 2)]) == "assessment.time_over"
    assert held(running) == {1: ("a", 1)}


def test_extra_time_moves_the_end(running, at):
    attempt = running.attempt()
    give_extra_time(actor=SYSTEM, attempt_uuid=attempt.uuid, minutes=10, reason="Máy treo")
    at(attempt.deadline + 9 * MIN)
    save_answer(attempt_uuid=attempt.uuid, position=1, value="a")
    assert held(running) == {1: ("a", 1)}
    assert (
        refused_code(give_extra_time, actor=SYSTEM, attempt_uuid=attempt.uuid, minutes=51, reason="x")
        == "assessment.extra_too_long"
    )
    assert (
        refused_code(give_extra_time, actor=SYSTEM, attempt_uuid=attempt.uuid, minutes=5, reason=" ")
        == "assessment.reason_missing"
    )


def test_handing_in_scores_at_once_and_ends_saving(running):
    attempt = running.attempt()
    answers = running.right_answers("TT-002", right=8)[attempt.placement_id]
    for position, value in answers.items():
        save_answer(attempt_uuid=attempt.uuid, position=position, value=value)
    submit_attempt(actor=SYSTEM, attempt_uuid=attempt.uuid)
    submit_attempt(actor=SYSTEM, attempt_uuid=attempt.uuid)
    attempt = running.attempt()
    assert (attempt.state, attempt.right, attempt.mark) == ("scored", 8, 89)
    assert refused_code(save_answer, attempt_uuid=attempt.uuid, position=1, value="a") == "assessment.attempt_over"
    line = Line.objects.get(action="assessment.attempt_submitted")
    assert (line.count, line.data) == (9, {"right": 8, "mark": 89})


def test_a_test_whose_time_is_over_is_handed_in_as_of_its_end(running, at):
    attempt = running.attempt()
    save_answer(attempt_uuid=attempt.uuid, position=1, value="a")
    assert settle_attempt(actor=SYSTEM, attempt_uuid=attempt.uuid).state == "started"
    at(attempt.deadline + MIN)
    settled = settle_attempt(actor=SYSTEM, attempt_uuid=attempt.uuid)
    assert (settled.state, settled.submitted_at) == ("scored", attempt.deadline)


def test_closing_waits_for_who_still_has_time_unless_told(running):
    sitting = running.sitting("TT-002")
    assert refused_code(close_sitting, actor=SYSTEM, sitting_id=sitting.pk) == "assessment.still_writing"
    close_sitting(actor=SYSTEM, sitting_id=sitting.pk, end_running=True)
    assert running.attempt().state == "scored"
    states = Attempt.objects.filter(sitting=sitting).exclude(pk=running.attempt().pk)
    assert set(states.values_list("state", flat=True)) == {"absent"}


def test_a_start_needs_an_open_sitting_its_time_and_no_great_lateness(hall, at):
    uuid, sitting = hall.attempt().uuid, hall.sitting("TT-002")
    start = {"actor": SYSTEM, "attempt_uuid": uuid}
    assert refused_code(start_attempt, **start) == "assessment.not_open"
    at(sitting.opens_at - MIN)
    hall.opened()
    assert refused_code(start_attempt, **start) == "assessment.not_yet"
    at(sitting.opens_at + 16 * MIN)
    assert refused_code(start_attempt, **start) == "assessment.late_ask_invigilator"
    let_in(actor=SYSTEM, attempt_uuid=uuid)
    begun = start_attempt(**start)
    assert (begun.deadline, begun.token_number) == (sitting.closes_at, 1)
    at(sitting.opens_at + 17 * MIN)
    assert start_attempt(**start).started_at == begun.started_at
    at(sitting.closes_at)
    late = {"actor": SYSTEM, "attempt_uuid": hall.attempt(at=1).uuid}
    assert refused_code(start_attempt, **late) == "assessment.sitting_over"
