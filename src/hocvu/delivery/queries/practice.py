"""Read lessons read and practice done."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Max

from hocvu.curriculum.api import Deed

from ..models import LessonReading, PracticeAttempt
from ..types import LessonRead, PracticeFigures
from .sessions import in_parts


def readings_of(placement_ids: Collection[int]) -> dict[int, list[LessonRead]]:
    """Return the lessons each place has read, by code; every id asked for has a list."""
    found: dict[int, list[LessonRead]] = {pk: [] for pk in placement_ids}
    for part in in_parts(list(found)):
        rows = LessonReading.objects.filter(placement_id__in=part).order_by("lesson_code")
        for row in rows.values_list("placement_id", "lesson_code", "version_number", "seconds", "last_at"):
            found[row[0]].append(LessonRead(*row[1:]))
    return found


def practice_figures_by_agency(
    task_code: str, plan_id: int, organisation_ids: Collection[int] | None = None
) -> dict[int, PracticeFigures]:
    """Return who practised, by agency: people who finished, tries, mean of best scores in per cent."""
    rows = PracticeAttempt.objects.filter(task_code=task_code, placement__plan_id=plan_id, finished_at__isnull=False)
    if organisation_ids is not None:
        rows = rows.filter(placement__organisation_id__in=organisation_ids)
    people: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for organisation_id, tries, best, most in (
        rows.order_by()
        .values_list("placement__organisation_id", "placement_id")
        .annotate(tries=Count("pk"), best=Max("score"), most=Max("max_score"))
        .values_list("placement__organisation_id", "tries", "best", "most")
    ):
        people[organisation_id].append((tries, 100 * max(best or 0, 0) / (most or 1)))
    return {
        organisation_id: PracticeFigures(
            organisation_id=organisation_id,
            people=len(found),
            attempts=sum(tries for tries, _ in found),
            best_share=sum(share for _, share in found) / len(found),
        )
        for organisation_id, found in people.items()
    }


def deeds_of(attempt: PracticeAttempt) -> list[Deed]:
    """Return the deeds of a try in order."""
    return [Deed(row["object"], row["deed"], row.get("text", "")) for row in attempt.deeds]


def running_attempt(task_code: str, placement_id: int) -> PracticeAttempt | None:
    """Return the try that is not finished, or none."""
    rows = PracticeAttempt.objects.filter(task_code=task_code, placement_id=placement_id)
    return rows.filter(finished_at__isnull=True).first()


def finished_attempts(task_code: str, placement_id: int) -> list[PracticeAttempt]:
    """Return the finished tries, latest first."""
    rows = PracticeAttempt.objects.filter(task_code=task_code, placement_id=placement_id)
    return list(rows.filter(finished_at__isnull=False).order_by("-finished_at", "-pk"))
