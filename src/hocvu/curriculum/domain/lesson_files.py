"""Read the shipped lesson files: a YAML head between ``---`` lines, then Markdown."""

from typing import Any

import yaml

from hocvu.kernel.texts import LANGUAGES

from ..types import LessonFile
from .texts import clean_body, clean_lines


def parse_lesson_file(text: str, name: str) -> LessonFile:
    """Return the lesson file; ``name`` tells in errors which file it is.

    Raises ``ValueError`` where the head is missing, has no title or names an unknown language.
    """
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise ValueError(f"{name}: no head between two lines of ---")
    head: Any = yaml.safe_load(parts[1])
    if not isinstance(head, dict) or not head.get("lesson") or not head.get("title"):
        raise ValueError(f"{name}: the head needs lesson and title")
    if head.get("lang") not in LANGUAGES:
        raise ValueError(f"{name}: unknown language {head.get('lang')!r}")
    return LessonFile(
        lesson_code=str(head["lesson"]),
        language=head["lang"],
        group_code=str(head.get("group") or ""),
        title=str(head["title"]),
        body=clean_body(parts[2]),
        minutes=head.get("minutes"),
        reading_minutes=head.get("reading_minutes"),
        objectives=clean_lines(head.get("objectives") or []),
        sources=clean_lines(head.get("sources") or []),
    )
