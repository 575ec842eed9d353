"""Who may call an operation: signed in by cookie or token, in one of the roles it names.

The addresses are public to the middleware (a program must read 401, not be sent to a sign-in page); the gate
stands here, and a test walks every operation of the schema.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from ninja.operation import Operation
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import contribute_operation_callback

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed
from hocvu.ui.http import visitor_of

from .limits import count_account
from .tokens import read_token

Call = TypeVar("Call", bound=Callable[..., Any])
ROLES = "x-roles"  # where the schema says who may call
EVERYONE = "everyone"


class Token(HttpBearer):
    """``Authorization: Bearer …`` with a token of the page "Access for programs"."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who the token speaks for."""
        return read_token(token)


class Session(APIKeyCookie):
    """The session cookie of a browser; what writes needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        """Return who is signed in; the protection against forged requests comes after."""
        return super().__call__(request) if visitor_of(request) else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return who is signed in."""
        return visitor_of(request)


SIGNED_IN = [Token(), Session()]


def roles(*allowed: Role) -> Callable[[Call], Call]:
    """Let only these roles call an operation, and say so in the schema."""
    names = sorted(str(role) for role in allowed)

    def decorate(view: Call) -> Call:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            actor = caller(request)
            count_account(actor)
            if actor.role not in allowed:
                raise NotAllowed
            return view(request, *args, **kwargs)

        contribute_operation_callback(guarded, _tell(names))
        return guarded  # type: ignore[return-value]

    return decorate


def everyone(view: Call) -> Call:
    """Let everyone call an operation, and say so in the schema."""
    contribute_operation_callback(view, _tell([EVERYONE]))
    return view


def _tell(names: list[str]) -> Callable[[Operation], None]:
    def tell(operation: Operation) -> None:
        operation.openapi_extra = (operation.openapi_extra or {}) | {ROLES: names}

    return tell


def caller(request: HttpRequest) -> Actor:
    """Return who calls an operation that is not open to everyone."""
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise NotAllowed
    return actor
