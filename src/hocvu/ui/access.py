"""Who may open a page: every view declares it, the middleware holds it, a test walks all addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from hocvu.kernel.actor import Role

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """The roles that may open a page; ``public`` for everyone, ``any_role`` for everyone signed in.

    This is the first gate. Whose objects a role sees is the second: ``rules.py`` of each app gives the
    queryset a page must look in, so that an object of another scope answers 404.
    """

    roles: frozenset[Role] = frozenset()
    public: bool = False
    any_role: bool = False

    def admits(self, role: Role | None) -> bool:
        """Say whether someone in ``role`` (none: not signed in) may open the page."""
        if self.public:
            return True
        return role is not None and (self.any_role or role in self.roles)


PUBLIC = Access(public=True)
SIGNED_IN = Access(any_role=True)


def access(*roles: Role) -> Callable[[View], View]:
    """Declare which roles may open a view."""
    return _declare(Access(roles=frozenset(roles)))


def public(view: View) -> View:
    """Declare that everyone may open a view."""
    return _declare(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Declare that everyone with an account may open a view."""
    return _declare(SIGNED_IN)(view)


def _declare(rule: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what a view declares, or none where it declares nothing."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None
