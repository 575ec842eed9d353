"""How each line is tied to the one before."""

from datetime import UTC, datetime
from typing import Any, Protocol

from hocvu.kernel import digests

GENESIS = "0" * 64


class LineFields(Protocol):
    """What a line shows to the chain."""

    sequence: Any
    at: Any
    recorded_at: Any
    actor_id: Any
    actor_label: Any
    role: Any
    action: Any
    object_type: Any
    object_key: Any
    organisation_id: Any
    count: Any
    digest: Any
    data: Any
    previous_hash: Any


def _instant(moment: datetime) -> str:
    # Databases give an instant back in their own zone: one spelling for all.
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def line_hash(line: LineFields) -> str:
    """Return the SHA-256 over every field of a line and the hash before it."""
    return digests.digest(
        [
            line.previous_hash,
            line.sequence,
            _instant(line.at),
            _instant(line.recorded_at),
            line.actor_id,
            line.actor_label,
            str(line.role),
            line.action,
            line.object_type,
            line.object_key,
            line.organisation_id,
            line.count,
            line.digest,
            line.data,
        ]
    )
