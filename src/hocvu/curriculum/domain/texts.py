"""The texts of a version: cleaned the same way wherever they come from, and told apart by their digest."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from hocvu.kernel import digests
from hocvu.kernel.texts import LANGUAGES
from hocvu.kernel.vietnamese import clean

from ..types import LessonTexts, VariantTexts


def clean_lines(lines: Iterable[Any]) -> list[str]:
    """Return lines in NFC without empty ones."""
    return [shown for line in lines if (shown := clean(str(line)))]


def clean_body(body: str) -> str:
    """Return Markdown in NFC with plain line ends, no spaces at line ends but the two that break a line."""
    lines = unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [line.rstrip() + ("  " if line.endswith("  ") and line.strip() else "") for line in lines]
    return "\n".join(kept).strip("\n")


def empty_text() -> dict[str, Any]:
    """Return the text of a language in which nothing is written yet."""
    return {"title": "", "objectives": [], "body": "", "sources": []}


def clean_texts(texts: Mapping[str, Mapping[str, Any]]) -> LessonTexts:
    """Return the texts of a lesson in the three languages, cleaned; unknown languages and keys are left out."""
    made: LessonTexts = {}
    for language in LANGUAGES:
        given = texts.get(language) or {}
        made[language] = {
            "title": clean(str(given.get("title") or "")),
            "objectives": clean_lines(given.get("objectives") or []),
            "body": clean_body(str(given.get("body") or "")),
            "sources": clean_lines(given.get("sources") or []),
        }
        if minutes := given.get("reading_minutes"):
            made[language]["reading_minutes"] = int(minutes)
    return made


def clean_variants(variants: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, VariantTexts]:
    """Return the variants cleaned; a variant with no word in any language is left out."""
    made: dict[str, VariantTexts] = {}
    for group_code in sorted(variants):
        texts: VariantTexts = {}
        for language in LANGUAGES:
            given = variants[group_code].get(language) or {}
            texts[language] = {
                "title": clean(str(given.get("title") or "")),
                "body": clean_body(str(given.get("body") or "")),
            }
        if any(text["title"] or text["body"] for text in texts.values()):
            made[group_code] = texts
    return made


def texts_digest(texts: LessonTexts, variants: Mapping[str, VariantTexts], reading_minutes: int) -> str:
    """Return what tells two versions apart, whoever wrote them and when."""
    return digests.digest({"texts": texts, "variants": dict(variants), "minutes": reading_minutes})
