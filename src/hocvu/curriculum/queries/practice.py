"""The practice tasks that ship with the product."""

from functools import lru_cache
from importlib.resources import files

import yaml

from ..domain.practice import PracticeTask, parse_task

_FOLDER = files("hocvu.curriculum") / "data" / "practice"


@lru_cache(maxsize=1)
def practice_tasks() -> dict[str, PracticeTask]:
    """Return every task by its code, in the order of the lessons."""
    found = [
        parse_task(yaml.safe_load(entry.read_text(encoding="utf-8")))
        for entry in sorted(_FOLDER.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".yaml")
    ]
    return {task.code: task for task in found}


def practice_task(code: str) -> PracticeTask | None:
    """Return a task, or none where there is no such code."""
    return practice_tasks().get(code)


def task_of_lesson(lesson_code: str) -> PracticeTask | None:
    """Return the task that goes with a lesson, or none."""
    return next((task for task in practice_tasks().values() if task.lesson_code == lesson_code), None)
