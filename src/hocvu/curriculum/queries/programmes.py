"""Read programmes and the lessons of their half-days."""

from ..models import Lesson, LessonVersion, Programme
from ..types import LessonEntry, ProgrammeInUse


def default_programme() -> Programme | None:
    """Return the programme meant where none is named: the one made last."""
    return Programme.objects.order_by("-pk").first()


def programme_in_use(code: str | None = None) -> ProgrammeInUse | None:
    """Return a programme with its lessons in order (three queries), or none where there is no such code."""
    found = Programme.objects.filter(code=code).first() if code else default_programme()
    if found is None:
        return None
    return ProgrammeInUse(
        id=found.pk,
        code=found.code,
        title=found.title,
        axes=found.axes,
        periods=found.periods,
        lessons=tuple(lesson_entries(found.pk)),
    )


def lesson_entries(programme_id: int) -> list[LessonEntry]:
    """Return the lessons of a programme in teaching order, each with its approved version's number."""
    approved = {
        lesson_id: (number, minutes)
        for lesson_id, number, minutes in LessonVersion.objects.filter(
            lesson__programme_id=programme_id, state=LessonVersion.State.APPROVED
        )
        .order_by()
        .values_list("lesson_id", "number", "reading_minutes")
    }
    return [
        LessonEntry(
            id=lesson.pk,
            code=lesson.code,
            axis=lesson.axis,
            half_day=lesson.half_day,
            ordinal=lesson.ordinal,
            minutes=lesson.minutes,
            title=lesson.title,
            practice=lesson.practice,
            competence=lesson.competence,
            standard=lesson.standard,
            version=approved.get(lesson.pk, (None, None))[0],
            reading_minutes=approved.get(lesson.pk, (None, None))[1],
        )
        for lesson in Lesson.objects.filter(programme_id=programme_id).order_by("ordinal")
    ]


def lessons_of_half_day(half_day: int, programme_code: str | None = None) -> list[LessonEntry]:
    """Return the lessons of a half-day (1-4) in order."""
    programme = programme_in_use(programme_code)
    return [lesson for lesson in programme.lessons if lesson.half_day == half_day] if programme else []


def lesson_codes(programme_code: str | None = None) -> list[str]:
    """Return the codes of the lessons in teaching order."""
    rows = Lesson.objects.all()
    if programme_code:
        rows = rows.filter(programme__code=programme_code)
    elif programme := default_programme():
        rows = rows.filter(programme=programme)
    return list(rows.order_by("ordinal").values_list("code", flat=True))
