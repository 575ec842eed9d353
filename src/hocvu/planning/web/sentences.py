"""What planning says when it cannot do what was asked."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "planning.unknown_venue": _("%(of)s names the venue %(venue)s, which is not registered."),
    "planning.unknown_lab": _("Room %(room)s names the computer lab %(lab)s, which is not registered."),
    "planning.already_computing": _("A timetable is being computed already. Wait until it is done."),
    "planning.not_a_draft": _("Only a draft can be published; this timetable is not one (%(state)s)."),
    "planning.teaching_has_begun": _("Teaching has begun: the timetable can be changed, but no longer replaced."),
    "planning.feed_unknown": _("This calendar address is not known. Copy it again from your timetable."),
    "planning.no_shape": _("There are no classes to compute: the plan names no numbers of classes."),
}
