"""A PostgreSQL cluster of our own on loopback: made in a temporary folder, gone afterwards.

PostgreSQL refuses to run as root: then the package's ``postgres`` user runs it, in a folder it can enter.
"""

import atexit
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self


def find_postgres() -> Path | None:
    """Return the folder of PostgreSQL's programs, newest first, or none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    single = shutil.which("initdb")
    return Path(single).parent if single else None


class PrivateCluster:
    """Start with ``with``; ``url`` is for ``DATABASE_URL``. Ended also after an interrupt."""

    def __init__(self) -> None:
        programs = find_postgres()
        if programs is None:
            raise SystemExit("PostgreSQL is not on this machine. As root, type: apt-get install -y postgresql")
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="hocvu-pg-"))
        self.port = _free_port()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.url = f"postgresql://{self.user}@127.0.0.1:{self.port}/postgres"
        self.running = False

    def __enter__(self) -> Self:
        atexit.register(self.stop)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self.folder.chmod(0o700)
        data = self.folder / "data"
        self._call("initdb", "-D", data, "-U", self.user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
            " -c max_connections=60 -c fsync=off -c full_page_writes=off"
        )
        self._call("pg_ctl", "-D", data, "-l", self.folder / "log", "-w", "-o", options, "start")
        self.running = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server and remove its folder; a second call does nothing."""
        if self.running:
            self.running = False
            self._call("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.stop)

    def _call(self, program: str, *words: str | Path, check: bool = True) -> None:
        line = [str(self.programs / program), *map(str, words)]
        # A new session: an interrupt at the keyboard reaches us, not the server; we end it in order.
        done = subprocess.run(
            line,
            cwd=self.folder,
            user=self.user if os.geteuid() == 0 else None,
            group=self.user if os.geteuid() == 0 else None,
            extra_groups=[] if os.geteuid() == 0 else None,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )
        if check and done.returncode:
            log = self.folder / "log"
            told = (done.stderr or b"").decode() + (log.read_text() if log.exists() else "")
            raise SystemExit(f"PostgreSQL could not be started ({program}):\n{told[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
