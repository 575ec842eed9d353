"""Names of states, reasons and kinds, in the page's language, with the colour of their tag."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hocvu.kernel.texts import pick
from hocvu.ui.tables import Tag

STATUS: dict[str, tuple[Any, str]] = {
    "": (_("not seen yet"), "grey"),
    "present": (pgettext_lazy("in the register", "present"), "green"),
    "late": (pgettext_lazy("in the register", "late"), "yellow"),
    "absent": (pgettext_lazy("in the register", "absent"), "red"),
    "excused": (_("absent, excused"), "yellow"),
    "made_up": (_("made up"), "blue"),
}
# As sheets of presence write it: a tick, a half, P with leave, K without, B made up.
SIGNS = {"": "", "present": "✓", "late": "½", "absent": "K", "excused": "P", "made_up": "B"}
SESSION_STATE = {
    "waiting": (_("not open yet"), "grey"),
    "open": (pgettext_lazy("half-day", "open"), "green"),
    "closed": (pgettext_lazy("half-day", "closed"), "blue"),
}
ASKED_STATE = {
    "asked": (_("waiting for a decision"), "yellow"),
    "granted": (pgettext_lazy("excuse", "granted"), "green"),
    "refused": (pgettext_lazy("request", "refused"), "red"),
    "confirmed": (pgettext_lazy("make-up", "confirmed"), "blue"),
    "done": (pgettext_lazy("make-up", "done"), "green"),
    "missed": (pgettext_lazy("make-up", "missed"), "red"),
}
NOTE_STATE = {
    "open": (_("waiting for the trainee's reply"), "yellow"),
    "replied": (_("replied, waiting for a decision"), "yellow"),
    "upheld": (pgettext_lazy("note", "upheld"), "red"),
    "cleared": (pgettext_lazy("note", "cleared"), "green"),
}
QUESTION_STATE = {
    "open": (pgettext_lazy("question", "waiting"), "yellow"),
    "taken": (_("someone is coming"), "blue"),
    "answered": (pgettext_lazy("question", "answered"), "green"),
}
CHANNEL = {
    "roll_call": _("roll call"),
    "qr": _("scanned code"),
    "join_log": _("log of the online class"),
    "sheet": _("signed sheet"),
    "manager": _("correction by the organiser"),
}
KIND = {
    "present": pgettext_lazy("sign", "present"),
    "absent": pgettext_lazy("sign", "absent"),
    "left": pgettext_lazy("sign", "left"),
}
EXCUSE = {
    "sick": _("ill"),
    "duty": _("urgent duty"),
    "family": _("family reason"),
    "other": _("other reason"),
}
NOTE = {
    "personal_activity": _("personal activity in class"),
    "disorder": _("disturbing the class"),
    "cheating": _("cheating"),
    "late_often": _("often late"),
    "other": pgettext_lazy("note", "other"),
}
SEVERITY = {"minor": pgettext_lazy("note", "minor"), "serious": pgettext_lazy("note", "serious")}
CRITERION = {
    "done": (_("What was asked is done"), _("every part of the task is there")),
    "right": (_("Correct and safe"), _("no factual error, no data put at risk")),
    "work": (_("Useful at work"), _("applied to one's own post, with a concrete example")),
    "clear": (_("Clear"), _("well ordered, easy to read")),
}
HALF_DAY = {
    1: _("morning of day 1"),
    2: _("afternoon of day 1"),
    3: _("morning of day 2"),
    4: _("afternoon of day 2"),
}


def shown(texts: Any) -> str:
    """Return a text in the page's language."""
    return pick(texts, translation.get_language() or "vi")


def tag_of(words: dict[str, tuple[Any, str]], key: str) -> Tag:
    """Return a state as a table's tag."""
    text, colour = words.get(key, (key, "grey"))
    return Tag(text, colour)


def register_sign(state: Any) -> str:
    """Return a half-day as the sheet shows it: ✓, ½ (22′), P, K, B TT-010."""
    sign = SIGNS[state.status]
    if state.status == "late":
        return f"{sign} ({state.minutes_late}′)"
    if state.status == "made_up":
        return f"{sign} {state.made_up_in}" + ("" if state.credit == 2 else " ½")
    return sign
