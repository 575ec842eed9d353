"""What the pages of authors and reviewers share."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from hocvu.kernel.actor import Actor
from hocvu.kernel.texts import LANGUAGES

from ...domain.changes import lines_of_changes
from ...models import Lesson, LessonVersion
from ...queries.programmes import default_programme
from ...rules import visible_lessons, visible_versions
from ...types import Change

MOST_UNCHANGED = 2  # lines of an unchanged passage kept in sight on each side of a change


def lesson_or_404(actor: Actor, code: str) -> Lesson:
    """Return a lesson of the programme in the actor's sight."""
    found = visible_lessons(actor).filter(programme=default_programme(), code=code).first()
    if found is None:
        raise Http404
    return found


def version_or_404(actor: Actor, uuid: UUID) -> LessonVersion:
    """Return a version in the actor's sight."""
    found = visible_versions(actor).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def text_language(request: HttpRequest) -> str:
    """Return the language of the text shown: the one asked for, else the page's."""
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else (get_language() or "vi")


def passages(changes: list[Change]) -> list[dict[str, Any]]:
    """Return a comparison as passages of lines: those with changes and their neighbours, and those without.

    Each line is a list of pieces; long unchanged passages are folded on the page.
    """
    lines = [line for line in lines_of_changes(changes) if line]
    near: set[int] = set()
    for at, line in enumerate(lines):
        if any(op != "same" for op, _text in line):
            near.update(range(at - MOST_UNCHANGED, at + MOST_UNCHANGED + 1))
    found: list[dict[str, Any]] = []
    for at, line in enumerate(lines):
        folded = at not in near
        if not found or found[-1]["folded"] != folded:
            found.append({"folded": folded, "lines": []})
        found[-1]["lines"].append(line)
    return found
