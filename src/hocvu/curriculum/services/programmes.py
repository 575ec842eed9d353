"""Load the shipped programme with its lessons."""

from django.db import transaction

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed
from hocvu.ledger.api import record

from ..domain.texts import texts_digest
from ..models import Lesson, LessonVersion, Programme
from ..queries.shipped import shipped_programme, shipped_version
from ..rules import LOADERS, must
from .versions import approve_versions, submit_versions, write_versions

State = LessonVersion.State
_LESSON_FIELDS = ("axis", "half_day", "minutes", "title", "practice", "competence", "standard")


@transaction.atomic
def load_programme(*, actor: Actor, approve_as: Actor | None = None) -> Programme:
    """Load the shipped programme, lessons and variants; return the programme.

    Each lesson whose shipped words stand in no version yet gets a new version; with ``approve_as`` the
    shipped versions that are open are submitted by ``actor`` and approved by ``approve_as``. Loading again
    changes nothing, and what the university wrote since is left alone.
    Raises ``curriculum.own_version`` where both actors are one account.
    """
    must(actor.role in LOADERS)
    if approve_as is not None and actor.account_id is not None and actor.account_id == approve_as.account_id:
        raise NotAllowed("curriculum.own_version")
    programme = _programme(actor)
    writer = Actor(Role.SYSTEM, actor.label, actor.account_id, actor.person_id, actor.organisation_id)
    writer = actor if actor.role is Role.OFFICE else writer
    rows = {lesson["code"]: shipped_version(lesson["code"]) for lesson in shipped_programme()["lessons"]}
    versions = _shipped_versions(programme)
    missing = [row for code, row in rows.items() if code not in versions]
    for made in write_versions(actor=writer, programme_code=programme.code, rows=missing) if missing else []:
        versions[made.lesson.code] = made
    if approve_as is not None:
        _approve(writer, approve_as, programme, list(versions.values()))
    return programme


def _programme(actor: Actor) -> Programme:
    """Make the programme and its lessons, or bring their places up to date."""
    shipped = shipped_programme()
    programme, made = Programme.objects.get_or_create(
        code=shipped["code"],
        defaults={"title": shipped["title"], "axes": shipped["axes"], "periods": shipped["periods"]},
    )
    known = {lesson.code: lesson for lesson in programme.lessons.all()}
    fresh: list[Lesson] = []
    moved: list[Lesson] = []
    for ordinal, row in enumerate(shipped["lessons"], start=1):
        lesson = known.get(row["code"]) or Lesson(programme=programme, code=row["code"])
        wanted = {"ordinal": ordinal} | {key: row[key] for key in _LESSON_FIELDS}
        if any(getattr(lesson, key) != value for key, value in wanted.items()):
            for key, value in wanted.items():
                setattr(lesson, key, value)
            (moved if lesson.pk else fresh).append(lesson)
    Lesson.objects.bulk_create(fresh)
    Lesson.objects.bulk_update(moved, ["ordinal", *_LESSON_FIELDS])
    if made or fresh or moved:
        record(
            actor=actor,
            action="curriculum.programme_loaded",
            object_type="programme",
            object_key=programme.code,
            rows=[[lesson.code, lesson.ordinal, lesson.minutes] for lesson in fresh + moved],
        )
    return programme


def _shipped_versions(programme: Programme) -> dict[str, LessonVersion]:
    """Return, by lesson code, the newest version that says exactly what is shipped."""
    found: dict[str, LessonVersion] = {}
    rows = LessonVersion.objects.filter(lesson__programme=programme).select_related("lesson__programme")
    for version in rows.prefetch_related("variants").order_by("number"):
        row = shipped_version(version.lesson.code)
        parts = {variant.group_code: variant.texts for variant in version.variants.all()}
        if texts_digest(version.texts, parts, version.reading_minutes) == texts_digest(
            row.texts, row.variants, row.reading_minutes
        ):
            found[version.lesson.code] = version
    return found


def _approve(writer: Actor, approve_as: Actor, programme: Programme, versions: list[LessonVersion]) -> None:
    taught = dict(
        LessonVersion.objects.filter(lesson__programme=programme, state=State.APPROVED)
        .order_by()
        .values_list("lesson_id", "number")
    )
    newer = [version for version in versions if version.number > taught.get(version.lesson_id, 0)]
    drafts = [version for version in newer if version.state == State.DRAFT]
    waiting = [version for version in newer if version.state == State.SUBMITTED]
    if drafts:
        waiting += submit_versions(actor=writer, version_uuids=[version.uuid for version in drafts])
    if waiting:
        approve_versions(actor=approve_as, version_uuids=[version.uuid for version in waiting])
