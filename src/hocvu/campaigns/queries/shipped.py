"""The plan files that come with the product."""

from pathlib import Path

SHIPPED_PLANS = ("binh-dinh-2025",)
_FOLDER = Path(__file__).resolve().parents[1] / "data"


def shipped_plan(code: str = "binh-dinh-2025") -> str:
    """Return the text of a shipped plan file; raise ``KeyError`` for a code that is not shipped."""
    if code not in SHIPPED_PLANS:
        raise KeyError(code)
    return (_FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
