"""Checks that the deeds on a list share: scope, state, deadline, quota, who belongs where."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from hocvu.campaigns.models import Campaign, TargetGroup
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.people.models import Person, Posting

from ..models import AgencyList, Nomination, Quota
from ..queries.live import LIVE
from ..rules import RUNS, visible_lists
from ..types import NameRow

CHUNK = 4000  # ids in one query: below the limits of both databases


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ids in portions a query can take."""
    for at in range(0, len(ids), CHUNK):
        yield ids[at : at + CHUNK]


def open_campaign(campaign_id: int) -> Campaign:
    """Return a campaign that is not closed, else refuse."""
    campaign = Campaign.objects.get(pk=campaign_id)
    if campaign.state == Campaign.State.CLOSED:
        raise Refused("campaigns.closed")
    return campaign


def lists_of(actor: Actor, campaign_id: int, organisation_ids: Iterable[int]) -> dict[int, AgencyList]:
    """Return the lists of agencies by organisation; refuse an agency outside the actor's scope."""
    wanted = sorted(set(organisation_ids))
    found: dict[int, AgencyList] = {}
    rows: QuerySet[AgencyList] = visible_lists(actor).filter(campaign_id=campaign_id)
    for ids in chunks(wanted):
        held = rows.filter(organisation_id__in=ids).select_related("organisation").select_for_update(of=("self",))
        found |= {row.organisation_id: row for row in held}
    if missing := [pk for pk in wanted if pk not in found]:
        raise Refused("enrolment.not_your_agency", organisation_id=missing[0])
    return found


def check_may_change(actor: Actor, rows: Iterable[AgencyList]) -> None:
    """Refuse changes by the agency once its list is handed in, or after the day it was due."""
    if actor.role in RUNS:
        return
    today = clock.today()
    for row in rows:
        if row.state in {AgencyList.State.SUBMITTED, AgencyList.State.APPROVED}:
            raise Refused("enrolment.list_handed_in", state=row.state)
        check_deadline(actor, row, today)


def check_deadline(actor: Actor, row: AgencyList, today: date) -> None:
    """Refuse the agency after the day; a list returned by the head has three days more to be mended."""
    if actor.role in RUNS:
        return
    last = row.due_on
    if row.state == AgencyList.State.RETURNED and row.decided_at is not None:
        last = max(last, clock.local(row.decided_at).date() + timedelta(days=DAYS_TO_MEND))
    if today > last:
        raise Refused("enrolment.after_deadline", due_on=last)


DAYS_TO_MEND = 3


@dataclass(frozen=True, slots=True)
class Post:
    """What a person does today, and where."""

    organisation_id: int
    job_group: str
    sector: str
    restricted: bool
    full_name: str


def posts_of(person_ids: Sequence[int]) -> dict[int, Post]:
    """Return today's post of each person that has one."""
    today = clock.today()
    found: dict[int, Post] = {}
    for ids in chunks(person_ids):
        rows = (
            Posting.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
            .filter(person_id__in=ids, starts_on__lte=today)
            .values_list(
                "person_id",
                "organisation_id",
                "job_group",
                "organisation__sector",
                "organisation__restricted",
                "person__full_name",
            )
        )
        found |= {row[0]: Post(*row[1:]) for row in rows}
    return found


def check_posts(rows: Sequence[NameRow], posts: dict[int, Post]) -> None:
    """Refuse a person who does not work in the agency that names them."""
    for row in rows:
        post = posts.get(row.person_id)
        if post is None or post.organisation_id != row.organisation_id:
            raise Refused("enrolment.other_agency", name=_name(row.person_id), person_id=row.person_id)


def check_once(campaign_id: int, rows: Sequence[NameRow]) -> None:
    """Refuse a person who is on the rows twice or already named by whatever agency."""
    ids = [row.person_id for row in rows]
    if len(set(ids)) < len(ids):
        twice = Counter(ids).most_common(1)[0][0]
        raise Refused("enrolment.named_twice", name=_name(twice), person_id=twice)
    for part in chunks(ids):
        found = Nomination.objects.filter(LIVE, campaign_id=campaign_id, person_id__in=part).first()
        if found is not None:
            raise Refused("enrolment.named_twice", name=_name(found.person_id), person_id=found.person_id)


def check_groups(campaign_id: int, rows: Sequence[NameRow], posts: dict[int, Post]) -> dict[str, TargetGroup]:
    """Return the groups named by code; refuse an unknown one, and an outsider in a restricted group."""
    groups = {g.code: g for g in TargetGroup.objects.filter(campaign_id=campaign_id)}
    for row in rows:
        group = groups.get(row.group_code)
        if group is None:
            raise Refused("enrolment.unknown_group", group=row.group_code, row=0)
        if group.restricted and not posts[row.person_id].restricted:
            raise Refused("enrolment.restricted_group", group=row.group_code, name=posts[row.person_id].full_name)
    return groups


def check_quota(campaign_id: int, rows: Sequence[NameRow], groups: dict[str, TargetGroup]) -> None:
    """Refuse more names than an agency's quota of a group; one query for seats, one for names."""
    wanted = Counter((row.organisation_id, groups[row.group_code].pk) for row in rows)
    agencies = sorted({organisation for organisation, _ in wanted})
    seats: dict[tuple[int, int], int] = {}
    named: dict[tuple[int, int], int] = {}
    for ids in chunks(agencies):
        seats |= {
            (o, g): n
            for o, g, n in Quota.objects.filter(campaign_id=campaign_id, organisation_id__in=ids).values_list(
                "organisation_id", "target_group_id", "seats"
            )
        }
        named |= {
            (o, g): n
            for o, g, n in Nomination.objects.filter(LIVE, campaign_id=campaign_id, organisation_id__in=ids)
            .values_list("organisation_id", "target_group_id")
            .annotate(n=Count("id"))
        }
    codes = {g.pk: g.code for g in groups.values()}
    for key, more in wanted.items():
        if named.get(key, 0) + more > seats.get(key, 0):
            raise Refused(
                "enrolment.over_quota",
                group=codes[key[1]],
                seats=seats.get(key, 0),
                named=named.get(key, 0),
                more=more,
                organisation_id=key[0],
            )


def clean_days(days: Iterable[str], campaign: Campaign) -> list[str]:
    """Return ISO days in order; refuse what is no day of the campaign."""
    found = set()
    for written in days:
        try:
            day = date.fromisoformat(written)
        except ValueError:
            raise Refused("enrolment.not_a_day", day=written) from None
        if not campaign.starts_on <= day <= campaign.ends_on:
            raise Refused("enrolment.day_outside", day=day)
        found.add(day.isoformat())
    return sorted(found)


def _name(person_id: int) -> str:
    return Person.objects.filter(pk=person_id).values_list("full_name", flat=True).first() or str(person_id)
