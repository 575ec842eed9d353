"""Gather what the verdict is found on, for a whole class at once (a fixed number of queries)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import Max

from hocvu.assessment.api import best_marks
from hocvu.delivery.api import (
    ConductState,
    HalfDayState,
    attendance_of,
    conduct_of,
    latest_grades,
    latest_submissions,
)
from hocvu.delivery.models import ConductNote, Grade, MakeUp
from hocvu.kernel import clock
from hocvu.planning.models import Cohort, Session

from ..domain.eligibility import FULL, Assignment, Conduct, Evidence, Exam, HalfDay

UNDECIDED = {ConductNote.State.OPEN, ConductNote.State.REPLIED}


def class_ended(cohort: Cohort) -> bool:
    """Say whether the last half-day of a class is over."""
    last: datetime | None = Session.objects.filter(cohort=cohort).aggregate(last=Max("ends_at"))["last"]
    return last is not None and last <= clock.now()


def evidence_of(cohort: Cohort, placement_ids: Sequence[int]) -> dict[int, Evidence]:
    """Return the evidence on each place of a class."""
    ended = class_ended(cohort)
    half_days = attendance_of(placement_ids)
    made_up = _make_ups_to_come(placement_ids)
    results = best_marks(placement_ids)
    grades = latest_grades(placement_ids)
    submissions = _waiting_submissions(placement_ids)
    notes = conduct_of(placement_ids)
    return {
        pk: Evidence(
            half_days=[_half_day(day, made_up.get(pk, set())) for day in half_days.get(pk, ())],
            test=Exam(results[pk].mark, results[pk].attempts, results[pk].pending),
            assignment=_assignment(grades.get(pk), submissions.get(pk), ended=ended),
            conduct=_conduct(notes.get(pk, ())),
        )
        for pk in placement_ids
    }


def _half_day(day: HalfDayState, coming: set[int]) -> HalfDay:
    # Until the half-day is closed what is missing may still come; afterwards only a make-up can mend it.
    still_open = not day.closed and day.credit < FULL
    return HalfDay(
        number=day.half_day,
        status=day.status,
        credit=day.credit,
        pending=still_open or (day.session_id in coming and day.credit < FULL),
        minutes_late=day.minutes_late,
        made_up_in=day.made_up_in,
    )


def _make_ups_to_come(placement_ids: Collection[int]) -> Mapping[int, set[int]]:
    rows = MakeUp.objects.filter(placement_id__in=placement_ids, state__in=[MakeUp.State.ASKED, MakeUp.State.CONFIRMED])
    found: dict[int, set[int]] = defaultdict(set)
    for placement_id, missed_id in rows.values_list("placement_id", "missed_id"):
        found[placement_id].add(missed_id)
    return found


def _waiting_submissions(placement_ids: Collection[int]) -> dict[int, bool]:
    """Return, for each place that handed in, whether its newest version still waits for a mark."""
    newest = {pk: submission.pk for pk, submission in latest_submissions(placement_ids).items()}
    graded = set(Grade.objects.filter(submission_id__in=list(newest.values())).values_list("submission_id", flat=True))
    return {placement_id: pk not in graded for placement_id, pk in newest.items()}


def _assignment(mark: int | None, waiting: bool | None, *, ended: bool) -> Assignment:
    handed_in = waiting is not None
    return Assignment(mark=mark, handed_in=handed_in, pending=bool(waiting) or (not handed_in and not ended))


def _conduct(notes: Sequence[ConductState]) -> Conduct:
    serious = [note for note in notes if note.severity == ConductNote.Severity.SERIOUS]
    return Conduct(
        upheld=[str(note.uuid) for note in serious if note.state == ConductNote.State.UPHELD],
        undecided=[str(note.uuid) for note in serious if note.state in UNDECIDED],
    )
