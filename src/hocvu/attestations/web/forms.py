"""Forms of attestations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvu.kernel import clock
from hocvu.ui.forms import DayField, NameField, SmallFileField

from ..models import Revocation
from .words import CAUSES, CORRECTED


class ExaminersForm(forms.Form):
    """The two examiners of a mark sheet."""

    first_examiner = NameField(label=_("First examiner"), max_length=160)
    second_examiner = NameField(label=_("Second examiner"), max_length=160)


class RegistryForm(forms.Form):
    """What the registry office gave to a decision."""

    number = NameField(
        label=_("Number of the decision"), max_length=60, help_text=_("As stamped, for example 1234/QĐ-ĐHQN")
    )
    decided_on = DayField(label=_("Day of the decision"), help_text=_("dd/mm/yyyy"))
    signer_title = NameField(label=_("Title of the signer"), max_length=160)
    signer_name = NameField(label=_("Name of the signer"), max_length=120, help_text=_("Without academic title"))


class RevocationForm(forms.Form):
    """Why and by which decision an attestation is revoked."""

    cause = forms.ChoiceField(
        label=_("Cause"),
        widget=forms.RadioSelect,
        choices=[(cause, CAUSES[cause]) for cause in Revocation.Cause.values],
    )
    reason = NameField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    decision_number = NameField(label=_("Number of the decision"), max_length=60)
    decided_on = DayField(label=_("Day of the decision"), help_text=_("dd/mm/yyyy"))


class CorrectionForm(forms.Form):
    """What is wrong and what it should be."""

    field = forms.ChoiceField(label=_("What is wrong?"), widget=forms.RadioSelect, choices=list(CORRECTED.items()))
    wanted = NameField(
        label=_("What should it be?"),
        max_length=120,
        help_text=_("As on your identity card. A date is written dd/mm/yyyy."),
    )


class CorrectionDecisionForm(forms.Form):
    """Accept a correction or refuse it with a reason."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("accept", _("Correct the name or date as asked")), ("refuse", _("Keep what we have"))],
    )
    reason = NameField(label=_("Reason, if it is refused"), max_length=300, required=False)


class CodeForm(forms.Form):
    """A code typed from paper."""

    code = forms.CharField(
        label=_("Code on the attestation"),
        max_length=40,
        strip=True,
        help_text=_("17 letters and digits beside the QR code, for example 7K2M-…"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class FileForm(forms.Form):
    """A PDF to check."""

    file = SmallFileField(label=_("PDF file of an attestation"), kinds=("pdf",))


def today_text() -> str:
    """Return today as a day field shows it."""
    return clock.today().strftime("%d/%m/%Y")


def registry_initial(usual: dict[str, Any]) -> dict[str, Any]:
    """Return what the registry form begins with: today, and the title that usually signs."""
    return {"decided_on": today_text(), "signer_title": usual.get("vi", "Hiệu trưởng")}
