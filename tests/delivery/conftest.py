"""What tests of classes share: actors, open half-days, a second instructor's class."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from hocvu.delivery import api
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.planning.models import Placement, Session
from tests.world import World


@pytest.fixture
def now_half_day(world: World) -> Session:
    """The half-day under way at 08:10 on 18 June: the third of TT-002, opened."""
    session = world.session("TT-002", 3)
    api.open_sessions(actor=SYSTEM, session_ids=[session.pk])
    return session


@pytest.fixture
def trainee() -> Callable[[Placement], Actor]:
    """Return a function that gives the actor of a place's person."""

    def of(place: Placement) -> Actor:
        return Actor(Role.TRAINEE, place.person.full_name, None, place.person_id, place.organisation_id)

    return of


@pytest.fixture
def missed(world: World) -> tuple[Placement, Session]:
    """Someone of TT-002 absent on the first half-day, closed; all others there."""
    session = world.session("TT-002", 1)
    places = world.placements["TT-002"]
    api.open_sessions(actor=SYSTEM, session_ids=[session.pk])
    rows = [api.PresenceRow(p.pk, "present", "roll_call", session.starts_at) for p in places[1:]]
    api.record_presence(actor=SYSTEM, session_id=session.pk, rows=rows)
    api.close_sessions(actor=SYSTEM, session_ids=[session.pk])
    return places[0], session


@pytest.fixture
def target(world: World) -> Session:
    """The same half-day of TT-003, still to come."""
    return world.session("TT-003", 1)


def minutes_in(session: Session, minutes: int) -> datetime:
    return session.starts_at + timedelta(minutes=minutes)
