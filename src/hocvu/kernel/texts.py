"""Texts in three languages, kept as plain dictionaries ``{"vi": …, "fr": …, "en": …}``."""

from collections.abc import Mapping

LANGUAGES = ("vi", "fr", "en")


def pick(texts: Mapping[str, str] | None, language: str) -> str:
    """Return the text in ``language``, else in Vietnamese, else whatever there is, else an empty string."""
    if not texts:
        return ""
    short = language.split("-", 1)[0]
    return texts.get(short) or texts.get("vi") or next((t for t in texts.values() if t), "")
