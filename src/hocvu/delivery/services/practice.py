"""Practice tasks: a try is kept as the deeds done in it, in order; the task's own scorer makes the score.

The ledger keeps that a try began, and at its end the digest of its deeds: the deeds themselves are only ever
added to the try.
"""

from collections.abc import Collection

from django.db import transaction

from hocvu.curriculum.api import Deed, PracticeResult, PracticeTask, practice_task, score_deeds
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..models import PracticeAttempt
from ..queries.practice import deeds_of, running_attempt
from ..rules import RUNS_ALL, must, visible_placements
from ..types import PracticeRow

MOST_DEEDS = 500
MOST_LETTERS = 2000


@transaction.atomic
def start_practice(*, actor: Actor, placement_id: int, task_code: str) -> PracticeAttempt:
    """Begin a try, or return the one that is not finished."""
    must(_mine(actor, [placement_id]))
    task = _task(task_code)
    running = running_attempt(task.code, placement_id)
    if running is not None:
        return running
    attempt = PracticeAttempt.objects.create(
        task_code=task.code, placement_id=placement_id, started_at=clock.now(), max_score=task.max_score
    )
    record(
        actor=actor,
        action="delivery.start_practice",
        object_type="practice",
        object_key=attempt.pk,
        data={"task": task.code},
    )
    return attempt


@transaction.atomic
def record_deed(*, actor: Actor, attempt_id: int, object_id: str, deed: str, text: str = "") -> PracticeAttempt:
    """Add one deed to a running try; refuses deeds that the task does not offer."""
    attempt = _running(actor, attempt_id)
    task = _task(attempt.task_code)
    message = task.message(object_id)
    if message is None or not message.allows(deed) or len(attempt.deeds) >= MOST_DEEDS:
        raise Refused("delivery.practice_deed")
    at = clock.now().isoformat()
    attempt.deeds = [*attempt.deeds, {"at": at, "object": object_id, "deed": deed, "text": text[:MOST_LETTERS]}]
    attempt.save(update_fields=["deeds"])
    return attempt


@transaction.atomic
def finish_practice(*, actor: Actor, attempt_id: int) -> PracticeResult:
    """End a try and score its deeds."""
    attempt = _running(actor, attempt_id)
    result = score_deeds(_task(attempt.task_code), deeds_of(attempt))
    attempt.score, attempt.max_score, attempt.finished_at = result.score, result.max_score, clock.now()
    attempt.save(update_fields=["score", "max_score", "finished_at"])
    record(
        actor=actor,
        action="delivery.finish_practice",
        object_type="practice",
        object_key=attempt.pk,
        data={"task": attempt.task_code, "score": result.score},
        rows=attempt.deeds,
    )
    return result


@transaction.atomic
def practise_many(*, actor: Actor, task_code: str, rows: Collection[PracticeRow]) -> int:
    """Record whole tries at once, scored and finished (a rehearsal, an offline batch); return how many."""
    must(_mine(actor, [row.placement_id for row in rows]))
    task = _task(task_code)
    now = clock.now()
    made = []
    for row in rows:
        deeds = [Deed(*deed) for deed in row.deeds]
        try:
            result = score_deeds(task, deeds)
        except LookupError as unknown:
            raise Refused("delivery.practice_deed") from unknown
        made.append(
            PracticeAttempt(
                task_code=task.code,
                placement_id=row.placement_id,
                deeds=[{"at": now.isoformat(), "object": d.object, "deed": d.deed, "text": d.text} for d in deeds],
                started_at=now,
                finished_at=now,
                score=result.score,
                max_score=result.max_score,
            )
        )
    PracticeAttempt.objects.bulk_create(made, batch_size=500)
    record(
        actor=actor,
        action="delivery.finish_practice",
        object_type="practice",
        object_key=task.code,
        rows=[(a.placement_id, a.score, a.deeds) for a in made],
    )
    return len(made)


def _task(code: str) -> PracticeTask:
    task = practice_task(code)
    if task is None:
        raise Refused("delivery.no_practice")
    return task


def _mine(actor: Actor, placement_ids: Collection[int]) -> bool:
    if actor.is_any(*RUNS_ALL):
        return True
    ids = set(placement_ids)
    return actor.role is Role.TRAINEE and visible_placements(actor).filter(pk__in=ids).count() == len(ids)


def _running(actor: Actor, attempt_id: int) -> PracticeAttempt:
    # Locked where the database can: two deeds at once must both be kept.
    attempt = PracticeAttempt.objects.select_for_update().filter(pk=attempt_id).first()
    if attempt is None:
        raise Refused("delivery.no_practice")
    must(_mine(actor, [attempt.placement_id]))
    if attempt.finished_at is not None:
        raise Refused("delivery.practice_over")
    return attempt
