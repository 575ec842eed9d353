"""Birth dates as lists write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from .findings import Finding, error, note, warning

YOUNGEST, OLDEST = 17, 80
_PARTS = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]00:00(?::00)?)?$")
_MONTH = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{4})$")
_WORDS = re.compile(r"^ng[àa]y\s+(\d{1,2})\s+th[áa]ng\s+(\d{1,2})\s+n[ăa]m\s+(\d{4})$", re.IGNORECASE)
_EXCEL_DAY_0 = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date, or only its year; ``real`` when the cell held a date and not a text."""

    day: date | None = None
    year: int | None = None
    real: bool = False


NOTHING = Birth()


def read_birth(value: Any, today: date) -> tuple[Birth, list[Finding]]:
    """Return the birth date that a cell holds, with what was mended or cannot be read."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _held(Birth(value, value.year, real=True), [], today)
    if isinstance(value, bool):
        return NOTHING, [error("date_form", text=str(value))]
    if isinstance(value, int | float):
        return _number(float(value), today)
    text = str(value or "").strip().strip("'`.,;")
    return _text(text, today) if text else (NOTHING, [])


def _number(value: float, today: date) -> tuple[Birth, list[Finding]]:
    if value.is_integer() and 1900 <= value <= today.year:
        return _held(Birth(None, int(value)), [note("date_year_only", year=int(value))], today)
    if 5000 <= value <= 60000:
        day = _EXCEL_DAY_0 + timedelta(days=int(value))
        return _held(Birth(day, day.year, real=True), [note("date_number", day=_written(day))], today)
    digits = str(int(value)) if value.is_integer() else ""
    if len(digits) in (7, 8):
        return _text(f"{digits[:-6]}/{digits[-6:-4]}/{digits[-4:]}", today, "date_digits")
    return NOTHING, [error("date_form", text=f"{value:g}")]


def _text(text: str, today: date, how: str = "") -> tuple[Birth, list[Finding]]:
    if re.fullmatch(r"(19|20)\d\d", text):
        return _held(Birth(None, int(text)), [note("date_year_only", year=int(text))], today)
    if found := _MONTH.match(text):
        year = int(found[2])
        return _held(Birth(None, year), [warning("date_month_only", text=text, year=year)], today)
    if found := _ISO.match(text):
        return _made(int(found[3]), int(found[2]), int(found[1]), text, [], today)
    found = _PARTS.match(text) or _WORDS.match(text)
    if not found:
        return NOTHING, [error("date_form", text=text)]
    findings = [note(how, text=text)] if how else []
    year = int(found[3])
    if len(found[3]) == 2:
        year += 1900 if year > today.year % 100 - YOUNGEST else 2000
        findings.append(note("date_year_two", text=text, year=year))
    return _made(int(found[1]), int(found[2]), year, text, findings, today)


def _made(
    day: int, month: int, year: int, text: str, findings: list[Finding], today: date
) -> tuple[Birth, list[Finding]]:
    try:
        return _held(Birth(date(year, month, day), year), findings, today)
    except ValueError:
        pass
    try:
        turned = date(year, day, month)
    except ValueError:
        return NOTHING, [error("date_impossible", text=text)]
    return _held(Birth(turned, year), [*findings, warning("date_turned", text=text, day=_written(turned))], today)


def _held(birth: Birth, findings: list[Finding], today: date) -> tuple[Birth, list[Finding]]:
    """Hold a date against the ages of people who work."""
    year = birth.year or 0
    if (birth.day and birth.day >= today) or year > today.year:
        return NOTHING, [error("date_future", text=_written(birth.day) if birth.day else str(year))]
    if not YOUNGEST <= today.year - year <= OLDEST:
        findings = [*findings, warning("date_age", age=today.year - year)]
    return birth, findings


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def swapped_by_excel(births: Sequence[Birth]) -> bool:
    """Say whether a spreadsheet in the American way has turned day and month of this list's real dates.

    It reads 05/03/1980 as 3 May and leaves 25/03/1980 as text: then every real date has a day up to 12 and
    every text date a day over 12. Four or more of the first and one of the second are needed (four dates fall
    so by chance in one list of forty).
    """
    real = [b.day for b in births if b.real and b.day]
    typed = [b.day for b in births if not b.real and b.day]
    return len(real) >= 4 and bool(typed) and all(d.day <= 12 for d in real) and all(d.day > 12 for d in typed)


def turned_back(birth: Birth) -> Birth:
    """Return a date with day and month exchanged."""
    assert birth.day is not None
    day = birth.day
    return Birth(date(day.year, day.day, day.month), day.year, real=True)
