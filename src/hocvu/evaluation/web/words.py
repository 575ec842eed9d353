"""Words of evaluation in the page's language."""

from django.utils.translation import gettext_lazy as _

BANDS = {
    "very_poor": (_("very poor"), "red"),
    "poor": (_("poor"), "red"),
    "fair": (_("fair"), "yellow"),
    "good": (_("good"), "green"),
    "very_good": (_("very good"), "green"),
}
STATES = {
    "sent": (_("waits for an answer"), "yellow"),
    "answered": (_("answered"), "green"),
    "expired": (_("time is over"), "grey"),
}
KINDS = {
    "baseline": _("Self-assessment at the start"),
    "reaction": _("Evaluation of the course"),
    "follow_up_self": _("After the course: self-assessment"),
    "follow_up_superior": _("After the course: the head's view"),
}
WAYS = {
    "object": _("By object"),
    "indicator": _("By indicator"),
    "group": _("By target group"),
    "organisation": _("By agency at the time of the course"),
    "organisation_now": _("By agency today"),
}
