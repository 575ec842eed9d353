"""Letters to the agencies: the call to nominate, and the reminder to those who have not answered."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.kernel.texts import pick
from hocvu.ledger.api import record
from hocvu.people.models import RoleGrant
from hocvu.post.api import Draft, write_letters

from ..models import AgencyList, Quota
from ..rules import can_run
from . import checks

Writer = Callable[[Campaign, AgencyList, int, str], tuple[str, str]]


def call_agencies(*, actor: Actor, campaign_id: int, organisation_ids: Sequence[int] | None = None) -> int:
    """Write the call to nominate to the focal points of all agencies (or of some); return how many letters."""
    return _write(actor, campaign_id, "enrolment.call", _call_text, organisation_ids)


def remind_agencies(*, actor: Actor, campaign_id: int, organisation_ids: Sequence[int] | None = None) -> int:
    """Remind the focal points of agencies whose list is still open or returned; return how many letters.

    Raises ``enrolment.nobody_to_remind`` where every agency has answered.
    """
    return _write(actor, campaign_id, "enrolment.reminder", _reminder_text, organisation_ids, waiting=True)


def _write(
    actor: Actor,
    campaign_id: int,
    kind: str,
    writer: Writer,
    organisation_ids: Sequence[int] | None,
    *,
    waiting: bool = False,
) -> int:
    if not can_run(actor):
        raise NotAllowed
    with transaction.atomic():
        campaign = checks.open_campaign(campaign_id)
        rows = AgencyList.objects.filter(campaign_id=campaign_id).select_related("organisation")
        if waiting:
            rows = rows.filter(state__in=[AgencyList.State.OPEN, AgencyList.State.RETURNED])
        if organisation_ids is not None:
            rows = rows.filter(organisation_id__in=list(organisation_ids))
        lists = list(rows.order_by("id"))
        if not lists:
            raise Refused("enrolment.nobody_to_remind")
        drafts = _drafts(campaign, lists, kind, writer)
        written = write_letters(drafts=drafts)
        record(
            actor=actor,
            action=f"{kind}_letters",
            object_type="campaign",
            object_key=campaign.uuid,
            data={"agencies": len(lists)},
            rows=((draft.organisation_id, draft.person_id, draft.kind) for draft in drafts),
        )
    return written


def _drafts(campaign: Campaign, lists: list[AgencyList], kind: str, writer: Writer) -> list[Draft]:
    """Write to each live focal point of the agency; to the agency on paper where it has none."""
    seats: dict[int, int] = {}
    for organisation, number in Quota.objects.filter(campaign=campaign).values_list("organisation_id", "seats"):
        seats[organisation] = seats.get(organisation, 0) + number
    points = _focal_points()
    drafts = []
    for row in lists:
        for grant in points.get(row.organisation_id, [None]):
            account = grant.account if grant else None
            person = account.person if account else None
            language = account.language if account else "vi"
            with translation.override(language):
                subject, body = writer(campaign, row, seats.get(row.organisation_id, 0), language)
            drafts.append(
                Draft(
                    kind=kind,
                    receiver=account.label if account else row.organisation.name_vi,
                    subject=subject,
                    body=body,
                    address=person.email if person else "",
                    person_id=person.pk if person else None,
                    organisation_id=row.organisation_id,
                )
            )
    return drafts


def _focal_points() -> dict[int, list[RoleGrant | None]]:
    today = clock.today()
    found: dict[int, list[RoleGrant | None]] = {}
    grants = (
        RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
        .filter(role=Role.FOCAL_POINT, starts_on__lte=today, organisation__isnull=False)
        .select_related("account__person")
        .order_by("id")
    )
    for grant in grants:
        if grant.organisation_id is not None:
            found.setdefault(grant.organisation_id, []).append(grant)
    return found


def _values(campaign: Campaign, row: AgencyList, seats: int, language: str) -> dict[str, str]:
    return {
        "campaign": pick(campaign.name, language),
        "organiser": pick(campaign.organiser.name, language) if campaign.organiser else "",
        "agency": pick(row.organisation.name, language),
        "seats": number_format(seats, 0, force_grouping=True),
        "due": date_format(row.due_on, "d/m/Y"),
        "starts": date_format(campaign.starts_on, "d/m/Y"),
        "ends": date_format(campaign.ends_on, "d/m/Y"),
        "reason": row.return_reason,
    }


def _call_text(campaign: Campaign, row: AgencyList, seats: int, language: str) -> tuple[str, str]:
    values = _values(campaign, row, seats, language)
    subject = _("Please name your people for the training by %(due)s") % values
    body = _(
        "To: %(agency)s\n\n"
        "The training “%(campaign)s” runs from %(starts)s to %(ends)s. Each person attends for two days.\n"
        "Your agency sends %(seats)s people. Please name them in the system, confirm that they are released "
        "for the dates, and hand the list in by %(due)s. The head of the agency then approves it.\n\n"
        "Thank you for your help.\n%(organiser)s"
    )
    return subject, body % values


def _reminder_text(campaign: Campaign, row: AgencyList, seats: int, language: str) -> tuple[str, str]:
    values = _values(campaign, row, seats, language)
    if row.state == AgencyList.State.RETURNED:
        subject = _("Your list for the training was returned and waits to be mended") % values
        body = _(
            "To: %(agency)s\n\n"
            "The list of your agency for the training “%(campaign)s” was returned. To mend: %(reason)s\n"
            "Please mend it and hand it in again.\n\nThank you for your help.\n%(organiser)s"
        )
        return subject, body % values
    subject = _("Your list for the training is still missing (due on %(due)s)") % values
    body = _(
        "To: %(agency)s\n\n"
        "We have not yet received the list of your agency for the training “%(campaign)s”, %(starts)s to "
        "%(ends)s. Your agency sends %(seats)s people. The list is due on %(due)s; without it your people "
        "get no place in a class.\n\nThank you for your help.\n%(organiser)s"
    )
    return subject, body % values
