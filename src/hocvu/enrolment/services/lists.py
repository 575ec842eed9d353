"""The life of an agency's list: handed in, approved or returned, release confirmed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import record

from ..models import AgencyList, Nomination
from ..queries.live import LIVE
from ..rules import RUNS
from . import checks

State = AgencyList.State


def submit_lists(*, actor: Actor, campaign_id: int, organisation_ids: Sequence[int]) -> int:
    """Hand in the lists of agencies; return how many.

    Raises ``enrolment.not_your_agency``, ``wrong_list_state``, ``after_deadline``, ``empty_list``.
    """
    if actor.role not in RUNS | {Role.FOCAL_POINT}:
        raise NotAllowed
    with transaction.atomic():
        campaign = checks.open_campaign(campaign_id)
        lists = checks.lists_of(actor, campaign_id, organisation_ids)
        _need_state(lists.values(), State.OPEN, State.RETURNED)
        today = clock.today()
        for row in lists.values():
            checks.check_deadline(actor, row, today)
        _need_names(campaign_id, lists)
        _mark(lists.values(), state=State.SUBMITTED, submitted_at=clock.now(), submitted_by=actor.label[:160])
        _tell(actor, "enrolment.submit_lists", campaign, lists)
    return len(lists)


def approve_lists(*, actor: Actor, campaign_id: int, organisation_ids: Sequence[int]) -> int:
    """Approve lists handed in, with all their names; return how many lists."""
    if actor.role not in RUNS | {Role.HEAD}:
        raise NotAllowed
    with transaction.atomic():
        campaign = checks.open_campaign(campaign_id)
        lists = checks.lists_of(actor, campaign_id, organisation_ids)
        _need_state(lists.values(), State.SUBMITTED)
        _mark(lists.values(), state=State.APPROVED, decided_at=clock.now(), decided_by=actor.label[:160])
        for ids in checks.chunks(sorted(lists)):
            Nomination.objects.filter(
                campaign_id=campaign_id, organisation_id__in=ids, state=Nomination.State.NAMED
            ).update(state=Nomination.State.APPROVED)
        _tell(actor, "enrolment.approve_lists", campaign, lists)
    return len(lists)


def return_list(*, actor: Actor, campaign_id: int, organisation_id: int, reason: str) -> AgencyList:
    """Give a list back to the focal point with what is to be mended."""
    if actor.role not in RUNS | {Role.HEAD}:
        raise NotAllowed
    if not reason.strip():
        raise Refused("enrolment.reason_missing")
    with transaction.atomic():
        campaign = checks.open_campaign(campaign_id)
        lists = checks.lists_of(actor, campaign_id, [organisation_id])
        _need_state(lists.values(), State.SUBMITTED)
        row = lists[organisation_id]
        _mark([row], state=State.RETURNED, decided_at=clock.now(), decided_by=actor.label[:160],
              return_reason=reason.strip())  # fmt: skip
        _tell(actor, "enrolment.return_list", campaign, lists)
    return row


def confirm_release(*, actor: Actor, campaign_id: int, organisation_ids: Sequence[int]) -> int:
    """Confirm that the agencies release the people on their lists for the dates; return how many people."""
    if actor.role not in RUNS | {Role.FOCAL_POINT, Role.HEAD}:
        raise NotAllowed
    with transaction.atomic():
        campaign = checks.open_campaign(campaign_id)
        lists = checks.lists_of(actor, campaign_id, organisation_ids)
        _need_names(campaign_id, lists)
        done = 0
        for ids in checks.chunks(sorted(lists)):
            done += Nomination.objects.filter(
                LIVE, campaign_id=campaign_id, organisation_id__in=ids, released_at__isnull=True
            ).update(released_at=clock.now(), released_by=actor.label[:160])
        _tell(actor, "enrolment.confirm_release", campaign, lists, people=done)
    return done


def _need_state(rows: Iterable[AgencyList], *allowed: str) -> None:
    for row in rows:
        if row.state not in allowed:
            raise Refused("enrolment.wrong_list_state", state=row.state, organisation=row.organisation.name_vi)


def _need_names(campaign_id: int, lists: dict[int, AgencyList]) -> None:
    named: dict[int, int] = {}
    for ids in checks.chunks(sorted(lists)):
        named |= dict(
            Nomination.objects.filter(LIVE, campaign_id=campaign_id, organisation_id__in=ids)
            .values_list("organisation_id")
            .annotate(n=Count("id"))
        )
    for pk, row in lists.items():
        if not named.get(pk):
            raise Refused("enrolment.empty_list", organisation=row.organisation.name_vi)


def _mark(rows: Iterable[AgencyList], **values: Any) -> None:
    """Give many lists the same values, in the table and in hand."""
    held = list(rows)
    for ids in checks.chunks([row.pk for row in held]):
        AgencyList.objects.filter(pk__in=ids).update(**values)
    for row in held:
        for name, value in values.items():
            setattr(row, name, value)


def _tell(actor: Actor, action: str, campaign: Campaign, lists: dict[int, AgencyList], **data: int) -> None:
    """Write one ledger line: about the list where there is one, else about the campaign with their digest."""
    if len(lists) == 1:
        row = next(iter(lists.values()))
        record(
            actor=actor,
            action=action,
            object_type="agency_list",
            object_key=row.uuid,
            data={"organisation": row.organisation_id, "state": row.state, **data},
        )
        return
    record(
        actor=actor,
        action=action,
        object_type="campaign",
        object_key=campaign.uuid,
        data=data,
        rows=((pk, row.state) for pk, row in sorted(lists.items())),
    )
