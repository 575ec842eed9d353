"""Read the dated tree: what lies under a body, who was where on a day, who follows whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from hocvu.kernel import clock

from ..models import Organisation, Posting, Succession

# A parent is matched by its code: a body that got a new row (new name, new parent) keeps its children.
_UNDER_EVER = """
    WITH RECURSIVE under(id) AS (
        SELECT id FROM people_organisation WHERE id = %s
        UNION
        SELECT child.id FROM under
        JOIN people_organisation above ON above.id = under.id
        JOIN people_organisation same ON same.code = above.code
        JOIN people_organisation child ON child.parent_id = same.id
    ), before(id) AS (
        SELECT id FROM under
        UNION
        SELECT s.predecessor_id FROM before JOIN people_succession s ON s.successor_id = before.id
        WHERE (SELECT count(*) FROM people_succession t WHERE t.predecessor_id = s.predecessor_id) = 1
    )
    SELECT id FROM before ORDER BY id
"""
_UNDER_ON = """
    WITH RECURSIVE under(id) AS (
        SELECT id FROM people_organisation WHERE id = %s
        UNION
        SELECT child.id FROM under
        JOIN people_organisation above ON above.id = under.id
        JOIN people_organisation same ON same.code = above.code
        JOIN people_organisation child ON child.parent_id = same.id
        WHERE child.valid_from <= %s AND (child.valid_to IS NULL OR child.valid_to > %s)
    )
    SELECT id FROM under ORDER BY id
"""


def organisations_under(organisation_id: int | None, on: date | None = None) -> list[int]:
    """Return the ids of a body and of all below it, in order of id; one query.

    With ``on``: the tree of that day. Without: the scope of those who act for the body, whatever the day,
    with the bodies it alone succeeded (a merged commune sees the papers of the communes it was made of).
    """
    if organisation_id is None:
        return []
    with connection.cursor() as cursor:
        if on is None:
            cursor.execute(_UNDER_EVER, [organisation_id])
        else:
            cursor.execute(_UNDER_ON, [organisation_id, on, on])
        return [row[0] for row in cursor.fetchall()]


def in_being(on: date | None = None) -> QuerySet[Organisation]:
    """Return the bodies that exist on a day (default: today)."""
    day = on or clock.today()
    return Organisation.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def organisation_of(person_ids: Iterable[int], on: date | None = None) -> dict[int, int]:
    """Return where people were posted on a day (default: today); who had no post then is left out."""
    day = on or clock.today()
    wanted = list(person_ids)
    posts = Posting.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)
    if len(wanted) > 5000:
        keep = set(wanted)
        rows = posts.values_list("person_id", "organisation_id").order_by("starts_on")
        return {person: home for person, home in rows.iterator(chunk_size=5000) if person in keep}
    return dict(posts.filter(person_id__in=wanted).order_by("starts_on").values_list("person_id", "organisation_id"))


def organisation_by_code(code: str, on: date | None = None) -> Organisation | None:
    """Return the body that bears a code on a day (default: today)."""
    return in_being(on).filter(code=code).first()


@dataclass(frozen=True, slots=True)
class Kin:
    """What stands around a body on a day: above, below, before, after."""

    above: list[Organisation]  # nearest last
    below: list[Organisation]  # the first ones
    below_count: int
    predecessors: list[Succession]
    successors: list[Succession]


def kin_of(organisation: Organisation, on: date, *, most: int = 40) -> Kin:
    """Return the bodies around one, in five queries whatever their number; of those below the ``most`` first."""
    same = Organisation.objects.filter(code=organisation.code).values("pk")
    below = in_being(on).filter(parent__in=same)
    return Kin(
        above=_above(organisation),
        below=list(below[:most]),
        below_count=below.count(),
        predecessors=_kept(Succession.objects.filter(successor=organisation)),
        successors=_kept(Succession.objects.filter(predecessor=organisation)),
    )


def _kept(rows: QuerySet[Succession]) -> list[Succession]:
    return list(rows.select_related("predecessor", "successor").order_by("on", "predecessor__sort_key", "pk"))


def _above(organisation: Organisation) -> list[Organisation]:
    query = """
        WITH RECURSIVE above(id, parent_id, step) AS (
            SELECT id, parent_id, 0 FROM people_organisation WHERE id = %s
            UNION ALL
            SELECT o.id, o.parent_id, above.step + 1 FROM above
            JOIN people_organisation o ON o.id = above.parent_id WHERE above.step < 12
        )
        SELECT o.* FROM above JOIN people_organisation o ON o.id = above.id
        WHERE above.step > 0 ORDER BY above.step DESC
    """
    return list(Organisation.objects.raw(query, [organisation.pk]))


def successors_of(organisation_ids: Sequence[int], on: date) -> dict[int, list[int]]:
    """Return the bodies that follow each one by a day, through every step; itself where it still stands."""
    links: dict[int, list[int]] = {}
    for before, after in Succession.objects.filter(on__lte=on).values_list("predecessor_id", "successor_id"):
        links.setdefault(before, []).append(after)
    return {start: _heirs(start, links) for start in organisation_ids}


def _heirs(start: int, links: dict[int, list[int]]) -> list[int]:
    found: list[int] = []
    waiting, seen = [start], {start}
    while waiting:
        body = waiting.pop(0)
        heirs = links.get(body)
        if heirs is None:
            found.append(body)
            continue
        for heir in heirs:
            if heir not in seen:
                seen.add(heir)
                waiting.append(heir)
    return found
