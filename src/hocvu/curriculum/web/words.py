"""Words of this app's states, half-days, axes and deeds."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hocvu.ui.tables import Tag

from ..models import LessonVersion
from ..queries.shipped import known_groups

State = LessonVersion.State
STATES: dict[str, tuple[Promise, str]] = {
    State.DRAFT: (pgettext_lazy("state of a lesson version", "Draft"), "grey"),
    State.SUBMITTED: (pgettext_lazy("state of a lesson version", "Submitted"), "blue"),
    State.REMARKED: (pgettext_lazy("state of a lesson version", "Remarks to answer"), "yellow"),
    State.APPROVED: (pgettext_lazy("state of a lesson version", "Approved"), "green"),
    State.RETIRED: (pgettext_lazy("state of a lesson version", "Replaced or withdrawn"), "grey"),
}
HALF_DAYS: dict[int, Promise] = {
    1: _("Day 1, morning"),
    2: _("Day 1, afternoon"),
    3: _("Day 2, morning"),
    4: _("Day 2, afternoon"),
}
DEEDS: dict[str, Promise] = {
    "written": _("Written"),
    "changed": _("Changed"),
    "submitted": _("Submitted for review"),
    "withdrawn": _("Taken back"),
    "remarked": _("Remarked"),
    "answered": _("Remark answered"),
    "approved": _("Approved"),
    "retired": _("Replaced or withdrawn"),
}
LANGUAGES = {"vi": "Tiếng Việt", "fr": "Français", "en": "English"}


def state_tag(state: str) -> Tag:
    """Return the state of a version as a tag."""
    words, colour = STATES[state]
    return Tag(words, colour)


def axis_name(axis: int, axes: Mapping[str, Any]) -> Any:
    """Return the name of an axis: texts in three languages, or words for the life of the course."""
    return axes.get(str(axis)) or gettext("Course life")


def group_name(code: str) -> Any:
    """Return the name of a target group in three languages, or its code where it is not known."""
    return known_groups().get(code) or code
