"""How often one may ask: counted by account or by test, never by address alone (a class shares one)."""

import hashlib
import time

from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

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


class PerAccount(BaseThrottle):
    """At most :data:`PER_MINUTE` requests a minute of one account."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request; an operation open to all counts for itself."""
        actor = getattr(request, "auth", None)
        if isinstance(actor, Actor):
            count(f"account:{actor.account_id}", PER_MINUTE)
        return True
