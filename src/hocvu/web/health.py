"""How the installation is: what must be in order before it may serve, and what somebody should look at.

A *failed* check means that pages would fail: the host is not ready. A *warning* hurts nobody who reads a page
now (no worker, no signing key): taking the host away would only make it worse. No check tells personal data,
secrets or folders, since anyone may ask.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from hocvu.kernel import clock
from hocvu.ledger.api import latest_lines
from hocvu.ledger.domain.chain import line_hash

LEAST_DISK = 200 * 1024**2  # bytes; below it a save may fail
LITTLE_DISK = 1024**3  # bytes; below it somebody should make room
LEAST_SECRET = 40  # letters
WORKER_SILENT = timedelta(minutes=3)
LONGEST_JOB = timedelta(hours=2)
WORKER_MARK = "worker-seen"

_up_to_date: set[str] = set()  # databases found migrated: nobody unmakes a migration under a running server


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``state``: ok, warning, failed; ``found`` in the page's language."""

    name: str
    state: str
    found: str


@dataclass(frozen=True, slots=True)
class Health:
    """Every check; answering at all means being live."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Whether the host may serve."""
        return all(check.state != "failed" for check in self.checks)

    @property
    def spotless(self) -> bool:
        """Whether there is not even a warning."""
        return all(check.state == "ok" for check in self.checks)

    @property
    def reasons(self) -> list[str]:
        """The names of what is not in order, the grave ones first."""
        return [c.name for state in ("failed", "warning") for c in self.checks if c.state == state]


def look() -> Health:
    """Look at everything; without a database the checks that need one are left out."""
    database = look_at_database()
    found = [database, look_at_disk(), look_at_secret(), look_at_signing_key()]
    if database.state == "ok":
        found.append(look_at_migrations())
        if found[-1].state == "ok":
            found += [look_at_worker(), look_at_ledger()]
    return Health(tuple(found))


def tell_worker_is_here() -> None:
    """Leave the worker's mark in the data folder; it does so every few seconds."""
    (Path(settings.VAR) / WORKER_MARK).touch()


def look_at_database() -> Check:
    """The database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Check("database", "failed", _("The database does not answer."))
    return Check("database", "ok", _("It answers (%(kind)s).") % {"kind": connection.display_name})


def look_at_migrations() -> Check:
    """The database has every table this version needs."""
    name = str(connection.settings_dict["NAME"])
    if name not in _up_to_date:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return Check("migrations", "failed", _("The database is older than the program: run ./run manage migrate."))
        _up_to_date.add(name)
    return Check("migrations", "ok", _("The database fits this version."))


def look_at_disk() -> Check:
    """There is room where the data lie."""
    try:
        free = shutil.disk_usage(settings.VAR).free
    except OSError:
        return Check("disk", "failed", _("The data folder cannot be read."))
    words = _("%(free)s GiB free.") % {"free": f"{free / 1024**3:.1f}".replace(".", ",")}
    state = "failed" if free < LEAST_DISK else ("warning" if free < LITTLE_DISK else "ok")
    return Check("disk", state, words)


def look_at_secret() -> Check:
    """The secret key is the installation's own and long enough."""
    if len(settings.SECRET_KEY) < LEAST_SECRET:
        return Check("secret_key", "failed", _("The secret key is missing or too short."))
    return Check("secret_key", "ok", _("It is set."))


def look_at_signing_key() -> Check:
    """There is a key that signs attestations (only issuing needs it)."""
    if settings.SIGNING_PKCS11_MODULE or Path(settings.SIGNING_KEY_FILE).is_file():
        return Check("signing_key", "ok", _("It is set."))
    return Check("signing_key", "warning", _("There is no key yet: attestations cannot be issued."))


def look_at_worker() -> Check:
    """Somebody does the background jobs.

    The worker of this host leaves its mark in the data folder. A worker on another host shares only the
    database: it is missed once a job has waited too long. A job that runs now speaks for its worker too.
    """
    now = clock.real_now()
    marked = _worker_marked()
    running = DBTaskResult.objects.running().filter(started_at__gt=now - LONGEST_JOB).exists()
    if running or (marked is not None and now - marked < WORKER_SILENT):
        return Check("worker", "ok", _("It was seen less than three minutes ago."))
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - WORKER_SILENT).exists()
    if late:
        return Check("worker", "warning", _("Jobs have waited for more than three minutes: no worker takes them."))
    if connection.vendor == "sqlite":
        return Check("worker", "warning", _("No worker was seen for three minutes: start ./run manage work."))
    return Check("worker", "ok", _("None on this host; no job is waiting."))


def _worker_marked() -> datetime | None:
    try:
        return datetime.fromtimestamp((Path(settings.VAR) / WORKER_MARK).stat().st_mtime, UTC)
    except OSError:
        return None


def look_at_ledger() -> Check:
    """The newest line of the ledger is whole (the operator's page walks them all)."""
    line = latest_lines().first()
    if line is None:
        return Check("ledger", "ok", _("It is empty."))
    if line_hash(line) != line.hash:
        return Check(
            "ledger", "failed", _("Line %(number)s was changed after it was written.") % {"number": line.sequence}
        )
    return Check("ledger", "ok", _("%(count)s lines; the newest is whole.") % {"count": line.sequence})
