"""Name people, withdraw and replace them, note when they cannot come."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from hocvu.campaigns.api import theme_of
from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import record

from ..models import AgencyList, Nomination
from ..rules import RUNS, visible_nominations
from ..types import NameRow
from . import checks


def name_people(*, actor: Actor, campaign_id: int, rows: Sequence[NameRow]) -> int:
    """Put people on their agencies' lists, all or none; return how many.

    Raises ``enrolment.not_your_agency``, ``list_handed_in``, ``after_deadline``, ``other_agency``,
    ``named_twice``, ``unknown_group``, ``restricted_group``, ``over_quota``, ``day_outside``.
    """
    _may_name(actor)
    if not rows:
        raise Refused("enrolment.nobody_chosen")
    with transaction.atomic():
        campaign = checks.open_campaign(campaign_id)
        lists = checks.lists_of(actor, campaign_id, (row.organisation_id for row in rows))
        checks.check_may_change(actor, lists.values())
        posts = checks.posts_of([row.person_id for row in rows])
        checks.check_posts(rows, posts)
        checks.check_once(campaign_id, rows)
        groups = checks.check_groups(campaign_id, rows, posts)
        checks.check_quota(campaign_id, rows, groups)
        made = [_nomination(actor, campaign, row, groups[row.group_code].pk, posts[row.person_id]) for row in rows]
        _insert(made)
        record(
            actor=actor,
            action="enrolment.name_people",
            object_type="campaign",
            object_key=campaign.uuid,
            data={"agencies": len(lists)},
            rows=((row.organisation_id, row.person_id, row.group_code) for row in rows),
        )
    return len(made)


def _may_name(actor: Actor) -> None:
    if actor.role not in RUNS | {Role.FOCAL_POINT}:
        raise NotAllowed


def _insert(made: list[Nomination]) -> None:
    """Write the rows; two hands that name one person at the same moment meet the table's own rule."""
    try:
        with transaction.atomic():
            Nomination.objects.bulk_create(made, batch_size=1000)
    except IntegrityError:
        raise Refused("enrolment.named_meanwhile") from None


def _nomination(actor: Actor, campaign: Campaign, row: NameRow, group_id: int, post: checks.Post) -> Nomination:
    job_group = row.job_group or post.job_group
    return Nomination(
        campaign=campaign,
        organisation_id=row.organisation_id,
        person_id=row.person_id,
        target_group_id=group_id,
        track=row.track or theme_of(campaign.facts, row.group_code, job_group, post.sector),
        job_group=job_group,
        unavailable=checks.clean_days(row.unavailable, campaign),
        named_at=clock.now(),
        named_by=actor.label[:160],
    )


def withdraw_person(*, actor: Actor, nomination_id: int, reason: str) -> Nomination:
    """Take a person off the list, with the reason; the row stays as trace.

    Allowed after the deadline and after approval too: who places people asks for the list again.
    """
    _may_name(actor)
    with transaction.atomic():
        row = _live(actor, nomination_id, reason)
        row.state = Nomination.State.WITHDRAWN
        row.reason = reason.strip()[:300]
        row.save(update_fields=["state", "reason"])
        _tell(actor, "enrolment.withdraw_person", row, {})
    return row


def replace_person(
    *,
    actor: Actor,
    nomination_id: int,
    person_id: int,
    reason: str,
    unavailable: Sequence[str] = (),
) -> Nomination:
    """Name another person of the same agency in someone's place, in the same group; return the new row.

    On an approved list the newcomer waits for the head: the list goes back to ``submitted``. What those who
    run the campaign replace is approved at once.
    """
    _may_name(actor)
    with transaction.atomic():
        old = _live(actor, nomination_id, reason)
        campaign = checks.open_campaign(old.campaign_id)
        lists = checks.lists_of(actor, old.campaign_id, [old.organisation_id])
        row = NameRow(person_id, old.organisation_id, old.target_group.code, "", "", list(unavailable))
        posts = checks.posts_of([person_id])
        checks.check_posts([row], posts)
        checks.check_once(old.campaign_id, [row])
        groups = checks.check_groups(old.campaign_id, [row], posts)
        old.state = Nomination.State.REPLACED
        old.reason = reason.strip()[:300]
        old.save(update_fields=["state", "reason"])
        new = _nomination(actor, campaign, row, groups[row.group_code].pk, posts[person_id])
        new.replaces = old
        new.reason = old.reason
        _settle(actor, lists[old.organisation_id], new)
        _insert([new])
        _tell(actor, "enrolment.replace_person", old, {"person": person_id})
    return new


def _settle(actor: Actor, agency_list: AgencyList, new: Nomination) -> None:
    """Give the newcomer its state and the list its own."""
    if agency_list.state != AgencyList.State.APPROVED:
        return
    if actor.role in RUNS:
        new.state = Nomination.State.APPROVED
        return
    agency_list.state = AgencyList.State.SUBMITTED
    agency_list.submitted_at = clock.now()
    agency_list.submitted_by = actor.label[:160]
    agency_list.save(update_fields=["state", "submitted_at", "submitted_by"])


def set_unavailable(*, actor: Actor, nomination_id: int, days: Sequence[str]) -> Nomination:
    """Note the days (ISO) on which a person cannot come, before the list is handed in."""
    _may_name(actor)
    with transaction.atomic():
        row = _live(actor, nomination_id, "-")
        lists = checks.lists_of(actor, row.campaign_id, [row.organisation_id])
        checks.check_may_change(actor, lists.values())
        row.unavailable = checks.clean_days(days, checks.open_campaign(row.campaign_id))
        row.save(update_fields=["unavailable"])
        _tell(actor, "enrolment.set_unavailable", row, {"days": row.unavailable})
    return row


def _live(actor: Actor, nomination_id: int, reason: str) -> Nomination:
    if not reason.strip():
        raise Refused("enrolment.reason_missing")
    row = (
        visible_nominations(actor)
        .select_related("target_group")
        .select_for_update(of=("self",))
        .filter(pk=nomination_id)
        .first()
    )
    if row is None:
        raise Refused("enrolment.not_your_agency", organisation_id=0)
    checks.open_campaign(row.campaign_id)
    if row.state not in {Nomination.State.NAMED, Nomination.State.APPROVED}:
        raise Refused("enrolment.not_live", state=row.state)
    return row


def _tell(actor: Actor, action: str, row: Nomination, data: dict[str, object]) -> None:
    record(
        actor=actor,
        action=action,
        object_type="nomination",
        object_key=row.uuid,
        data={"organisation": row.organisation_id, "state": row.state, **data},
    )
