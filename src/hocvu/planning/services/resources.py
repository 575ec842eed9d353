"""Register venues, labs, teaching places and instructors."""

from collections.abc import Sequence

from django.db import transaction

from hocvu.campaigns.models import Campaign
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record
from hocvu.people.models import Organisation

from ..models import Instructor, Lab, Room, RoomLab, Venue
from ..types import InstructorRow, LabRow, RoomRow, VenueRow


@transaction.atomic
def register_resources(
    *,
    actor: Actor,
    campaign_id: int,
    venues: Sequence[VenueRow] = (),
    labs: Sequence[LabRow] = (),
    rooms: Sequence[RoomRow] = (),
    instructors: Sequence[InstructorRow] = (),
) -> None:
    """Add or bring up to date the means of a campaign; codes identify them."""
    campaign = Campaign.objects.get(pk=campaign_id)
    places = _venues(campaign, venues)
    _labs(places, labs)
    _rooms(places, rooms)
    _instructors(campaign, places, instructors)
    record(
        actor=actor, action="planning.resources_registered", object_type="campaign", object_key=campaign.code,
        data={"venues": len(venues), "labs": len(labs), "rooms": len(rooms), "instructors": len(instructors)},
        rows=[*venues, *labs, *rooms, *instructors],
    )  # fmt: skip


def _venues(campaign: Campaign, rows: Sequence[VenueRow]) -> dict[str, Venue]:
    stated = {v.get("code"): v for v in campaign.facts.get("venues", []) if isinstance(v, dict)}
    bodies = Organisation.objects.in_bulk([r.organisation_id for r in rows if r.organisation_id])
    for row in rows:
        fact = stated.get(row.code, {})
        body = bodies.get(row.organisation_id or 0)
        name = row.name or fact.get("name") or (body.name if body else {"vi": row.code})
        Venue.objects.update_or_create(
            campaign=campaign, code=row.code,
            defaults={"organisation": body, "name": name, "address": row.address or fact.get("address", ""),
                      "source": row.source or fact.get("source", "")},
        )  # fmt: skip
    return {venue.code: venue for venue in Venue.objects.filter(campaign=campaign)}


def _place(places: dict[str, Venue], code: str, of: str) -> Venue:
    venue = places.get(code)
    if venue is None:
        raise Refused("planning.unknown_venue", venue=code, of=of)
    return venue


def _labs(places: dict[str, Venue], rows: Sequence[LabRow]) -> None:
    for row in rows:
        Lab.objects.update_or_create(
            venue=_place(places, row.venue_code, row.code),
            code=row.code,
            defaults={"computers": row.computers},
        )


def _rooms(places: dict[str, Venue], rows: Sequence[RoomRow]) -> None:
    labs = {lab.code: lab for lab in Lab.objects.filter(venue__in=places.values())}
    for row in rows:
        room, _ = Room.objects.update_or_create(
            venue=_place(places, row.venue_code, row.code), code=row.code,
            defaults={"name": row.name, "seats": row.seats, "computers": row.computers, "accessible": row.accessible,
                      "unavailable": list(row.unavailable), "synthetic": row.synthetic},
        )  # fmt: skip
        room.labs.all().delete()
        for code, computers in row.labs:
            if code not in labs:
                raise Refused("planning.unknown_lab", lab=code, room=row.code)
            RoomLab.objects.create(room=room, lab=labs[code], computers=computers)


def _instructors(campaign: Campaign, places: dict[str, Venue], rows: Sequence[InstructorRow]) -> None:
    for row in rows:
        Instructor.objects.update_or_create(
            campaign=campaign, code=row.code,
            defaults={"person_id": row.person_id, "tracks": list(row.tracks), "languages": list(row.languages),
                      "home_venue": places.get(row.home_venue_code), "max_classes": row.max_classes,
                      "unavailable": list(row.unavailable), "synthetic": row.synthetic},
        )  # fmt: skip
