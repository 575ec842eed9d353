"""Closed-form limits: each shortage is found, with its numbers, and nothing is said when nothing is short."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tiny import tiny_instance

from hocvu.planning.domain.instance import Instance
from hocvu.planning.domain.limits import disjoint_sessions, shortfalls

BASE = tiny_instance(5, agencies=6, rooms=4, instructors=20, cap=40)


def _mode(instance: Instance, mode: str, **changes: int) -> Instance:
    classes = dict(instance.rules.classes)
    classes[mode] = replace(classes[mode], **changes)
    return replace(instance, rules=replace(instance.rules, classes=classes))


def _first_person(instance: Instance, **changes: object) -> Instance:
    index = next(i for i, t in enumerate(instance.trainees) if instance.agency_by_id[t.agency].mode == "in_person")
    people = list(instance.trainees)
    people[index] = replace(people[index], **changes)  # type: ignore[arg-type]
    return replace(instance, trainees=tuple(people))


def test_a_generous_instance_has_no_limit() -> None:
    assert shortfalls(BASE) == []


def test_ten_working_days_hold_five_sessions_and_four_without_straddling() -> None:
    assert disjoint_sessions(BASE) == 5
    strict = replace(BASE, rules=replace(BASE.rules, straddle_weekend_allowed=False))
    assert disjoint_sessions(strict) == 4
    assert disjoint_sessions(BASE, ("2025-06-13",)) == 4


SHORTAGES: list[tuple[str, Callable[[Instance], Instance]]] = [
    ("seats", lambda x: replace(x, rooms=())),
    ("rooms", lambda x: _mode(replace(x, rooms=x.rooms[:1]), "in_person", min=1, max_classes=9, min_classes=9)),
    ("class_places", lambda x: _mode(x, "online", max_classes=1)),
    ("class_minimum", lambda x: _mode(x, "online", min_classes=99, max_classes=99)),
    ("licences", lambda x: _mode(x, "online", concurrent_max=0)),
    ("instructors", lambda x: replace(x, instructors=x.instructors[:2])),
    ("team", lambda x: replace(x, instructors=x.instructors[:1])),
    ("release", lambda x: replace(x, rules=replace(x.rules, release_cap_pct=1, release_rounding="down"))),
    ("access", lambda x: _first_person(replace(x, rooms=tuple(replace(r, accessible=False) for r in x.rooms)), need="access")),
    ("language", lambda x: _first_person(x, language="cham")),
    ("no_slot", lambda x: _first_person(x, unavailable=x.allowed_days[1::2])),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "spoil"), SHORTAGES, ids=[k for k, _ in SHORTAGES])
def test_each_shortage_is_named_with_its_numbers(kind: str, spoil: Callable[[Instance], Instance]) -> None:
    found = [limit for limit in shortfalls(spoil(BASE)) if limit.kind == kind]
    assert found
    assert all(limit.needed > limit.available for limit in found)


def test_release_names_the_agency_and_the_cap_it_needs() -> None:
    tight = replace(BASE, rules=replace(BASE.rules, release_cap_pct=1, release_rounding="down"))
    for limit in shortfalls(tight):
        if limit.kind == "release":
            people = sum(t.agency == limit.subject for t in tight.trainees)
            assert limit.needed == people > limit.available == 5
            assert limit.data["cap_needed"] == -(-people // 5)
