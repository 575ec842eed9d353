"""Where someone is when they report a difficulty: read from the page they came from, else from their class."""

import re
from dataclasses import dataclass
from uuid import UUID

from hocvu.campaigns.api import campaign_in_view
from hocvu.delivery.api import visible_cohorts
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.planning.models import Cohort

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in words and the class it belongs to, if any."""

    place: str = ""
    cohort_code: str = ""


def where_from(actor: Actor, path: str) -> Where:
    """Return the class of the page at ``path`` (only one the actor may open), else the actor's class of today.

    A page about something else gives its own address.
    """
    cohort = _cohort_of_page(actor, path) or _cohort_of_today(actor)
    if cohort is not None:
        parts = [cohort.code]
        if cohort.room is not None:
            parts += [cohort.room.name, cohort.room.venue.name.get("vi", "")]
        return Where(", ".join(part for part in parts if part)[:160], cohort.code)
    clean = path if path.startswith("/") and not path.startswith("//") else ""
    return Where(clean.split("?", maxsplit=1)[0][:160] if clean != "/" else "")


def _cohort_of_page(actor: Actor, path: str) -> Cohort | None:
    found = _UUID.search(path)
    if found is None:
        return None
    uuid = UUID(found.group())
    mine = visible_cohorts(actor).select_related("room__venue")
    return mine.filter(uuid=uuid).first() or mine.filter(sessions__uuid=uuid).first()


def _cohort_of_today(actor: Actor) -> Cohort | None:
    if not actor.is_any(Role.TRAINEE, Role.INSTRUCTOR) or campaign_in_view() is None:
        return None
    today = clock.today()
    mine = visible_cohorts(actor).select_related("room__venue")
    return mine.filter(starts_on__lte=today, ends_on__gte=today).order_by("code").first()
