"""Words of monitoring in the page's language."""

from django.utils.translation import gettext_lazy as _

CATEGORIES = {
    "computer": _("Computer or equipment"),
    "network": _("Network, online class"),
    "room": _("Room"),
    "content": _("Lessons, materials, test"),
    "people": _("People: instructors, staff"),
    "time": _("Time, work at my agency"),
    "other": _("Something else"),
}
STATES = {
    "open": (_("being dealt with"), "yellow"),
    "proposed": (_("solution proposed"), "blue"),
    "decided": (_("decided"), "green"),
    "closed": (_("settled"), "grey"),
}
LEVELS = {
    1: _("university or agency"),
    2: _("Department of Home Affairs"),
    3: _("Provincial People's Committee"),
}
STEPS = {
    "reported": _("Reported"),
    "taken": _("Someone works on it"),
    "proposed": _("Solution proposed"),
    "escalated": _("Handed one level up"),
    "decided": _("Decided"),
    "closed": _("Closed"),
    "note": _("Note"),
}
PRESENCE = {
    "present": (_("present"), "green"),
    "late": (_("late"), "yellow"),
    "absent": (_("absent"), "red"),
    "excused": (_("excused absence"), "yellow"),
    "made_up": (_("made up"), "green"),
}
# One letter for each half-day, as the sheets of the register have them.
LETTERS = {"present": "✓", "late": "M", "absent": "K", "excused": "P", "made_up": "B", "": "–"}
VERDICTS = {
    "eligible": (_("earned"), "green"),
    "refused": (_("not earned"), "red"),
    "open": (_("still open"), "yellow"),
}
REASONS = {
    "conduct.upheld": _("serious breach of the class rules"),
    "conduct.undecided": _("a note on conduct is not decided yet"),
    "presence.short": _("not enough half-days"),
    "presence.pending": _("half-days or make-ups still to come"),
    "test.low": _("test below the pass mark"),
    "test.missing": _("did not take the test"),
    "test.pending": _("test or resit still to come"),
    "assignment.low": _("final assignment below the pass mark"),
    "assignment.missing": _("no final assignment"),
    "assignment.pending": _("final assignment still to come"),
    "assignment.not_graded": _("final assignment not graded yet"),
}
SITTINGS = {
    "planned": (_("to come"), ""),
    "open": (_("open"), "yellow"),
    "closed": (_("closed"), "green"),
    "cancelled": (_("cancelled"), "grey"),
}
REGISTER = {"issued": (_("issued"), "green"), "revoked": (_("revoked"), "red")}
MAKE_UPS = {
    "asked": (_("asked"), "yellow"),
    "confirmed": (_("confirmed"), "blue"),
    "refused": (_("refused"), "grey"),
    "done": (_("done"), "green"),
    "missed": (_("missed"), "red"),
}
LISTS = {
    "open": (_("not sent"), "yellow"),
    "submitted": (_("waits for the head"), "blue"),
    "returned": (_("sent back"), "red"),
    "approved": (_("approved"), "green"),
}
MODES = {"in_person": _("in person"), "online": _("online")}
REPORT_KINDS = {"daily": _("Daily report"), "final": _("Final report")}
FORM_KINDS = {
    "baseline": _("Self-assessment at the start"),
    "reaction": _("Evaluation of the course"),
    "follow_up_self": _("After the course: self-assessment"),
    "follow_up_superior": _("After the course: the head's view"),
}
