"""A plan: the classes with days, room and team, and the class of each trainee; its two files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hocvu.planning.domain.instance_files import InstanceError, read_csv, write_gzip_csv

FORMAT = "hocvu-plan-solution/1"
JSON_NAME = "classes.json"


@dataclass(frozen=True)
class PlannedClass:
    """One class: mode, theme, its days in order, its room (None online) and its team."""

    id: str
    mode: str
    theme: str
    days: tuple[str, ...]
    room: str | None
    instructors: tuple[str, ...]


@dataclass(frozen=True)
class Solution:
    """A whole plan; `assignment` maps trainee to class, `bound` is a proven lower bound of the objective."""

    classes: tuple[PlannedClass, ...]
    assignment: dict[str, str]
    objective: int
    bound: int | None = None

    @property
    def gap(self) -> float | None:
        """Share of the objective not yet proven necessary, or None without a bound."""
        if self.bound is None:
            return None
        return (self.objective - self.bound) / max(1, self.objective)


def write_solution(solution: Solution, directory: str | Path) -> None:
    """Write `classes.json` and `assignment.csv.gz`, sorted, byte for byte the same for the same plan."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    classes = [
        {
            "id": c.id, "mode": c.mode, "theme": c.theme, "days": list(c.days), "room": c.room,
            "instructors": list(c.instructors),
        }
        for c in sorted(solution.classes, key=lambda c: c.id)
    ]  # fmt: skip
    doc: dict[str, Any] = {"format": FORMAT, "classes": classes, "claimed_objective": solution.objective}
    if solution.bound is not None:
        doc["claimed_bound"] = solution.bound
    text = json.dumps(doc, ensure_ascii=False, indent=1) + "\n"
    (folder / JSON_NAME).write_text(text, encoding="utf-8")
    rows = [[t, k] for t, k in sorted(solution.assignment.items())]
    write_gzip_csv(folder / "assignment.csv.gz", ["trainee", "class"], rows)


def read_solution(directory: str | Path) -> Solution:
    """Read a plan from `directory`; raise `InstanceError` where a file cannot be used."""
    folder = Path(directory)
    try:
        doc = json.loads((folder / JSON_NAME).read_text("utf-8"))
        classes = tuple(_planned(c) for c in doc["classes"])
        objective, bound = int(doc.get("claimed_objective") or 0), doc.get("claimed_bound")
    except FileNotFoundError:
        raise InstanceError(JSON_NAME, "/", "file_missing") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InstanceError(JSON_NAME, str(error), "unreadable") from None
    assignment: dict[str, str] = {}
    for place, row in read_csv(folder, "assignment"):
        if not row.get("trainee") or not row.get("class"):
            raise InstanceError("assignment.csv", place, "missing")
        if row["trainee"] in assignment:
            raise InstanceError("assignment.csv", place, "identifier_twice")
        assignment[row["trainee"]] = row["class"]
    return Solution(classes, assignment, objective, None if bound is None else int(bound))


def _planned(c: dict[str, Any]) -> PlannedClass:
    team = tuple(str(i) for i in c["instructors"])
    days = tuple(str(d) for d in c["days"])
    return PlannedClass(str(c["id"]), str(c["mode"]), str(c["theme"]), days, c["room"], team)
