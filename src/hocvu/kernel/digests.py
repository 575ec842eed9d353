"""Digests of data: one canonical form, so that the same facts always give the same SHA-256."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any


def canonical(data: Any) -> bytes:
    """Return ``data`` as UTF-8 JSON with sorted keys and no spaces; dates and UUIDs as strings."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def digest(data: Any) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(data)).hexdigest()


def digest_rows(rows: Iterable[Any]) -> str:
    """Return the SHA-256 over many rows in the order given, without holding them together."""
    total = hashlib.sha256()
    for row in rows:
        total.update(canonical(row) + b"\n")
    return total.hexdigest()
