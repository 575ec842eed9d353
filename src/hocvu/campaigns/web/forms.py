"""Forms of campaigns."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvu.kernel import clock
from hocvu.people.api import organisation_by_code
from hocvu.people.models import Organisation
from hocvu.ui.forms import DayField, NameField, SmallFileField

from ..domain.plan_reader import hour_of
from ..models import Directive, EventGuest, Rule
from .words import DIRECTIVE_STATES, EVENT_KINDS, GUEST_STATES

LANGUAGES = (("vi", _("Vietnamese")), ("fr", _("French")), ("en", _("English")))


class OrganisationField(forms.CharField):
    """An organisation typed by its code; gives the body that bears it today."""

    default_error_messages = {
        "unknown": _("No organisation has the code “%(code)s” today. Look it up in the list of organisations.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "size": 10}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Return the organisation, or none where nothing was typed."""
        code = super().clean(value)
        if not code:
            return None
        found: Organisation | None = organisation_by_code(code)
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown", {"code": code})
        return found


class HourField(forms.CharField):
    """An hour typed as 07:30."""

    default_error_messages = {"not_an_hour": _("Write the hour as 07:30.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))
        super().__init__(max_length=5, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the hour as HH:MM."""
        typed = super().clean(value)
        found = hour_of(typed)
        if typed and not found:
            raise forms.ValidationError(self.error_messages["not_an_hour"], "not_an_hour")
        return found


class TextsForm(forms.Form):
    """A form with one text in three languages; French and English default to the Vietnamese."""

    texts_name = "text"

    def texts(self, name: str = "") -> dict[str, str]:
        """Return the three texts of a field."""
        stem = name or self.texts_name
        vietnamese = self.cleaned_data[f"{stem}_vi"]
        return {language: self.cleaned_data.get(f"{stem}_{language}") or vietnamese for language, _word in LANGUAGES}


class PlanFileForm(forms.Form):
    """A plan file: uploaded, or its text written on the page."""

    file = SmallFileField(
        label=_("Plan file"),
        help_text=_("A text file in YAML, with the ending .yaml. Leave empty to use the text below."),
        kinds=("yaml", "yml", "txt"),
        most_bytes=500_000,
        required=False,
    )
    text = forms.CharField(
        label=_("Text of the plan"),
        required=False,
        strip=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Put the text of the upload in place of the text typed."""
        data = super().clean() or {}
        upload = data.get("file")
        if upload is not None:
            try:
                data["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This file is not UTF-8 text. Save it again as UTF-8 and retry."))
        elif not data.get("text", "").strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or write the plan below."))
        return data


class QuickPlanForm(TextsForm):
    """The few things a new campaign cannot do without; the rest is taken from the shipped plan."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Small letters without marks, digits and hyphens, for example an-giang-2026."),
        max_length=60,
        widget=forms.TextInput(attrs={"size": 20, "autocapitalize": "none", "spellcheck": "false"}),
    )
    name_vi = NameField(label=_("Name in Vietnamese"), max_length=250)
    name_fr = NameField(label=_("Name in French"), max_length=250, required=False)
    name_en = NameField(label=_("Name in English"), max_length=250, required=False)
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    owner = OrganisationField(label=_("Owner (code of the organisation)"))
    organiser = OrganisationField(label=_("Organiser (code)"), help_text=_("Runs the campaign."))
    reviewer = OrganisationField(label=_("Reviewer (code)"), help_text=_("Approves programme and content."))
    institution = OrganisationField(label=_("Institution (code)"), help_text=_("Teaches and issues."))
    act_number = forms.CharField(label=_("Number of the plan's decision"), max_length=60)
    act_issued_on = DayField(label=_("Day of that decision"))
    in_person = forms.IntegerField(label=_("People in person"), min_value=0, max_value=1_000_000)
    online = forms.IntegerField(label=_("People online"), min_value=0, max_value=1_000_000)
    computers = forms.IntegerField(label=_("Computers in the labs"), min_value=0, max_value=1_000_000)
    staff = forms.IntegerField(label=_("Instructors"), min_value=0, max_value=1_000_000)


class GroupQuotasForm(forms.Form):
    """How many people of each group the campaign trains."""

    def __init__(self, *args: Any, groups: list[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name, quota in groups:
            self.fields[code] = forms.IntegerField(
                label=f"{code} – {name}",
                initial=quota,
                min_value=0,
                max_value=10_000_000,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 8}),
            )


class RuleForm(forms.Form):
    """Choose which value of a rule is in force."""

    rule = forms.ChoiceField(label=_("Value in force"), widget=forms.RadioSelect)
    confirm = forms.BooleanField(
        label=_("I know that this changes who receives an attestation, and that it is recorded."),
        error_messages={"required": _("Tick the box to confirm the change.")},
    )

    def __init__(self, *args: Any, rules: list[Rule], words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["rule"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(rule.pk), words(rule)) for rule in rules]
        chosen = next((rule for rule in rules if rule.chosen), None)
        field.initial = str(chosen.pk) if chosen else None


class EventForm(TextsForm):
    """A ceremony to add."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(EVENT_KINDS.items()))
    title_vi = NameField(label=_("Title in Vietnamese"), max_length=200)
    title_fr = NameField(label=_("Title in French"), max_length=200, required=False)
    title_en = NameField(label=_("Title in English"), max_length=200, required=False)
    day = DayField(label=_("Day"))
    starts = HourField(label=_("Starts at"))
    ends = HourField(label=_("Ends at"), required=False)
    place_vi = NameField(label=_("Place"), max_length=200)
    public = forms.BooleanField(label=_("Show it on the public page"), required=False, initial=True)

    def moments(self) -> tuple[datetime, datetime | None]:
        """Return start and end as instants."""
        day = self.cleaned_data["day"]
        hours = [self.cleaned_data["starts"], self.cleaned_data["ends"]]
        starts, ends = (clock.at(day, *map(int, h.split(":"))) if h else None for h in hours)
        assert starts is not None
        return starts, ends


class GuestForm(TextsForm):
    """An office to invite."""

    office_vi = NameField(label=_("Office invited, in Vietnamese"), max_length=160)
    office_fr = NameField(label=_("In French"), max_length=160, required=False)
    office_en = NameField(label=_("In English"), max_length=160, required=False)


class GuestAnswerForm(forms.Form):
    """The answer of a guest."""

    guest = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("Answer"), choices=[(s, GUEST_STATES[s][0]) for s in EventGuest.State.values])
    name = NameField(label=_("Who comes (if known)"), max_length=120, required=False)


class DirectiveForm(TextsForm):
    """A directive to issue."""

    text_vi = forms.CharField(
        label=_("What is to be done, in Vietnamese"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    text_fr = forms.CharField(
        label=_("In French"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    text_en = forms.CharField(
        label=_("In English"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    body = OrganisationField(label=_("To which organisation (code)"), help_text=_("For example SNV, SKHCN or QNU."))
    number = forms.CharField(label=_("Number of the letter, if any"), max_length=60, required=False)
    due_on = DayField(label=_("Deadline"))


class ReportForm(forms.Form):
    """A step in the follow-up of a directive."""

    text = forms.CharField(label=_("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    state = forms.ChoiceField(label=_("State"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, states: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(state, DIRECTIVE_STATES[state][0]) for state in states]
        field.initial = Directive.State.REPORTED if Directive.State.REPORTED in states else states[0]
        if len(states) == 1:
            field.widget = forms.HiddenInput()


class TaskForm(TextsForm):
    """A task to give."""

    texts_name = "title"
    title_vi = NameField(label=_("Task, in Vietnamese"), max_length=250)
    title_fr = NameField(label=_("In French"), max_length=250, required=False)
    title_en = NameField(label=_("In English"), max_length=250, required=False)
    body = OrganisationField(label=_("Owner (code of the organisation)"), help_text=_("For example SNV, SKHCN or QNU."))
    due_on = DayField(label=_("Due on"))


class FinishForm(forms.Form):
    """Say that a task is done."""

    note = forms.CharField(
        label=_("Note (optional)"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
