"""The life of a version: written and submitted by the university, remarked and approved by the department.

A text once submitted is never edited: writing again makes the next version, so that every remark keeps the
words it speaks of and the reviewer sees what changed.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import lines_of, record

from ..domain.checks import MOST_LETTERS, problems_of
from ..domain.states import next_state
from ..domain.texts import clean_texts, clean_variants, texts_digest
from ..models import Lesson, LessonVariant, LessonVersion, Remark
from ..queries.lessons import variants_of
from ..queries.programmes import default_programme
from ..queries.versions import version_to_go_on_from
from ..rules import can_review, can_write, must
from ..types import VersionRow

State = LessonVersion.State
VERSION = "lesson_version"  # the ledger's word for a version
_WRITING = ("curriculum.version_written", "curriculum.version_changed", "curriculum.version_submitted")


@transaction.atomic
def write_version(
    *,
    actor: Actor,
    lesson_code: str,
    texts: Mapping[str, Mapping[str, Any]],
    variants: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None,
    reading_minutes: int | None = None,
    programme_code: str | None = None,
    seen: str | None = None,
) -> LessonVersion:
    """Write a lesson: into the open draft, else as the next version that goes on from the newest one.

    Languages left out of ``texts`` and groups left out of ``variants`` stay as they were; a group whose texts
    are all empty loses its variant. ``seen`` is :func:`digest_of` of what the author had on screen.
    Raises ``curriculum.lesson_unknown``, ``curriculum.under_review`` (a version waits for the reviewer),
    ``curriculum.changed_meanwhile`` (someone else saved since ``seen``), ``curriculum.nothing_changed``,
    ``curriculum.too_long``.
    """
    must(can_write(actor))
    lesson = _lesson(lesson_code, programme_code)
    base = version_to_go_on_from(lesson.pk)
    if base is not None and base.state == State.SUBMITTED:
        raise Refused("curriculum.under_review", lesson=lesson_code, number=base.number)
    if seen is not None and seen != digest_of(base):
        raise Refused("curriculum.changed_meanwhile", lesson=lesson_code)
    whole = clean_texts({**(base.texts if base else {}), **texts})
    parts = clean_variants({**(variants_of(base.pk) if base else {}), **(variants or {})})
    _hold_size([*whole.values(), *(text for part in parts.values() for text in part.values())])
    minutes = reading_minutes or (base.reading_minutes if base else 8)
    draft = base if base is not None and base.state == State.DRAFT else None
    if base is not None and base.state != State.RETIRED and digest_of(base) == texts_digest(whole, parts, minutes):
        raise Refused("curriculum.nothing_changed")
    version = draft or LessonVersion(lesson=lesson, number=_next_number(lesson.pk))
    version.texts, version.reading_minutes = whole, minutes
    version.author_label, version.written_at = actor.label[:160], clock.now()
    version.save()
    _replace_variants(version, parts)
    record(
        actor=actor,
        action="curriculum.version_changed" if draft else "curriculum.version_written",
        object_type=VERSION,
        object_key=version.uuid,
        data={
            "lesson": lesson_code,
            "number": version.number,
            "digest": texts_digest(whole, parts, minutes),
        },
    )
    return version


def digest_of(version: LessonVersion | None) -> str:
    """Return the digest of a version's words, empty for none: what a form keeps to notice another's save."""
    if version is None:
        return ""
    return texts_digest(version.texts, variants_of(version.pk), version.reading_minutes)


@transaction.atomic
def write_versions(*, actor: Actor, programme_code: str, rows: Sequence[VersionRow]) -> list[LessonVersion]:
    """Write many lessons at once as new versions; one ledger line."""
    must(can_write(actor))
    lessons = {lesson.code: lesson for lesson in Lesson.objects.filter(programme__code=programme_code)}
    numbers = dict(
        LessonVersion.objects.filter(lesson__in=lessons.values())
        .order_by()
        .values_list("lesson_id")
        .annotate(last=Max("number"))
    )
    now = clock.now()
    versions = [
        LessonVersion(
            lesson=lessons[row.lesson_code],
            number=numbers.get(lessons[row.lesson_code].pk, 0) + 1,
            texts=row.texts,
            reading_minutes=row.reading_minutes,
            author_label=actor.label[:160],
            written_at=now,
        )
        for row in rows
    ]
    LessonVersion.objects.bulk_create(versions)
    LessonVariant.objects.bulk_create(
        LessonVariant(version=version, group_code=group_code, texts=texts)
        for version, row in zip(versions, rows, strict=True)
        for group_code, texts in row.variants.items()
    )
    _record_many(actor, "curriculum.version_written", versions)
    return versions


def submit_version(*, actor: Actor, version_uuid: UUID | str) -> LessonVersion:
    """Hand a version to the reviewer; see :func:`submit_versions`."""
    return submit_versions(actor=actor, version_uuids=[version_uuid])[0]


@transaction.atomic
def submit_versions(*, actor: Actor, version_uuids: Sequence[UUID | str]) -> list[LessonVersion]:
    """Hand versions to the reviewer; one ledger line.

    A remarked version that a newer one replaces is retired. Raises ``curriculum.incomplete`` with the
    problems, ``curriculum.unanswered`` while a remark has no answer, ``curriculum.wrong_state``.
    """
    must(can_write(actor))
    versions = _locked(version_uuids)
    lesson_ids = [version.lesson_id for version in versions]
    unanswered = Remark.objects.filter(version__lesson_id__in=lesson_ids, version__state=State.REMARKED, answer="")
    if count := unanswered.count():
        raise Refused("curriculum.unanswered", count=count)
    variants = _variants_by_version(versions)
    for version in versions:
        version.state = next_state(version.state, "submit")
        problems = problems_of(version.texts, variants.get(version.pk, {}), version.reading_minutes)
        if problems:
            raise Refused("curriculum.incomplete", lesson=version.lesson.code, problems=problems)
        version.submitted_at = clock.now()
    LessonVersion.objects.bulk_update(versions, ["state", "submitted_at"])
    _retire_older(versions, (State.REMARKED,))
    _record_many(actor, "curriculum.version_submitted", versions)
    return versions


@transaction.atomic
def withdraw_version(*, actor: Actor, version_uuid: UUID | str) -> LessonVersion:
    """Take a submitted version back to write on; raises ``curriculum.has_remarks`` once it was remarked."""
    must(can_write(actor))
    version = _locked([version_uuid])[0]
    version.state = next_state(version.state, "withdraw")
    if version.remarks.exists():
        raise Refused("curriculum.has_remarks")
    version.save(update_fields=["state"])
    _record_many(actor, "curriculum.version_withdrawn", [version])
    return version


def approve_version(*, actor: Actor, version_uuid: UUID | str) -> LessonVersion:
    """Approve a submitted version; see :func:`approve_versions`."""
    return approve_versions(actor=actor, version_uuids=[version_uuid])[0]


@transaction.atomic
def approve_versions(*, actor: Actor, version_uuids: Sequence[UUID | str]) -> list[LessonVersion]:
    """Approve submitted versions: from now on they are taught, the ones before are retired; one ledger line.

    Raises ``curriculum.own_version`` to the account that wrote or submitted it, ``curriculum.wrong_state``.
    """
    must(can_review(actor))
    versions = _locked(version_uuids)
    for version in versions:
        version.state = next_state(version.state, "approve")
        version.decided_at, version.decided_by = clock.now(), actor.label[:160]
    _refuse_own(actor, versions)
    retired = _retire_older(versions, (State.APPROVED, State.REMARKED))
    LessonVersion.objects.bulk_update(versions, ["state", "decided_at", "decided_by"])
    _record_many(actor, "curriculum.version_approved", versions, retired=retired)
    return versions


@transaction.atomic
def retire(*, actor: Actor, version_uuid: UUID | str) -> LessonVersion:
    """End a version: the reviewer an approved one (the lesson is then not taught), the author an open one."""
    version = _locked([version_uuid])[0]
    must(can_review(actor) if version.state == State.APPROVED else can_write(actor))
    version.state = next_state(version.state, "retire")
    version.save(update_fields=["state"])
    _record_many(actor, "curriculum.version_retired", [version])
    return version


def _lesson(lesson_code: str, programme_code: str | None) -> Lesson:
    rows = Lesson.objects.select_for_update(of=("self",)).filter(code=lesson_code)
    programme = default_programme()
    code = programme_code or (programme.code if programme else "")
    found = rows.filter(programme__code=code).first()
    if found is None:
        raise Refused("curriculum.lesson_unknown", lesson=lesson_code)
    return found


def _hold_size(texts: Sequence[Mapping[str, Any]]) -> None:
    if any(len(text["body"]) > MOST_LETTERS for text in texts):
        raise Refused("curriculum.too_long", most=MOST_LETTERS)


def _next_number(lesson_id: int) -> int:
    last: int | None = LessonVersion.objects.filter(lesson_id=lesson_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _replace_variants(version: LessonVersion, parts: Mapping[str, Any]) -> None:
    LessonVariant.objects.filter(version=version).delete()
    LessonVariant.objects.bulk_create(
        LessonVariant(version=version, group_code=code, texts=texts) for code, texts in parts.items()
    )


def _locked(version_uuids: Sequence[UUID | str]) -> list[LessonVersion]:
    rows = LessonVersion.objects.select_for_update(of=("self",)).select_related("lesson__programme")
    found = {version.uuid: version for version in rows.filter(uuid__in=version_uuids)}
    wanted = [UUID(str(uuid)) for uuid in version_uuids]
    if missing := [uuid for uuid in wanted if uuid not in found]:
        raise Refused("curriculum.version_unknown", uuid=str(missing[0]))
    return [found[uuid] for uuid in wanted]


def _variants_by_version(versions: Sequence[LessonVersion]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for variant in LessonVariant.objects.filter(version__in=versions):
        found.setdefault(variant.version_id, {})[variant.group_code] = variant.texts
    return found


def _retire_older(versions: Sequence[LessonVersion], states: Sequence[str]) -> list[str]:
    """Retire the other versions of the same lessons that stand in ``states``; return their addresses."""
    older = LessonVersion.objects.filter(
        lesson_id__in=[version.lesson_id for version in versions], state__in=states
    ).exclude(pk__in=[version.pk for version in versions])
    retired = [str(uuid) for uuid in older.values_list("uuid", flat=True)]
    older.update(state=State.RETIRED)
    return retired


def _refuse_own(actor: Actor, versions: Sequence[LessonVersion]) -> None:
    """Four eyes: the ledger knows the account; a label would confuse two people of one name."""
    if actor.account_id is None or actor.role is Role.SYSTEM:
        return
    if any(actor.account_id in _authors(version) for version in versions):
        raise NotAllowed("curriculum.own_version")


def _authors(version: LessonVersion) -> set[int | None]:
    """Return the accounts that wrote or submitted a version, alone or among many."""
    alone = lines_of(VERSION, version.uuid).filter(action__in=_WRITING).values_list("actor_id", flat=True)
    if found := set(alone):
        return found
    many = lines_of("programme", version.lesson.programme.code).order_by("sequence")
    line = many.filter(action="curriculum.version_written", at__gte=version.written_at).first()
    return {line.actor_id} if line else set()


def _record_many(actor: Actor, action: str, versions: Sequence[LessonVersion], **data: object) -> None:
    if len(versions) == 1:
        one = versions[0]
        record(
            actor=actor,
            action=action,
            object_type=VERSION,
            object_key=one.uuid,
            data={"lesson": one.lesson.code, "number": one.number, **data},
        )
    elif versions:
        record(
            actor=actor,
            action=action,
            object_type="programme",
            object_key=versions[0].lesson.programme.code,
            data=data,
            rows=[[str(version.uuid), version.lesson.code, version.number] for version in versions],
        )
