"""Who may run a campaign, and whose directives and tasks an actor sees and answers."""

from django.db.models import QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed
from hocvu.people.api import organisations_under

from .models import Campaign, Directive, Event, Task

SEES_ALL = frozenset({Role.MANAGER, Role.LEADER, Role.SYSTEM})
ANSWERS = frozenset({Role.OFFICE, Role.REVIEWER, Role.FOCAL_POINT, Role.HEAD})


def can_run(actor: Actor) -> bool:
    """Say whether the actor runs campaigns: creates, signs, chooses rules."""
    return actor.is_any(Role.MANAGER, Role.SYSTEM)


def may_run(actor: Actor) -> None:
    """Refuse an actor who does not run campaigns."""
    if not can_run(actor):
        raise NotAllowed


def can_direct(actor: Actor) -> bool:
    """Say whether the actor issues directives and decides whether they are done."""
    return actor.is_any(Role.LEADER, Role.MANAGER, Role.SYSTEM)


def visible_events(actor: Actor) -> QuerySet[Event]:
    """Return the ceremonies an actor sees: staff of the organisers see all, others the public ones."""
    rows = Event.objects.all()
    return rows if actor.role in SEES_ALL | {Role.OFFICE, Role.REVIEWER} else rows.filter(public=True)


def visible_directives(actor: Actor) -> QuerySet[Directive]:
    """Return the directives an actor sees: all for those who steer, else those to the actor's own bodies."""
    rows = Directive.objects.all()
    if actor.role in SEES_ALL:
        return rows
    if actor.role not in ANSWERS:
        return rows.none()
    return rows.filter(organisation_id__in=_own(actor))


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """Return the tasks an actor sees: all for those who steer, else those of the actor's own bodies."""
    rows = Task.objects.all()
    if actor.role in SEES_ALL:
        return rows
    if actor.role not in ANSWERS:
        return rows.none()
    return rows.filter(organisation_id__in=_own(actor))


def _own(actor: Actor) -> list[int]:
    """Return the bodies an actor answers for; an office without scope answers for its campaigns' own."""
    if actor.organisation_id is not None:
        return organisations_under(actor.organisation_id)
    fields = {Role.OFFICE: "institution_id", Role.REVIEWER: "reviewer_id"}
    field = fields.get(actor.role)
    if field is None:
        return []
    return [pk for pk in Campaign.objects.values_list(field, flat=True) if pk is not None]


def can_answer(actor: Actor, row: Directive | Task) -> bool:
    """Say whether the actor may report on a directive or finish a task."""
    if actor.is_any(Role.MANAGER, Role.SYSTEM):
        return True
    return actor.role in ANSWERS and row.organisation_id in _own(actor)
