"""The rubric of the final assignment: four criteria of 2,5 points each; marks are kept in tenths (0-100)."""

from collections.abc import Mapping

from hocvu.kernel.errors import Refused

# done: what was asked is done; right: correct and safe; work: applied to one's own work; clear: clear to read.
CRITERIA = ("done", "right", "work", "clear")
MOST = 25  # tenths of a point per criterion


def mark_of(rubric: Mapping[str, int]) -> int:
    """Return the mark in tenths (0-100).

    Raises ``Refused("delivery.rubric")`` where a criterion is missing, unknown or out of 0-25.
    """
    if set(rubric) != set(CRITERIA):
        raise Refused("delivery.rubric", criteria=", ".join(CRITERIA))
    for criterion, tenths in rubric.items():
        if not isinstance(tenths, int) or isinstance(tenths, bool) or not 0 <= tenths <= MOST:
            raise Refused("delivery.rubric", criteria=criterion)
    return sum(rubric.values())
