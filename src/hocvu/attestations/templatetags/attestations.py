"""Figures of attestations on pages."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def half_days(credit: int) -> str:
    """Write a credit in half half-days as half-days: 7 -> 3,5."""
    whole, rest = divmod(credit, 2)
    return number_format(whole + rest / 2, 1 if rest else 0)
