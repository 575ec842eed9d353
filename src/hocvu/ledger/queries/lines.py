"""Read the ledger and prove that its chain is whole."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ..domain.chain import GENESIS, line_hash
from ..models import Line


@dataclass(frozen=True, slots=True)
class ChainState:
    """The result of walking the chain; ``broken_at`` is the first sequence that does not fit, else None."""

    lines: int
    head: str
    broken_at: int | None


def verify_chain() -> ChainState:
    """Walk the whole ledger in order and recompute each hash."""
    previous, count = GENESIS, 0
    for line in Line.objects.order_by("sequence").iterator(chunk_size=2000):
        count += 1
        if line.sequence != count or line.previous_hash != previous or line_hash(line) != line.hash:
            return ChainState(lines=count, head=previous, broken_at=line.sequence)
        previous = line.hash
    return ChainState(lines=count, head=previous, broken_at=None)


def lines_of(object_type: str, object_key: object) -> QuerySet[Line]:
    """Return the lines that speak of one object, newest first."""
    return Line.objects.filter(object_type=object_type, object_key=str(object_key)).order_by("-sequence")


def latest_lines() -> QuerySet[Line]:
    """Return every line, newest first, for a paged list."""
    return Line.objects.order_by("-sequence")
