"""A small modelling layer: columns and rows gathered in lists, solved by HiGHS or by CP-SAT.

Limits are counted in work (nodes, deterministic time), never in wall time alone, so that the same model and
seed give the same answer on any machine; a wall limit is a last resort and may change the answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np
from ortools.sat.python import cp_model

INFINITY = float("inf")
Terms = Iterable[tuple[int, float]]


@dataclass(frozen=True)
class MipResult:
    """Answer of a solver: `values` is None without a feasible point; `proved_infeasible` only when proven."""

    values: list[float] | None
    objective: float
    bound: float
    proved_infeasible: bool

    def whole(self, column: int) -> int:
        """Return the value of an integer column."""
        assert self.values is not None
        return round(self.values[column])


class Mip:
    """A minimisation model in columns and rows."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.cost: list[float] = []
        self.integer: list[bool] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        self.row_terms: list[list[tuple[int, float]]] = []

    def var(self, low: float, high: float, cost: float = 0.0, integer: bool = False) -> int:
        """Add a column and return its number."""
        self.low.append(low)
        self.high.append(high)
        self.cost.append(cost)
        self.integer.append(integer)
        return len(self.low) - 1

    def row(self, terms: Terms, low: float = -INFINITY, high: float = INFINITY) -> None:
        """Add a row low <= sum(coefficient * column) <= high; terms of one column are added up."""
        merged: dict[int, float] = {}
        for column, factor in terms:
            merged[column] = merged.get(column, 0.0) + factor
        self.row_low.append(low)
        self.row_high.append(high)
        self.row_terms.append([(c, f) for c, f in merged.items() if f])

    def solve(self, *, seed: int = 0, nodes: int = 2000, seconds: float | None = None, gap: float = 1e-4) -> MipResult:
        """Solve with HiGHS on one thread; `nodes` bounds the search tree."""
        highs = highspy.Highs()
        options = {
            "output_flag": False, "threads": 1, "random_seed": seed, "mip_rel_gap": gap,
            "mip_max_nodes": nodes, "parallel": "off",
        }  # fmt: skip
        if seconds is not None:
            options["time_limit"] = seconds
        for name, value in options.items():
            highs.setOptionValue(name, value)
        highs.passModel(self._lp())
        highs.run()
        return self._highs_result(highs)

    def _lp(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.low), len(self.row_low)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = self.cost, self.low, self.high
        lp.row_lower_, lp.row_upper_ = self.row_low, self.row_high
        starts = np.cumsum([0, *(len(r) for r in self.row_terms)])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
        lp.a_matrix_.start_ = starts.tolist()
        lp.a_matrix_.index_ = [c for r in self.row_terms for c, _ in r]
        lp.a_matrix_.value_ = [f for r in self.row_terms for _, f in r]
        if any(self.integer):
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[i] for i in self.integer]
        return lp

    def _highs_result(self, highs: highspy.Highs) -> MipResult:
        status, info = highs.getModelStatus(), highs.getInfo()
        if status == highspy.HighsModelStatus.kInfeasible:
            return MipResult(None, math.inf, math.inf, True)
        mip = any(self.integer)
        bound = info.mip_dual_bound if mip else info.objective_function_value
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not feasible:
            return MipResult(None, math.inf, bound if mip else -math.inf, False)
        return MipResult(list(highs.getSolution().col_value), info.objective_function_value, bound, False)

    def solve_exactly(
        self,
        *,
        seed: int = 0,
        work: float = 20.0,
        seconds: float | None = None,
        hint: list[float] | None = None,
    ) -> MipResult:
        """Solve with CP-SAT on one worker; every column counts whole things, `work` is deterministic time."""
        model = cp_model.CpModel()
        columns = [
            model.new_int_var(math.ceil(lo), math.floor(hi), f"c{i}")
            for i, (lo, hi) in enumerate(zip(self.low, self.high, strict=True))
        ]
        rows = zip(self.row_terms, self.row_low, self.row_high, strict=True)
        for terms, low, high in rows:
            scale = 1 if all(float(f).is_integer() for _, f in terms) else 10
            expression = sum(round(f * scale) * columns[c] for c, f in terms)
            low_int = -(10**12) if low == -INFINITY else math.ceil(low * scale - 1e-9)
            high_int = 10**12 if high == INFINITY else math.floor(high * scale + 1e-9)
            model.add_linear_constraint(expression, low_int, high_int)
        model.minimize(sum(round(10 * k) * columns[c] for c, k in enumerate(self.cost) if k))
        for c, value in enumerate(hint or ()):
            model.add_hint(columns[c], round(value))
        return _cp_result(model, columns, seed, work, seconds)


def _cp_result(
    model: cp_model.CpModel,
    columns: list[cp_model.IntVar],
    seed: int,
    work: float,
    seconds: float | None,
) -> MipResult:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    if seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.1, seconds)
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        values = [float(solver.value(c)) for c in columns]
        return MipResult(values, solver.objective_value / 10, solver.best_objective_bound / 10, False)
    return MipResult(None, math.inf, -math.inf, status == cp_model.INFEASIBLE)
