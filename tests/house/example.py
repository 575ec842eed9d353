"""An example of an address: arguments that belong to the world's accounts, and arguments that do not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hocvu.kernel.actor import Role


@dataclass(frozen=True)
class Example:
    """``own`` is opened by each role of ``scoped``, ``other`` answers them 404; none: there is no such object."""

    own: dict[str, Any] | None
    other: dict[str, Any] | None = None
    scoped: frozenset[Role] = field(default_factory=frozenset)


Examples = dict[str, Callable[[Any], Example]]
