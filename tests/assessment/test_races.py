"""Two at once, on PostgreSQL: saves of one attempt, opening one room, a save while the room closes."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from hocvu.assessment.api import (
    AnswerIn,
    close_sitting,
    make_token,
    open_sitting,
    save_answers,
    start_attempt,
    take_over,
)
from hocvu.assessment.models import Answer, Attempt
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import verify_chain
from hocvu.ledger.models import Line

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def only_postgres():
    if connection.vendor != "postgresql":
        pytest.skip("races need PostgreSQL; SQLite has one writer")


def race(*calls: Callable[[], object]) -> list[object]:
    """Run the calls at the same moment, each on its own connection; return results and refusals in order."""
    moment, gate = clock.now(), threading.Barrier(len(calls))
    results: list[object] = [None] * len(calls)

    def run(at: int, call: Callable[[], object]) -> None:
        clock.set_source(lambda: moment)
        gate.wait()
        try:
            results[at] = call()
        except Refused as refused:
            results[at] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_of_racing_saves_the_highest_sequence_stays(during):
    hall = during(minutes=1)
    start_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    token = make_token(hall.attempt())
    for position in range(1, 8):
        calls = [
            lambda n=n, p=position: save_answers(token=token, answers=[AnswerIn(p, "abcd"[n % 4], 10 * p + n)])
            for n in (3, 1, 4, 2)
        ]
        reports = race(*calls)
        assert all(not isinstance(report, Exception) for report in reports)
        kept = Answer.objects.get(attempt=hall.attempt(), position=position)
        assert (kept.client_sequence, kept.value) == (10 * position + 4, "a")


def test_two_who_open_a_room_draw_each_paper_once(hall, at):
    sitting = hall.sitting("TT-002")
    Attempt.objects.filter(sitting=sitting).delete()
    at(sitting.opens_at)
    race(*[lambda: open_sitting(actor=SYSTEM, sitting_id=sitting.pk)] * 4)
    assert Attempt.objects.filter(sitting=sitting).count() == 6
    assert Line.objects.filter(action="assessment.sitting_opened").count() == 1
    assert verify_chain().broken_at is None


def test_two_starts_are_one(during):
    hall = during(minutes=1)
    uuid = hall.attempt().uuid
    race(*[lambda: start_attempt(actor=SYSTEM, attempt_uuid=uuid)] * 4)
    assert hall.attempt().token_number == 1
    assert Line.objects.filter(action="assessment.attempt_started").count() == 1


def test_what_was_acknowledged_counts_when_the_room_closes_meanwhile(during):
    hall = during(minutes=1)
    for at_place in range(6):
        start_attempt(actor=SYSTEM, attempt_uuid=hall.attempt(at=at_place).uuid)
    right = hall.right_answers("TT-002", right=9)
    attempts = [hall.attempt(at=n) for n in range(5)]
    calls = [
        lambda a=a: save_answers(
            token=make_token(a), answers=[AnswerIn(p, key, p) for p, key in right[a.placement_id].items()]
        )
        for a in attempts
    ]
    pk = hall.sitting("TT-002").pk
    *reports, closed = race(*calls, lambda: close_sitting(actor=SYSTEM, sitting_id=pk, end_running=True))
    assert not isinstance(closed, Exception)
    for attempt, report in zip(attempts, reports, strict=True):
        attempt.refresh_from_db()
        assert attempt.state == "scored"
        assert attempt.right == (0 if isinstance(report, Refused) else 9)
        assert Answer.objects.filter(attempt=attempt).count() == attempt.right


def test_two_devices_that_take_over_get_two_numbers(during):
    hall = during(minutes=1)
    uuid = hall.attempt().uuid
    start_attempt(actor=SYSTEM, attempt_uuid=uuid)
    moved = race(*[lambda: take_over(actor=SYSTEM, attempt_uuid=uuid)] * 2)
    assert {attempt.token_number for attempt in moved} == {2, 3}
    saves = [lambda a=a: save_answers(token=make_token(a), answers=[AnswerIn(1, "abcd"[0], 1)]) for a in moved]
    outcomes = race(*saves)
    assert sum(isinstance(one, Refused) for one in outcomes) == 1
