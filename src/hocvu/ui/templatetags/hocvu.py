"""Filters and tags of every page: texts in the page's language, dates, marks, states."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.texts import pick as pick_text

register = template.Library()

_WEEKDAYS = (
    lambda: _("Monday"),
    lambda: _("Tuesday"),
    lambda: _("Wednesday"),
    lambda: _("Thursday"),
    lambda: _("Friday"),
    lambda: _("Saturday"),
    lambda: _("Sunday"),
)


@register.filter
def pick(texts: Any) -> str:
    """Return the text in the page's language (an object with ``name`` gives its name)."""
    if isinstance(texts, str | Promise):
        return str(texts)
    if texts is not None and not isinstance(texts, Mapping):
        texts = getattr(texts, "name", None)
    return pick_text(texts, translation.get_language() or "vi")


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day: 18/06/2025."""
    if value is None:
        return ""
    shown = clock.local(value).date() if isinstance(value, datetime) else value
    return str(date_format(shown, "d/m/Y"))


@register.filter
def weekday(value: date | datetime) -> str:
    """Write a day with its weekday: Wednesday 18/06/2025."""
    shown = clock.local(value).date() if isinstance(value, datetime) else value
    return f"{_WEEKDAYS[shown.weekday()]()} {day(shown)}"


@register.filter
def hour(value: datetime | None) -> str:
    """Write a time of day in Vietnam: 07:30."""
    return clock.local(value).strftime("%H:%M") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write an instant as people here read it: 07:30, 18/06/2025."""
    return f"{hour(value)}, {day(value)}" if value else ""


@register.filter
def mark(tenths: int | None) -> str:
    """Write a mark kept in tenths: 85 -> 8,5."""
    return "" if tenths is None else number_format(tenths / 10, 1)


@register.filter
def count(value: float | None) -> str:
    """Write a whole number with its separators: 34.675."""
    return "" if value is None else str(number_format(value, 0, use_l10n=True, force_grouping=True))


@register.filter
def percent(part: float, whole: float) -> str:
    """Write a share in per cent, one place; a dash where there is no whole."""
    return f"{number_format(100 * part / whole, 1)} %" if whole else "—"


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """Return ``mapping[key]``, or nothing where it has none."""
    return (mapping or {}).get(key)


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """Draw a small state tag; colours: grey green blue yellow red (always with a word, never colour alone)."""
    return format_html('<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Return the page's query string with ``changes`` made; an empty value takes a name away."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"
