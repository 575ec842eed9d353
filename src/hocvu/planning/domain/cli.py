"""Plan an instance directory into a solution directory: the body of `./run plan`, free of any framework."""

from __future__ import annotations

import json as jsonlib
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hocvu.planning.domain.instance import InstanceError, read_instance
from hocvu.planning.domain.objective import cost_terms
from hocvu.planning.domain.solution import Solution, write_solution
from hocvu.planning.domain.solve import Infeasible, Progress, solve

DONE, NO_PLAN, UNREADABLE = 0, 1, 2
STAGE_WORDS = {
    "limits": "Checking what can fit",
    "coarse": "Laying out the classes",
    "spread": "Spreading agencies over the days",
    "classes": "Filling classes and finding instructors",
    "check": "Checking the plan",
}


def plan_instance(
    instance_dir: str | Path,
    out_dir: str | Path,
    *,
    work: int | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    json: bool = False,
    echo: Callable[[str], None] = print,
) -> int:
    """Plan `instance_dir` into `out_dir`; return 0 with a plan, 1 when there is none, 2 for unreadable files.

    Output goes to `echo`, as one JSON document when `json` is set, else as lines for people.
    """
    start = time.monotonic()
    try:
        instance = read_instance(instance_dir)
    except InstanceError as error:
        data = {"file": error.file, "field": error.field, "reason": error.reason}
        _say(echo, json, {"status": "unreadable", **data}, f"Cannot read {error.file}, {error.field}: {error.reason}")
        return UNREADABLE
    progress = None if json else _reporter(echo)
    try:
        solution = solve(instance, work=work, time_limit=time_limit, seed=seed, on_progress=progress)
    except Infeasible as error:
        causes = [asdict(c) for c in error.causes]
        lines = [f"  {c.kind} {c.subject}: needed {c.needed}, available {c.available}" for c in error.causes[:20]]
        more = len(error.causes) - 20
        lines += [f"  and {more} more"] if more > 0 else []
        _say(echo, json, {"status": "infeasible", "causes": causes}, "\n".join(["No plan:", *lines]))
        return NO_PLAN
    write_solution(solution, out_dir)
    terms = cost_terms(instance, solution)
    seconds = round(time.monotonic() - start, 1)
    _say(echo, json, _summary(solution, terms, seconds), _lines(solution, terms, seconds))
    return DONE


def _summary(solution: Solution, terms: dict[str, int], seconds: float) -> dict[str, Any]:
    return {
        "status": "planned",
        "people": len(solution.assignment),
        "classes": len(solution.classes),
        "objective": solution.objective,
        "bound": solution.bound,
        "terms": terms,
        "seconds": seconds,
    }


def _lines(solution: Solution, terms: dict[str, int], seconds: float) -> str:
    gap = "" if solution.gap is None else f", at most {100 * solution.gap:.1f} % above the best possible"
    head = f"{len(solution.assignment)} people in {len(solution.classes)} classes, {seconds} s"
    cost = f"cost {solution.objective} points{gap}"
    return "\n".join([head, cost, *(f"  {name} {points}" for name, points in terms.items())])


def _say(echo: Callable[[str], None], as_json: bool, document: dict[str, Any], text: str) -> None:
    echo(jsonlib.dumps(document, ensure_ascii=False, indent=1, default=list) if as_json else text)


def _reporter(echo: Callable[[str], None]) -> Callable[[Progress], None]:
    said: list[str] = []

    def report(progress: Progress) -> None:
        if progress.stage not in said:
            said.append(progress.stage)
            echo(f"{STAGE_WORDS[progress.stage]} ...")

    return report
