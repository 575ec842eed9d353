"""An example of an address: arguments within the reach of the world's accounts, and arguments beyond it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hocvu.kernel.actor import Role

from ..world import World

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")  # no object has this number
Arguments = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """Arguments of an address.

    ``own`` is opened by each role of ``scoped``, ``other`` answers them 404. ``mate`` is the same of a
    neighbour in the trainee's own class and agency: not there for the trainee. None: there is no such object.
    """

    own: Arguments | None
    other: Arguments | None = None
    scoped: frozenset[Role] = field(default_factory=frozenset)
    mate: Arguments | None = None


Examples = dict[str, Callable[[World], Example]]
"""For each address that names an object, the builder of its example in a world."""


def seen_by_all(own: Arguments, *roles: Role, **unknown: Any) -> Example:
    """Return an example of what every admitted role may open; only what does not exist is not there."""
    return Example(own, own | (unknown or {"uuid": NOWHERE}), frozenset(roles))
