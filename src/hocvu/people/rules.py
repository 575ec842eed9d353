"""Who may see and do what with organisations, people, accounts and rosters."""

from django.db.models import Q, QuerySet

from hocvu.kernel.actor import STAFF, Actor, Role

from .domain.names import masked_name
from .models import Account, Organisation, Person, Posting, RoleGrant, RosterImport
from .queries.organisations import organisations_under

OWN_AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})
EVERYWHERE = frozenset({Role.MANAGER, Role.OFFICE})
SEES_PEOPLE = OWN_AGENCY | EVERYWHERE
SEES_ORGANISATIONS = SEES_PEOPLE | {Role.LEADER, Role.REVIEWER, Role.OPERATOR}
COUNTS_PEOPLE = SEES_PEOPLE | {Role.LEADER}
SENDS_ROSTERS = frozenset({Role.FOCAL_POINT, Role.MANAGER, Role.OFFICE})
PRINTS_SLIPS = frozenset({Role.FOCAL_POINT, Role.MANAGER})
# Whose account a slip may open: a focal point hands them to trainees, never to the head who approves it.
SLIP_ROLES = {
    Role.FOCAL_POINT: frozenset({Role.TRAINEE}),
    Role.MANAGER: frozenset({Role.TRAINEE, Role.FOCAL_POINT, Role.HEAD, Role.INSTRUCTOR}),
    Role.SYSTEM: frozenset({Role.TRAINEE, Role.FOCAL_POINT, Role.HEAD, Role.INSTRUCTOR}),
}


def visible_organisations(actor: Actor) -> QuerySet[Organisation]:
    """Return the bodies an actor may open: their own and those below it, or all."""
    if actor.role in OWN_AGENCY:
        return Organisation.objects.filter(pk__in=organisations_under(actor.organisation_id))
    if actor.role in SEES_ORGANISATIONS or actor.role is Role.SYSTEM:
        return Organisation.objects.all()
    return Organisation.objects.none()


def visible_people(actor: Actor) -> QuerySet[Person]:
    """Return the people an actor may open by name; everyone may see themselves."""
    if actor.role in EVERYWHERE or actor.role is Role.SYSTEM:
        return Person.objects.all()
    if actor.role in OWN_AGENCY:
        scope = organisations_under(actor.organisation_id)
        posts = Posting.objects.filter(organisation__in=scope, ends_on__isnull=True)
        return Person.objects.filter(pk__in=posts.values("person"))
    return Person.objects.filter(pk=actor.person_id or 0)


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """Return the accounts of those who run the campaign; trainees' accounts are theirs alone."""
    if actor.role is not Role.OPERATOR:
        return Account.objects.filter(pk=actor.account_id or 0)
    staff = RoleGrant.objects.filter(role__in=[str(role) for role in STAFF])
    return Account.objects.filter(Q(pk__in=staff.values("account")) | Q(person__isnull=True))


def visible_rosters(actor: Actor) -> QuerySet[RosterImport]:
    """Return the roster files an actor may open."""
    if actor.role in EVERYWHERE:
        return RosterImport.objects.all()
    if actor.role is Role.FOCAL_POINT:
        return RosterImport.objects.filter(organisation__in=organisations_under(actor.organisation_id))
    return RosterImport.objects.none()


def can_send_roster(actor: Actor, organisation: Organisation) -> bool:
    """Say whether an actor may bring in people of a body."""
    return actor.role in SENDS_ROSTERS and visible_organisations(actor).filter(pk=organisation.pk).exists()


def can_print_slips(actor: Actor, organisation: Organisation) -> bool:
    """Say whether an actor may print slips for a body's people."""
    return actor.role in PRINTS_SLIPS and visible_organisations(actor).filter(pk=organisation.pk).exists()


def slip_roles(actor: Actor) -> frozenset[Role]:
    """Return the roles an account may hold for this actor to print its slip."""
    return SLIP_ROLES.get(actor.role, frozenset())


def shown_name(actor: Actor, full_name: str, *, restricted: bool) -> str:
    """Return a name as this actor reads it in a list that may hold people of restricted bodies.

    Whole for those who run the campaign, teach or answer for the people listed; initials for the others.
    Whose people are listed at all is for the list's own rule.
    """
    whole = EVERYWHERE | OWN_AGENCY | {Role.INSTRUCTOR, Role.INVIGILATOR, Role.TRAINEE, Role.SYSTEM}
    return masked_name(full_name) if restricted and actor.role not in whole else full_name
