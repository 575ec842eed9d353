"""Words for the states of lists and nominations, in the page's language."""

from django.utils.translation import gettext_lazy as _

LIST_STATES = {
    "open": (_("Not yet handed in"), "yellow"),
    "submitted": (_("Handed in"), "blue"),
    "returned": (_("Returned"), "red"),
    "approved": (_("Approved"), "green"),
}
NOMINATION_STATES = {
    "named": (_("Named"), "blue"),
    "approved": (_("Approved"), "green"),
    "withdrawn": (_("Withdrawn"), "grey"),
    "replaced": (_("Replaced"), "grey"),
}
JOB_GROUPS = {
    "leader": _("leader"),
    "specialist": _("specialist"),
    "clerk": _("clerk"),
    "officer": _("officer"),
    "teacher": _("teacher"),
    "doctor": _("doctor"),
    "nurse": _("nurse"),
}
