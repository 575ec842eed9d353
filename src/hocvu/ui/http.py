"""Who asks: the actor that the middleware put on a request."""

from django.http import HttpRequest

from hocvu.kernel.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return the signed-in actor of a page that is not public."""
    actor = visitor_of(request)
    if actor is None:
        raise RuntimeError("a public page asked for the actor; declare its roles or use visitor_of")
    return actor


def visitor_of(request: HttpRequest) -> Actor | None:
    """Return the signed-in actor, or none for a passer-by."""
    return getattr(request, "visitor", None)
