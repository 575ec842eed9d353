"""Evidence for a class, row by row: everyone present, handed in, graded and examined, unless said otherwise."""

from datetime import date, datetime, timedelta

from hocvu.assessment.models import Attempt, Blueprint, Sitting
from hocvu.attestations.api import confirm_mark_sheet, issue, number_recognition
from hocvu.attestations.models import Attestation
from hocvu.delivery.models import Attendance, ConductNote, Grade, SessionDiary, Submission
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.planning.models import Placement, Session

from ..world import World

DECIDED = date(2025, 6, 16)
NUMBER = "1234/QĐ-ĐHQN"


def teach(
    world: World,
    code: str = "TT-001",
    *,
    marks: dict[int, int | None] | None = None,
    absent: dict[int, int] | None = None,
    grades: dict[int, int | None] | None = None,
) -> None:
    """Give a class its evidence; ``marks``, ``grades`` by number on the list, ``absent`` {number: half-day}."""
    cohort = world.cohorts[code]
    places = world.placements[code]
    sitting = _sitting(world, code)
    for session in Session.objects.filter(cohort=cohort):
        SessionDiary.objects.create(
            session=session, secret="s", opened_at=session.starts_at, opened_by="t",
            closed_at=session.ends_at, closed_by="t",
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(
                placement=place, session=session, computed_at=session.ends_at,
                status="absent" if (absent or {}).get(place.number) == session.half_day else "present",
                credit=0 if (absent or {}).get(place.number) == session.half_day else 2,
            )
            for place in places
        )  # fmt: skip
    for place in places:
        mark = (marks or {}).get(place.number, 80)
        Attempt.objects.create(
            sitting=sitting, placement=place, seed=1, paper=[], paper_code="001", mark=mark,
            state="scored" if mark is not None else "absent", started_at=sitting.opens_at,
        )  # fmt: skip
        grade = (grades or {}).get(place.number, 75)
        if grade is not None:
            hand_in(place, grade, sitting.opens_at)


def hand_in(place: Placement, grade: int | None, at: datetime) -> Submission:
    """Hand in and, with a grade, have it graded."""
    done = Submission.objects.filter(placement=place).count()
    made = Submission.objects.create(placement=place, version=done + 1, text="x", sha256="0" * 64, handed_in_at=at)
    if grade is not None:
        Grade.objects.create(submission=made, rubric={}, mark=grade, graded_at=at, graded_by="t")
    return made


def _sitting(world: World, code: str) -> Sitting:
    blueprint, _ = Blueprint.objects.get_or_create(
        campaign=world.campaign, code="final", defaults={"title": {}, "minutes": 30, "cells": []}
    )
    end = world.session(code, 4).ends_at
    return Sitting.objects.create(
        cohort=world.cohorts[code], blueprint=blueprint, kind="final", opens_at=end - timedelta(hours=1),
        closes_at=end, state="closed",
    )  # fmt: skip


def note(world: World, place: Placement, state: str, severity: str = "serious") -> ConductNote:
    """Write a note on conduct."""
    session = Session.objects.filter(cohort=place.cohort).first()
    return ConductNote.objects.create(
        placement=place, session=session, category="cheating", severity=severity, text="đã sao chép bài",
        noted_at=clock.now(), noted_by="t", state=state,
    )  # fmt: skip


def decide(world: World, code: str = "TT-001", *, number: str = NUMBER) -> None:
    """Confirm the mark sheet and enter the registry's number."""
    actor, cohort = world.actor(Role.OFFICE), world.cohorts[code]
    confirm_mark_sheet(actor=actor, cohort_id=cohort.pk, first_examiner="Phan Quốc Bảo", second_examiner="Mai Thị Đào")
    number_recognition(
        actor=actor, cohort_id=cohort.pk, number=number, decided_on=DECIDED,
        signer_name="Trần Thị Ví Dụ", signer_title="Hiệu trưởng",
    )  # fmt: skip


def issued(world: World, code: str = "TT-001") -> list[Attestation]:
    """Teach, decide and issue a class; return its entries in order."""
    teach(world, code)
    decide(world, code)
    issue(actor=world.actor(Role.OFFICE), cohort_id=world.cohorts[code].pk)
    return list(Attestation.objects.filter(recognition__cohort=world.cohorts[code]).order_by("register_number"))
