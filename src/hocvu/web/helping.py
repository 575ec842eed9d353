"""The words of help and of the notice on personal data: Markdown files, one for each role and language."""

from functools import lru_cache
from pathlib import Path

from hocvu.curriculum.domain.markup import Rendered, render
from hocvu.kernel.actor import Role
from hocvu.kernel.texts import LANGUAGES

DATA = Path(__file__).parent / "data"
HELPED = tuple(role for role in Role if role is not Role.SYSTEM)


@lru_cache(maxsize=64)
def help_text(role: str, language: str) -> Rendered:
    """Return the help of a role as safe HTML; Vietnamese where a language is not ours."""
    return render(_read("help", role, language), prefix="help")


@lru_cache(maxsize=8)
def privacy_text(language: str) -> Rendered:
    """Return the notice on personal data as safe HTML."""
    return render(_read("privacy", "notice", language), prefix="privacy")


def _read(folder: str, name: str, language: str) -> str:
    shown = language if language in LANGUAGES else "vi"
    return (DATA / folder / f"{name}.{shown}.md").read_text(encoding="utf-8")
