"""Sentences for what attestations refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "attestations.no_class": _("This class does not exist any more."),
    "attestations.rule_missing": _("The campaign has not chosen the rule “%(key)s” yet: choose it first."),
    "attestations.two_examiners": _("Two different examiners must confirm the mark sheet."),
    "attestations.class_not_over": _("Class %(cohort)s is not over yet."),
    "attestations.decision_under_way": _("Decision %(number)s is not issued yet: finish it first."),
    "attestations.no_open_decision": _(
        "Class %(cohort)s has no decision waiting for a number. Confirm its mark sheet first; it opens a decision "
        "if someone is newly eligible."
    ),
    "attestations.registry_fields": _("Number, signer and title of the signer are all needed."),
    "attestations.decision_day": _("The day of the decision lies between the end of the class (%(ended)s) and today."),
    "attestations.number_taken": _("Number %(number)s was already given to another decision this year."),
    "attestations.not_numbered": _(
        "Nothing is issued without the number, day and signer given by the registry office."
    ),
    "attestations.not_issuing": _("This class is not being issued now."),
    "attestations.no_key": _("No signing key is set up. Ask the operator."),
    "attestations.key_unreadable": _("The signing key cannot be read with the password given. Ask the operator."),
    "attestations.key_not_rsa": _("The signing key must be an RSA key. Ask the operator."),
    "attestations.no_pkcs11": _("The signing token needs the package python-pkcs11. Ask the operator."),
    "attestations.number_pattern": _(
        "The pattern of numbers “%(pattern)s” cannot be used. Correct it in the campaign."
    ),
    "attestations.file_lost": _(
        "The kept file of attestation %(number)s is missing or damaged. Ask the operator to restore it from a backup."
    ),
    "attestations.revoked_already": _("Attestation %(number)s is revoked already."),
    "attestations.cause_unknown": _("Choose one of the five causes."),
    "attestations.revocation_fields": _("A reason and the number of the decision are needed."),
    "attestations.revocation_day": _("The day of the decision lies between the issue and today."),
    "attestations.no_place": _("You have no place in a class of this campaign."),
    "attestations.field_unknown": _("Choose what is wrong: the name or the date of birth."),
    "attestations.issued_already": _(
        "The attestation is issued already. Ask the training office: its own error is mended by a new issue."
    ),
    "attestations.correction_waits": _("You have already asked for this. The training office will decide."),
    "attestations.correction_same": _("This is what we already have."),
    "attestations.name_short": _("Write the full name: family name, middle name and given name."),
    "attestations.birth_date_wrong": _("Write the date of birth as dd/mm/yyyy, for example 05/09/1978."),
    "attestations.correction_decided": _("This request was decided already."),
    "attestations.correction_reason": _("Say why, so that the person understands."),
}
