"""Final assignments: handed in as text or a file, again until graded; graded by rubric."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, transaction

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.ids import new_uuid
from hocvu.ledger.api import record
from hocvu.planning.models import Cohort, Placement

from ..domain.rubric import mark_of
from ..models import Grade, Submission
from ..queries.assignments import graded_placements, latest_submissions
from ..rules import can_run_cohorts, must, visible_placements
from ..types import GradeRow, HandInRow

MOST_LETTERS = 40_000


def hand_in(
    *, actor: Actor, placement_id: int, text: str = "", upload: "UploadedFile[Any] | None" = None
) -> Submission:
    """Hand a final assignment in, as words, a file or both; each time makes a new version, until graded.

    The form has held the file to its size and kinds.
    """
    must(actor.role is Role.SYSTEM or _mine(actor, placement_id))
    words = text.strip()
    if not words and upload is None:
        raise Refused("delivery.nothing_handed_in")
    if len(words) > MOST_LETTERS:
        raise Refused("delivery.text_too_long", most=MOST_LETTERS)
    content = upload.read() if upload is not None else b""
    with transaction.atomic():
        place = Placement.objects.select_for_update().get(pk=placement_id)
        _must_be_open(place.cohort_id)
        submission = Submission(
            placement_id=placement_id,
            version=_next_versions([placement_id])[placement_id],
            text=words,
            file_name=(upload.name or "")[:200] if upload is not None else "",
            sha256=hashlib.sha256(words.encode() + content).hexdigest(),
            handed_in_at=clock.now(),
        )
        _keep(submission, content)
        record(
            actor=actor,
            action="delivery.hand_in",
            object_type="placement",
            object_key=placement_id,
            data={"version": submission.version, "sha256": submission.sha256},
        )
    return submission


@transaction.atomic
def hand_in_many(*, actor: Actor, cohort_id: int, rows: Collection[HandInRow]) -> int:
    """Hand in for a class at once (collected on paper or by mail, a rehearsal); return how many."""
    must(can_run_cohorts(actor, [cohort_id]))
    _check_class(cohort_id, [row.placement_id for row in rows])
    _must_be_open(cohort_id)
    versions = _next_versions([row.placement_id for row in rows])
    made = [
        Submission(
            placement_id=row.placement_id,
            version=versions[row.placement_id],
            text=row.text.strip(),
            sha256=hashlib.sha256(row.text.strip().encode()).hexdigest(),
            handed_in_at=clock.now(),
        )
        for row in rows
    ]
    if any(not s.text for s in made):
        raise Refused("delivery.nothing_handed_in")
    Submission.objects.bulk_create(made, batch_size=500)
    record(
        actor=actor,
        action="delivery.hand_in",
        object_type="cohort",
        object_key=cohort_id,
        rows=[(s.placement_id, s.version, s.sha256) for s in made],
    )
    return len(made)


@transaction.atomic
def grade_many(*, actor: Actor, cohort_id: int, rows: Collection[GradeRow]) -> int:
    """Grade the newest version of each place; grading again adds a mark, the latest counts; return how many."""
    must(can_run_cohorts(actor, [cohort_id]))
    ids = [row.placement_id for row in rows]
    _check_class(cohort_id, ids)
    newest = latest_submissions(ids)
    if len(newest) < len(set(ids)):
        raise Refused("delivery.nothing_to_grade", count=len(set(ids)) - len(newest))
    made = [
        Grade(
            submission=newest[row.placement_id],
            rubric=dict(row.rubric),
            mark=mark_of(row.rubric),
            comment=row.comment.strip(),
            graded_at=clock.now(),
            graded_by=actor.label[:160],
        )
        for row in rows
    ]
    Grade.objects.bulk_create(made, batch_size=500)
    marks: list[Any] = [(row.placement_id, grade.mark) for row, grade in zip(rows, made, strict=True)]
    record(actor=actor, action="delivery.grade", object_type="cohort", object_key=cohort_id, rows=marks)
    return len(made)


def _keep(submission: Submission, content: bytes) -> None:
    """Write the file and the row; a disk that is full is told kindly and leaves no half of it."""
    try:
        if submission.file_name:
            # The name on disk is ours: nothing of the sender's reaches the file system.
            ending = submission.file_name.rsplit(".", 1)[-1].lower()
            submission.file.save(f"{new_uuid()}.{ending}", ContentFile(content), save=False)
        submission.save(force_insert=True)
    except (OSError, OperationalError) as full:
        if submission.file:
            submission.file.delete(save=False)
        raise Refused("delivery.not_kept") from full


def _mine(actor: Actor, placement_id: int) -> bool:
    return actor.role is Role.TRAINEE and visible_placements(actor).filter(pk=placement_id).exists()


def _must_be_open(cohort_id: int) -> None:
    state = Cohort.objects.values_list("plan__campaign__state", flat=True).get(pk=cohort_id)
    if state == Campaign.State.CLOSED:
        raise Refused("delivery.assignments_closed")


def _next_versions(placement_ids: Collection[int]) -> dict[int, int]:
    if graded_placements(placement_ids):
        raise Refused("delivery.already_graded")
    newest = latest_submissions(placement_ids)
    return {pk: newest[pk].version + 1 if pk in newest else 1 for pk in placement_ids}


def _check_class(cohort_id: int, placement_ids: Collection[int]) -> None:
    own = set(Placement.objects.filter(cohort_id=cohort_id).values_list("pk", flat=True))
    strangers = set(placement_ids) - own
    if strangers:
        code = Cohort.objects.values_list("code", flat=True).filter(pk=cohort_id).first() or ""
        raise Refused("delivery.not_in_class", cohort=code, count=len(strangers))
    if len(set(placement_ids)) < len(list(placement_ids)):
        raise Refused("delivery.twice_in_list")
