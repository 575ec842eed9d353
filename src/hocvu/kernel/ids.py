"""Identifiers: time-ordered UUIDs for addresses, random codes for slips and attestations."""

import os
import secrets
import time
import uuid

# No 0/O, 1/I/L, U/V: read aloud and typed by beginners. 29 letters = 4.86 bits each.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def new_uuid() -> uuid.UUID:
    """Return a UUID of version 7: ordered by time of making, 74 random bits (RFC 9562)."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return uuid.UUID(int=value)


def random_code(length: int, *, group: int = 4) -> str:
    """Return ``length`` random letters of :data:`ALPHABET` in dashed groups.

    17 letters carry 82 bits, 12 letters 58.
    """
    letters = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(letters[i : i + group] for i in range(0, length, group))


def clean_code(typed: str) -> str:
    """Return a typed code as :func:`random_code` writes it: capitals, groups of four, no spaces."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
