"""Sentences for what monitoring refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "monitoring.no_category": _("Choose what the difficulty is about."),
    "monitoring.say_something": _("Write a few words first."),
    "monitoring.text_too_long": _("The text is longer than %(most)s letters. Please shorten it."),
    "monitoring.photo_too_big": _(
        "The photo is too large (at most %(most)s MB). Take it again smaller, or leave it out."
    ),
    "monitoring.photo_unreadable": _("The photo cannot be read. Send it as .jpg or .png, or leave it out."),
    "monitoring.no_difficulty": _("There is no such difficulty."),
    "monitoring.difficulty_closed": _("Difficulty %(number)s is closed."),
    "monitoring.difficulty_decided": _("Difficulty %(number)s is decided already."),
    "monitoring.say_why": _("It was not decided: say in a few words why it can be closed."),
    "monitoring.no_report": _("There is no such report."),
    "monitoring.no_report_kind": _("There is no such kind of report."),
    "monitoring.no_report_part": _("A report has no such part."),
    "monitoring.report_too_soon": _("%(day)s is still to come. A report is made for today or an earlier day."),
    "monitoring.report_numbered": _("Report %(number)s has its number and no longer changes."),
    "monitoring.report_number": _("Write the number that the registry office gave, at most 60 letters."),
    "monitoring.report_not_ready": _("The report is still being counted. Load the page again in a moment."),
}
