"""Live, ready, and why not; nothing about people."""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from hocvu.kernel.actor import Role
from hocvu.web import health
from hocvu.web.management.commands import work


@pytest.fixture
def mark(settings) -> Path:
    """The worker's mark, fresh."""
    health.tell_worker_is_here()
    path = Path(settings.VAR) / health.WORKER_MARK
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def signing_key(settings) -> Path:
    """Some file where the signing key is looked for."""
    path = Path(settings.SIGNING_KEY_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    there = path.exists()
    path.touch()
    yield path
    if not there:
        path.unlink()


def _json(client: Client, query: str = "") -> tuple[int, dict]:
    response = client.get(f"/healthz{query}", headers={"accept": "application/json"})
    return response.status_code, response.json()


def test_ready_when_all_is_in_order(client: Client, db, mark, signing_key) -> None:
    status, data = _json(client)

    assert status == 200
    assert (data["live"], data["ready"], data["reasons"]) == (True, True, [])
    assert {c["state"] for c in data["checks"].values()} == {"ok"}


@pytest.mark.parametrize("address", ["/healthz", "/healthz/", "/healthz/?format=json"])
def test_addresses_of_health(client: Client, db, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/json" if "json" in address else "text/html")


def test_a_database_that_does_not_answer(client: Client, monkeypatch) -> None:
    # no db fixture: any use of the database would raise
    def no(*args: object) -> None:
        raise DatabaseError("down")

    monkeypatch.setattr(connection, "cursor", no)

    status, data = _json(client)
    page = client.get("/healthz")

    assert status == page.status_code == 503
    assert data["live"] is True
    assert data["reasons"][0] == "database"
    assert "migrations" not in data["checks"]


def test_full_disk_and_short_secret(client: Client, db, settings, monkeypatch) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: SimpleNamespace(free=1))
    settings.SECRET_KEY = "short"

    status, data = _json(client)

    assert status == 503
    assert data["reasons"][:2] == ["disk", "secret_key"]


def test_missing_migration_is_told(client: Client, db, monkeypatch) -> None:
    monkeypatch.setattr(health, "_up_to_date", set())
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *args: [("x", False)])

    status, data = _json(client)

    assert status == 503
    assert data["reasons"][0] == "migrations"
    assert "ledger" not in data["checks"]


def test_a_silent_worker_is_a_warning(client: Client, db, mark, signing_key) -> None:
    old = time.time() - 600
    os.utime(mark, (old, old))
    if connection.vendor != "sqlite":
        pytest.skip("a worker may be on another host")

    assert _json(client)[0] == 200
    status, data = _json(client, "?strict=1")

    assert status == 503
    assert data["reasons"] == ["worker"]


def test_work_leaves_its_mark(db, settings, monkeypatch) -> None:
    class Enough(Exception):
        pass

    def stop(_seconds: float) -> None:
        raise Enough

    path = Path(settings.VAR) / health.WORKER_MARK
    path.unlink(missing_ok=True)
    monkeypatch.setattr(work, "call_command", lambda *args, **kwargs: None)
    monkeypatch.setattr(work.time, "sleep", stop)

    with pytest.raises(Enough):
        work.Command().handle()

    assert path.exists()
    path.unlink()


def test_a_changed_line_is_found(client: Client, world, sign_in, monkeypatch) -> None:
    sign_in(Role.OPERATOR).post("/api/")  # leaves a line
    assert _json(client)[1]["checks"]["ledger"]["state"] == "ok"

    monkeypatch.setattr(health, "line_hash", lambda line: "0" * 64)  # as if its fields were others

    status, data = _json(client)
    assert status == 503
    assert data["reasons"][0] == "ledger"


def test_health_tells_no_folder_and_no_person(client: Client, world, settings) -> None:
    text = client.get("/healthz").content.decode() + client.get("/healthz?format=json").content.decode()

    assert str(settings.VAR) not in text
    assert "Nguyễn" not in text


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_health_page_in_each_language(client: Client, db, language: str) -> None:
    client.get(f"/languages/{language}/")

    assert f'lang="{language}"' in client.get("/healthz").content.decode()
