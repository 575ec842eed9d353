"""Numbers and days as Vietnamese papers write them."""

from datetime import date, datetime


def whole(number: int | None) -> str:
    """Return 34675 as 34.675; nothing as a dash."""
    return "–" if number is None else f"{number:,}".replace(",", ".")


def decimal(number: float | None, places: int = 1) -> str:
    """Return 8.25 as 8,3 (one place); nothing as a dash."""
    return "–" if number is None else f"{number:,.{places}f}".translate(str.maketrans(".,", ",."))


def percent(part: float, of: float, places: int = 1) -> str:
    """Return a share in per cent: 98,7%; a dash where there is no whole."""
    return f"{decimal(100 * part / of, places)}%" if of else "–"


def day(text: str | date) -> str:
    """Return a day as dd/mm/yyyy."""
    shown = date.fromisoformat(text) if isinstance(text, str) else text
    return f"{shown:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """Return a local moment as "17 giờ 30 phút ngày 18/06/2025"."""
    return f"{value:%H} giờ {value:%M} phút ngày {value:%d/%m/%Y}"
