"""Sentences for this app's refusals and for what keeps a text from being submitted."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.errors import Refused
from hocvu.kernel.texts import pick
from hocvu.ui.refusals import sentence

from ..types import Problem
from .words import LANGUAGES, group_name


def incomplete(lesson: str, problems: Sequence[Problem]) -> str:
    """Say what is missing in a text."""
    lines = " ".join(problem_sentence(problem) for problem in problems)
    return _now("Lesson %(lesson)s is not complete yet. %(problems)s") % {"lesson": lesson, "problems": lines}


def problem_sentence(problem: Problem) -> str:
    """Say what is wrong and in which text: language, and group where it is a variant."""
    place = LANGUAGES.get(problem.language, "")
    if problem.group_code:
        place += f", {pick_name(problem.group_code)}"
    words = sentence(Refused(problem.code, **problem.data))
    return f"{place}: {words}" if place else words


def pick_name(group_code: str) -> str:
    """Return a group's name in the page's language."""
    name = group_name(group_code)
    return name if isinstance(name, str) else pick(name, get_language() or "vi")


SENTENCES = {
    "curriculum.lesson_unknown": _("There is no lesson %(lesson)s in the programme."),
    "curriculum.version_unknown": _("This version does not exist any more."),
    "curriculum.under_review": _(
        "Version %(number)s of lesson %(lesson)s is with the reviewer. Take it back before you change it."
    ),
    "curriculum.changed_meanwhile": _(
        "A colleague saved this lesson while you were writing. Your words are still below: compare them with "
        "the saved version, then save again."
    ),
    "curriculum.nothing_changed": _("Nothing has changed, so there is nothing to save."),
    "curriculum.incomplete": incomplete,
    "curriculum.unanswered": _("Answer every remark first: %(count)s still without an answer."),
    "curriculum.wrong_state": _(
        "This version has moved on since you opened the page, so this can no longer be done. "
        "The page now shows where it stands."
    ),
    "curriculum.has_remarks": _(
        "The reviewer has remarked on this version: answer the remarks or write a new version."
    ),
    "curriculum.own_version": _("You wrote or submitted this version: someone else has to approve it."),
    "curriculum.remark_unknown": _("This remark does not exist any more."),
    "curriculum.remark_empty": _("Write a few words first."),
    "curriculum.remark_too_long": _("This is longer than %(most)s characters. Make it shorter."),
    "curriculum.answered": _("This remark was already answered by %(by)s."),
    "curriculum.no_title": _("the title is missing."),
    "curriculum.no_body": _("the text is missing."),
    "curriculum.too_long": _("the text is longer than %(most)s characters."),
    "curriculum.not_nfc": _("some letters are written in two parts; type or paste them again."),
    "curriculum.heading_order": _("the heading “%(heading)s” skips a level: use ## and then ###."),
    "curriculum.no_heading": _("there is no heading; start each part with ##."),
    "curriculum.outline_differs": _("the headings do not match those of the Vietnamese text."),
    "curriculum.objectives": _("write 2 to 4 objectives (there are now %(count)s)."),
    "curriculum.reading_minutes": _("the reading time must be 5 to 10 minutes (it is %(minutes)s)."),
}
