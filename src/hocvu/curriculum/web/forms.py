"""Forms of authors and reviewers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvu.ui.forms import NameField

from ..domain.checks import MOST_LETTERS, OBJECTIVES, READING_MINUTES
from ..services.remarks import MOST_LETTERS as MOST_REMARK_LETTERS


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=8000, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return lines as the text area shows them."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """Return the lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class BodyField(forms.CharField):
    """Markdown, kept as typed."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "true"})
        super().__init__(widget=widget, max_length=MOST_LETTERS, strip=False, **kwargs)


class SeenForm(forms.Form):
    """A form that remembers which words were on screen, to notice another's save."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class LessonForm(SeenForm):
    """A lesson in one language; a draft may be unfinished, so only the title is asked for."""

    title = NameField(label=_("Title"), max_length=200)
    reading_minutes = forms.IntegerField(
        label=_("Reading time in minutes"),
        help_text=_("5 to 10 minutes"),
        min_value=READING_MINUTES.start,
        max_value=READING_MINUTES.stop - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
    )
    objectives = LinesField(
        label=_("Objectives"), help_text=_("2 to 4, one a line: what the trainee can do afterwards"), required=False
    )
    body = BodyField(
        label=_("Lesson text"),
        rows=30,
        required=False,
        help_text=_(
            "Markdown: ## for a part, ### inside a part, - for a list, | for a table, ** around bold words. "
            "Write (unverified) after a fact that could not be checked."
        ),
    )
    sources = LinesField(label=_("Sources"), help_text=_("one a line"), required=False)

    def clean_objectives(self) -> list[str]:
        """Hold the number of objectives from above; too few are told when the version is submitted."""
        lines: list[str] = self.cleaned_data["objectives"]
        if len(lines) > OBJECTIVES.stop - 1:
            raise forms.ValidationError(_("Write at most 4 objectives: choose those that matter most."))
        return lines

    def text(self) -> Mapping[str, Any]:
        """Return the text of this language."""
        return {key: self.cleaned_data[key] for key in ("title", "objectives", "body", "sources", "reading_minutes")}


class VariantForm(SeenForm):
    """What a lesson adds for one target group, in one language; all empty takes it away."""

    title = NameField(label=_("Title"), max_length=200, required=False)
    body = BodyField(
        label=_("Lesson text"),
        rows=20,
        required=False,
        help_text=_("Shown after the lesson to people of this group. Leave title and text empty to take it away."),
    )


class RemarkForm(forms.Form):
    """A remark of the reviewer."""

    text = forms.CharField(
        label=_("Your remark"),
        help_text=_("Say what should change and where. The university sees it at once."),
        max_length=MOST_REMARK_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AnswerForm(forms.Form):
    """The university's answer to a remark."""

    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say what you changed, or why it stays as it is."),
        max_length=MOST_REMARK_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ApprovalForm(forms.Form):
    """The reviewer confirms the approval."""

    confirmed = forms.BooleanField(
        label=_("I have read this version in the three languages and for each target group it speaks to."),
        error_messages={"required": _("Tick the box to approve.")},
    )
