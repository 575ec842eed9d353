"""What is red, in words, with the page where it is mended."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvu.kernel.actor import Actor
from hocvu.ui.templatetags.hocvu import count

from ..types import Alarm
from .parts import may_open


@dataclass(frozen=True, slots=True)
class AlarmShown:
    """A line of the page: what is red, what to do, where."""

    text: str
    deed: str
    href: str
    grave: bool


def shown_alarm(alarm: Alarm, actor: Actor) -> AlarmShown:
    """Return an alarm in the page's language; its address only where the actor may open it."""
    text, deed, href = _WORDS[alarm.code](alarm)
    return AlarmShown(text=text, deed=deed, href=href if may_open(actor, href) else "", grave=alarm.grave)


def _number(alarm: Alarm) -> tuple[int, str]:
    number = int(alarm.data.get("count", 0))
    return number, count(number)


def _rows(name: str, query: str = "") -> str:
    return reverse("monitoring:figure", args=[name]) + (f"?{query}" if query else "")


def _elsewhere(name: str, spare: str) -> str:
    """Return the address of another app's page, or a spare one where it is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return spare


def _difficulties_late(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext("%(n)s difficulty is late", "%(n)s difficulties are late", n) % {"n": shown}
    return text, _("Decide or hand them up"), reverse("monitoring:difficulties") + "?late=1"


def _difficulties_waiting(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext("%(n)s difficulty waits for you", "%(n)s difficulties wait for you", n) % {"n": shown}
    return text, _("Propose a solution or decide"), reverse("monitoring:difficulties") + "?level=2&waiting=1"


def _places_short(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext(
        "%(n)s person fewer than planned has a place", "%(n)s people fewer than planned have a place", n
    ) % {"n": shown}
    return text, _("See which agencies sent fewer"), _rows("figure-lists")


def _lists_waiting(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext("%(n)s agency has not sent its list", "%(n)s agencies have not sent their lists", n) % {"n": shown}
    return text, _("Remind them"), _rows("figure-lists", "state=open")


def _no_timetable(alarm: Alarm) -> tuple[str, str, str]:
    return (
        _("No timetable is published"),
        _("Compute and publish one"),
        _elsewhere("planning:plans", _rows("figure-lists")),
    )


def _sessions_without_register(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext(
        "%(n)s half-day is over without any register", "%(n)s half-days are over without any register", n
    ) % {"n": shown}
    return text, _("Ask the instructors for the sheets"), _rows("figure-sessions", "state=missing")


def _sessions_not_closed(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext("%(n)s half-day is not closed", "%(n)s half-days are not closed", n) % {"n": shown}
    return text, _("Ask the instructors to close them"), _rows("figure-sessions", "state=unclosed")


def _presence_low(alarm: Alarm) -> tuple[str, str, str]:
    text = _("Only %(percent)s %% of the half-days due were attended") % {
        "percent": number_format(alarm.data["percent"], 1)
    }
    return text, _("See the agencies, lowest first"), _rows("figure-agencies", "sort=came")


def _make_ups_waiting(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext("%(n)s make-up waits for a decision", "%(n)s make-ups wait for a decision", n) % {"n": shown}
    return text, _("Confirm or refuse"), _elsewhere("delivery:make_ups", _rows("figure-make-ups", "state=asked"))


def _passed_low(alarm: Alarm) -> tuple[str, str, str]:
    text = _("Only %(percent)s %% passed the test") % {"percent": number_format(alarm.data["percent"], 1)}
    return text, _("Plan resits, look at the items"), _rows("people-results", "passed=no")


def _to_be_issued(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext(
        "%(n)s person earned an attestation and has none yet",
        "%(n)s people earned an attestation and have none yet",
        n,
    ) % {"n": shown}
    return text, _("Number the decisions and issue"), _rows("people-results", "verdict=eligible&attested=no")


def _forms_silent(alarm: Alarm) -> tuple[str, str, str]:
    n, shown = _number(alarm)
    text = ngettext("%(n)s evaluation form has few answers", "%(n)s evaluation forms have few answers", n) % {
        "n": shown
    }
    return text, _("Remind those who are silent"), reverse("evaluation:forms")


_WORDS = {
    "difficulties_late": _difficulties_late,
    "difficulties_waiting": _difficulties_waiting,
    "places_short": _places_short,
    "lists_waiting": _lists_waiting,
    "no_timetable": _no_timetable,
    "sessions_without_register": _sessions_without_register,
    "sessions_not_closed": _sessions_not_closed,
    "presence_low": _presence_low,
    "make_ups_waiting": _make_ups_waiting,
    "passed_low": _passed_low,
    "to_be_issued": _to_be_issued,
    "forms_silent": _forms_silent,
}
