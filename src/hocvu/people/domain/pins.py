"""What makes a PIN of six digits easy to guess."""

from datetime import date
from itertools import pairwise

LENGTH = 6


def weakness(
    pin: str,
    birth_date: date | None = None,
    birth_year: int | None = None,
    phone: str = "",
    national_id: str = "",
) -> str:
    """Return why a PIN will not do, or an empty text.

    ``form`` (not six digits), ``repeat`` (111111, 121212, 123123), ``run`` (123456, 654321, 135790),
    ``birth`` (holds the year of birth or is the birth date), ``known`` (digits of the phone or the number).
    """
    if len(pin) != LENGTH or not (pin.isascii() and pin.isdigit()):
        return "form"
    if len(set(pin)) <= 2 or pin[:3] == pin[3:] or pin[:2] == pin[2:4] == pin[4:]:
        return "repeat"
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if len(steps) == 1:
        return "run"
    year = birth_year or (birth_date.year if birth_date else None)
    if pin in _birth_forms(birth_date) or (year and str(year) in pin):
        return "birth"
    if (phone and phone.endswith(pin)) or (national_id and pin in (national_id[-6:], national_id[:6])):
        return "known"
    return ""


def _birth_forms(day: date | None) -> set[str]:
    if day is None:
        return set()
    d, m, y, full = f"{day:%d}", f"{day:%m}", f"{day:%y}", str(day.year)
    return {d + m + y, m + d + y, y + m + d, d + full, m + full, full + m, full + d, d + m + full[:2]}
