"""Refusals of this app, each with its code and the data its sentence needs."""

from collections.abc import Sequence

from hocvu.kernel.errors import Refused

from .types import PlanError


class PlanRefused(Refused):
    """A plan file that cannot be used; ``errors`` lists all that must be mended."""

    def __init__(self, errors: Sequence[PlanError]) -> None:
        super().__init__("campaigns.plan_file", errors=tuple(errors), number=len(errors))
        self.errors = tuple(errors)
