"""The rotating code of a half-day: six letters, new every 30 seconds, worth nothing in another class.

A code is the HMAC of the half-day's secret over its own key and the number of the 30-second window. The
window just gone is still good (one types slowly); a phone whose clock differs from ours may use one more.
Guessing is hopeless: 29 letters to the sixth are 594 million, two or three of them good at a time.
"""

import hashlib
import hmac
from datetime import datetime

from hocvu.kernel.ids import ALPHABET

SECONDS = 30
LETTERS = 6
_ALL = len(ALPHABET) ** LETTERS


def window_of(at: datetime) -> int:
    """Return the number of the window that ``at`` lies in."""
    return int(at.timestamp()) // SECONDS


def seconds_left(at: datetime) -> int:
    """Return for how many seconds the code of ``at`` is still the one shown (1-30)."""
    return SECONDS - int(at.timestamp()) % SECONDS


def code_at(secret: str, session_key: str, at: datetime) -> str:
    """Return the code that the class of ``session_key`` shows at ``at``."""
    return _code(secret, session_key, window_of(at))


def code_fits(secret: str, session_key: str, typed: str, at: datetime, client_at: datetime | None = None) -> bool:
    """Say whether ``typed`` is good at ``at``: this window's code or the last one's.

    ``client_at``, the phone's own time, admits the neighbouring window on its side, never a farther one.
    """
    now = window_of(at)
    good = [now, now - 1]
    if client_at is not None:
        theirs = window_of(client_at)
        if theirs > now:
            good.append(now + 1)
        elif theirs < now - 1:
            good.append(now - 2)
    letters = clean_typed(typed)
    # Compare all of them in constant time: how long it takes tells nothing.
    fits = [hmac.compare_digest(_code(secret, session_key, w).encode(), letters.encode()) for w in good]
    return any(fits)


def clean_typed(typed: str) -> str:
    """Return a typed code without spaces and dashes, in capitals."""
    return "".join(c for c in typed.upper() if c.isalnum())


def _code(secret: str, session_key: str, window: int) -> str:
    message = f"check-in:{session_key}:{window}".encode()
    number = int.from_bytes(hmac.digest(secret.encode(), message, hashlib.sha256)[:8], "big") % _ALL
    letters = []
    for _ in range(LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
