"""Draw states of classes as tags: ``{% load delivery %}{% state_tag "status" card.status %}``."""

from django import template
from django.utils.safestring import SafeString

from hocvu.ui.tables import cell_html

from ..web import words

register = template.Library()
_KINDS = {
    "status": words.STATUS,
    "session": words.SESSION_STATE,
    "asked": words.ASKED_STATE,
    "note": words.NOTE_STATE,
    "question": words.QUESTION_STATE,
}
_NAMES = {
    "channel": words.CHANNEL,
    "kind": words.KIND,
    "excuse": words.EXCUSE,
    "note": words.NOTE,
    "severity": words.SEVERITY,
}


@register.simple_tag
def state_tag(kind: str, key: str) -> SafeString:
    """Draw a state with its word and colour."""
    return cell_html(words.tag_of(_KINDS[kind], key))


@register.simple_tag
def word(kind: str, key: str) -> str:
    """Write the name of a channel, a sign, a reason, a kind of note."""
    return str(_NAMES[kind].get(key, key))


@register.filter
def half_day_name(number: int) -> str:
    """Write which half-day it is: morning of day 1."""
    return str(words.HALF_DAY[number])
