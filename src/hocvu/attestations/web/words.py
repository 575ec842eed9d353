"""Words of attestations on pages: verdicts, stages, reasons, what one can do, checks of a file."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERDICTS: dict[str, tuple[Promise, str]] = {
    "eligible": (_("meets the conditions"), "green"),
    "refused": (_("does not meet the conditions"), "red"),
    "open": (_("not decided yet"), "yellow"),
    "": (_("not looked at yet"), "grey"),
}
STANDINGS: dict[str, tuple[Promise, str]] = {
    "met": (_("met"), "green"),
    "failed": (_("not met"), "red"),
    "pending": (_("still open"), "yellow"),
}
STAGES: dict[str, tuple[Promise, str]] = {
    "under_way": (_("class not over"), "grey"),
    "to_confirm": (_("mark sheet to confirm"), "yellow"),
    "to_number": (_("waits for its decision number"), "yellow"),
    "to_issue": (_("ready to issue"), "blue"),
    "issuing": (_("being issued"), "blue"),
    "issued": (_("issued"), "green"),
}
CONDITIONS: dict[str, Promise] = {
    "presence": _("Presence"),
    "test": _("Test"),
    "assignment": _("Final assignment"),
    "conduct": _("Conduct"),
}
REASONS: dict[str, Promise] = {
    "conduct.upheld": _("A serious note on conduct was upheld."),
    "conduct.undecided": _("A serious note on conduct is not decided yet."),
    "presence.short": _("Not every half-day required was attended or made up."),
    "presence.pending": _("Some half-days are still to come or to be made up."),
    "test.low": _("The best mark of the test is below the pass mark."),
    "test.missing": _("The test was not taken."),
    "test.pending": _("The test is still to be taken or marked."),
    "assignment.low": _("The mark of the final assignment is below the pass mark."),
    "assignment.missing": _("The final assignment was not handed in."),
    "assignment.pending": _("The final assignment is still to be handed in."),
    "assignment.not_graded": _("The final assignment is handed in and waits for its mark."),
}
ADVICE: dict[str, Promise] = {
    "conduct.upheld": _("You may ask the training office how to appeal against the decision on the note."),
    "conduct.undecided": _("Read the note and reply to it: your reply is heard before anything is decided."),
    "presence.short": _(
        "A missed half-day can be made up in the same half-day of another class with a free seat. "
        "Ask the focal point of your agency to request it."
    ),
    "presence.pending": _("Come to the half-days that remain, on time."),
    "test.low": _("One resit may be possible: the best mark counts. Ask your instructor or the training office."),
    "test.missing": _("Ask your instructor or the training office for a date to take the test."),
    "test.pending": _("Take the practice test to prepare. There is nothing else to do now."),
    "assignment.low": _("Read the remarks, improve your work and hand in a new version."),
    "assignment.missing": _("Hand in your work now: it will be marked by your instructor."),
    "assignment.pending": _("Hand in your work before the class ends."),
    "assignment.not_graded": _("There is nothing to do: your instructor is marking it."),
}
# Where a trainee does it, by reason; another app's page may not exist in a smaller installation.
ADVICE_PAGES: dict[str, str] = {
    "conduct.undecided": "delivery:my_conduct",
    "conduct.upheld": "delivery:my_conduct",
    "presence.short": "delivery:my_presence",
    "assignment.low": "delivery:my_assignment",
    "assignment.missing": "delivery:my_assignment",
    "assignment.pending": "delivery:my_assignment",
}
STATUSES: dict[str, Promise] = {
    "present": _("present"),
    "late": _("late"),
    "absent": _("absent"),
    "excused": _("absent, excused"),
    "made_up": _("made up"),
    "": _("nothing recorded yet"),
}
CERTAINTIES: dict[str, Promise] = {
    "unverified": _("unverified"),
    "invented": _("invented for this demo"),
}
CAUSES: dict[str, Promise] = {
    "fraud": _("Fraud in study or in the test"),
    "false_file": _("Enrolled with false papers"),
    "not_entitled": _("Issued to someone who does not meet the conditions"),
    "wrong_authority": _("Issued by a body without the power to do so"),
    "altered": _("Erased, corrected or lent to another person"),
}
FIELDS: dict[str, Promise] = {
    "number": _("Number"),
    "register_number": _("Register entry"),
    "title": _("Form of address"),
    "name": _("Full name"),
    "birth": _("Date of birth"),
    "organisation": _("Organisation"),
    "programme": _("Programme"),
    "class": _("Class"),
    "period": _("Dates"),
    "periods": _("Lesson periods of 45 minutes"),
    "band": _("Result"),
    "mark": _("Mark out of ten"),
    "decision": _("Decision"),
    "superior": _("Superior body"),
    "issuer": _("Issued by"),
    "place": _("Place"),
    "issued_on": _("Issued on"),
    "signer_title": _("Title of the signer"),
    "signer_name": _("Signed by"),
}
FAILURES: dict[str, Promise] = {
    "not_pdf": _("This is not a PDF file, or it is larger than 10 MB."),
    "signature_missing": _("The file carries no signature of the issuer."),
    "signature_broken": _("The file was changed after it was signed."),
    "signature_untrusted": _("The signature was not made by a key of this issuer."),
    "signature_partial": _("Something was added to the file after it was signed."),
    "not_in_register": _("No attestation in the register has exactly this file."),
    "seal_broken": _("The entry in the register was changed after it was sealed. Tell the issuer."),
    "revoked": _("The attestation was revoked."),
}
CORRECTED: dict[str, Promise] = {"full_name": _("Full name"), "birth_date": _("Date of birth")}
CORRECTION_STATES: dict[str, tuple[Promise, str]] = {
    "asked": (_("waits for a decision"), "yellow"),
    "accepted": (_("corrected"), "green"),
    "refused": (_("not accepted"), "red"),
}
STATES: dict[str, tuple[Promise, str]] = {
    "issued": (_("in force"), "green"),
    "revoked": (_("revoked"), "red"),
}
