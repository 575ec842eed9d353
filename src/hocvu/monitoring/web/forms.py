"""Forms of monitoring."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvu.ui.forms import DayField, NameField, SmallFileField

from ..services.difficulties import MOST_LETTERS
from ..services.photos import MOST_BYTES
from ..services.reports import MOST_LETTERS as MOST_REPORT_LETTERS
from .words import CATEGORIES, REPORT_KINDS


class DifficultyForm(forms.Form):
    """What stands in the way, where."""

    category = forms.ChoiceField(
        label=_("What is it about?"), choices=list(CATEGORIES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What is the difficulty?"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In your own words: what happens, since when, for how many people."),
    )
    place = NameField(label=_("Where?"), max_length=160, required=False, help_text=_("Class, room, agency or page."))
    photo = SmallFileField(
        label=_("Photo"),
        kinds=("jpg", "jpeg", "png"),
        most_bytes=MOST_BYTES,
        required=False,
        help_text=_("If it helps. The place and device written in the photo are removed. No faces, please."),
    )
    cohort_code = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)


class StepForm(forms.Form):
    """Words that go with a step; a deed may do without."""

    text = forms.CharField(
        label=_("In words"), required=False, max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3})
    )


class MakeReportForm(forms.Form):
    """Which report to make."""

    kind = forms.ChoiceField(label=_("Report"), choices=list(REPORT_KINDS.items()), widget=forms.RadioSelect)
    day = DayField(label=_("Day"), help_text=_("dd/mm/yyyy; the final report counts up to this day."))


class ReportWordsForm(forms.Form):
    """What people write in a report; it is printed in Vietnamese as it stands."""

    course = forms.CharField(
        label=_("I. How the campaign goes: to be added"),
        required=False,
        max_length=MOST_REPORT_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    causes = forms.CharField(
        label=_("III. Causes of the difficulties"),
        required=False,
        max_length=MOST_REPORT_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    proposals = forms.CharField(
        label=_("IV. Proposals and recommendations"),
        required=False,
        max_length=MOST_REPORT_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReportNumberForm(forms.Form):
    """The number given by the registry office."""

    number = forms.CharField(
        label=_("Number from the registry office"),
        max_length=60,
        help_text=_("For example 215/BC-SNV. From then on the report no longer changes."),
    )
