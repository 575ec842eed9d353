"""What the rehearsal says when it cannot go on."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "rehearsal.other_scale": _(
        "This folder holds a demo of scale %(there)s. Give another folder with --data, or remove this one."
    ),
    "rehearsal.no_timetable": _("No timetable was found for the demo: %(causes)s"),
    "rehearsal.no_face": _("The demo has nobody to show."),
    "rehearsal.busy": _("The clock is being moved. Wait until it is done."),
    "rehearsal.over": _("The demo ends here: there is nothing more to play."),
}
