"""The programme and lessons that ship with the product, as files of the package."""

from collections import defaultdict
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from hocvu.kernel.texts import LANGUAGES

from ..domain.checks import problems_of
from ..domain.lesson_files import parse_lesson_file
from ..domain.outline import headings
from ..domain.texts import clean_texts, clean_variants
from ..types import LessonFile, Problem, Trilingual, VersionRow

_DATA = files("hocvu.curriculum") / "data"
PARTS = 4  # content, example, exercise, what to remember
DEFAULT_READING_MINUTES = 8


@lru_cache(maxsize=1)
def shipped_programme() -> dict[str, Any]:
    """Return the shipped programme: code, title, axes, periods, groups, lessons."""
    found: dict[str, Any] = yaml.safe_load((_DATA / "programme.yaml").read_text(encoding="utf-8"))
    return found


def known_groups() -> dict[str, Trilingual]:
    """Return the target groups for which lessons carry variants: ``{code: name}``."""
    groups: dict[str, Trilingual] = shipped_programme()["groups"]
    return groups


def shipped_version(lesson_code: str) -> VersionRow:
    """Return a shipped lesson in its languages, with its variants."""
    texts: dict[str, dict[str, Any]] = {}
    variants: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for file in _lesson_files(lesson_code):
        if file.group_code:
            variants[file.group_code][file.language] = {"title": file.title, "body": file.body}
        else:
            texts[file.language] = {
                "title": file.title,
                "objectives": file.objectives,
                "body": file.body,
                "sources": file.sources,
                "reading_minutes": file.reading_minutes,
            }
    return VersionRow(
        lesson_code=lesson_code,
        texts=clean_texts(texts),
        variants=clean_variants(variants),
        reading_minutes=int(texts["vi"]["reading_minutes"] or DEFAULT_READING_MINUTES),
    )


def _lesson_files(lesson_code: str) -> list[LessonFile]:
    folder = _DATA / "lessons" / lesson_code
    found = [
        parse_lesson_file(entry.read_text(encoding="utf-8"), f"{lesson_code}/{entry.name}")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".md")
    ]
    for file in found:
        if file.lesson_code != lesson_code:
            raise ValueError(f"a file of lesson {file.lesson_code} lies in the folder of {lesson_code}")
    return found


def check_lessons() -> list[str]:
    """Return what is wrong with the shipped lessons, one line each; empty when all is in order."""
    trouble = []
    programme = shipped_programme()
    minutes = sum(lesson["minutes"] for lesson in programme["lessons"])
    if minutes != 45 * programme["periods"]:
        trouble.append(f"programme: {minutes} minutes are not {programme['periods']} periods of 45")
    for lesson in programme["lessons"]:
        code = lesson["code"]
        trouble += [f"{code}: no {language} {key}" for key in ("title", "practice") for language in LANGUAGES
                    if not lesson[key].get(language)]  # fmt: skip
        row = shipped_version(code)
        trouble += [f"{code}: {_words(p)}" for p in problems_of(row.texts, row.variants, row.reading_minutes)]
        for language, text in row.texts.items():
            parts = sum(level == 2 for level, _ in headings(text["body"]))
            if parts != PARTS:
                trouble.append(f"{code} {language}: {parts} parts instead of {PARTS}")
        trouble += [f"{code}: unknown group {group}" for group in set(row.variants) - set(programme["groups"])]
    return trouble


def _words(problem: Problem) -> str:
    return f"{problem.language} {problem.group_code} {problem.code} {problem.data}"
