"""Days in addresses: 2025-06-18 as links write it, 18/06/2025 as people type it."""

from datetime import date, datetime

from django.utils.dateparse import parse_date


def read_day(text: str) -> date | None:
    """Return the day of an address, or none where there is none or it does not exist."""
    try:
        return parse_date(text) or datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        return None
