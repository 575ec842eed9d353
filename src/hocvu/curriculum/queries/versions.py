"""Read versions: those that wait, what changed between two, and the trace of one."""

from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef

from hocvu.ledger.api import lines_of

from ..domain.changes import word_changes
from ..models import LessonVariant, LessonVersion, Remark
from ..types import Change, LessonTexts, TraceEntry, VariantTexts, WaitingVersion

State = LessonVersion.State
DEEDS = {
    "curriculum.version_written": "written",
    "curriculum.version_changed": "changed",
    "curriculum.version_submitted": "submitted",
    "curriculum.version_withdrawn": "withdrawn",
    "curriculum.remarked": "remarked",
    "curriculum.remark_answered": "answered",
    "curriculum.version_approved": "approved",
    "curriculum.version_retired": "retired",
}


def version_to_go_on_from(lesson_id: int) -> LessonVersion | None:
    """Return the version that writing goes on from: the newest that was not thrown away, else the newest."""
    rows = LessonVersion.objects.filter(lesson_id=lesson_id).order_by("-number")
    return rows.exclude(state=State.RETIRED).first() or rows.first()


def version_to_compare(version: LessonVersion, number: int | None = None) -> LessonVersion | None:
    """Return the version to hold against: the one of that number, else the approved one, else the one before.

    An approved version is held against the one approved before it. None where there is no earlier one.
    """
    others = LessonVersion.objects.filter(lesson_id=version.lesson_id).exclude(pk=version.pk)
    if number is not None:
        return others.filter(number=number).first()
    approved = others.filter(state=State.APPROVED, number__lt=version.number).first()
    decided = others.exclude(decided_at=None).filter(number__lt=version.number).order_by("-number").first()
    return approved or decided


def remarks_on(version: LessonVersion) -> list[Remark]:
    """Return the remarks on a version and on those before it since the last approved one, oldest first."""
    approved = (
        LessonVersion.objects.filter(lesson_id=version.lesson_id, number__lt=version.number)
        .exclude(decided_at=None)
        .aggregate(last=Max("number"))["last"]
    )
    rows = Remark.objects.filter(version__lesson_id=version.lesson_id, version__number__lte=version.number)
    return list(rows.filter(version__number__gt=approved or 0).select_related("version").order_by("at", "id"))


def waiting_for_review() -> list[WaitingVersion]:
    """Return the submitted versions, the longest waiting first."""
    approved = LessonVersion.objects.filter(lesson=OuterRef("lesson"), state=State.APPROVED)
    rows = (
        LessonVersion.objects.filter(state=State.SUBMITTED)
        .select_related("lesson")
        .annotate(remark_count=Count("remarks"), has_approved=Exists(approved))
        .order_by("submitted_at", "lesson__ordinal")
    )
    return [
        WaitingVersion(
            uuid=row.uuid,
            lesson_code=row.lesson.code,
            lesson_title=row.lesson.title,
            number=row.number,
            author_label=row.author_label,
            submitted_at=row.submitted_at,
            remarks=row.remark_count,
            first=not row.has_approved,
        )
        for row in rows
    ]


def changes_between(version_a: UUID | str, version_b: UUID | str, language: str, group_code: str = "") -> list[Change]:
    """Return what changed from version a to b in one language, of the lesson or of a group's variant.

    Raises ``LessonVersion.DoesNotExist``.
    """
    rows = {str(row.uuid): row for row in LessonVersion.objects.filter(uuid__in=[version_a, version_b])}
    if str(version_a) not in rows or str(version_b) not in rows:
        raise LessonVersion.DoesNotExist
    return changes_in(rows[str(version_a)], rows[str(version_b)], language, group_code)


def changes_in(old: LessonVersion, new: LessonVersion, language: str, group_code: str = "") -> list[Change]:
    """Return what changed between two versions at hand, as :func:`changes_between`.

    Title, objectives, body and sources are compared as one text, as :func:`plain_text` writes it.
    """
    if not group_code:
        return word_changes(plain_text(old.texts, language), plain_text(new.texts, language))
    variants: dict[int, VariantTexts] = dict(
        LessonVariant.objects.filter(version__in=[old, new], group_code=group_code).values_list("version_id", "texts")
    )
    return word_changes(plain_text(variants.get(old.pk, {}), language), plain_text(variants.get(new.pk, {}), language))


def plain_text(texts: LessonTexts | VariantTexts, language: str) -> str:
    """Return a text in one language as lines: title, objectives, body, sources."""
    text = texts.get(language) or {}
    parts = [
        text.get("title", ""),
        "\n".join(f"- {line}" for line in text.get("objectives", [])),
        text.get("body", ""),
        "\n".join(f"- {line}" for line in text.get("sources", [])),
    ]
    whole = "\n\n".join(part for part in parts if part)
    return whole + "\n" if whole else ""


def trace_of(version: LessonVersion) -> list[TraceEntry]:
    """Return who did what to a version, oldest first, from the ledger.

    A version loaded among many has no line of its own for being written, submitted, approved: the line of
    the many, written in the same transaction, tells who.
    """
    found = [
        TraceEntry(line.at, line.actor_label, line.role, DEEDS[line.action])
        for line in lines_of("lesson_version", version.uuid).order_by("sequence")
        if line.action in DEEDS
    ]
    have = {entry.deed for entry in found}
    for deed, at, who in (
        ("written", version.written_at, version.author_label),
        ("submitted", version.submitted_at, version.author_label),
        ("approved", version.decided_at, version.decided_by),
    ):
        if at is not None and deed not in have:
            line = (
                lines_of("programme", version.lesson.programme.code)
                .filter(action=f"curriculum.version_{deed}", at__gte=at)
                .order_by("sequence")
                .first()
            )
            found.append(TraceEntry(at, line.actor_label if line else who, line.role if line else "", deed))
    if version.state == State.RETIRED and "retired" not in have:
        found += _replaced(version)
    order = list(DEEDS.values())
    return sorted(found, key=lambda entry: (entry.at, order.index(entry.deed)))


def _replaced(version: LessonVersion) -> list[TraceEntry]:
    """The version that took this one's place: the next one approved, or handed in where none was."""
    later = LessonVersion.objects.filter(lesson_id=version.lesson_id, number__gt=version.number)
    approved = later.exclude(decided_at=None).order_by("number").first()
    if approved is not None and approved.decided_at is not None:
        return [TraceEntry(approved.decided_at, approved.decided_by, "", "retired")]
    handed_in = later.exclude(submitted_at=None).order_by("number").first()
    if handed_in is not None and handed_in.submitted_at is not None:
        return [TraceEntry(handed_in.submitted_at, handed_in.author_label, "", "retired")]
    return []
