"""Read people: their posts over time, their way in, how many stand in each body."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from ..models import AccessSlip, Account, Posting


def posts_of(person_id: int) -> list[Posting]:
    """Return all posts of a person, the latest first."""
    return list(
        Posting.objects.filter(person_id=person_id).select_related("organisation").order_by("-starts_on", "-id")
    )


def open_posts(person_ids: Sequence[int]) -> dict[int, Posting]:
    """Return the open post of each person, with its body."""
    posts = Posting.objects.filter(person_id__in=person_ids, ends_on__isnull=True)
    return {post.person_id: post for post in posts.select_related("organisation")}


def people_counts(organisation_ids: Iterable[int], on: date) -> dict[int, int]:
    """Return how many people hold a post in each body on a day (its own, not those below)."""
    posts = Posting.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on, organisation_id__in=list(organisation_ids)
    )
    rows = posts.values("organisation_id").annotate(people=Count("pk"))
    return {row["organisation_id"]: row["people"] for row in rows}


@dataclass(frozen=True, slots=True)
class WayIn:
    """How a person opens the system: ``none`` (no account), ``printed`` (slip waits), ``open``, ``closed``."""

    state: str
    account_id: int | None = None


def ways_in(person_ids: Sequence[int]) -> dict[int, WayIn]:
    """Return the way in of each person, in two queries."""
    accounts = list(Account.objects.filter(person_id__in=person_ids))
    waiting = set(
        AccessSlip.objects.filter(
            account__in=[a.pk for a in accounts], revoked_at__isnull=True, used_at__isnull=True
        ).values_list("account_id", flat=True)
    )
    ways: dict[int, WayIn] = {}
    for account in accounts:
        if not account.is_active:
            state = "closed"
        elif account.has_secret:
            state = "open"
        else:
            state = "printed" if account.pk in waiting else "none"
        ways[account.person_id or 0] = WayIn(state, account.pk)
    return ways
