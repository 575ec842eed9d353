"""Sentences for what evaluation refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "evaluation.no_form": _("This campaign has no such form yet."),
    "evaluation.no_invitation": _("One of these answers belongs to no form that was sent."),
    "evaluation.answered_already": _("This form was answered already. Thank you."),
    "evaluation.too_late": _("The last day to answer this form was %(due_on)s."),
    "evaluation.wrong_mark": _("A mark is a whole number from 1 to 10 (%(indicator)s)."),
    "evaluation.no_question": _("This form does not ask that question."),
    "evaluation.words_too_long": _("A text is longer than %(most)s letters. Please shorten it."),
}
