"""The life of a version, as a table of moves."""

from hocvu.kernel.errors import Refused

# (state, deed) -> state. A submitted text is never edited: changing it makes the next version.
MOVES = {
    ("draft", "submit"): "submitted",
    ("draft", "retire"): "retired",
    ("submitted", "withdraw"): "draft",
    ("submitted", "remark"): "remarked",
    ("submitted", "approve"): "approved",
    ("remarked", "remark"): "remarked",
    ("remarked", "submit"): "submitted",  # answered, and handed in again as it stands
    ("remarked", "retire"): "retired",
    ("approved", "retire"): "retired",
}
OPEN = frozenset({"draft", "submitted", "remarked"})


def next_state(state: str, deed: str) -> str:
    """Return the state after ``deed``; raise ``curriculum.wrong_state`` where the deed has no place."""
    found = MOVES.get((state, deed))
    if found is None:
        raise Refused("curriculum.wrong_state", state=state, deed=deed)
    return found


def may(state: str, deed: str) -> bool:
    """Say whether ``deed`` has a place in ``state``."""
    return (state, deed) in MOVES
