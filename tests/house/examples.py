"""For each address that names an object: one of the signed-in roles' own, one of others, and who is held to it.

``own`` and ``other`` are the arguments of the address; ``scoped`` are the roles that must find their own and
must not find the other's. The builders stand in one file per part of the house. An address whose object cannot
exist in the world of the tests would be listed in ``SKIPPED`` with the reason.
"""

from . import (
    examples_assessment,
    examples_attestations,
    examples_delivery,
    examples_following,
    examples_founding,
    examples_people,
    examples_timetable,
    examples_web,
)
from .example import Examples

PARTS = (
    examples_attestations,
    examples_delivery,
    examples_following,
    examples_founding,
    examples_people,
    examples_assessment,
    examples_timetable,
    examples_web,
)
EXAMPLES: Examples = {name: builder for part in PARTS for name, builder in part.EXAMPLES.items()}
SKIPPED: dict[str, str] = {}
