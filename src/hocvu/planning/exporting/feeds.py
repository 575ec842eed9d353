"""iCalendar feeds: a signed address per person, room or instructor; no sign-in, nothing to guess."""

from collections.abc import Iterable

from django.core import signing
from icalendar import Calendar, Event

from hocvu.kernel.errors import Refused

from ..models import Placement, Session

SALT = "hocvu.planning.feeds"
KINDS = ("person", "room", "instructor")


def feed_token(kind: str, object_id: int) -> str:
    """Return the token of a feed's address."""
    return signing.Signer(salt=SALT).sign_object([kind, object_id], compress=False)


def read_feed_token(token: str) -> tuple[str, int]:
    """Return (kind, id). Raises ``planning.feed_unknown`` for a forged one."""
    try:
        kind, object_id = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as trouble:
        raise Refused("planning.feed_unknown") from trouble
    if kind not in KINDS:
        raise Refused("planning.feed_unknown")
    return str(kind), int(object_id)


def sessions_of_feed(kind: str, object_id: int) -> Iterable[Session]:
    """Return the half-days that a feed shows, in order of time."""
    rows = Session.objects.filter(cohort__plan__state="published").select_related("cohort__room__venue", "cohort__plan")
    match kind:
        case "person":
            rows = rows.filter(cohort__in=_cohorts_of_person(object_id))
        case "room":
            rows = rows.filter(cohort__room_id=object_id)
        case _:
            rows = rows.filter(cohort__team__instructor_id=object_id)
    return rows.order_by("starts_at")


def _cohorts_of_person(person_id: int) -> Iterable[int]:
    return list(
        Placement.objects.filter(person_id=person_id, plan__state="published").values_list("cohort_id", flat=True)
    )


def calendar_of(kind: str, object_id: int, title: str) -> bytes:
    """Return the feed as text/calendar; SEQUENCE is the number of the plan, so a new plan moves the events."""
    feed = Calendar()
    feed.add("prodid", "-//hocvu//timetable//VI")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", title)
    feed.add("refresh-interval;value=duration", "PT1H")
    for session in sessions_of_feed(kind, object_id):
        event = Event()
        event.add("uid", f"{session.uuid}@hocvu")
        event.add("sequence", session.cohort.plan.number)
        event.add("dtstamp", session.cohort.plan.published_at or session.starts_at)
        event.add("dtstart", session.starts_at)
        event.add("dtend", session.ends_at)
        event.add("summary", f"{title} · {session.cohort.code}")
        room = session.cohort.room
        place = f"{room.name}, {room.venue.address}" if room else session.cohort.join_url
        event.add("location", place)
        feed.add_component(event)
    return bytes(feed.to_ical())
