"""Who may write, review and read the curriculum."""

from django.db.models import QuerySet

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed

from .models import Lesson, LessonVersion

READERS = (Role.OFFICE, Role.REVIEWER, Role.MANAGER)  # of versions; what is taught, everyone reads
LOADERS = (Role.OFFICE, Role.MANAGER, Role.OPERATOR, Role.SYSTEM)


def can_write(actor: Actor) -> bool:
    """Say whether the actor writes lessons, submits them and answers remarks (the university)."""
    return actor.is_any(Role.OFFICE, Role.SYSTEM)


def can_review(actor: Actor) -> bool:
    """Say whether the actor remarks and approves (the Department of Science and Technology)."""
    return actor.is_any(Role.REVIEWER, Role.SYSTEM)


def must(allowed: bool) -> None:
    """Refuse what is not allowed."""
    if not allowed:
        raise NotAllowed


def visible_versions(actor: Actor) -> QuerySet[LessonVersion]:
    """Return the versions an actor may open: a draft is the university's own until it is submitted."""
    rows = LessonVersion.objects.select_related("lesson__programme")
    if actor.is_any(Role.OFFICE, Role.MANAGER, Role.SYSTEM):
        return rows
    if actor.role is Role.REVIEWER:
        # What was once handed in stays in sight, also when it was thrown away before approval.
        return rows.exclude(state=LessonVersion.State.DRAFT).exclude(submitted_at=None)
    return rows.none()


def visible_lessons(actor: Actor) -> QuerySet[Lesson]:
    """Return the lessons whose making an actor may follow."""
    rows = Lesson.objects.select_related("programme")
    return rows if actor.is_any(*READERS, Role.SYSTEM) else rows.none()
