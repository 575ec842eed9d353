"""Scenes of the final assignment: handed in on the second day, graded the evening after."""

from collections.abc import Iterator
from datetime import date

from hocvu.delivery.api import RUBRIC_CRITERIA, RUBRIC_MOST, GradeRow, HandInRow, grade_many, hand_in_many
from hocvu.delivery.models import Submission
from hocvu.kernel import clock
from hocvu.planning.models import Cohort, Placement

from ..domain.behaviour import hands_in, rubric
from ..domain.writing import assignment_text
from .playing import Play, Scene, SceneFunction
from .teaching import chunks, lead_actors


def assignment_scenes(plan_id: int, day: date) -> Iterator[Scene]:
    """Classes that end on ``day`` hand in, late ones after a reminder, and are graded."""
    ids = tuple(Cohort.objects.filter(plan_id=plan_id, ends_on=day).order_by("code").values_list("pk", flat=True))
    for number, some in chunks(ids):
        yield Scene(
            f"{day}-hand-in-{number}", clock.at(day, 16, 20), f"{day:%d/%m}: assignments handed in", _hand_in(some)
        )
    for number, some in chunks(ids):
        yield Scene(f"{day}-grade-{number}", clock.at(day, 19), f"{day:%d/%m}: assignments graded", _grade(some))


def _members(cohort_id: int) -> list[tuple[int, str]]:
    rows = Placement.objects.filter(cohort_id=cohort_id).order_by("number")
    return list(rows.values_list("pk", "person__national_id"))


def _hand_in(ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        leads = lead_actors(list(ids))
        for cohort_id in ids:
            rows = [
                HandInRow(placement_id=pk, text=assignment_text(play.seed, person))
                for pk, person in _members(cohort_id)
                if hands_in(play.seed, person)
            ]
            hand_in_many(actor=leads[cohort_id], cohort_id=cohort_id, rows=rows)

    return play_scene


def _grade(ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        leads = lead_actors(list(ids))
        for cohort_id in ids:
            handed = set(
                Submission.objects.filter(placement__cohort_id=cohort_id).values_list("placement_id", flat=True)
            )
            rows = [
                GradeRow(placement_id=pk, rubric=rubric(play.seed, person, RUBRIC_CRITERIA, RUBRIC_MOST))
                for pk, person in _members(cohort_id)
                if pk in handed
            ]
            grade_many(actor=leads[cohort_id], cohort_id=cohort_id, rows=rows)

    return play_scene


def late_assignment_scenes(plan_id: int, day: date) -> Iterator[Scene]:
    """On ``day``, after a reminder, most of those who had not handed in do, and are graded."""
    ids = tuple(Cohort.objects.filter(plan_id=plan_id).order_by("code").values_list("pk", flat=True))
    for number, some in chunks(ids, 40):
        yield Scene(f"late-assignments-{number}", clock.at(day, 10), "late assignments", _late(some))


def _late(ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        leads = lead_actors(list(ids))
        for cohort_id in ids:
            handed = set(
                Submission.objects.filter(placement__cohort_id=cohort_id).values_list("placement_id", flat=True)
            )
            late = [
                (pk, person)
                for pk, person in _members(cohort_id)
                if pk not in handed and hands_in(play.seed, f"{person} again")
            ]
            if not late:
                continue
            hand_in_many(
                actor=leads[cohort_id],
                cohort_id=cohort_id,
                rows=[HandInRow(placement_id=pk, text=assignment_text(play.seed, person)) for pk, person in late],
            )
            grade_many(
                actor=leads[cohort_id],
                cohort_id=cohort_id,
                rows=[
                    GradeRow(placement_id=pk, rubric=rubric(play.seed, person, RUBRIC_CRITERIA, RUBRIC_MOST))
                    for pk, person in late
                ],
            )

    return play_scene
