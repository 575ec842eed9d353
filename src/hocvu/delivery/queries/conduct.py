"""Read notes on conduct."""

from collections.abc import Collection

from ..models import ConductNote
from ..types import ConductState
from .sessions import in_parts


def conduct_of(placement_ids: Collection[int]) -> dict[int, list[ConductState]]:
    """Return the notes of each place, oldest first; every id asked for has a list."""
    found: dict[int, list[ConductState]] = {pk: [] for pk in placement_ids}
    for part in in_parts(list(found)):
        rows = ConductNote.objects.filter(placement_id__in=part).order_by("noted_at", "pk")
        for row in rows.values_list("placement_id", "pk", "uuid", "category", "severity", "state", "noted_at"):
            found[row[0]].append(ConductState(*row[1:]))
    return found
