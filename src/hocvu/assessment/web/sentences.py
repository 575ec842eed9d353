"""What a refusal of this app says to people."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvu.kernel import clock

DIFFICULTY_WORDS = {"easy": gettext_lazy("easy"), "medium": gettext_lazy("medium"), "hard": gettext_lazy("hard")}


def _too_early(opens_at: datetime) -> str:
    return _("It is too early: this sitting starts at %(hour)s on %(day)s.") % {
        "hour": clock.local(opens_at).strftime("%H:%M"),
        "day": clock.local(opens_at).strftime("%d/%m/%Y"),
    }


def _pool_too_small(axis: int, difficulty: str, wanted: int, available: int) -> str:
    return _(
        "The bank has %(available)s approved items on axis %(axis)s (%(difficulty)s); a paper needs %(wanted)s."
    ) % {
        "axis": axis,
        "difficulty": DIFFICULTY_WORDS.get(difficulty, difficulty),
        "wanted": wanted,
        "available": available,
    }


SENTENCES = {
    "assessment.already_started": gettext_lazy("Somebody has started this test: it can no longer be cancelled."),
    "assessment.already_void": gettext_lazy("This test has been voided already."),
    "assessment.answer_unknown": gettext_lazy("This answer does not belong to question %(position)s."),
    "assessment.attempt_over": gettext_lazy(
        "This test has been handed in or is closed; nothing can be changed any more."
    ),
    "assessment.batch_too_long": gettext_lazy("Too many answers at once; at most %(most)s."),
    "assessment.blueprint_bad": gettext_lazy("A blueprint needs minutes from 1 to 240 and at least one item."),
    "assessment.extra_too_long": gettext_lazy("Give from 1 to %(most)s extra minutes in all."),
    "assessment.items_incomplete": gettext_lazy("%(count)s things to mend; the first: %(first)s."),
    "assessment.late_ask_invigilator": gettext_lazy(
        "The test began more than %(minutes)s minutes ago. Ask the invigilator to let you in."
    ),
    "assessment.no_blueprint": gettext_lazy("Say first what a paper is made of: the campaign has no blueprint yet."),
    "assessment.no_paper": gettext_lazy("One of these people has no paper in this sitting."),
    "assessment.no_practice": gettext_lazy("There is no practice test yet."),
    "assessment.not_open": gettext_lazy("The invigilator has not opened the test yet."),
    "assessment.not_started": gettext_lazy("This test has not been started."),
    "assessment.not_yet": _too_early,
    "assessment.other_device": gettext_lazy("The test is open on another device; this one no longer saves."),
    "assessment.outside_time": gettext_lazy("One of these tests was not sat within the time of the sitting."),
    "assessment.pool_too_small": _pool_too_small,
    "assessment.reason_missing": gettext_lazy("Write the reason."),
    "assessment.remark_empty": gettext_lazy("Write what should be changed."),
    "assessment.resit_in_past": gettext_lazy("Choose a time to come for the resit."),
    "assessment.resit_none": gettext_lazy("Choose at least one person for the resit."),
    "assessment.resit_not_due": gettext_lazy("%(name)s has passed, or still has a test to sit."),
    "assessment.resit_used": gettext_lazy("%(name)s has used the resits that the rule in force grants (%(allowed)s)."),
    "assessment.sitting_closed": gettext_lazy("This sitting is closed or cancelled."),
    "assessment.sitting_not_open": gettext_lazy("This sitting is not open."),
    "assessment.sitting_over": gettext_lazy("The time of this sitting is over."),
    "assessment.still_writing": gettext_lazy("%(count)s candidates are still writing and have time left."),
    "assessment.time_over": gettext_lazy("The time of this test is over. The answers saved before the end count."),
    "assessment.token_bad": gettext_lazy('This page is no longer valid. Open "My test" again.'),
    "assessment.too_early": _too_early,
    "assessment.version_not_draft": gettext_lazy("%(item)s: only a draft can be handed in for review."),
    "assessment.version_not_submitted": gettext_lazy("%(item)s: this version does not wait for review."),
}
