"""The backup file: one tar of the data folder, with a consistent copy of the database and a list of hashes."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

from . import setup
from .postgres import find_postgres

LIST = "hocvu-backup.json"
DATABASE = "hocvu.sqlite3"
DUMP = "hocvu.pgdump"
LEFT_OUT = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}


class ArchiveError(Exception):
    """The file cannot be used as a backup."""


def write_archive(target: Path) -> list[str]:
    """Write ``target``; return the names in it. A half-written file is never left behind."""
    var = setup.data_folder()
    part = target.with_suffix(target.suffix + ".part")
    hashes: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory(prefix="hocvu-backup-") as folder, tarfile.open(part, "w:gz") as tar:
            for name, path in [*_database_copy(Path(folder)), *_files(var)]:
                hashes[name] = _sha256(path)
                tar.add(path, arcname=name, recursive=False)
            note = json.dumps({"made": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "sha256": hashes}, indent=1).encode()
            entry = tarfile.TarInfo(LIST)
            entry.size = len(note)
            tar.addfile(entry, io.BytesIO(note))
        part.chmod(0o600)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return sorted(hashes)


def _database_copy(folder: Path) -> list[tuple[str, Path]]:
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        copy = folder / DATABASE
        with sqlite3.connect(database["NAME"]) as source, sqlite3.connect(copy) as target:
            source.backup(target)  # consistent while others write
        return [(DATABASE, copy)]
    copy = folder / DUMP
    _postgres("pg_dump", "--format=custom", f"--file={copy}", os.environ["DATABASE_URL"])
    return [(DUMP, copy)]


def _postgres(program: str, *words: str) -> None:
    folder = find_postgres()
    found = str(folder / program) if folder else shutil.which(program)
    if not found:
        raise ArchiveError(f"{program} is not on this machine: apt-get install postgresql-client")
    subprocess.run([found, *words], check=True)


def _files(var: Path) -> list[tuple[str, Path]]:
    found = []
    for path in sorted(var.rglob("*")):
        name = path.relative_to(var).as_posix()
        if path.is_file() and not path.is_symlink() and name not in LEFT_OUT:
            found.append((name, path))
    return found


def _sha256(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(1 << 20):
            total.update(block)
    return total.hexdigest()


def restore_archive(source: Path) -> Path | None:
    """Unpack ``source`` beside the data folder, check every hash, then put it in place; return what was there."""
    var = setup.data_folder()
    var.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{var.name}-restoring-", dir=var.parent))
    try:
        _unpack(source, fresh)
        if (fresh / DUMP).exists():
            url = os.environ.get("DATABASE_URL", "")
            if not url.startswith("postgres"):
                raise ArchiveError("this backup is of PostgreSQL: set DATABASE_URL to an empty database")
            _postgres("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={url}", str(fresh / DUMP))
            (fresh / DUMP).unlink()
        aside = None
        if var.exists() and any(var.iterdir()):
            aside = var.with_name(f"{var.name}-before-{time.strftime('%Y%m%d-%H%M%S')}")
            var.rename(aside)
        elif var.exists():
            var.rmdir()
        fresh.rename(var)
        (var / "keys").chmod(0o700)
        return aside
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        listed = json.loads((folder / LIST).read_text())["sha256"]
    except (OSError, tarfile.TarError, KeyError, ValueError) as trouble:
        raise ArchiveError(f"this is not a backup of hocvu, or it is damaged ({trouble})") from trouble
    (folder / LIST).unlink()
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    if there != set(listed):
        raise ArchiveError("files are missing from it, or were added")
    for name, wanted in listed.items():
        if _sha256(folder / name) != wanted:
            raise ArchiveError(f"{name} in it is damaged")
