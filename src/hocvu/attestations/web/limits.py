"""A limit on checks per address, wide enough for a class of a hundred behind one address."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST = 300
WINDOW = 600  # seconds
_SLICE = 60


def too_many(request: HttpRequest, *, most: int = MOST) -> bool:
    """Count one check and say whether its address has made more than ``most`` in the last ten minutes.

    A sliding window of one-minute counts. The count lives in Django's cache: with a cache per process each
    worker counts for itself, so the true limit is a small multiple; a shared cache makes it exact.
    """
    address = _address(request)
    now = int(time.time()) // _SLICE
    keys = [f"verify:{address}:{now - back}" for back in range(WINDOW // _SLICE)]
    cache.add(keys[0], 0, timeout=WINDOW + _SLICE)
    try:
        cache.incr(keys[0])
    except ValueError:  # evicted between the two calls
        cache.set(keys[0], 1, timeout=WINDOW + _SLICE)
    counts: dict[str, int] = cache.get_many(keys)
    return sum(counts.values()) > most


def _address(request: HttpRequest) -> str:
    # Behind a proxy every request comes from the proxy: it adds the true address last.
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
