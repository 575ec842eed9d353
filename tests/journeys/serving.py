"""Serve a copy of a played demo on a free port of this machine, and end it again."""

import contextlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from hocvu.kernel import clock
from tests.campaign.conftest import ROOT

START_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """A demo that answers at ``url`` and keeps everything in ``data``."""

    url: str
    data: Path

    def rows(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Return what a query finds in the database file; read only."""
        with contextlib.closing(sqlite3.connect(f"file:{self.data / 'hocvu.sqlite3'}?mode=ro", uri=True)) as db:
            return db.execute(query, arguments).fetchall()

    def one(self, query: str, *arguments: object) -> Any:
        """Return the first value of the first row; fail where there is none."""
        found = self.rows(query, *arguments)
        assert found, f"nothing found by: {query} {arguments}"
        return found[0][0]

    def change(self, statement: str, *arguments: object) -> None:
        """Bring about a state that a journey starts from; never the deed that it is about."""
        with contextlib.closing(sqlite3.connect(self.data / "hocvu.sqlite3", timeout=20)) as db, db:
            db.execute(statement, arguments)

    def text(self, kind: str, query: str, *arguments: object) -> str:
        """Return a value found as it stands in an address; ``kind``: uuid or plain."""
        value = str(self.one(query, *arguments))
        return self.dashed(value) if kind == "uuid" else value

    def json(self, query: str, *arguments: object) -> Any:
        """Return the first value found, which is kept as JSON."""
        return json.loads(self.one(query, *arguments))

    @staticmethod
    def dashed(value: str) -> str:
        """Return a UUID as addresses write it."""
        return str(UUID(value))


def copied(demo: Path, target: Path) -> Path:
    """Copy a played demo; its clock runs on from where the stage set it."""
    shutil.copytree(demo, target)
    now = clock.real_now().strftime("%Y-%m-%d %H:%M:%S.%f")
    with contextlib.closing(sqlite3.connect(target / "hocvu.sqlite3")) as db, db:
        db.execute("UPDATE rehearsal_stage SET anchored_at = ?, busy = ''", (now,))
    return target


@contextlib.contextmanager
def serving(data: Path, *, jobs: bool) -> Iterator[Served]:
    """Serve a data folder, with a worker for background jobs if asked."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "HOCVU_DATA": str(data),
        "HOCVU_DEMO": "1",
        "HOCVU_BASE_URL": url,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    environment.pop("DATABASE_URL", None)
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning",
        "config.wsgi:application",
    ]  # fmt: skip
    commands = [server, *([[sys.executable, "-m", "hocvu.cli", "manage", "work"]] if jobs else [])]
    log = data / "served.log"
    with log.open("w") as out:
        running = [
            subprocess.Popen(words, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
            for words in commands
        ]
        try:
            _wait_for(url, running[0], log)
            yield Served(url, data)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                _end(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=10):
                return
        except urllib.error.HTTPError:
            return  # it answers; what it thinks of itself is another test's matter
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text()[-3000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
