"""Remarks of the reviewer, and the university's answers."""

from uuid import UUID

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..domain.states import next_state
from ..models import LessonVersion, Remark
from ..rules import can_review, can_write, must
from .versions import VERSION

MOST_LETTERS = 4000


@transaction.atomic
def remark(*, actor: Actor, version_uuid: UUID | str, text: str) -> Remark:
    """Write a remark on a submitted version; the author then answers or writes a new one.

    Raises ``curriculum.remark_empty``, ``curriculum.remark_too_long``, ``curriculum.wrong_state``.
    """
    must(can_review(actor))
    words = _held(text)
    version = LessonVersion.objects.select_for_update().filter(uuid=version_uuid).first()
    if version is None:
        raise Refused("curriculum.version_unknown", uuid=str(version_uuid))
    version.state = next_state(version.state, "remark")
    version.save(update_fields=["state"])
    made = Remark.objects.create(version=version, text=words, author_label=actor.label[:160], at=clock.now())
    record(
        actor=actor,
        action="curriculum.remarked",
        object_type=VERSION,
        object_key=version.uuid,
        data={"remark": str(made.uuid)},
    )
    return made


@transaction.atomic
def answer_remark(*, actor: Actor, remark_uuid: UUID | str, answer: str) -> Remark:
    """Answer a remark once; raises ``curriculum.answered``, ``curriculum.wrong_state``."""
    must(can_write(actor))
    words = _held(answer)
    found = Remark.objects.select_for_update(of=("self",)).select_related("version").filter(uuid=remark_uuid)
    held = found.first()
    if held is None:
        raise Refused("curriculum.remark_unknown", uuid=str(remark_uuid))
    if held.answer:
        raise Refused("curriculum.answered", by=held.answered_by)
    if held.version.state != LessonVersion.State.REMARKED:
        raise Refused("curriculum.wrong_state", state=held.version.state, deed="answer")
    held.answer, held.answered_by, held.answered_at = words, actor.label[:160], clock.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    record(
        actor=actor,
        action="curriculum.remark_answered",
        object_type=VERSION,
        object_key=held.version.uuid,
        data={"remark": str(held.uuid)},
    )
    return held


def _held(text: str) -> str:
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refused("curriculum.remark_empty")
    if len(words) > MOST_LETTERS:
        raise Refused("curriculum.remark_too_long", most=MOST_LETTERS)
    return words
