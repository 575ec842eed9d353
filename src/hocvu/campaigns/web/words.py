"""Words for the states and kinds of this app, in the page's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from hocvu.ui.tables import Tag

STATES = {
    "draft": (_("Draft"), "grey"),
    "signed": (_("Signed"), "blue"),
    "running": (_("Running"), "green"),
    "closed": (_("Closed"), "grey"),
}
MODES = {"in_person": _("In person"), "online": _("Online")}
CERTAINTIES = {
    "verified": (_("Verified"), "green"),
    "unverified": (_("Not verified"), "yellow"),
    "invented": (_("Invented"), "yellow"),
}
EVENT_KINDS = {"opening": _("Opening"), "closing": _("Closing"), "meeting": _("Meeting")}
GUEST_STATES = {
    "invited": (_("Invited"), "grey"),
    "coming": (_("Coming"), "blue"),
    "declined": (_("Declined"), "red"),
    "came": (_("Came"), "green"),
}
DIRECTIVE_STATES = {
    "open": (_("Open"), "blue"),
    "reported": (_("Reported"), "yellow"),
    "done": (_("Done"), "green"),
    "dropped": (_("Dropped"), "grey"),
}
TASK_STATES = {
    "open": (_("Open"), "blue"),
    "done": (_("Done"), "green"),
    "dropped": (_("Dropped"), "grey"),
}
UNITS = {
    "%": "%",
    "min": _("minutes"),
    "half_day": _("half-day"),
    "/10": "/10",
    "yes_no": _("1 = yes, 0 = no"),
    "people": _("people"),
    "day": _("days"),
    "month": _("months"),
}


@dataclass(frozen=True, slots=True)
class Shortened:
    """A long text: its beginning on a page, the whole of it in a spreadsheet."""

    text: str
    most: int = 70

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        """Return the beginning, cut between words."""
        return escape(Truncator(self.text).chars(self.most, truncate="…"))


def state_word(state: str) -> str:
    """Return the word for a campaign's state."""
    return str(STATES.get(state, (state, ""))[0])


def state_tag(words: Mapping[str, tuple[object, str]], state: str) -> Tag:
    """Return the tag of a state from its list of words."""
    text, colour = words.get(state, (state, ""))
    return Tag(str(text), colour)
