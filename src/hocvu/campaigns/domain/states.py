"""The life of a campaign: which state follows which, and by which deed."""

from hocvu.kernel.errors import Refused

# deed -> (state before, state after)
MOVES = {
    "sign": ("draft", "signed"),
    "start": ("signed", "running"),
    "close": ("running", "closed"),
}


def next_state(state: str, deed: str) -> str:
    """Return the state after ``deed``; refuse where it does not follow."""
    before, after = MOVES[deed]
    if state != before:
        raise Refused("campaigns.wrong_state", state=state, deed=deed, needed=before)
    return after


def next_deed(state: str) -> str:
    """Return the deed that comes next in ``state``, or an empty string at the end."""
    return next((deed for deed, (before, _) in MOVES.items() if before == state), "")
