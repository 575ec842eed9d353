"""Whose lists an actor sees, names people for, and approves."""

from django.db.models import QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.people.api import organisations_under
from hocvu.people.models import Organisation

from .models import AgencyList, Nomination, Quota

RUNS = frozenset({Role.MANAGER, Role.SYSTEM})
AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})


def visible_lists(actor: Actor) -> QuerySet[AgencyList]:
    """Return the lists an actor sees: all for those who run the campaign, else those of the own agency.

    A restricted body's list is shown below its own roof only: an outer agency above it does not see it.
    """
    rows = AgencyList.objects.all()
    if actor.role in RUNS:
        return rows
    if actor.role not in AGENCY or actor.organisation_id is None:
        return rows.none()
    rows = rows.filter(organisation_id__in=organisations_under(actor.organisation_id))
    return rows if _own_is_restricted(actor) else rows.filter(organisation__restricted=False)


def visible_nominations(actor: Actor) -> QuerySet[Nomination]:
    """Return the nominations an actor sees, by the same scope as the lists."""
    rows = Nomination.objects.all()
    if actor.role in RUNS:
        return rows
    if actor.role not in AGENCY or actor.organisation_id is None:
        return rows.none()
    rows = rows.filter(organisation_id__in=organisations_under(actor.organisation_id))
    return rows if _own_is_restricted(actor) else rows.filter(organisation__restricted=False)


def visible_progress(actor: Actor) -> QuerySet[AgencyList]:
    """Return the lists whose counts an actor sees: leaders see how far agencies are, not who is named."""
    rows = AgencyList.objects.all()
    return rows if actor.role in RUNS | {Role.LEADER} else rows.none()


def visible_quotas(actor: Actor) -> QuerySet[Quota]:
    """Return the quotas an actor sees as a whole: those who run the campaign only."""
    rows = Quota.objects.all()
    return rows if actor.role in RUNS else rows.none()


def _own_is_restricted(actor: Actor) -> bool:
    return Organisation.objects.filter(pk=actor.organisation_id or 0, restricted=True).exists()


def can_name(actor: Actor, agency_list: AgencyList) -> bool:
    """Say whether the actor may name people on a list he or she sees."""
    return actor.role in RUNS | {Role.FOCAL_POINT}


def can_approve(actor: Actor, agency_list: AgencyList) -> bool:
    """Say whether the actor may approve or return a list he or she sees."""
    return actor.role in RUNS | {Role.HEAD}


def can_run(actor: Actor) -> bool:
    """Say whether the actor sets quotas and sends reminders."""
    return actor.role in RUNS
