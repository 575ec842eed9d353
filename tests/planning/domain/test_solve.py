"""The whole engine on small random campaigns: every plan is good, every refusal has a cause, runs repeat."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import tiny_instance

from hocvu.planning.domain.cli import plan_instance
from hocvu.planning.domain.instance import Instance, write_instance
from hocvu.planning.domain.objective import objective, violations
from hocvu.planning.domain.solution import read_solution, write_solution
from hocvu.planning.domain.solve import STAGES, Infeasible, Progress, Stopped, solve

WORK = 5


def _check(instance: Instance) -> None:
    plan = solve(instance, work=WORK)
    assert violations(instance, plan) == []
    assert plan.objective == objective(instance, plan)
    assert plan.bound is not None
    assert 0 <= plan.bound <= plan.objective
    assert set(plan.assignment) == {t.id for t in instance.trainees}


@settings(deadline=None, max_examples=4, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    agencies=st.integers(4, 9),
    class_max=st.sampled_from([12, 16, 24]),
    exact=st.booleans(),
    weekends=st.booleans(),
)
def test_a_small_campaign_gets_a_good_plan_or_causes(
    seed: int, agencies: int, class_max: int, exact: bool, weekends: bool
) -> None:
    instance = tiny_instance(
        seed, agencies=agencies, rooms=4, instructors=24, class_max=class_max, exact_classes=exact, weekends=weekends
    )
    try:
        _check(instance)
    except Infeasible as refusal:
        assert refusal.causes  # noqa: PT017  (both ends are good: which one comes depends on the campaign)


@pytest.mark.parametrize("seed", [1, 4, 6])
def test_campaigns_with_enough_of_everything_are_planned(seed: int) -> None:
    _check(tiny_instance(seed, agencies=8, rooms=4, instructors=24, cap=40))


@settings(deadline=None, max_examples=6, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_a_campaign_without_rooms_or_days_is_refused_with_the_cause(seed: int) -> None:
    instance = tiny_instance(seed)
    with pytest.raises(Infeasible) as caught:
        solve(replace(instance, rooms=()), work=WORK)
    assert any(c.kind == "seats" and c.needed > c.available == 0 for c in caught.value.causes)
    days = tuple(replace(d, working=False) for d in instance.days)
    closed = replace(instance, days=days, rules=replace(instance.rules, weekend_days_used=False))
    with pytest.raises(Infeasible) as caught:
        solve(closed, work=WORK)
    assert "no_slot" in {c.kind for c in caught.value.causes}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    instance = tiny_instance(6, agencies=8, rooms=4, instructors=24, cap=40)
    for name in ("a", "b"):
        write_solution(solve(instance, work=WORK, seed=3), tmp_path / name)
    for name in ("classes.json", "assignment.csv.gz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_progress_goes_forward_through_the_stages_and_stop_is_heard() -> None:
    instance = tiny_instance(6, agencies=8, rooms=4, instructors=24, cap=40)
    seen: list[Progress] = []
    solve(instance, work=WORK, on_progress=seen.append)
    assert [p.done for p in seen] == sorted(p.done for p in seen)
    assert {p.stage for p in seen} <= set(STAGES)
    assert seen[-1].done == 1.0
    assert seen[-1].objective is not None
    with pytest.raises(Stopped):
        solve(instance, work=WORK, should_stop=lambda: True)


def test_a_time_limit_still_gives_a_good_plan() -> None:
    instance = tiny_instance(6, agencies=8, rooms=4, instructors=24, cap=40)
    plan = solve(instance, time_limit=0.01)
    assert violations(instance, plan) == []


def test_the_command_writes_a_plan_and_tells_why_it_cannot(tmp_path: Path) -> None:
    instance = tiny_instance(4, agencies=8, rooms=4, instructors=24, cap=40)
    write_instance(instance, tmp_path / "in")
    said: list[str] = []
    assert plan_instance(tmp_path / "in", tmp_path / "out", work=WORK, echo=said.append) == 0
    assert violations(instance, read_solution(tmp_path / "out")) == []
    assert any("bus" in line for line in said)
    write_instance(replace(instance, rooms=()), tmp_path / "none")
    said.clear()
    assert plan_instance(tmp_path / "none", tmp_path / "out2", json=True, echo=said.append) == 1
    assert '"seats"' in said[0]
    assert plan_instance(tmp_path / "absent", tmp_path / "out3", echo=said.append) == 2
    assert "instance.json" in said[-1]
