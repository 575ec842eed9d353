"""Write a line of the ledger, inside the transaction of the deed it tells of."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from hocvu.kernel import clock, digests
from hocvu.kernel.actor import Actor

from ..domain.chain import GENESIS, line_hash
from ..models import Line


def record(
    *,
    actor: Actor,
    action: str,
    object_type: str,
    object_key: object,
    data: dict[str, Any] | None = None,
    rows: Iterable[Any] | None = None,
) -> Line:
    """Append one line; ``rows`` are the rows of a bulk write, kept as their count and digest.

    Call it inside the deed's own ``transaction.atomic``: then both stand or neither.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # One writer at a time: the chain has no gaps and no forks. SQLite has one writer anyway.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(7405)")
        last = Line.objects.order_by("-sequence").values("sequence", "hash").first()
        held = list(rows) if rows is not None else None
        line = Line(
            sequence=last["sequence"] + 1 if last else 1,
            at=clock.now(),
            recorded_at=clock.real_now(),
            actor_id=actor.account_id,
            actor_label=actor.label[:200],
            role=actor.role,
            action=action,
            object_type=object_type,
            object_key=str(object_key)[:80],
            organisation_id=actor.organisation_id,
            count=1 if held is None else len(held),
            digest="" if held is None else digests.digest_rows(held),
            data=data or {},
            previous_hash=last["hash"] if last else GENESIS,
        )
        line.hash = line_hash(line)
        line.save(force_insert=True)
        return line
