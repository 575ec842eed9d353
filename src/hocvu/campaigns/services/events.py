"""Ceremonies and their guests."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..models import Event, EventGuest
from ..rules import may_run
from ..types import Texts


def add_event(
    *,
    actor: Actor,
    campaign_id: int,
    kind: str,
    title: Texts,
    starts_at: datetime,
    place: Texts,
    ends_at: datetime | None = None,
    agenda: Sequence[dict[str, Any]] = (),
    public: bool = True,
    guests: Sequence[Texts] = (),
) -> Event:
    """Add a ceremony; ``kind`` is opening, closing or meeting, ``guests`` the offices to invite."""
    may_run(actor)
    if ends_at is not None and ends_at <= starts_at:
        raise Refused("campaigns.event_ends_before")
    with transaction.atomic():
        event = Event.objects.create(
            campaign_id=campaign_id,
            kind=kind,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            agenda=list(agenda),
            public=public,
        )
        EventGuest.objects.bulk_create(
            EventGuest(event=event, office=office, ordinal=at) for at, office in enumerate(guests, start=1)
        )
        record(
            actor=actor,
            action="campaigns.add_event",
            object_type="event",
            object_key=event.uuid,
            data={"kind": kind, "starts_at": starts_at.isoformat(), "guests": len(guests)},
        )
    return event


def record_guest(
    *,
    actor: Actor,
    event_id: int,
    guest_id: int | None = None,
    office: Texts | None = None,
    name: str | None = None,
    state: str = EventGuest.State.INVITED,
) -> EventGuest:
    """Invite an office to an event, or note the answer of a guest already invited (``guest_id``).

    ``name`` is kept for a guest who comes only: an office is invited, not a person.
    """
    may_run(actor)
    if state not in EventGuest.State.values:
        raise Refused("campaigns.guest_state", state=state)
    with transaction.atomic():
        if guest_id is None:
            if not office:
                raise Refused("campaigns.guest_without_office")
            last = EventGuest.objects.filter(event_id=event_id).aggregate(n=Max("ordinal"))["n"] or 0
            guest = EventGuest(event_id=event_id, office=office, ordinal=last + 1)
        else:
            guest = EventGuest.objects.select_for_update().get(pk=guest_id, event_id=event_id)
        guest.state = state
        coming = state in {EventGuest.State.COMING, EventGuest.State.CAME}
        guest.name = (name if name is not None else guest.name) if coming else ""
        guest.save()
        record(
            actor=actor,
            action="campaigns.record_guest",
            object_type="event",
            object_key=event_id,
            data={"guest": guest.pk, "state": state},
        )
    return guest
