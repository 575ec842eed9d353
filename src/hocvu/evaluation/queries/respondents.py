"""Who is asked about whom: where people stand today, and who is at the head of the body they stand in."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from hocvu.delivery.models import Attendance
from hocvu.kernel.actor import Role
from hocvu.people.api import organisation_of, successors_of
from hocvu.people.models import Organisation, Posting, RoleGrant
from hocvu.planning.api import published_placements
from hocvu.planning.models import Placement

MOST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """One form for one respondent about one placement; ``organisation_id``: where the trainee stands now."""

    placement_id: int
    respondent_id: int
    organisation_id: int


def placements_to_ask(campaign_id: int, kind: str, on: date) -> QuerySet[Placement]:
    """Return the places a form of a kind is about when nothing else is said.

    The self-assessment goes to everyone with a place; the others to those whose class is over and who came to
    at least a part of it: who never came has nothing to say about the course.
    """
    rows = published_placements(campaign_id)
    if kind == "baseline":
        return rows
    came = Attendance.objects.filter(placement=OuterRef("pk"), credit__gt=0)
    return rows.filter(Exists(came), cohort__ends_on__lt=on)


def where_they_stand(places: Collection[tuple[int, int, int]], on: date) -> dict[int, int]:
    """Return ``{person id: organisation id}`` on a day, from (placement, person, organisation then) rows.

    A person without a post that day stands in the body that followed the one they came from.
    """
    stands = organisation_of([person for _, person, _ in places], on)
    lost = {then for _, person, then in places if person not in stands}
    heirs = successors_of(sorted(lost), on) if lost else {}
    for _, person, then in places:
        if person not in stands:
            after = heirs.get(then) or [then]
            stands[person] = after[0]
    return stands


def ask_themselves(places: Collection[tuple[int, int, int]], on: date) -> list[Asked]:
    """Return one form a person, about themselves."""
    stands = where_they_stand(places, on)
    return [Asked(placement, person, stands[person]) for placement, person, _ in places]


def ask_superiors(places: Collection[tuple[int, int, int]], on: date) -> list[Asked]:
    """Return one form a person, to the head of the body they stand in on a day.

    The head is who holds the head's account there, else who holds a leader's post, the longest in it first.
    A head themselves, or a body without one, is asked about one level up; nobody found: left out.
    """
    stands = where_they_stand(places, on)
    heads = heads_on(on)
    above = _parents(on)
    asked = []
    for placement, person, _ in places:
        found = _superior(person, stands[person], heads, above)
        if found is not None:
            asked.append(Asked(placement, found, stands[person]))
    return asked


def _superior(
    person: int, organisation: int, heads: Mapping[int, list[int]], above: Mapping[int, int | None]
) -> int | None:
    at: int | None = organisation
    for _ in range(MOST_LEVELS):
        if at is None:
            return None
        found = heads.get(at, [])
        if found and found[0] != person:
            return found[0]
        at = above.get(at)
    return None


def heads_on(on: date) -> dict[int, list[int]]:
    """Return the people at the head of each body on a day, who comes first first; two queries."""
    heads: dict[int, list[int]] = defaultdict(list)
    grants = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), role=Role.HEAD, starts_on__lte=on,
        account__is_active=True, account__person__isnull=False, organisation__isnull=False,
    )  # fmt: skip
    for organisation_id, person_id in grants.order_by("id").values_list("organisation_id", "account__person_id"):
        heads[organisation_id or 0].append(person_id or 0)
    posts = Posting.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on, job_group="leader"
    ).order_by("starts_on", "id")
    for organisation_id, person_id in posts.values_list("organisation_id", "person_id"):
        if person_id not in heads[organisation_id]:
            heads[organisation_id].append(person_id)
    return dict(heads)


def _parents(on: date) -> dict[int, int | None]:
    """Return the body above each one on a day; a parent that ended is replaced by its first successor."""
    above: dict[int, int | None] = {}
    ended: set[int] = set()
    for pk, parent, until in Organisation.objects.values_list("pk", "parent_id", "valid_to"):
        above[pk] = parent
        if until is not None and until <= on:
            ended.add(pk)
    heirs = successors_of(sorted(ended), on) if ended else {}
    return {
        pk: (heirs.get(parent) or [parent])[0] if parent in ended and parent is not None else parent
        for pk, parent in above.items()
    }
