"""Register people and their posts, thousands at a time, and bring known ones up to date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean, fold, name_sort_key
from hocvu.ledger.api import record

from ..models import Organisation, Person, Posting
from ..types import PersonRow

MANY = 2000
_KEPT = ["birth_date", "birth_year", "sex", "national_id", "phone", "email", "need"]
_CHANGED = ["full_name", "sort_key", "folded", "language", "restricted", "synthetic", *_KEPT]


@dataclass(slots=True)
class _Post:
    pk: int
    organisation_id: int
    position: str
    job_group: str
    starts_on: date


@transaction.atomic
def register_people(*, actor: Actor, rows: Sequence[PersonRow]) -> dict[str, int]:
    """Make people with their post, or bring known ones up to date; return ``{key: person id}``.

    Known is who has the row's ``person_id`` or its ``national_id``; an empty value never wipes a kept one.
    A known person found elsewhere changes post on the row's ``starts_on``. The same rows given again change
    nothing. Raises ``people.key_twice``, ``people.national_id_twice``, ``people.organisation_unknown``.
    """
    _check(rows)
    known = _known(rows)
    fresh: list[PersonRow] = []
    old: list[PersonRow] = []
    for row in rows:
        (old if _match(row, known) else fresh).append(row)
    made = _make(fresh)
    for row in old:
        made[row.key] = _match(row, known)
    _bring_up_to_date(old, made)
    record(
        actor=actor, action="people.registered", object_type="person", object_key="*",
        data={"new": len(fresh), "known": len(old)},
        rows=[[made[row.key], row.organisation_id, row.position, row.starts_on] for row in rows],
    )  # fmt: skip
    return made


def _check(rows: Sequence[PersonRow]) -> None:
    if len({row.key for row in rows}) != len(rows):
        raise Refused("people.key_twice")
    national_ids = [row.national_id for row in rows if row.national_id]
    if len(set(national_ids)) != len(national_ids):
        raise Refused("people.national_id_twice")
    homes = {row.organisation_id for row in rows}
    there = set(Organisation.objects.values_list("pk", flat=True)) if len(homes) > 20 else set(
        Organisation.objects.filter(pk__in=homes).values_list("pk", flat=True)
    )  # fmt: skip
    if missing := homes - there:
        raise Refused("people.organisation_unknown", body=str(min(missing)), on="")


def _known(rows: Sequence[PersonRow]) -> dict[str, int]:
    """Return ``{national id: person id}`` of people known already."""
    everyone = Person.objects.exclude(national_id="").values_list("national_id", "pk")
    if len(rows) >= MANY:
        return dict(everyone)
    return dict(everyone.filter(national_id__in=[row.national_id for row in rows if row.national_id]))


def _match(row: PersonRow, known: dict[str, int]) -> int:
    """Return the id of the person a row speaks of, or 0."""
    return row.person_id or (known.get(row.national_id, 0) if row.national_id else 0)


def _make(rows: Sequence[PersonRow]) -> dict[str, int]:
    people = Person.objects.bulk_create([_person(row) for row in rows], batch_size=2000)
    Posting.objects.bulk_create(
        [_post(row, person.pk) for row, person in zip(rows, people, strict=True)], batch_size=2000
    )
    return {row.key: person.pk for row, person in zip(rows, people, strict=True)}


def _person(row: PersonRow) -> Person:
    name = clean(row.full_name)
    return Person(
        full_name=name, sort_key=name_sort_key(name), folded=fold(name), birth_date=row.birth_date,
        birth_year=row.birth_year or (row.birth_date.year if row.birth_date else None), sex=row.sex,
        national_id=row.national_id, phone=row.phone, email=row.email, language=row.language, need=row.need,
        restricted=row.restricted, synthetic=row.synthetic,
    )  # fmt: skip


def _post(row: PersonRow, person_id: int) -> Posting:
    return Posting(
        person_id=person_id, organisation_id=row.organisation_id, position=row.position[:160],
        job_group=row.job_group or "specialist", starts_on=row.starts_on, source=row.source,
    )  # fmt: skip


def _bring_up_to_date(rows: Sequence[PersonRow], ids: dict[str, int]) -> None:
    if not rows:
        return
    people = Person.objects.in_bulk([ids[row.key] for row in rows]) if len(rows) < MANY else _all_people()
    posts = _open_posts([ids[row.key] for row in rows])
    changed: list[Person] = []
    moves: list[tuple[PersonRow, _Post | None]] = []
    for row in rows:
        person = people[ids[row.key]]
        if _renew(person, _person(row)):
            changed.append(person)
        post = posts.get(person.pk)
        if post is None or _differs(post, row):
            moves.append((row, post))
    Person.objects.bulk_update(changed, _CHANGED, batch_size=50)
    _move(moves, ids)


def _all_people() -> dict[int, Person]:
    return {person.pk: person for person in Person.objects.all().iterator(chunk_size=5000)}


def _open_posts(person_ids: Sequence[int]) -> dict[int, _Post]:
    rows = Posting.objects.filter(ends_on__isnull=True)
    if len(person_ids) < MANY:
        rows = rows.filter(person_id__in=person_ids)
    values = rows.values_list("person_id", "pk", "organisation_id", "position", "job_group", "starts_on")
    return {person: _Post(pk, home, job, group, start) for person, pk, home, job, group, start in values}


def _renew(person: Person, told: Person) -> bool:
    """Take over what a row tells and a kept person lacks or says otherwise; say whether anything changed."""
    before = [getattr(person, name) for name in _CHANGED]
    person.full_name, person.sort_key, person.folded = told.full_name, told.sort_key, told.folded
    for name in _KEPT:
        if value := getattr(told, name):
            setattr(person, name, value)
    person.restricted = person.restricted or told.restricted
    return before != [getattr(person, name) for name in _CHANGED]


def _differs(post: _Post, row: PersonRow) -> bool:
    return post.organisation_id != row.organisation_id or (
        (row.position[:160] or post.position, row.job_group or post.job_group) != (post.position, post.job_group)
    )


def _move(moves: Iterable[tuple[PersonRow, _Post | None]], ids: dict[str, int]) -> None:
    """Close and open posts; a change inside one body, or on the day a post began, mends the post itself."""
    new: list[Posting] = []
    for row, post in moves:
        if post is not None and (post.organisation_id == row.organisation_id or post.starts_on >= row.starts_on):
            Posting.objects.filter(pk=post.pk).update(
                organisation_id=row.organisation_id,
                position=row.position[:160] or post.position,
                job_group=row.job_group or post.job_group,
            )
            continue
        if post is not None:
            Posting.objects.filter(pk=post.pk).update(ends_on=row.starts_on)
        new.append(_post(row, ids[row.key]))
    Posting.objects.bulk_create(new, batch_size=2000)
