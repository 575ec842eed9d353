"""Which database: SQLite by default, PostgreSQL by ``DATABASE_URL``."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# FULL, never NORMAL: with NORMAL a power cut takes acknowledged commits away (ADR 0003).
SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"


def database(var: Path) -> dict[str, Any]:
    """Return Django's settings for the database named by ``DATABASE_URL``, else SQLite in ``var``."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return sqlite(var / "hocvu.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(f"DATABASE_URL: unknown scheme {parts.scheme!r}; write postgresql://user:password@host/name")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite file that loses nothing it acknowledged."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }
