"""How often one may ask: counted by account or by test, never by address alone (a class shares one)."""

import hashlib
import time

from django.core.cache import cache

from hocvu.kernel.actor import Actor

PER_MINUTE = 600  # an account's requests
SAVES_PER_MINUTE = 240  # one test's batches of answers
_MINUTE = 60


class TooMany(Exception):
    """Asked too often; ``seconds`` until it is worth trying again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count(key: str, most: int) -> None:
    """Count one more of ``key`` in this minute; raise :class:`TooMany` above ``most``.

    The count lives in Django's cache: with a cache per process each worker counts for itself.
    """
    now = int(time.time())
    name = f"rest:{hashlib.sha256(key.encode()).hexdigest()[:32]}:{now // _MINUTE}"
    cache.add(name, 0, timeout=2 * _MINUTE)
    try:
        so_far = cache.incr(name)
    except ValueError:  # evicted between the two calls
        cache.set(name, 1, timeout=2 * _MINUTE)
        so_far = 1
    if so_far > most:
        raise TooMany(_MINUTE - now % _MINUTE)


def count_account(actor: Actor) -> None:
    """Count a request of a signed-in account, in whatever role; raise :class:`TooMany` above the limit."""
    count(f"account:{actor.account_id}", PER_MINUTE)
