"""What every test may ask for: a small world, a client for each role, a held clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import hypothesis
import pytest
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client

from hocvu.kernel import clock
from hocvu.kernel.actor import Role

from .world import World, build_world

# A busy machine must not fail a property: no deadline, the same examples everywhere.
hypothesis.settings.register_profile("hocvu", deadline=None, derandomize=True)
hypothesis.settings.load_profile("hocvu")

MORNING = datetime(2025, 6, 18, 1, 10, tzinfo=UTC)  # 08:10 in Vietnam, the second day of wave 17-18 June


@pytest.fixture(autouse=True)
def held_clock() -> Iterator[datetime]:
    """Hold the clock at the morning of 18 June 2025."""
    clock.set_source(lambda: MORNING)
    yield MORNING
    clock.set_source(None)


@pytest.fixture
def world(db: None) -> World:
    """A small published campaign: see ``tests/world.py``."""
    return build_world()


@pytest.fixture
def sign_in(world: World) -> Callable[[Role], Client]:
    """Return a function that gives a client signed in as the world's account of a role."""

    def as_role(role: Role) -> Client:
        client = Client()
        client.force_login(world.accounts[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_role


@pytest.fixture(autouse=True, scope="session")
def flush_with_the_ledger() -> Iterator[None]:
    """Let a test that commits empty the SQLite database afterwards: the ledger's guards step aside meanwhile."""
    plain = DatabaseOperations.execute_sql_flush

    def flush(operations: DatabaseOperations, statements: list[str]) -> None:
        with operations.connection.cursor() as cursor:
            guards = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in guards:
                cursor.execute(f"DROP TRIGGER {name}")
            plain(operations, statements)
            for _, made in guards:
                cursor.execute(made)

    DatabaseOperations.execute_sql_flush = flush
    yield
    DatabaseOperations.execute_sql_flush = plain
