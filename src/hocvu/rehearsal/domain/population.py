"""Build the whole synthetic population from a scale and a seed. The door of this package."""

from collections import Counter

from hocvu.rehearsal.domain import sources
from hocvu.rehearsal.domain.merger import merge, prune
from hocvu.rehearsal.domain.people import Registry, staff
from hocvu.rehearsal.domain.plan_rules import campaign_days, make_rules
from hocvu.rehearsal.domain.scaling import ACTORS, choose_agencies
from hocvu.rehearsal.domain.teachers import make_instructors
from hocvu.rehearsal.domain.tree import full_tree
from hocvu.rehearsal.domain.types import Locality, Population
from hocvu.rehearsal.domain.venues import FACTS, make_labs, make_rooms

DEFAULT_SEED = 2025


def make_localities() -> tuple[Locality, ...]:
    """Return the 11 districts; only Quy Nhơn, where both venues stand, needs no bus."""
    return tuple(
        Locality(
            row["district_code"],
            row["name_vi"],
            row["district_code"] == "540",
            int(row["synthetic_km_to_venues"]),
        )
        for row in sources.rows("districts_2025-06")
    )


def build_population(scale: float, seed: int = DEFAULT_SEED) -> Population:
    """Return the synthetic campaign of ``scale`` (0.01 to 1); the same arguments give equal populations.

    At scale 1: 34,675 nominated people (9,892 in person, 24,783 online) of 1,461 agencies, 6 % more who stay,
    96 + 247 classes, 20 teaching places, 215 instructors. Raises ValueError for another scale.
    """
    tree = full_tree(seed)
    agencies = choose_agencies(seed, tree, scale)
    history = merge(tree)
    if scale < 1:
        history = prune(history, {a.code for a in agencies} | set(ACTORS))
    registry = Registry()
    days = tuple(day.date for day in campaign_days() if day.working)
    persons = tuple(person for agency in agencies for person in staff(seed, agency, days, registry))
    by_mode: Counter[str] = Counter()
    for agency in agencies:
        by_mode[agency.mode] += agency.nominated
    rules = make_rules(by_mode["in_person"], by_mode["online"], scale)
    rooms = make_rooms(rules.in_person)
    tracks = Counter(p.track for p in persons if p.nominated)
    return Population(
        seed=seed,
        scale=scale,
        organisations=history.organisations,
        parent_changes=history.parent_changes,
        successions=history.successions,
        persons=persons,
        instructors=make_instructors(seed, scale, rules, len(rooms), tracks),
        rooms=rooms,
        labs=make_labs(),
        localities=make_localities(),
        facts=FACTS,
        plan_rules=rules,
    )
