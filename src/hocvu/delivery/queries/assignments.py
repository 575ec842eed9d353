"""Read final assignments and their marks."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet, Subquery

from ..models import Grade, Submission
from .sessions import in_parts


def latest_grades(placement_ids: Collection[int]) -> dict[int, int | None]:
    """Return the latest mark of each place in tenths (0-100), none where nothing was graded."""
    found: dict[int, int | None] = dict.fromkeys(placement_ids)
    for part in in_parts(list(found)):
        rows = Grade.objects.filter(submission__placement_id__in=part).order_by("graded_at", "pk")
        found |= dict(rows.values_list("submission__placement_id", "mark"))
    return found


def latest_submissions(placement_ids: Collection[int]) -> dict[int, Submission]:
    """Return the newest version handed in by each place that handed in."""
    found: dict[int, Submission] = {}
    for part in in_parts(list(placement_ids)):
        rows = Submission.objects.filter(placement_id__in=part).order_by("placement_id", "version")
        found |= {row.placement_id: row for row in rows}
    return found


def newest_only(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return of each place only the newest version."""
    newest = Submission.objects.filter(placement_id=OuterRef("placement_id")).order_by("-version")
    return rows.filter(pk=Subquery(newest.values("pk")[:1]))


def graded_placements(placement_ids: Collection[int]) -> set[int]:
    """Return the places whose assignment has a mark."""
    return {pk for pk, mark in latest_grades(placement_ids).items() if mark is not None}
