"""Why a timetable does not fit, in words a manager understands."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_CAUSES = {
    "class_places": gettext_lazy("Classes hold at most %(available)s people, %(needed)s are named."),
    "class_minimum": gettext_lazy("So many classes need at least %(needed)s people, %(available)s are named."),
    "class_sizes": gettext_lazy("No number of classes fits: %(needed)s people at least, %(available)s are named."),
    "seats": gettext_lazy("Rooms offer seats for %(available)s people, %(needed)s are named."),
    "rooms": gettext_lazy("Rooms can hold %(available)s classes over the days, %(needed)s are asked for."),
    "access": gettext_lazy("%(needed)s people need a room without steps; such rooms hold %(available)s."),
    "licences": gettext_lazy("Online classes: %(needed)s are asked for, %(available)s can be held over the days."),
    "team": gettext_lazy("Each class needs %(needed)s instructors; only %(available)s can teach at all."),
    "language": gettext_lazy("No instructor speaks %(subject)s, and people who need it are named."),
    "instructors": gettext_lazy("Classes need %(needed)s instructor places, the instructors offer %(available)s."),
    "release": gettext_lazy("%(subject)s: %(needed)s people are named; its daily limit lets %(available)s go."),
    "no_slot": gettext_lazy("A person named is away on so many days that no class is left for them."),
    "job_group": gettext_lazy("%(subject)s: somebody of each job group must stay; %(needed)s go of %(available)s."),
    "together": gettext_lazy("Each limit alone could be met, but not all together (%(subject)s)."),
    "not_found": gettext_lazy("No timetable was found, though no single limit forbids it. Give it more room or time."),
    "broken": gettext_lazy("The computation broke off. Start it again; if it happens again, tell the operator."),
}


def cause_sentence(cause: Mapping[str, Any]) -> str:
    """Return the sentence for a cause kept with a failed plan."""
    known = _CAUSES.get(str(cause.get("kind")))
    if known is not None:
        return str(known) % cause
    return _("%(kind)s %(subject)s: %(needed)s are needed, %(available)s are there.") % cause
