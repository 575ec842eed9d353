"""Who may see and do what with attestations."""

from django.db.models import QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed
from hocvu.people.api import organisations_under
from hocvu.planning.models import Cohort, Placement

from .models import Attestation, Correction, Recognition

RUNS = frozenset({Role.OFFICE, Role.MANAGER, Role.SYSTEM})
ISSUES = frozenset({Role.OFFICE, Role.SYSTEM})
OWN_AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})


def visible_placements(actor: Actor) -> QuerySet[Placement]:
    """Return the places whose verdict an actor may read: one's own, one's agency's, all for who runs it."""
    rows = Placement.objects.filter(plan__state="published")
    if actor.role in RUNS:
        return rows
    if actor.role in OWN_AGENCY and actor.organisation_id is not None:
        return rows.filter(organisation_id__in=organisations_under(actor.organisation_id))
    if actor.role is Role.TRAINEE and actor.person_id is not None:
        return rows.filter(person_id=actor.person_id)
    return rows.none()


def visible_attestations(actor: Actor) -> QuerySet[Attestation]:
    """Return the entries of the register an actor may open."""
    rows = Attestation.objects.all()
    if actor.role in RUNS:
        return rows
    if actor.role in OWN_AGENCY and actor.organisation_id is not None:
        return rows.filter(placement__organisation_id__in=organisations_under(actor.organisation_id))
    if actor.role is Role.TRAINEE and actor.person_id is not None:
        return rows.filter(person_id=actor.person_id)
    return rows.none()


def visible_cohorts(actor: Actor) -> QuerySet[Cohort]:
    """Return the classes whose recognition an actor may follow."""
    rows = Cohort.objects.filter(plan__state="published")
    return rows if actor.role in RUNS else rows.none()


def visible_recognitions(actor: Actor) -> QuerySet[Recognition]:
    """Return the decisions an actor may open."""
    return Recognition.objects.all() if actor.role in RUNS else Recognition.objects.none()


def visible_corrections(actor: Actor) -> QuerySet[Correction]:
    """Return the wishes for correction an actor may read."""
    rows = Correction.objects.all()
    if actor.role in RUNS:
        return rows
    if actor.role is Role.TRAINEE and actor.person_id is not None:
        return rows.filter(placement__person_id=actor.person_id)
    return rows.none()


def can_issue(actor: Actor) -> bool:
    """Say whether an actor confirms mark sheets, numbers decisions and issues."""
    return actor.role in ISSUES


def can_revoke(actor: Actor) -> bool:
    """Say whether an actor may revoke: the issuer's office, or the department that stands above the campaign."""
    return actor.role in RUNS


def can_decide_correction(actor: Actor) -> bool:
    """Say whether an actor decides what a trainee wants corrected."""
    return actor.role in ISSUES


def hold(allowed: bool) -> None:
    """Refuse what a rule does not allow."""
    if not allowed:
        raise NotAllowed
