"""Lists: lessons with where their versions stand, versions of a lesson, what waits for review."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.ui.tables import Column, Link, Table, Tag, register_table
from hocvu.ui.templatetags.hocvu import moment

from ..models import Lesson, LessonVersion, Remark
from ..rules import visible_lessons, visible_versions
from .words import HALF_DAYS, state_tag

State = LessonVersion.State
READERS = frozenset({Role.OFFICE, Role.REVIEWER, Role.MANAGER})
_TITLES = ("lesson__title__vi__icontains", "lesson__title__fr__icontains", "lesson__title__en__icontains")


def words(texts: Mapping[str, str]) -> str:
    """Return a text in the page's language."""
    return pick(texts, get_language() or "vi")


def _version_link(version: LessonVersion) -> Link:
    # Translators: the number of a version of a lesson, for example "Version 2"
    text = pgettext("number of a lesson version", "Version %(number)s") % {"number": version.number}
    return Link(reverse("curriculum:version", args=[version.uuid]), text)


def _kind(version: Any) -> Tag:
    if version.approved_count:
        return Tag(_("Change of an approved lesson"), "blue")
    return Tag(_("First version"), "yellow")


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson with the version taught and the one being worked on."""

    lesson: Lesson
    taught: LessonVersion | None
    open: LessonVersion | None
    unanswered: int


@register_table
class Lessons(Table):
    """Every lesson of the programmes, in teaching order."""

    name = "lessons"
    title = _("Lessons and their versions")
    roles = READERS
    columns = (
        Column("code", _("Lesson"), lambda r: r.lesson.code, sort="code", width=8),
        Column(
            "title",
            _("Title"),
            lambda r: Link(f"{reverse('curriculum:versions')}?lesson={r.lesson.code}", words(r.lesson.title)),
            width=60,
        ),
        Column("half_day", _("Half-day"), lambda r: str(HALF_DAYS[r.lesson.half_day]), sort="half_day", phone=False),
        Column("minutes", _("Minutes"), lambda r: r.lesson.minutes, sort="minutes", numeric=True, phone=False),
        Column("taught", _("Taught"), lambda r: _taught(r.taught), phone=False),
        Column("open", _("In the making"), lambda r: _open(r.open)),
        Column("unanswered", _("Remarks without answer"), lambda r: r.unanswered or None, numeric=True, phone=False),
    )
    search = ("code__icontains", "title__vi__icontains", "title__fr__icontains", "title__en__icontains")
    order = ("ordinal",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the lessons (of a draft the reviewer sees here that there is one, never its words)."""
        return visible_lessons(actor)

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add the versions: two queries for all rows."""
        taught: dict[int, LessonVersion] = {}
        being_made: dict[int, LessonVersion] = {}
        versions = LessonVersion.objects.filter(lesson__in=rows).exclude(state=State.RETIRED)
        for version in versions.defer("texts").order_by("number"):
            (taught if version.state == State.APPROVED else being_made)[version.lesson_id] = version
        unanswered = dict(
            Remark.objects.filter(version__lesson__in=rows, version__state=State.REMARKED, answer="")
            .order_by()
            .values_list("version__lesson_id")
            .annotate(n=Count("pk"))
        )
        return [LessonLine(row, taught.get(row.pk), being_made.get(row.pk), unanswered.get(row.pk, 0)) for row in rows]


def _taught(version: LessonVersion | None) -> Tag | Link:
    if version is None:
        return Tag(_("Not approved yet"), "red")
    return _version_link(version)


def _open(version: LessonVersion | None) -> Tag | None:
    return state_tag(version.state) if version else None


@register_table
class Versions(Table):
    """The versions of one lesson (``?lesson=``), or of all."""

    name = "lesson-versions"
    title = _("Versions")
    roles = READERS
    filters = ("lesson",)
    columns = (
        Column("lesson", _("Lesson"), lambda v: v.lesson.code, sort="lesson__ordinal", width=8),
        Column("number", _("Version"), _version_link, sort="number"),
        Column("state", _("State"), lambda v: state_tag(v.state), sort="state"),
        Column("author", _("Written by"), lambda v: v.author_label, sort="author_label", phone=False, width=40),
        Column("written", _("Written"), lambda v: moment(v.written_at), sort="written_at", phone=False),
        Column("submitted", _("Submitted"), lambda v: moment(v.submitted_at), sort="submitted_at", phone=False),
        Column("decided", _("Approved"), lambda v: moment(v.decided_at), sort="decided_at", phone=False),
        Column("by", _("Approved by"), lambda v: v.decided_by, sort="decided_by", phone=False, width=40),
        Column("remarks", _("Remarks"), lambda v: v.remark_count, sort="remark_count", numeric=True),
    )
    order = ("lesson__ordinal", "-number")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the versions in the actor's sight."""
        rows = visible_versions(actor).defer("texts").annotate(remark_count=Count("remarks"))
        return rows.filter(lesson__code=params["lesson"]) if params.get("lesson") else rows


@register_table
class Review(Table):
    """Versions that wait for the reviewer, the longest waiting first."""

    name = "lesson-review"
    title = _("Waiting for review")
    empty = _("No lesson waits for review.")
    roles = READERS
    columns = (
        Column("lesson", _("Lesson"), lambda v: v.lesson.code, sort="lesson__ordinal", width=8),
        Column(
            "title",
            _("Title"),
            lambda v: Link(reverse("curriculum:version", args=[v.uuid]), words(v.lesson.title)),
            width=60,
        ),
        Column("number", _("Version"), lambda v: v.number, sort="number", numeric=True),
        Column("kind", _("Kind"), _kind, phone=False),
        Column("author", _("Written by"), lambda v: v.author_label, sort="author_label", phone=False, width=40),
        Column("submitted", _("Submitted"), lambda v: moment(v.submitted_at), sort="submitted_at"),
        Column("remarks", _("Remarks answered"), lambda v: v.remark_count, numeric=True, phone=False),
    )
    search = ("lesson__code__icontains", *_TITLES)
    order = ("submitted_at", "lesson__ordinal")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the submitted versions."""
        approved = Count("lesson__versions", filter=Q(lesson__versions__state=State.APPROVED), distinct=True)
        rows = visible_versions(actor).filter(state=State.SUBMITTED).defer("texts")
        return rows.annotate(remark_count=Count("remarks", distinct=True), approved_count=approved)
