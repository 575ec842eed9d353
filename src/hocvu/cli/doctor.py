"""What is installed, which database, disk, clock, mail; what is wrong and how to mend it."""

import argparse
import platform
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from . import setup
from .postgres import find_postgres

NEEDED_DISK = 3 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing looked at; ``mend`` is empty when it is in order."""

    name: str
    found: str
    mend: str = ""
    grave: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the data folder."""
    parser.add_argument("--data", help="folder of the installation (default: var)")


def run(options: argparse.Namespace) -> int:
    """Print every finding; exit 1 where something grave is wrong."""
    setup.use_data(options.data)
    setup.prepare(migrate=False)
    findings = [found for look in LOOKS for found in look()]
    for one in findings:
        sign = "!!" if one.grave else ("! " if one.mend else "ok")
        print(f"{sign} {one.name:<12} {one.found}")
        if one.mend:
            print(f"   {'':<12} → {one.mend}")
    return 1 if any(one.grave for one in findings) else 0


def look_at_programs() -> list[Finding]:
    """Python, and what only the tests need."""
    chromium = shutil.which("chromium")
    postgres = find_postgres()
    return [
        Finding("Python", platform.python_version()),
        Finding("SQLite", sqlite3.sqlite_version),
        Finding("Chromium", chromium or "not here", "" if chromium else "only for tests: apt-get install chromium"),
        Finding(
            "PostgreSQL", str(postgres or "not here"), "" if postgres else "only for tests: apt-get install postgresql"
        ),
    ]


def look_at_disk() -> list[Finding]:
    """Free space where the data lie, and who may read the keys."""
    var = setup.data_folder()
    free = shutil.disk_usage(var).free
    mend = "" if free > NEEDED_DISK else "make room: a campaign of 35,000 people wants 3 GiB"
    keys = var / "keys"
    open_keys = keys.exists() and keys.stat().st_mode & 0o077
    return [
        Finding("Data", str(var)),
        Finding("Disk", f"{free / 1024**3:.1f} GiB free", mend, grave=free < 200 * 1024**2),
        Finding(
            "Keys", "private" if not open_keys else "others can read them", f"chmod 700 {keys}" if open_keys else ""
        ),
    ]


def look_at_database() -> list[Finding]:
    """The database opens, has all its tables, keeps what it acknowledged, and its ledger is whole."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from hocvu.ledger.api import verify_chain

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as trouble:
        return [Finding("Database", str(trouble)[:120], "check DATABASE_URL, and that the server runs", grave=True)]
    found = [Finding("Database", connection.vendor, "./run serve brings it up to date" if waiting else "")]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            level = cursor.execute("PRAGMA synchronous").fetchone()[0]
        found.append(
            Finding("Durability", f"synchronous={level}", "" if level == 2 else "must be FULL (2)", level != 2)
        )
    if not waiting:
        state = verify_chain()
        broken = state.broken_at is not None
        words = f"broken at line {state.broken_at}" if broken else f"{state.lines} lines, whole"
        found.append(Finding("Ledger", words, "restore a backup and find out who changed it" if broken else "", broken))
    return found


def look_at_clock() -> list[Finding]:
    """The machine's clock is plausible: tests and attestations depend on it."""
    year = time.gmtime().tm_year
    wrong = year < 2025
    return [
        Finding(
            "Clock",
            time.strftime("%Y-%m-%d %H:%M:%S %Z"),
            "set the date: timedatectl set-ntp true" if wrong else "",
            wrong,
        )
    ]


def look_at_mail() -> list[Finding]:
    """Where letters go, and whether any failed."""
    from django.conf import settings
    from django.db import DatabaseError

    from hocvu.post.api import outbox_counts

    backend = settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
    hint = "letters are files in the data folder; set HOCVU_SMTP_HOST to send them" if backend == "filebased" else ""
    try:
        counts = outbox_counts()
    except DatabaseError:
        return [Finding("Mail", backend, hint)]
    failed = counts["failed"]
    return [
        Finding("Mail", f"{backend}: {counts['sent']} sent, {counts['waiting']} waiting", hint),
        *([Finding("Letters", f"{failed} could not be sent", "see the outbox page for the causes")] if failed else []),
    ]


def look_at_signing() -> list[Finding]:
    """The key that signs attestations."""
    from django.conf import settings

    if settings.SIGNING_PKCS11_MODULE:
        return [Finding("Signing", f"PKCS#11 {settings.SIGNING_PKCS11_MODULE}")]
    there = settings.SIGNING_KEY_FILE.exists()
    return [
        Finding(
            "Signing",
            str(settings.SIGNING_KEY_FILE) if there else "no key yet",
            "" if there else "set HOCVU_SIGNING_PKCS12; the demo makes its own",
        )
    ]


LOOKS: tuple[Callable[[], list[Finding]], ...] = (
    look_at_programs, look_at_disk, look_at_database, look_at_clock, look_at_mail, look_at_signing,
)  # fmt: skip
