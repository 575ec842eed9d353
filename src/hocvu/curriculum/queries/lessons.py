"""Read what is taught: the approved version, in one language, for one target group."""

from hocvu.kernel.texts import LANGUAGES

from ..models import LessonVariant, LessonVersion
from ..types import LessonEntry, LessonToRead, TaughtVersion, VariantTexts
from .programmes import default_programme, lesson_entries


def variants_of(version_id: int) -> dict[str, VariantTexts]:
    """Return the variants of a version: ``{group code: texts}``."""
    rows = LessonVariant.objects.filter(version_id=version_id).order_by("group_code")
    return dict(rows.values_list("group_code", "texts"))


def taught_version(lesson_code: str, programme_code: str | None = None) -> TaughtVersion | None:
    """Return the approved version of a lesson with its variants, or none (two or three queries)."""
    rows = LessonVersion.objects.filter(lesson__code=lesson_code, state=LessonVersion.State.APPROVED)
    if programme_code:
        rows = rows.filter(lesson__programme__code=programme_code)
    elif programme := default_programme():
        rows = rows.filter(lesson__programme=programme)
    found = rows.first()
    if found is None:
        return None
    return TaughtVersion(
        id=found.pk,
        uuid=found.uuid,
        lesson_code=lesson_code,
        number=found.number,
        reading_minutes=found.reading_minutes,
        texts=found.texts,
        variants=variants_of(found.pk),
        approved_at=found.decided_at,
        approved_by=found.decided_by,
    )


def lesson_for_group(lesson_code: str, group_code: str, language: str) -> LessonToRead | None:
    """Return the taught lesson in ``language`` (Vietnamese where it has none) with the group's variant.

    ``group_code`` empty or without a variant: no variant. None where nothing is approved.
    """
    programme = default_programme()
    taught = taught_version(lesson_code, programme.code) if programme else None
    if programme is None or taught is None:
        return None
    entries = lesson_entries(programme.pk)
    at = next(i for i, entry in enumerate(entries) if entry.code == lesson_code)
    language = language if language in LANGUAGES and taught.texts.get(language, {}).get("body") else "vi"
    text = taught.texts[language]
    variant = taught.variants.get(group_code, {}).get(language) or {}
    return LessonToRead(
        entry=entries[at],
        language=language,
        version_uuid=taught.uuid,
        version_number=taught.number,
        title=text["title"],
        objectives=text["objectives"],
        body=text["body"],
        sources=text["sources"],
        reading_minutes=text.get("reading_minutes") or taught.reading_minutes,
        approved_at=taught.approved_at,
        approved_by=taught.approved_by,
        group_code=group_code if variant else "",
        variant_title=variant.get("title", ""),
        variant_body=variant.get("body", ""),
        groups=list(taught.variants),
        previous=_taught_neighbour(entries[:at][::-1]),
        next=_taught_neighbour(entries[at + 1 :]),
    )


def _taught_neighbour(entries: list[LessonEntry]) -> LessonEntry | None:
    return next((entry for entry in entries if entry.version), None)
