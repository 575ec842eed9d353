"""Give each agency its quota and open its list."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Count

from hocvu.campaigns.models import Campaign, TargetGroup
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import record

from ..models import AgencyList, Nomination, Quota
from ..queries.live import LIVE
from ..rules import can_run
from ..types import QuotaRow


def set_quotas(*, actor: Actor, campaign_id: int, due_on: date, rows: Sequence[QuotaRow]) -> int:
    """Set the quotas of many agencies and the day their lists are due; return how many quotas.

    Rows of one agency carry the same headcount. A quota not named stays as it is. Raises
    ``enrolment.unknown_group``, ``enrolment.quota_twice``, ``enrolment.quota_over_staff``,
    ``enrolment.quota_below_names`` and, in a closed campaign, ``campaigns.closed``.
    """
    if not can_run(actor):
        raise NotAllowed
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        if campaign.state == Campaign.State.CLOSED:
            raise Refused("campaigns.closed")
        groups = {g.code: g.pk for g in TargetGroup.objects.filter(campaign_id=campaign_id)}
        _check_rows(campaign_id, rows, groups)
        _check_names(campaign_id, rows, groups)
        _open_lists(campaign_id, due_on, rows)
        Quota.objects.bulk_create(
            [
                Quota(
                    campaign_id=campaign_id,
                    organisation_id=row.organisation_id,
                    target_group_id=groups[row.group_code],
                    seats=row.seats,
                )
                for row in rows
            ],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["campaign", "organisation", "target_group"],
            update_fields=["seats"],
        )
        record(
            actor=actor,
            action="enrolment.set_quotas",
            object_type="campaign",
            object_key=campaign.uuid,
            data={"due_on": due_on.isoformat(), "seats": sum(row.seats for row in rows)},
            rows=((row.organisation_id, row.group_code, row.seats, row.headcount) for row in rows),
        )
    return len(rows)


def _check_rows(campaign_id: int, rows: Sequence[QuotaRow], groups: dict[str, int]) -> None:
    """Refuse unknown groups, repeated rows, and more seats than an agency has staff in all its groups."""
    seats: dict[int, int] = defaultdict(int)
    given: set[tuple[int, int]] = set()
    for at, row in enumerate(rows, start=1):
        if row.group_code not in groups:
            raise Refused("enrolment.unknown_group", group=row.group_code, row=at)
        key = (row.organisation_id, groups[row.group_code])
        if row.seats < 0 or key in given:
            raise Refused("enrolment.quota_twice", group=row.group_code, row=at)
        given.add(key)
        seats[row.organisation_id] += row.seats
    held = Quota.objects.filter(campaign_id=campaign_id)
    for organisation, group, number in held.values_list("organisation_id", "target_group_id", "seats"):
        if organisation in seats and (organisation, group) not in given:
            seats[organisation] += number
    for at, row in enumerate(rows, start=1):
        if seats[row.organisation_id] > row.headcount:
            raise Refused(
                "enrolment.quota_over_staff",
                seats=seats[row.organisation_id],
                headcount=row.headcount,
                organisation_id=row.organisation_id,
                row=at,
            )


def _check_names(campaign_id: int, rows: Sequence[QuotaRow], groups: dict[str, int]) -> None:
    """Refuse a quota smaller than the names already given."""
    named = {
        (organisation, group): number
        for organisation, group, number in Nomination.objects.filter(LIVE, campaign_id=campaign_id)
        .values_list("organisation_id", "target_group_id")
        .annotate(n=Count("id"))
    }
    for at, row in enumerate(rows, start=1):
        have = named.get((row.organisation_id, groups[row.group_code]), 0)
        if have > row.seats:
            raise Refused("enrolment.quota_below_names", seats=row.seats, named=have, row=at)


def _open_lists(campaign_id: int, due_on: date, rows: Sequence[QuotaRow]) -> None:
    held = {row.organisation_id: row for row in rows}
    AgencyList.objects.bulk_create(
        [
            AgencyList(
                campaign_id=campaign_id,
                organisation_id=row.organisation_id,
                due_on=due_on,
                headcount=row.headcount,
                job_groups=row.job_groups,
            )
            for row in held.values()
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["campaign", "organisation"],
        update_fields=["due_on", "headcount", "job_groups"],
    )
