"""Register bodies and their successions; move people to the successors when the day comes."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean, fold, sort_key
from hocvu.ledger.api import record

from ..models import Organisation, Posting, RoleGrant, Succession
from ..types import OrganisationRow, SuccessionRow

_Spans = dict[str, list[tuple[date, date | None, int]]]
_FIELDS = [
    "name_vi", "name_fr", "name_en", "sort_key", "folded", "kind", "level", "sector", "locality", "parent",
    "restricted", "synthetic", "valid_to",
]  # fmt: skip


@transaction.atomic
def register_organisations(*, actor: Actor, rows: Sequence[OrganisationRow]) -> dict[tuple[str, date], int]:
    """Make or bring up to date bodies, in any order; return ``{(code, valid_from): id}`` of the rows given.

    Raises ``people.parent_unknown`` with the first code whose parent is neither given nor known, and
    ``people.organisation_twice`` for a code given twice from one day.
    """
    waiting = {(row.code, row.valid_from): row for row in rows}
    if len(waiting) != len(rows):
        raise Refused("people.organisation_twice")
    spans: _Spans = defaultdict(list)
    for code, start, end, pk in Organisation.objects.values_list("code", "valid_from", "valid_to", "pk"):
        if (code, start) not in waiting:
            spans[code].append((start, end, pk))
    made: dict[tuple[str, date], int] = {}
    while waiting:
        ready = _with_known_parent(waiting, spans)
        if not ready:
            row = next(iter(waiting.values()))
            raise Refused("people.parent_unknown", body=row.code, parent=row.parent_code or "")
        _write(ready)
        for (code, start), pk in _ids([row for row, _ in ready]).items():
            row = waiting.pop((code, start))
            spans[code].append((start, row.valid_to, pk))
            made[code, start] = pk
    record(
        actor=actor, action="people.organisations_registered", object_type="organisation", object_key="*",
        rows=[[row.code, row.name_vi, row.parent_code, row.valid_from, row.valid_to] for row in rows],
    )  # fmt: skip
    return made


def _with_known_parent(
    waiting: dict[tuple[str, date], OrganisationRow], spans: _Spans
) -> list[tuple[OrganisationRow, int | None]]:
    """Return the rows whose parent is settled; a parent still among the waiting ones is waited for."""
    coming = {code for code, _ in waiting}
    ready: list[tuple[OrganisationRow, int | None]] = []
    for row in waiting.values():
        if not row.parent_code:
            ready.append((row, None))
        elif row.parent_code not in coming or row.parent_code == row.code:
            parent = _standing(spans[row.parent_code], row.valid_from)
            if parent is not None:
                ready.append((row, parent))
    return ready


def _standing(spans: list[tuple[date, date | None, int]], on: date) -> int | None:
    """Return the id that stands on a day, else the first to come after it."""
    best = sorted(spans, key=lambda span: span[0])
    for start, end, pk in best:
        if start <= on and (end is None or end > on):
            return pk
    later = [pk for start, _, pk in best if start > on]
    return later[0] if later else None


def _write(ready: Sequence[tuple[OrganisationRow, int | None]]) -> None:
    Organisation.objects.bulk_create(
        [_organisation(row, parent) for row, parent in ready],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=_FIELDS,
    )


def _organisation(row: OrganisationRow, parent: int | None) -> Organisation:
    name = clean(row.name_vi)
    return Organisation(
        code=row.code, name_vi=name, name_fr=clean(row.name_fr), name_en=clean(row.name_en),
        sort_key=sort_key(name), folded=fold(name), kind=row.kind, level=row.level, sector=row.sector,
        locality=row.locality, parent_id=parent, restricted=row.restricted, synthetic=row.synthetic,
        valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip


def _ids(rows: Sequence[OrganisationRow]) -> dict[tuple[str, date], int]:
    wanted = {(row.code, row.valid_from) for row in rows}
    known = Organisation.objects.values_list("code", "valid_from", "pk")
    if len(wanted) < 500:
        known = known.filter(code__in={code for code, _ in wanted})
    return {(code, start): pk for code, start, pk in known if (code, start) in wanted}


@transaction.atomic
def record_successions(*, actor: Actor, rows: Sequence[SuccessionRow]) -> int:
    """Keep which body follows which; a predecessor without an end ends that day. Return how many are new.

    Raises ``people.organisation_unknown`` with code and day.
    """
    spans: _Spans = defaultdict(list)
    for code, start, end, pk in Organisation.objects.values_list("code", "valid_from", "valid_to", "pk"):
        spans[code].append((start, end, pk))
    links, ends = [], defaultdict(list)
    for row in rows:
        before = _at(spans, row.predecessor_code, row.on - timedelta(days=1))
        after = _at(spans, row.successor_code, row.on)
        if before == after:
            raise Refused("people.succession_of_itself", body=row.predecessor_code, on=row.on.isoformat())
        ends[row.on].append(before)
        links.append(
            Succession(predecessor_id=before, successor_id=after, on=row.on, kind=row.kind, source=row.source[:250])
        )
    known = Succession.objects.count()
    Succession.objects.bulk_create(links, batch_size=500, ignore_conflicts=True)
    for on, bodies in ends.items():
        for at in range(0, len(bodies), 500):
            Organisation.objects.filter(pk__in=bodies[at : at + 500], valid_to__isnull=True).update(valid_to=on)
    record(
        actor=actor, action="people.successions_recorded", object_type="succession", object_key="*",
        rows=[[row.predecessor_code, row.successor_code, row.on, row.kind] for row in rows],
    )  # fmt: skip
    return Succession.objects.count() - known


def _at(spans: _Spans, code: str, on: date) -> int:
    for start, end, pk in spans.get(code, []):
        if start <= on and (end is None or end > on):
            return pk
    raise Refused("people.organisation_unknown", body=code, on=on.isoformat())


@transaction.atomic
def apply_successions(*, actor: Actor, on: date) -> int:
    """Move every open post from the bodies that end on ``on`` to their successors; return how many moved.

    Roles held for such a body move as well. Where a body has several successors its people are dealt
    out in turn, in order of id. Done twice, the second time moves nobody.
    """
    heirs: dict[int, list[int]] = defaultdict(list)
    for before, after in Succession.objects.filter(on=on).order_by("pk").values_list("predecessor_id", "successor_id"):
        heirs[before].append(after)
    ending = Succession.objects.filter(on=on).values("predecessor_id")
    posts = Posting.objects.filter(ends_on__isnull=True, starts_on__lt=on, organisation__in=ending)
    moved: list[Posting] = []
    turns: dict[int, int] = defaultdict(int)
    for post in posts.order_by("pk").iterator(chunk_size=5000):
        choice = heirs[post.organisation_id]
        home = choice[turns[post.organisation_id] % len(choice)]
        turns[post.organisation_id] += 1
        moved.append(
            Posting(
                person_id=post.person_id, organisation_id=home, position=post.position,
                job_group=post.job_group, starts_on=on, source="succession",
            )
        )  # fmt: skip
    posts.update(ends_on=on)
    Posting.objects.bulk_create(moved, batch_size=2000)
    grants = _move_grants(on, heirs, {post.person_id: post.organisation_id for post in moved})
    record(
        actor=actor, action="people.successions_applied", object_type="organisation", object_key=on,
        data={"posts": len(moved), "roles": grants},
        rows=[[post.person_id, post.organisation_id] for post in moved],
    )  # fmt: skip
    return len(moved)


def _move_grants(on: date, heirs: dict[int, list[int]], homes: dict[int, int]) -> int:
    ending = Succession.objects.filter(on=on).values("predecessor_id")
    open_grants = RoleGrant.objects.filter(Q(ends_on__isnull=True), organisation__in=ending, starts_on__lt=on)
    after = RoleGrant.objects.filter(
        ends_on__isnull=True, organisation__in=Succession.objects.filter(on=on).values("successor_id")
    )
    held = set(after.values_list("account_id", "role", "organisation_id"))
    new: list[RoleGrant] = []
    for grant in open_grants.select_related("account").order_by("pk").iterator(chunk_size=5000):
        assert grant.organisation_id is not None
        home = homes.get(grant.account.person_id or 0, heirs[grant.organisation_id][0])
        key = (grant.account_id, grant.role, home)
        if key not in held:
            held.add(key)
            new.append(RoleGrant(account_id=grant.account_id, role=grant.role, organisation_id=home, starts_on=on))
    open_grants.update(ends_on=on)
    RoleGrant.objects.bulk_create(new, batch_size=2000)
    return len(new)
