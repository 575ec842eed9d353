"""Read how far the agencies are and who is named."""

from django.db.models import Count, Max, Q, QuerySet, Sum

from hocvu.kernel import clock

from ..models import AgencyList, Nomination, Quota
from ..types import GroupPlace, ListProgress
from .live import LIVE


def approved_nominations(campaign_id: int) -> QuerySet[Nomination]:
    """Return the approved people of a campaign, in a stable order, for the timetable."""
    return Nomination.objects.filter(campaign_id=campaign_id, state=Nomination.State.APPROVED).order_by("id")


def list_progress(campaign_id: int) -> ListProgress:
    """Return how far the lists of a campaign are; three queries whatever its size."""
    State = AgencyList.State  # noqa: N806 - an enum, shortened
    late = Q(due_on__lt=clock.today(), state__in=[State.OPEN, State.RETURNED])
    lists = AgencyList.objects.filter(campaign_id=campaign_id).aggregate(
        lists=Count("id"),
        open=Count("id", filter=Q(state=State.OPEN)),
        submitted=Count("id", filter=Q(state=State.SUBMITTED)),
        returned=Count("id", filter=Q(state=State.RETURNED)),
        approved=Count("id", filter=Q(state=State.APPROVED)),
        overdue=Count("id", filter=late),
        due_on=Max("due_on"),
    )
    people = Nomination.objects.filter(LIVE, campaign_id=campaign_id).aggregate(
        named=Count("id"),
        approved_people=Count("id", filter=Q(state=Nomination.State.APPROVED)),
        released=Count("id", filter=Q(released_at__isnull=False)),
    )
    seats = Quota.objects.filter(campaign_id=campaign_id).aggregate(n=Sum("seats"))["n"] or 0
    return ListProgress(seats=seats, **lists, **people)


def group_places(agency_list: AgencyList) -> list[GroupPlace]:
    """Return the groups an agency has a quota in, with the names so far, in the plan's order."""
    named = dict(
        Nomination.objects.filter(
            LIVE, campaign_id=agency_list.campaign_id, organisation_id=agency_list.organisation_id
        )
        .values_list("target_group_id")
        .annotate(n=Count("id"))
    )
    quotas = (
        Quota.objects.filter(campaign_id=agency_list.campaign_id, organisation_id=agency_list.organisation_id)
        .select_related("target_group")
        .order_by("target_group__ordinal", "target_group_id")
    )
    return [
        GroupPlace(
            group_id=q.target_group_id,
            code=q.target_group.code,
            name=q.target_group.name,
            mode=q.target_group.mode,
            seats=q.seats,
            named=named.get(q.target_group_id, 0),
        )
        for q in quotas
    ]
