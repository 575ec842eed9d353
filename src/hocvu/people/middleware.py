"""Put the actor on each request: the account, in the role it has chosen, with that role's scope."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .queries.accounts import actor_for, live_grants

ROLE_KEY = "grant"


class ActorMiddleware:
    """Set ``request.visitor`` (an actor or none) and ``request.grants`` (the roles to choose from)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        """Put the actor on the request, then go on."""
        request.visitor = None  # type: ignore[attr-defined]
        request.grants = []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            grants = live_grants(request.user.pk)
            chosen = request.session.get(ROLE_KEY)
            grant = next((g for g in grants if g.pk == chosen), grants[0] if grants else None)
            if grant is not None:
                request.visitor = actor_for(request.user, grant)  # type: ignore[attr-defined]
            request.grants = grants  # type: ignore[attr-defined]
        return self.get_response(request)
