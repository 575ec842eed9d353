"""Who may see and do what in classes.

Those who run a class (its instructors, the training office, the campaign manager) see its people in full. An
agency sees its own people, a trainee themselves. Nobody else sees a name here, so nothing has to be masked.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed
from hocvu.planning.models import Cohort, Placement, Session, TimetablePlan

from .models import Attendance, ConductNote, Excuse, MakeUp, Submission
from .queries.scope import own_organisations, taught_cohorts

RUNS_ALL = (Role.OFFICE, Role.MANAGER, Role.SYSTEM)
AGENCY = (Role.FOCAL_POINT, Role.HEAD)


def visible_placements(actor: Actor) -> QuerySet[Placement]:
    """Return the places whose presence, notes and work an actor may see."""
    rows = Placement.objects.filter(plan__state=TimetablePlan.State.PUBLISHED)
    if actor.is_any(*RUNS_ALL):
        return rows
    if actor.role is Role.INSTRUCTOR:
        return rows.filter(cohort_id__in=taught_cohorts(actor.person_id))
    if actor.is_any(*AGENCY):
        return rows.filter(organisation_id__in=own_organisations(actor))
    if actor.role is Role.TRAINEE and actor.person_id is not None:
        return rows.filter(person_id=actor.person_id)
    return rows.none()


def visible_cohorts(actor: Actor) -> QuerySet[Cohort]:
    """Return the classes whose register an actor may open (an agency sees only its own people in it)."""
    rows = Cohort.objects.filter(plan__state=TimetablePlan.State.PUBLISHED)
    if actor.is_any(*RUNS_ALL):
        return rows
    if actor.role is Role.INSTRUCTOR:
        return rows.filter(pk__in=taught_cohorts(actor.person_id))
    if actor.is_any(*AGENCY, Role.TRAINEE):
        return rows.filter(pk__in=visible_placements(actor).values("cohort_id"))
    return rows.none()


def run_sessions(actor: Actor) -> QuerySet[Session]:
    """Return the half-days an actor runs."""
    if not actor.is_any(Role.INSTRUCTOR, *RUNS_ALL):
        return Session.objects.none()
    return Session.objects.filter(cohort__in=visible_cohorts(actor))


def own_sessions(actor: Actor) -> QuerySet[Session]:
    """Return the half-days a trainee attends: of their own class, and those where they make one up."""
    if actor.role is not Role.TRAINEE:
        return Session.objects.none()
    places = visible_placements(actor)
    guest = MakeUp.objects.filter(placement__in=places, state__in=["confirmed", "done"]).values("target_id")
    own = Session.objects.filter(cohort_id__in=places.values("cohort_id"))
    return own | Session.objects.filter(pk__in=guest)


def visible_entries(actor: Actor) -> QuerySet[Attendance]:
    """Return the entries of the register of the people an actor may see."""
    if actor.is_any(*RUNS_ALL):
        return Attendance.objects.filter(placement__plan__state=TimetablePlan.State.PUBLISHED)
    return Attendance.objects.filter(placement__in=visible_placements(actor))


def visible_notes(actor: Actor) -> QuerySet[ConductNote]:
    """Return the notes on conduct of the people an actor may see."""
    mine = Q(placement__in=visible_placements(actor))
    if actor.role is Role.INSTRUCTOR:
        # Also on guests: whoever wrote a note must be able to follow it.
        mine |= Q(session__cohort_id__in=taught_cohorts(actor.person_id))
    return ConductNote.objects.filter(mine)


def visible_excuses(actor: Actor) -> QuerySet[Excuse]:
    """Return the excuses of the people an actor may see."""
    return Excuse.objects.filter(placement__in=visible_placements(actor))


def visible_make_ups(actor: Actor) -> QuerySet[MakeUp]:
    """Return the make-ups of the people an actor may see."""
    return MakeUp.objects.filter(placement__in=visible_placements(actor))


def visible_submissions(actor: Actor) -> QuerySet[Submission]:
    """Return the assignments an actor may open: those who run the class, and the author."""
    if actor.is_any(*AGENCY):
        return Submission.objects.none()
    if actor.is_any(*RUNS_ALL):
        return Submission.objects.filter(placement__plan__state=TimetablePlan.State.PUBLISHED)
    return Submission.objects.filter(placement__in=visible_placements(actor))


def can_run_cohorts(actor: Actor, cohort_ids: Collection[int]) -> bool:
    """Say whether an actor runs all of these classes."""
    if actor.is_any(*RUNS_ALL):
        return True
    if actor.role is Role.INSTRUCTOR:
        return set(cohort_ids) <= set(taught_cohorts(actor.person_id))
    return False


def can_speak_for(actor: Actor, placement_ids: Collection[int]) -> bool:
    """Say whether an actor may ask on behalf of these people: they themselves, their agency, who runs the class."""
    wanted = set(placement_ids)
    if actor.is_any(*RUNS_ALL):
        return True
    return visible_placements(actor).filter(pk__in=wanted).count() == len(wanted)


def can_decide(actor: Actor) -> bool:
    """Say whether an actor decides on make-ups and notes."""
    return actor.is_any(*RUNS_ALL)


def must(allowed: bool) -> None:
    """Refuse what is not allowed."""
    if not allowed:
        raise NotAllowed
