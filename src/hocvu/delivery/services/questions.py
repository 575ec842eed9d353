"""Questions to the class and calls for help at one's place."""

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..models import Question
from ..queries.sessions import TaughtHalfDay, half_day
from ..rules import can_run_cohorts, must
from .presence import place_in

_WAITING = (Question.State.OPEN, Question.State.TAKEN)


@transaction.atomic
def ask_question(*, actor: Actor, session_id: int, text: str = "", kind: str = "question") -> Question:
    """Ask the class something (``question``), or call for help at one's place (``help``, words not needed).

    Calling for help while a call waits changes its words and makes no second one.
    """
    session = half_day(session_id)
    placement_id = place_in(actor, session)
    if not session.is_open:
        raise Refused("delivery.not_open", cohort=session.cohort_code)
    if kind not in Question.Kind.values:
        raise Refused("delivery.question_kind")
    words = text.strip()[:2000]
    if kind == Question.Kind.QUESTION and not words:
        raise Refused("delivery.text_empty")
    waiting = Question.objects.filter(
        session_id=session_id, placement_id=placement_id, kind=Question.Kind.HELP, state__in=_WAITING
    ).first()
    if kind == Question.Kind.HELP and waiting is not None:
        waiting.text = words or waiting.text
        waiting.save(update_fields=["text"])
        return waiting
    question = Question.objects.create(
        session_id=session_id, placement_id=placement_id, kind=kind, text=words, asked_at=clock.now()
    )
    _tell(actor, "delivery.ask_question", question)
    return question


@transaction.atomic
def take_question(*, actor: Actor, question_id: int) -> None:
    """Say that someone is on the way to help."""
    question, _ = _waiting(actor, question_id)
    question.state = Question.State.TAKEN
    question.answered_by = actor.label[:160]
    question.save(update_fields=["state", "answered_by"])
    _tell(actor, "delivery.take_question", question)


@transaction.atomic
def answer_question(*, actor: Actor, question_id: int, text: str = "") -> None:
    """Answer a question in words, or mark it answered in the room."""
    question, _ = _waiting(actor, question_id)
    question.state = Question.State.ANSWERED
    question.answer, question.answered_at = text.strip()[:4000], clock.now()
    question.answered_by = actor.label[:160]
    question.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    _tell(actor, "delivery.answer_question", question)


@transaction.atomic
def withdraw_question(*, actor: Actor, question_id: int) -> None:
    """Take one's own question back."""
    question = _question(question_id)
    must(place_in(actor, half_day(question.session_id)) == question.placement_id)
    if question.state not in _WAITING:
        raise Refused("delivery.question_over")
    question.state = Question.State.WITHDRAWN
    question.save(update_fields=["state"])
    _tell(actor, "delivery.withdraw_question", question)


def _waiting(actor: Actor, question_id: int) -> tuple[Question, TaughtHalfDay]:
    question = _question(question_id)
    session = half_day(question.session_id)
    must(can_run_cohorts(actor, [session.cohort_id]))
    if question.state not in _WAITING:
        raise Refused("delivery.question_over")
    return question, session


def _question(question_id: int) -> Question:
    found = Question.objects.filter(pk=question_id).first()
    if found is None:
        raise Refused("delivery.no_question")
    return found


def _tell(actor: Actor, action: str, question: Question) -> None:
    data = {"session": question.session_id, "kind": question.kind, "state": question.state}
    record(actor=actor, action=action, object_type="question", object_key=question.pk, data=data)
