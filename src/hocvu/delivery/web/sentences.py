"""Sentences for what delivery refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "delivery.no_session": _("There is no such half-day."),
    "delivery.too_early_to_open": _("A half-day is opened on its own day, not before."),
    "delivery.too_early_to_close": _("This half-day has not begun yet. It can be closed once it has begun."),
    "delivery.not_open": _("Class %(cohort)s has not been opened for this half-day, or is closed already."),
    "delivery.not_open_yet": _("Your class is not open yet. Wait until the instructor shows the code."),
    "delivery.closed": _("Class %(cohort)s is closed for this half-day. Ask the training office to correct it."),
    "delivery.outside_hours": _(
        "You can check in to class %(cohort)s from 30 minutes before the half-day begins until it ends."
    ),
    "delivery.no_link": _("Class %(cohort)s has no link yet. Ask your instructor."),
    "delivery.unknown_sign": _("This sign of presence is not known: %(channel)s, %(kind)s."),
    "delivery.minutes_late": _("Minutes late are a whole number from 0 to 600."),
    "delivery.not_in_class": _("%(count)s of these people are not in class %(cohort)s."),
    "delivery.not_your_class": _(
        "This is the code of class %(cohort)s. You have no seat there; look up your own class and room."
    ),
    "delivery.no_place": _("You have no seat in a class of this campaign."),
    "delivery.no_half_day_now": _(
        "You have no class at this hour. Check-in opens 30 minutes before your half-day begins."
    ),
    "delivery.wrong_code": _(
        "This code does not fit, or it is no longer the one on the screen. A new one appears every"
        " 30 seconds: read it again, or scan the picture."
    ),
    "delivery.excuse_decided": _("This reason was decided already."),
    "delivery.no_excuse": _("There is no such request."),
    "delivery.excuse_category": _("Choose one of the reasons listed."),
    "delivery.not_their_half_day": _("This half-day is not one of this person's class."),
    "delivery.no_such_target": _("Choose the same half-day of another class of the same kind that has not begun yet."),
    "delivery.target_full": _("Class %(cohort)s has no free seat left. Choose another."),
    "delivery.target_clashes": _("This person is in class at the time of class %(cohort)s. Choose another."),
    "delivery.target_over": _("This half-day is over. Refuse the request, or ask for another class."),
    "delivery.no_make_up": _("There is no such request."),
    "delivery.make_up_decided": _("This make-up can no longer be changed: it was decided or has taken place."),
    "delivery.make_up_asked": _("A make-up of this half-day was asked for already."),
    "delivery.not_missed": _("This half-day was not missed: there is nothing to make up."),
    "delivery.note_kind": _("Choose what the note is about and how serious it is."),
    "delivery.text_empty": _("Write a few words first."),
    "delivery.reply_pending": _(
        "The trainee has not replied yet and still has time to. The note can be cleared, not upheld."
    ),
    "delivery.note_decided": _("This note was decided; a reply can no longer be given."),
    "delivery.no_note": _("There is no such note."),
    "delivery.question_kind": _("Ask a question, or call for help."),
    "delivery.question_over": _("This question was answered or taken back already."),
    "delivery.no_question": _("There is no such question."),
    "delivery.poll_options": _("Give between %(fewest)s and %(most)s different choices, one per line."),
    "delivery.no_poll": _("There is no such poll."),
    "delivery.poll_closed": _("This poll is closed."),
    "delivery.poll_option": _("Choose one of the choices listed."),
    "delivery.nothing_handed_in": _("Write your text or choose a file first."),
    "delivery.not_kept": _(
        "This could not be kept: the storage is full or cannot be written. What you wrote stands below;"
        " try again in a few minutes, or tell your instructor."
    ),
    "delivery.text_too_long": _("The text is longer than %(most)s letters. Hand it in as a file."),
    "delivery.nothing_to_grade": _("%(count)s of these people have not handed anything in."),
    "delivery.already_graded": _("This assignment has a mark already; a new version can no longer be handed in."),
    "delivery.assignments_closed": _("The campaign is closed; nothing can be handed in any more."),
    "delivery.twice_in_list": _("A person stands twice in this list."),
    "delivery.rubric": _("Give each criterion between 0 and 2.5 points (%(criteria)s)."),
    "delivery.no_practice": _("There is no such practice task."),
    "delivery.practice_over": _("This try is finished. Start a new one."),
    "delivery.practice_deed": _("This cannot be done with this message."),
}
