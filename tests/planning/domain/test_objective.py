"""Cost terms and hard rules on plans small enough to count by hand."""

from dataclasses import replace

import pytest
from tiny import WEIGHTS

from hocvu.planning.domain.instance import (
    Agency,
    Day,
    Instance,
    Instructor,
    Locality,
    ModeRules,
    Room,
    Rules,
    Trainee,
)
from hocvu.planning.domain.objective import cost_terms, violations
from hocvu.planning.domain.solution import PlannedClass, Solution

DAYS = ("2025-06-11", "2025-06-12", "2025-06-13", "2025-06-16", "2025-06-17", "2025-06-18")


def _instance() -> Instance:
    agencies = (
        Agency("A", "a", "state", "district", "L1", "in_person", 8, {"leader": 2, "clerk": 6}),
        Agency("B", "b", "state", "district", "L0", "in_person", 6, {"clerk": 6}),
    )
    people = [Trainee(f"A{i}", "A", "leader" if i < 2 else "clerk", "P1" if i < 2 else "P2") for i in range(4)]
    people += [Trainee(f"B{i}", "B", "clerk", "P2") for i in range(2)]
    rules = Rules(
        2, False, True, 34, "down", True, {"in_person": ModeRules(2, 3, 4, 3, 0, 2)}, 2, 2, 0
    )  # fmt: skip
    rooms = (Room("R0", "V0", 4, 2, True), Room("R1", "V1", 5, 3, False))
    staff = tuple(Instructor(f"I{i}", ("P1", "P2"), ("vi",), "V0", 3) for i in range(3))
    return Instance(
        "hand", tuple(Day(d, True) for d in DAYS), rules, WEIGHTS, 25, (("P1", "P2", 4),),
        (Locality("L0", True, 1), Locality("L1", False, 30)), agencies, rooms, staff, tuple(people),
    )  # fmt: skip


def _plan(**changes: PlannedClass) -> Solution:
    classes = {
        "K1": PlannedClass("K1", "in_person", "P2", DAYS[0:2], "R0", ("I0", "I1")),
        "K2": PlannedClass("K2", "in_person", "P2", DAYS[2:4], "R1", ("I0", "I1")),
    }
    classes.update(changes)
    places = {"A0": "K1", "A2": "K1", "B0": "K1", "A1": "K2", "A3": "K2", "B1": "K2"}
    return Solution(tuple(classes.values()), places, 0)


def test_terms_are_those_counted_by_hand() -> None:
    assert cost_terms(_instance(), _plan()) == {
        "group": 2 * 6,
        "bus": 30 * 2,  # two people of L1 start on each of two days, two to a bus
        "mismatch": 4 * 2,
        "straddle": 2 * 3,  # K2 runs from Friday to Monday
        "fair_straddle": 2 * 1,  # A: two of four straddle, one may
        "size_dev": 0,
        "instructor_over_avg": 0,
        "instructor_venue_change": 3 * 2,
    }


def test_a_good_plan_breaks_nothing() -> None:
    assert violations(_instance(), _plan()) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"days": DAYS[1:3]}, "H5-room-twice"),
        ({"days": DAYS[1:3], "room": "R1"}, "H6-twice"),
        ({"days": (DAYS[0], DAYS[2])}, "H2-days"),
        ({"theme": "P9"}, "H2-theme"),
        ({"room": None}, "H5-no-room"),
        ({"instructors": ("I0",)}, "H6-team"),
        ({"instructors": ("I0", "I0")}, "H6-team"),
    ],
)
def test_each_hard_rule_is_seen(change: dict[str, object], code: str) -> None:
    plan = _plan()
    first = replace(plan.classes[0], **change)  # type: ignore[arg-type]
    second = replace(plan.classes[1], days=DAYS[2:4], room="R0") if "days" in change else plan.classes[1]
    if change.get("room") == "R1":
        second = replace(second, room="R0")
    found = violations(_instance(), replace(plan, classes=(first, second)))
    assert code in {v.code for v in found}


def test_people_rules_are_seen() -> None:
    base = _instance()
    people = list(base.trainees)
    people[2] = replace(people[2], unavailable=(DAYS[0],), language="bahnar")
    people[3] = replace(people[3], need="access")
    codes = {v.code for v in violations(replace(base, trainees=tuple(people)), _plan())}
    assert codes == {"H3-unavailable", "H6-language", "H5-not-accessible"}


def test_release_and_job_groups_are_seen() -> None:
    plan = _plan()
    places = dict(plan.assignment) | {"A1": "K1", "B0": "K2"}
    codes = {v.code for v in violations(_instance(), replace(plan, assignment=places))}
    assert codes == {"H7-release", "H8-job-group"}


def test_counts_loads_and_places_are_seen() -> None:
    base, plan = _instance(), _plan()
    tight = replace(base.rules.classes["in_person"], max_classes=1, min=4)
    lazy = tuple(replace(i, max_classes=1) for i in base.instructors)
    wrong = replace(base, rules=replace(base.rules, classes={"in_person": tight}), instructors=lazy)
    codes = {v.code for v in violations(wrong, plan)}
    assert codes == {"H4-count", "H4-size", "H6-load"}
    without = {t: k for t, k in plan.assignment.items() if t != "B0"}
    assert "H1-without-place" in {v.code for v in violations(base, replace(plan, assignment=without))}
    unknown = replace(plan, assignment=dict(plan.assignment) | {"B0": "K9"})
    assert "H1-unknown-class" in {v.code for v in violations(base, unknown)}
