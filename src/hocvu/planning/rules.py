"""Who may see and do what in the timetable.

The day, the rooms and who teaches are open to all staff of the campaign. Names of trainees are shown to those
who run the class, and to an agency for its own people; people of restricted bodies are masked for the others.
"""

from django.db.models import QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.people.api import masked_name, organisations_under

from .models import Cohort, CohortInstructor, Instructor, Placement, Room, TimetablePlan

SEES_ALL = (Role.OFFICE, Role.MANAGER, Role.SYSTEM)
SEES_TIMETABLE = (*SEES_ALL, Role.LEADER, Role.INVIGILATOR, Role.INSTRUCTOR, Role.REVIEWER)
AGENCY = (Role.FOCAL_POINT, Role.HEAD)


def live_cohorts() -> QuerySet[Cohort]:
    """Return the classes of the published timetable."""
    return Cohort.objects.filter(plan__state=TimetablePlan.State.PUBLISHED)


def taught_by(person_id: int | None) -> QuerySet[Cohort]:
    """Return the classes that an instructor teaches."""
    teams = CohortInstructor.objects.filter(instructor__person_id=person_id or 0).values("cohort_id")
    return live_cohorts().filter(pk__in=teams)


def visible_places(actor: Actor) -> QuerySet[Placement]:
    """Return the places whose people an actor may see by name."""
    rows = Placement.objects.filter(plan__state=TimetablePlan.State.PUBLISHED)
    if actor.is_any(*SEES_ALL):
        return rows
    if actor.role is Role.INSTRUCTOR:
        return rows.filter(cohort__in=taught_by(actor.person_id))
    if actor.is_any(*AGENCY) and actor.organisation_id:
        return rows.filter(organisation_id__in=organisations_under(actor.organisation_id))
    if actor.role is Role.TRAINEE and actor.person_id:
        return rows.filter(person_id=actor.person_id)
    return rows.none()


def visible_cohorts(actor: Actor) -> QuerySet[Cohort]:
    """Return the classes whose page an actor may open."""
    if actor.is_any(*SEES_TIMETABLE):
        return live_cohorts()
    return live_cohorts().filter(pk__in=visible_places(actor).values("cohort_id"))


def visible_rooms(actor: Actor) -> QuerySet[Room]:
    """Return the rooms whose timetable an actor may open."""
    return Room.objects.all() if actor.is_any(*SEES_TIMETABLE) else Room.objects.none()


def visible_instructors(actor: Actor) -> QuerySet[Instructor]:
    """Return the instructors whose timetable an actor may open; an instructor their own."""
    if actor.role is Role.INSTRUCTOR:
        return Instructor.objects.filter(person_id=actor.person_id or 0)
    return Instructor.objects.all() if actor.is_any(*SEES_ALL, Role.LEADER) else Instructor.objects.none()


def can_plan(actor: Actor) -> bool:
    """Say whether an actor may compute and publish timetables."""
    return actor.is_any(Role.MANAGER, Role.SYSTEM)


def can_print(actor: Actor) -> bool:
    """Say whether an actor may print the papers of classes."""
    return actor.is_any(Role.OFFICE, Role.MANAGER)


def shown_name(actor: Actor, placement: Placement) -> str:
    """Return a trainee's name as this actor may read it.

    Of restricted bodies only those who run the class, and the body itself, read the whole name.
    """
    runs = actor.is_any(*SEES_ALL, Role.INSTRUCTOR) or actor.is_any(*AGENCY, Role.TRAINEE)
    if placement.person.restricted and not runs:
        return masked_name(placement.person.full_name)
    return placement.person.full_name
