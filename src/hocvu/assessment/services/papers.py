"""Prepare the papers of sittings: one per candidate, drawn from a seed and frozen."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from django.db import transaction

from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record
from hocvu.planning.models import Placement

from ..domain.papers import Drawer, PoolTooSmall, paper_code, seed_of
from ..models import Attempt, Item, Sitting
from ..queries.bank import cells_of, codes_of, pool_items

BATCH = 1000
Candidate = tuple[int, str]  # placement id, target group


@transaction.atomic
def prepare_attempts(*, actor: Actor, sitting_ids: Iterable[int], seed: int | None = None) -> int:
    """Draw the papers still missing in final sittings; return how many were drawn.

    Every person of the class gets one in the sitting of their turn; who has one keeps it. The same ``seed``
    and bank give the same papers again; without one, chance decides. Raises ``assessment.pool_too_small``.
    """
    ids = list(sitting_ids)
    sittings = list(
        Sitting.objects.filter(pk__in=ids, kind=Sitting.Kind.FINAL).select_related("cohort", "blueprint").order_by("pk")
    )
    missing = _candidates(sittings)
    return sum(
        len(draw_papers(actor=actor, sitting=sitting, candidates=missing[sitting.pk], seed=seed, drawer=drawer))
        for drawer, group in _by_blueprint(sittings)
        for sitting in group
        if missing[sitting.pk]
    )


def _by_blueprint(sittings: Sequence[Sitting]) -> Iterable[tuple[Drawer, list[Sitting]]]:
    groups: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sittings:
        groups[sitting.blueprint_id].append(sitting)
    pool = pool_items(Item.Pool.TEST) if groups else []
    for group in groups.values():
        yield Drawer(cells_of(group[0].blueprint), pool), group


def _candidates(sittings: Sequence[Sitting]) -> dict[int, list[Candidate]]:
    """Return the people without a paper by sitting; people without a lab group go with the first turn."""
    turns: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Sitting.objects.filter(cohort_id__in={s.cohort_id for s in sittings}, kind=Sitting.Kind.FINAL)
    for pk, cohort_id, turn in rows.values_list("pk", "cohort_id", "turn"):
        turns[cohort_id][turn] = pk
    held = set(
        Attempt.objects.filter(sitting__cohort_id__in=list(turns), sitting__kind=Sitting.Kind.FINAL).values_list(
            "placement_id", flat=True
        )
    )
    found: dict[int, list[Candidate]] = defaultdict(list)
    places = Placement.objects.filter(cohort_id__in=list(turns)).order_by("cohort_id", "number")
    for pk, cohort_id, group, turn in places.values_list("pk", "cohort_id", "group_code", "lab_group__turn"):
        if pk not in held:
            by_turn = turns[cohort_id]
            found[by_turn.get(turn or 1, by_turn[min(by_turn)])].append((pk, group))
    return found


def draw_papers(
    *,
    actor: Actor,
    sitting: Sitting,
    candidates: Sequence[Candidate],
    seed: int | None = None,
    drawer: Drawer | None = None,
    avoid: dict[int, frozenset[str]] | None = None,
) -> list[Attempt]:
    """Draw, freeze and store the papers of one sitting, with one ledger line.

    ``avoid``: codes of items a candidate has met before, by placement.
    """
    drawer = drawer or Drawer(cells_of(sitting.blueprint), pool_items(Item.Pool.TEST))
    round_number = _round(sitting, seed)
    first = Attempt.objects.filter(sitting=sitting).count()
    made = []
    for index, (placement_id, group) in enumerate(candidates, start=first):
        own_seed = seed_of(round_number, index)
        try:
            places = drawer.draw(group=group, seed=own_seed, avoid=(avoid or {}).get(placement_id, frozenset()))
        except PoolTooSmall as short:
            raise Refused(
                "assessment.pool_too_small", axis=short.cell.axis, difficulty=short.cell.difficulty,
                wanted=short.cell.count, available=short.available,
            ) from short  # fmt: skip
        made.append(
            Attempt(
                sitting=sitting,
                placement_id=placement_id,
                seed=own_seed,
                paper=[[place.version_id, place.order] for place in places],
                paper_code=paper_code(places),
            )
        )
    Attempt.objects.bulk_create(made, batch_size=BATCH)
    record(
        actor=actor, action="assessment.papers_drawn", object_type="sitting", object_key=sitting.uuid,
        rows=[[a.placement_id, a.seed, a.paper_code, a.paper] for a in made],
    )  # fmt: skip
    return made


def _round(sitting: Sitting, seed: int | None) -> int:
    if seed is None:
        return secrets.randbits(40)
    name = f"{seed}|{sitting.cohort.code}|{sitting.kind}|{sitting.turn}"
    return int.from_bytes(blake2b(name.encode(), digest_size=5).digest(), "big")


def met_items(placement_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return the codes of the items on the papers a candidate has had, by placement."""
    papers = list(Attempt.objects.filter(placement_id__in=list(placement_ids)).values_list("placement_id", "paper"))
    codes = codes_of(pk for _, paper in papers for pk, _ in paper)
    found: dict[int, set[str]] = defaultdict(set)
    for placement_id, paper in papers:
        found[placement_id] |= {codes[pk] for pk, _ in paper}
    return {pk: frozenset(held) for pk, held in found.items()}
