"""Read the staff of an agency who can still be named, and how many letters a reminder would be."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from hocvu.kernel import clock
from hocvu.kernel.vietnamese import fold
from hocvu.people.models import Person, Posting

from ..models import AgencyList, Nomination
from .live import LIVE


def staff_to_name(agency_list: AgencyList, words: str = "") -> QuerySet[Person]:
    """Return who works in the agency today and is not named yet, by given name, searched by name."""
    today = clock.today()
    posted = Posting.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today),
        person_id=OuterRef("pk"),
        organisation_id=agency_list.organisation_id,
        starts_on__lte=today,
    )
    named = Nomination.objects.filter(LIVE, campaign_id=agency_list.campaign_id, person_id=OuterRef("pk"))
    rows = Person.objects.filter(Exists(posted)).exclude(Exists(named)).order_by("sort_key", "id")
    return rows.filter(folded__contains=fold(words)) if words.strip() else rows


def positions_of(person_ids: list[int]) -> dict[int, str]:
    """Return today's position of each person; one query."""
    today = clock.today()
    return dict(
        Posting.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .filter(person_id__in=person_ids, starts_on__lte=today)
        .order_by("starts_on")
        .values_list("person_id", "position")
    )


def waiting_lists(campaign_id: int) -> QuerySet[AgencyList]:
    """Return the lists a reminder would go to: still open, or returned and not mended."""
    return AgencyList.objects.filter(
        campaign_id=campaign_id, state__in=[AgencyList.State.OPEN, AgencyList.State.RETURNED]
    )
