"""What every test may ask for: a small world, a client for each role, a held clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from hocvu.kernel import clock
from hocvu.kernel.actor import Role

from .world import World, build_world

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
