"""Who may see and do what in the test: one definition gives the yes or no and the queryset."""

from datetime import date

from django.db.models import QuerySet

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.people.api import masked_name, organisations_under
from hocvu.people.models import Person
from hocvu.planning.models import Placement

from .models import Attempt, Item, PracticeTest, Sitting

ROOM_ROLES = frozenset({Role.INVIGILATOR, Role.INSTRUCTOR, Role.OFFICE})  # who runs a sitting
SITTING_ROLES = ROOM_ROLES | {Role.MANAGER}  # who sees it
RESULT_ROLES = frozenset({Role.OFFICE, Role.MANAGER, Role.INSTRUCTOR, Role.FOCAL_POINT, Role.HEAD})
RESIT_ROLES = frozenset({Role.OFFICE, Role.MANAGER})
BANK_ROLES = frozenset({Role.OFFICE, Role.REVIEWER})


def visible_sittings(actor: Actor) -> QuerySet[Sitting]:
    """Return the sittings an actor may see: an instructor those of their own classes."""
    rows = Sitting.objects.select_related("cohort__room", "blueprint")
    if actor.is_any(Role.INVIGILATOR, Role.OFFICE, Role.MANAGER, Role.SYSTEM):
        return rows
    if actor.role is Role.INSTRUCTOR and actor.person_id:
        return rows.filter(cohort__team__instructor__person_id=actor.person_id)
    return rows.none()


def can_run(actor: Actor) -> bool:
    """Say whether an actor who sees a sitting may also run it (the manager only watches)."""
    return actor.role in ROOM_ROLES or actor.role is Role.SYSTEM


def own_attempts(actor: Actor) -> QuerySet[Attempt]:
    """Return a trainee's own attempts."""
    if actor.role is not Role.TRAINEE or not actor.person_id:
        return Attempt.objects.none()
    return Attempt.objects.filter(placement__person_id=actor.person_id)


def own_placements(actor: Actor) -> QuerySet[Placement]:
    """Return a trainee's own places in published timetables."""
    if actor.role is not Role.TRAINEE or not actor.person_id:
        return Placement.objects.none()
    return Placement.objects.filter(person_id=actor.person_id, plan__state="published")


def own_practice(actor: Actor) -> QuerySet[PracticeTest]:
    """Return a trainee's own practice tests."""
    if actor.role is not Role.TRAINEE or not actor.person_id:
        return PracticeTest.objects.none()
    return PracticeTest.objects.filter(placement__person_id=actor.person_id)


def visible_results(actor: Actor) -> QuerySet[Attempt]:
    """Return the attempts whose marks an actor may see, by name."""
    rows = Attempt.objects.all()
    if actor.is_any(Role.OFFICE, Role.MANAGER, Role.SYSTEM):
        return rows
    if actor.role is Role.INSTRUCTOR and actor.person_id:
        return rows.filter(placement__cohort__team__instructor__person_id=actor.person_id)
    if actor.is_any(Role.FOCAL_POINT, Role.HEAD) and actor.organisation_id:
        return rows.filter(placement__organisation_id__in=organisations_under(actor.organisation_id))
    return rows.none()


def visible_items(actor: Actor) -> QuerySet[Item]:
    """Return the items of the bank for those who write and review it."""
    return Item.objects.all() if actor.role in BANK_ROLES else Item.objects.none()


def name_shown(actor: Actor, person: Person, on: date) -> str:
    """Return a candidate's name as the room page shows it.

    An invigilator checks identities, so they see restricted people's names on the day of the sitting only.
    """
    if person.restricted and actor.role is Role.INVIGILATOR and on != clock.today():
        return masked_name(person.full_name)
    return person.full_name
