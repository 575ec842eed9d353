"""Find a whole plan: limits first, then coarse plan, people, classes, teams; every plan is checked before it leaves.

The same instance, seed and work give the same bytes, as long as no wall-clock limit is hit: all effort is
counted in sweeps, nodes and deterministic time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from hocvu.planning.domain.engine.bound import lower_bound
from hocvu.planning.domain.engine.build import BuildError, build_solution
from hocvu.planning.domain.engine.case import Case, build_case
from hocvu.planning.domain.engine.coarse import CoarseModel, CoarseOptions, ModePlan
from hocvu.planning.domain.engine.joint import Placement, solve_jointly
from hocvu.planning.domain.engine.mip import MipResult
from hocvu.planning.domain.engine.spread import ModeSpread, SpreadError, retheme, start_spread
from hocvu.planning.domain.instance import Instance
from hocvu.planning.domain.limits import Limit, shortfalls
from hocvu.planning.domain.objective import violations
from hocvu.planning.domain.solution import Solution

DEFAULT_WORK = 100
FULL_SIZE = 30_000  # people of a campaign that gets the whole effort
SMALL = 1500  # (agency, track, slot) triples up to which the exact model may price groups
STAGES = ("limits", "coarse", "spread", "classes", "check")


@dataclass(frozen=True)
class Progress:
    """How far the engine is: stage (one of `STAGES`), share of the whole from 0 to 1, best values known."""

    stage: str
    done: float
    objective: int | None = None
    bound: int | None = None


class Infeasible(Exception):
    """No plan exists or none was found; `causes` say what is short (kind "not_found" when nothing is proven)."""

    def __init__(self, causes: list[Limit]) -> None:
        super().__init__(", ".join(sorted({c.kind for c in causes})))
        self.causes = causes


class Stopped(Exception):
    """The caller asked to stop before any whole plan was found."""


@dataclass
class _Run:
    """What all stages share: effort, clock, and the way to report and to stop."""

    work: int
    seed: int
    deadline: float | None
    on_progress: Callable[[Progress], None] | None
    should_stop: Callable[[], bool] | None
    best: Solution | None = None
    done: float = 0.0
    failures: list[str] = field(default_factory=list)

    def report(self, stage: str, done: float) -> None:
        if self.should_stop is not None and self.should_stop():
            raise Stopped
        if self.on_progress is not None:
            self.done = max(self.done, done)  # another way starts again, but the bar never runs back
            value, bound = (self.best.objective, self.best.bound) if self.best else (None, None)
            self.on_progress(Progress(stage, self.done, value, bound))

    def late(self) -> bool:
        """Say whether the time allowed has gone."""
        return self.deadline is not None and time.monotonic() > self.deadline

    def seconds(self) -> float | None:
        """Return the seconds left, at least a few so that a first plan can still be made."""
        return None if self.deadline is None else max(5.0, self.deadline - time.monotonic())


def solve(
    instance: Instance,
    *,
    work: int | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Solution:
    """Return a plan of `instance` without violations, with its objective and a proven lower bound.

    `work` scales the effort (100 is the default and means about a minute at 35,000 people); `time_limit`
    (seconds) ends the search early with what is there. Raise `Infeasible` with causes when there is no plan,
    `Stopped` when `should_stop` said so before a plan was found.
    """
    deadline = None if time_limit is None else time.monotonic() + time_limit
    run = _Run(work or DEFAULT_WORK, seed, deadline, on_progress, should_stop)
    run.report("limits", 0.0)
    causes = shortfalls(instance)
    if causes:
        raise Infeasible(causes)
    case = build_case(instance)
    if not case.modes:
        return Solution((), {}, 0, 0)
    try:
        _search(case, run)
    except Stopped:
        if run.best is None:
            raise
    if run.best is None:
        raise Infeasible([Limit("not_found", 1, 0, "", {"tried": tuple(run.failures)})])
    run.report("check", 1.0)
    return run.best


def _search(case: Case, run: _Run) -> None:
    """Try the ways to a plan from the best to the most stubborn, until one gives a whole plan."""
    for way in _ways():
        try:
            plans, placements = way(case, run)
            run.report("classes", 0.8)
            solution = build_solution(case, plans, placements, seed=run.seed, work=run.work, seconds=run.seconds())
        except (SpreadError, BuildError) as error:
            run.failures.append(f"{way.__name__}: {error}")

            continue
        if violations(case.instance, solution):
            run.failures.append(f"{way.__name__}: check")
            continue
        run.report("check", 0.95)
        bound = lower_bound(case, solution.objective, seed=run.seed, nodes=max(1, _nodes(case, run) // 3))
        run.best = Solution(solution.classes, solution.assignment, solution.objective, bound)
        return


Way = Callable[[Case, _Run], tuple[tuple[ModePlan, ...], list[Placement]]]


def _ways() -> tuple[Way, ...]:
    """Return the ways from the best plan to the most stubborn search; the exact ones are slow and plain."""
    return (_by_waves, _with_reserve, _by_any_slots, _exactly, _stubbornly)


def _by_waves(case: Case, run: _Run) -> tuple[tuple[ModePlan, ...], list[Placement]]:
    """Classes in waves: one family of slots without a common day per mode."""
    return _decomposed(case, run, CoarseOptions(family=True))


def _with_reserve(case: Case, run: _Run) -> tuple[tuple[ModePlan, ...], list[Placement]]:
    """As waves, with two free places in every class, where the fullest plan could not be filled."""
    return _decomposed(case, run, CoarseOptions(family=True, class_slack=2))


def _by_any_slots(case: Case, run: _Run) -> tuple[tuple[ModePlan, ...], list[Placement]]:
    """Classes in any slots, overlapping ones too; slower, for odd calendars and days off."""
    return _decomposed(case, run, CoarseOptions(family=False))


def _exactly(case: Case, run: _Run) -> tuple[tuple[ModePlan, ...], list[Placement]]:
    """One exact model with all prices, for campaigns small enough."""
    if sum(len(a.tracks) for m in case.modes for a in m.agencies) * case.n_slots > SMALL:
        raise SpreadError("too large")
    return _jointly(case, run, 0.1 * run.work, price_groups=True)


def _stubbornly(case: Case, run: _Run) -> tuple[tuple[ModePlan, ...], list[Placement]]:
    """One exact model that only asks for a plan; it also proves when there is none."""
    return _jointly(case, run, 0.5 * run.work, price_groups=False)


def _jointly(case: Case, run: _Run, work: float, *, price_groups: bool) -> tuple[tuple[ModePlan, ...], list[Placement]]:
    run.report("coarse", 0.05)
    found = solve_jointly(case, seed=run.seed, work=work, price_groups=price_groups, seconds=run.seconds())
    if isinstance(found, MipResult):
        if found.proved_infeasible:
            raise Infeasible(binding_families(case, run.seed))
        raise SpreadError("no answer")
    return found


def _decomposed(case: Case, run: _Run, options: CoarseOptions) -> tuple[tuple[ModePlan, ...], list[Placement]]:
    run.report("coarse", 0.02)
    model = CoarseModel(case, options)
    result = model.mip.solve(seed=run.seed, nodes=_nodes(case, run), gap=0.2 / run.work, seconds=run.seconds())
    if result.values is None:
        if result.proved_infeasible and not options.family:
            raise Infeasible(binding_families(case, run.seed))
        raise SpreadError("coarse")
    plans = model.read(result)
    modes = []
    for mode, plan in zip(case.modes, plans, strict=True):
        run.report("spread", 0.1)
        modes.append(start_spread(case, mode, plan, run.seed))
    _improve(case, run, modes)
    return tuple(m.plan for m in modes), [m.placement() for m in modes]


def _nodes(case: Case, run: _Run) -> int:
    """Return the tree nodes a coarse plan is worth: few for a small campaign, which must be quick."""
    people = sum(m.people for m in case.modes)
    return max(2, run.work * min(people, FULL_SIZE) // FULL_SIZE)


def _improve(case: Case, run: _Run, modes: list[ModeSpread]) -> None:
    """Anneal, give the classes new themes for the people that come, and settle."""
    rounds = ((2.0, 1.5), (0.5, 0.5), (0.3, 0.3))
    total = sum(share for share, _ in rounds) * len(modes)
    gone = 0.0
    for share, hot in rounds:
        for m in modes:

            def tick(part: float, base: float = gone, width: float = share) -> bool:
                run.report("spread", 0.15 + 0.6 * (base + part * width) / total)
                return run.late()

            m.anneal(max(4, round(share * run.work)), hot, tick)
            gone += share
        plans = retheme(case, tuple(m.plan for m in modes), [m.supply() for m in modes], run.seed)
        for m, plan in zip(modes, plans, strict=True):
            m.plan = plan
        if run.late():
            break


def binding_families(case: Case, seed: int) -> list[Limit]:
    """Name the families of rules without which a coarse plan exists; all must bind for none to exist."""
    found = []
    for family in ("instructors", "rooms", "licences", "release", "class_counts"):
        options = CoarseOptions(family=False, steer=False, without=frozenset({family}))
        result = CoarseModel(case, options).mip.solve(seed=seed, nodes=100, gap=0.5)
        if result.values is not None:
            found.append(Limit("together", 1, 0, family))
    return found or [Limit("together", 1, 0, "several")]
