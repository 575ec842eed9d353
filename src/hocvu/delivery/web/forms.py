"""Forms of this app. Texts are cleaned; services decide and refuse."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvu.ui.forms import SmallFileField

from ..domain.rubric import CRITERIA, MOST
from . import words


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CodeForm(forms.Form):
    """The six letters on the screen."""

    code = forms.CharField(
        label=_("Code on the screen"),
        help_text=_("Six letters and figures, for example K7M-2QA. Capitals or not, it is the same."),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": 10}
        ),
    )


class CloseForm(forms.Form):
    """The diary's line at the end of a half-day."""

    text = forms.CharField(
        label=_("Class diary"),
        help_text=_("What was taught, what went well, what did not. One or two lines are enough."),
        max_length=2000,
        widget=_area(3),
    )


class PersonForm(forms.Form):
    """Put one person's presence right."""

    state = forms.ChoiceField(
        label=_("In this half-day"),
        choices=[
            ("present", _("Is or was here")),
            ("absent", _("Is or was not here")),
            ("left", _("Came, but left before the end")),
        ],
        widget=forms.RadioSelect,
    )
    minutes_late = forms.IntegerField(
        label=_("Minutes late"),
        help_text=_("0 or empty: on time."),
        required=False,
        min_value=0,
        max_value=600,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )
    left_at = forms.TimeField(
        label=_("Left at"),
        help_text=_("Only for those who left, for example 09:40."),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    reason = forms.CharField(
        label=_("How do you know?"),
        help_text=_("For example: signed sheet, seen in the lab. Kept with the correction."),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the hour of leaving where someone left."""
        data = super().clean() or {}
        if data.get("state") == "left" and not data.get("left_at") and "left_at" not in self.errors:
            self.add_error("left_at", _("Write the hour at which the person left."))
        return data


class QuestionForm(forms.Form):
    """A question to the class."""

    text = forms.CharField(label=_("Your question"), max_length=2000, widget=_area(3))


class AnswerForm(forms.Form):
    """An answer; empty where it was given aloud."""

    text = forms.CharField(
        label=_("Answer"), help_text=_("Leave empty if you answered in the room."), required=False, max_length=4000,
        widget=_area(2),
    )  # fmt: skip


class PollForm(forms.Form):
    """A poll."""

    text = forms.CharField(label=_("Question to the class"), max_length=300)
    options = forms.CharField(
        label=_("Choices"), help_text=_("One per line, two to six."), max_length=800, widget=_area(4)
    )

    def lines(self) -> list[str]:
        """Return the choices."""
        return [line for line in self.cleaned_data["options"].splitlines() if line.strip()]


class NoteForm(forms.Form):
    """A note on conduct."""

    category = forms.ChoiceField(label=_("About"), choices=list(words.NOTE.items()), widget=forms.RadioSelect)
    severity = forms.ChoiceField(
        label=_("Weight"),
        help_text=_("A serious note that is upheld stands against the attestation."),
        choices=list(words.SEVERITY.items()),
        initial="minor",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("What happened"),
        help_text=_("The trainee reads this and may reply. Write what you saw, not what you think of it."),
        max_length=2000,
        widget=_area(4),
    )


class ReplyForm(forms.Form):
    """A trainee's reply."""

    text = forms.CharField(label=_("Your reply"), max_length=2000, widget=_area(5))


class DecideNoteForm(forms.Form):
    """The decision on a note."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("clear", _("Clear the note")), ("uphold", _("Uphold the note"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Reason"), help_text=_("The trainee reads it."), max_length=2000, widget=_area(3))


class ExcuseForm(forms.Form):
    """A reason for an absence."""

    half_day = forms.TypedChoiceField(
        label=_("Which half-day"), coerce=int, choices=list(words.HALF_DAY.items()), widget=forms.RadioSelect
    )
    category = forms.ChoiceField(label=_("Reason"), choices=list(words.EXCUSE.items()), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("A few words, if needed"),
        help_text=_("Never write an illness or another person's affairs here."),
        required=False,
        max_length=300,
    )


class MakeUpForm(forms.Form):
    """The class in which a half-day is made up."""

    target = forms.UUIDField(
        label=_("Class"), error_messages={"required": _("Choose a class.")}, widget=forms.HiddenInput
    )
    reason = forms.CharField(label=_("A few words, if needed"), required=False, max_length=300)


class HandInForm(forms.Form):
    """A final assignment."""

    text = forms.CharField(
        label=_("Your text"),
        help_text=_("Write it here, or choose a file below."),
        required=False,
        max_length=40_000,
        widget=_area(12),
    )
    upload = SmallFileField(
        label=_("File"),
        help_text=_("docx, pdf, jpg or png, at most 10 MB."),
        kinds=("docx", "pdf", "jpg", "jpeg", "png"),
        most_bytes=10 * 1024 * 1024,
        required=False,
    )


class GradeForm(forms.Form):
    """Points by criterion, 0 to 2.5 each."""

    comment = forms.CharField(
        label=_("Comment"), help_text=_("The trainee reads it."), required=False, max_length=2000, widget=_area(3)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        comment = self.fields.pop("comment")
        for criterion in CRITERIA:
            name, hint = words.CRITERION[criterion]
            self.fields[criterion] = forms.DecimalField(
                label=name,
                help_text=hint,
                min_value=0,
                max_value=2.5,
                decimal_places=1,
                max_digits=2,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 4}),
            )
        self.fields["comment"] = comment

    def rubric(self) -> dict[str, int]:
        """Return tenths by criterion."""
        return {c: min(MOST, int(self.cleaned_data[c] * 10)) for c in CRITERIA}
