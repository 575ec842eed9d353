"""What a lesson must have before it goes to the reviewer."""

import unicodedata
from collections.abc import Mapping

from hocvu.kernel.texts import LANGUAGES

from ..types import LessonTexts, Problem, VariantTexts
from .outline import headings

READING_MINUTES = range(5, 11)
OBJECTIVES = range(2, 5)
MOST_LETTERS = 60_000


def problems_of(texts: LessonTexts, variants: Mapping[str, VariantTexts], reading_minutes: int) -> list[Problem]:
    """Return what keeps a version from being submitted, language by language; empty when it is whole."""
    found = []
    if reading_minutes not in READING_MINUTES:
        found.append(Problem("curriculum.reading_minutes", data={"minutes": reading_minutes}))
    for language in LANGUAGES:
        text = texts.get(language) or {}
        found += _text_problems(text.get("title", ""), text.get("body", ""), language)
        count = len(text.get("objectives", []))
        if count not in OBJECTIVES:
            found.append(Problem("curriculum.objectives", language, data={"count": count}))
        for line in [*text.get("objectives", []), *text.get("sources", [])]:
            if not unicodedata.is_normalized("NFC", line):
                found.append(Problem("curriculum.not_nfc", language))
        own = text.get("reading_minutes", reading_minutes)
        if own not in READING_MINUTES and own != reading_minutes:
            found.append(Problem("curriculum.reading_minutes", language, data={"minutes": own}))
    if not found:
        found += _unlike_outlines({language: texts[language]["body"] for language in LANGUAGES})
    for group_code, variant in variants.items():
        for language in LANGUAGES:
            part = variant.get(language) or {}
            found += _text_problems(part.get("title", ""), part.get("body", ""), language, group_code)
    return found


def _text_problems(title: str, body: str, language: str, group_code: str = "") -> list[Problem]:
    def problem(code: str, **data: object) -> Problem:
        return Problem(f"curriculum.{code}", language, group_code, data)

    found = []
    if not title:
        found.append(problem("no_title"))
    if not body:
        return [*found, problem("no_body")]
    if len(body) > MOST_LETTERS:
        found.append(problem("too_long", most=MOST_LETTERS))
    if not unicodedata.is_normalized("NFC", title + body):
        found.append(problem("not_nfc"))
    last = 1  # the page's own title is the heading above
    for level, words in headings(body):
        if level == 1 or level > last + 1:
            found.append(problem("heading_order", heading=words))
            break
        last = level
    if last == 1:
        found.append(problem("no_heading"))
    return found


def _unlike_outlines(bodies: dict[str, str]) -> list[Problem]:
    """A language whose headings do not match the Vietnamese ones has lost a part in translation."""
    levels = {language: [level for level, _ in headings(body)] for language, body in bodies.items()}
    return [
        Problem("curriculum.outline_differs", language) for language in LANGUAGES if levels[language] != levels["vi"]
    ]
