"""States and kinds in the page's language."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from hocvu.ui.tables import Tag

ATTEMPT_STATES = {
    "assigned": (_("not started"), "grey"),
    "started": (_("writing"), "blue"),
    "submitted": (_("handed in"), "green"),
    "scored": (_("handed in"), "green"),
    "void": (_("void"), "red"),
    "absent": (_("absent"), "red"),
}
SITTING_STATES = {
    "planned": (_("planned"), "grey"),
    "open": (_("open"), "blue"),
    "closed": (_("closed"), "green"),
    "cancelled": (_("cancelled"), "red"),
}
VERSION_STATES = {
    "draft": (_("draft"), "grey"),
    "submitted": (_("waits for review"), "yellow"),
    "remarked": (_("remarked"), "red"),
    "approved": (_("approved"), "green"),
    "retired": (_("retired"), "grey"),
}
KINDS = {"final": _("final test"), "resit": _("resit")}
DIFFICULTIES = {"easy": _("easy"), "medium": _("medium"), "hard": _("hard")}
POOLS = {"test": _("test"), "practice": _("practice")}
AXES = {
    1: _("Core knowledge of digital transformation"),
    2: _("Information security"),
    3: _("Digital technology and AI at work"),
}


def state_tag(words: Mapping[str, tuple[object, str]], state: str) -> Tag:
    """Return the tag of a state."""
    text, colour = words[state]
    return Tag(str(text), colour)
