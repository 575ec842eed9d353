"""Bring an installation to where it can be used: folders, secret key, assets, database."""

import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def data_folder() -> Path:
    """Return the folder that holds everything an installation owns."""
    return Path(os.environ.get("HOCVU_DATA", ROOT / "var")).resolve()


def use_data(folder: str | None) -> None:
    """Work on another data folder than the usual one; call it before anything is loaded."""
    if folder:
        os.environ["HOCVU_DATA"] = folder


def prepare_folders() -> None:
    """Make the data folder and a secret key of its own, readable by its owner only."""
    var = data_folder()
    for name in ("", "keys", "files", "mail"):
        (var / name).mkdir(parents=True, exist_ok=True)
    (var / "keys").chmod(0o700)
    key = var / "keys" / "secret"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(60))


def prepare(*, migrate: bool = True) -> None:
    """Make everything ready and load Django; a second call finds it all in place."""
    prepare_folders()
    from .assets import make_assets

    make_assets()
    import django

    django.setup()
    if migrate:
        _migrate()


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("· preparing the database", file=sys.stderr, flush=True)
        call_command("migrate", interactive=False, verbosity=0)
