"""Who may see and do what with evaluation forms. Nobody sees who answered what."""

from django.db.models import Q, QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.people.api import organisations_under

from .models import Form, Invitation

SENDS = frozenset({Role.MANAGER, Role.SYSTEM})
SEES_RESULTS = frozenset({Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER})
OWN_AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})
# Who has not answered, by name: those who may remind them.
SEES_INVITED = frozenset({Role.MANAGER, Role.OFFICE}) | OWN_AGENCY
ANSWERS = frozenset({Role.TRAINEE, Role.HEAD, Role.FOCAL_POINT, Role.INSTRUCTOR, Role.INVIGILATOR, Role.REVIEWER})


def own_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the forms an actor is asked to fill in, in whatever role they came."""
    if actor.person_id is None:
        return Invitation.objects.none()
    return Invitation.objects.filter(respondent_id=actor.person_id)


def visible_invitations(actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations an actor may follow: an agency those of the people it has or had."""
    rows = Invitation.objects.all()
    if actor.role in {Role.MANAGER, Role.OFFICE, Role.SYSTEM}:
        return rows
    if actor.role in OWN_AGENCY:
        own = organisations_under(actor.organisation_id)
        return rows.filter(Q(organisation_id__in=own) | Q(placement__organisation_id__in=own))
    return rows.none()


def visible_forms(actor: Actor) -> QuerySet[Form]:
    """Return the forms whose results an actor may read."""
    if actor.role in SEES_RESULTS or actor.role is Role.SYSTEM:
        return Form.objects.all()
    return Form.objects.none()


def can_send(actor: Actor) -> bool:
    """Say whether an actor may send forms."""
    return actor.role in SENDS


def can_remind(actor: Actor) -> bool:
    """Say whether an actor may remind people: who sends, and the agency its own."""
    return actor.role in SENDS | OWN_AGENCY
