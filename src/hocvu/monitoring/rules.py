"""Who may see and do what with difficulties, figures and reports."""

from django.db.models import Q, QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.people.api import organisations_under
from hocvu.planning.models import Cohort, Placement, TimetablePlan

from .models import Difficulty, Report

OWN_AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})
SEES_ALL = frozenset({Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER, Role.SYSTEM})
FOLLOWS = frozenset({Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER}) | OWN_AGENCY
SEES_FIGURES = frozenset({Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER})
SEES_NAMES = frozenset({Role.MANAGER, Role.OFFICE}) | OWN_AGENCY
MAKES_REPORTS = frozenset({Role.MANAGER, Role.SYSTEM})
_WAITING = (Difficulty.State.OPEN, Difficulty.State.PROPOSED)


def visible_difficulties(actor: Actor) -> QuerySet[Difficulty]:
    """Return the difficulties an actor may open: own reports; an agency also what concerns or waits for it."""
    rows = Difficulty.objects.all()
    if actor.role in SEES_ALL:
        return rows
    own = Q(pk__in=[])
    if actor.account_id is not None:
        own = Q(reporter_account_id=actor.account_id)
    if actor.role in OWN_AGENCY:
        bodies = organisations_under(actor.organisation_id)
        own |= Q(organisation_id__in=bodies) | Q(level=1, owner_organisation_id__in=bodies)
    return rows.filter(own)


def works_on(actor: Actor, difficulty: Difficulty) -> bool:
    """Say whether a difficulty lies at the actor's level: theirs to take and to decide."""
    if actor.role is Role.SYSTEM:
        return True
    if difficulty.level == 1:
        if actor.role is Role.OFFICE:
            return True
        return actor.role in OWN_AGENCY and difficulty.owner_organisation_id in organisations_under(
            actor.organisation_id
        )
    return actor.role is {2: Role.MANAGER, 3: Role.LEADER}[difficulty.level]


def can_propose(actor: Actor, difficulty: Difficulty) -> bool:
    """Say whether an actor may propose a solution: who works on it, and below who prepares it for others."""
    return actor.is_any(Role.OFFICE, Role.MANAGER) or works_on(actor, difficulty)


def can_escalate(actor: Actor, difficulty: Difficulty) -> bool:
    """Say whether an actor may hand a difficulty up without waiting for its clock."""
    return difficulty.level < 3 and (actor.role is Role.MANAGER or works_on(actor, difficulty))


def can_close(actor: Actor, difficulty: Difficulty) -> bool:
    """Say whether an actor may close a difficulty once it is settled."""
    return actor.role is Role.MANAGER or works_on(actor, difficulty)


def waiting_for(actor: Actor) -> QuerySet[Difficulty]:
    """Return the difficulties that wait for this actor's decision, the oldest clock first."""
    rows = visible_difficulties(actor).filter(state__in=_WAITING).order_by("due_at")
    if actor.role is Role.OFFICE:
        return rows.filter(level=1)
    if actor.role in OWN_AGENCY:
        return rows.filter(level=1, owner_organisation_id__in=organisations_under(actor.organisation_id))
    level = {Role.MANAGER: 2, Role.LEADER: 3}.get(actor.role)
    return rows.filter(level=level) if level else rows.none()


def placement_scope(actor: Actor, prefix: str = "") -> Q:
    """Return the condition on places an actor may see by name: all for who runs the campaign, an agency its own.

    ``prefix`` leads to the place from another table (``placement__``): a join, not a list of 34,675 ids.
    """
    published = Q(**{f"{prefix}plan__state": TimetablePlan.State.PUBLISHED})
    if actor.is_any(Role.MANAGER, Role.OFFICE, Role.SYSTEM):
        return published
    if actor.role in OWN_AGENCY:
        return published & Q(**{f"{prefix}organisation_id__in": organisations_under(actor.organisation_id)})
    return Q(pk__in=[])


def visible_placements(actor: Actor) -> QuerySet[Placement]:
    """Return the places an actor may see by name."""
    return Placement.objects.filter(placement_scope(actor))


def visible_cohorts(actor: Actor) -> QuerySet[Cohort]:
    """Return the classes whose figures an actor may see (figures only, no names)."""
    rows = Cohort.objects.filter(plan__state=TimetablePlan.State.PUBLISHED)
    return rows if actor.role in SEES_FIGURES | {Role.SYSTEM} else rows.none()


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Return the reports an actor may read."""
    if actor.role in SEES_FIGURES | {Role.SYSTEM}:
        return Report.objects.all()
    return Report.objects.none()


def can_make_reports(actor: Actor) -> bool:
    """Say whether an actor may make reports and write in them."""
    return actor.role in MAKES_REPORTS
