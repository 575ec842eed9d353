"""Forms of the invigilator, the office and the reviewer."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hocvu.kernel import clock
from hocvu.kernel.texts import LANGUAGES
from hocvu.ui.forms import DayField

from ..domain.items import OPTION_KEYS, item_faults
from ..models import Item, ItemVersion
from ..services.attempts import MOST_EXTRA
from .words import AXES, DIFFICULTIES, POOLS

LANGUAGE_NAMES = {"vi": _("in Vietnamese"), "fr": _("in French"), "en": _("in English")}


# Lazy: the form class is made once, its words are shown in the language of each page.
AXIS_CHOICES = [(number, format_lazy("{}. {}", number, name)) for number, name in AXES.items()]


def _number() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "hv-width-4"})


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReasonForm(forms.Form):
    """Why something is done; kept in the ledger."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=_lines(2))


class ExtraTimeForm(forms.Form):
    """Extra minutes and why."""

    minutes = forms.IntegerField(label=_("Extra minutes"), min_value=1, max_value=MOST_EXTRA, widget=_number())
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=_lines(2))


class MinutesForm(forms.Form):
    """The invigilator's own words in the minutes of a sitting."""

    text = forms.CharField(
        label=_("What happened (incidents, who was sent where, what was done)"),
        max_length=5000,
        required=False,
        widget=_lines(8),
    )


class RemarkForm(forms.Form):
    """What the reviewer wants changed."""

    text = forms.CharField(label=_("What should be changed"), max_length=2000, widget=_lines(4))


class ResitForm(forms.Form):
    """When and with which class the resit is held."""

    day = DayField(label=_("Day"), help_text=_("For example 26/06/2025"))
    hour = forms.TimeField(
        label=_("Start"),
        help_text=_("For example 08:00"),
        widget=forms.TextInput(attrs={"size": 5, "inputmode": "numeric"}),
    )
    cohort = forms.ChoiceField(label=_("Room of class"))

    def __init__(self, *args: Any, cohorts: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cohort"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(pk), name) for pk, name in cohorts]

    def opens_at(self) -> datetime:
        """Return the instant chosen."""
        hour: time = self.cleaned_data["hour"]
        return clock.at(self.cleaned_data["day"], hour.hour, hour.minute)


class BlueprintForm(forms.Form):
    """Minutes, and how many items of each axis and difficulty a paper holds."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=240, widget=_number())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for axis, name in AXES.items():
            for difficulty, words in DIFFICULTIES.items():
                self.fields[f"c{axis}-{difficulty}"] = forms.IntegerField(
                    label=f"{axis}. {name} – {words}", min_value=0, max_value=60, widget=_number()
                )

    def cells(self) -> list[dict[str, Any]]:
        """Return the cells that hold items."""
        return [
            {"axis": axis, "difficulty": difficulty, "count": self.cleaned_data[f"c{axis}-{difficulty}"]}
            for axis in AXES
            for difficulty in DIFFICULTIES
            if self.cleaned_data[f"c{axis}-{difficulty}"]
        ]


class ItemForm(forms.Form):
    """A whole item: where it belongs, its question, four options, which is right, and why."""

    code = forms.RegexField(r"^[\w.-]{2,20}$", label=_("Code"), help_text=_("For example 1.4-018"))
    lesson = forms.CharField(label=_("Lesson"), max_length=10, help_text=_("For example 1.4"))
    axis = forms.TypedChoiceField(label=_("Axis"), coerce=int, choices=AXIS_CHOICES)
    competence = forms.CharField(label=_("Competence"), max_length=20, help_text=_("Code of DigComp, for example 1.2"))
    difficulty = forms.ChoiceField(label=_("Difficulty"), choices=list(DIFFICULTIES.items()))
    pool = forms.ChoiceField(label=_("Pool"), choices=list(POOLS.items()))
    groups = forms.CharField(
        label=_("Only for target groups"), required=False, help_text=_("Codes with commas; empty: for all")
    )
    enemies = forms.CharField(
        label=_("Never together with"),
        required=False,
        help_text=_("Codes of items that give this one away, with commas"),
    )
    fixed_order = forms.BooleanField(label=_("Keep the options in this order (ascending numbers)"), required=False)
    right = forms.ChoiceField(
        label=_("Right option"), choices=[(key, key.upper()) for key in OPTION_KEYS], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, existing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = existing
        for lang in LANGUAGES:
            words = LANGUAGE_NAMES[lang]
            self.fields[f"stem-{lang}"] = self._text(_("Question"), words, 3)
            for key in OPTION_KEYS:
                self.fields[f"option-{key}-{lang}"] = self._text(_("Option %s") % key.upper(), words, 2)
            self.fields[f"explanation-{lang}"] = self._text(_("Why"), words, 3)

    @staticmethod
    def _text(label: Any, words: Any, rows: int) -> forms.CharField:
        return forms.CharField(label=f"{label} {words}", max_length=1000, widget=_lines(rows))

    def clean(self) -> dict[str, Any]:
        """Hold the whole item to what loading asks of it."""
        super().clean()
        if not self.errors:
            for fault in item_faults(self.entry(), 1):
                self.add_error(None, fault)
        return self.cleaned_data

    def entry(self) -> dict[str, Any]:
        """Return the item as an item file holds it."""
        data = self.cleaned_data
        return {
            "code": data["code"], "lesson": data["lesson"], "axis": data["axis"], "competence": data["competence"],
            "difficulty": data["difficulty"], "pool": data["pool"], "fixed_order": data["fixed_order"],
            "groups": _codes(data["groups"]), "enemies": _codes(data["enemies"]),
            "stem": {lang: data[f"stem-{lang}"] for lang in LANGUAGES},
            "explanation": {lang: data[f"explanation-{lang}"] for lang in LANGUAGES},
            "options": [
                {"key": key} | {lang: data[f"option-{key}-{lang}"] for lang in LANGUAGES}
                | ({"right": True} if data["right"] == key else {})
                for key in OPTION_KEYS
            ],
        }  # fmt: skip


def item_initial(item: Item, version: ItemVersion) -> Mapping[str, Any]:
    """Return what the form shows of a version."""
    data: dict[str, Any] = {
        "code": item.code, "lesson": item.lesson_code, "axis": item.axis, "competence": item.competence,
        "difficulty": item.difficulty, "pool": item.pool, "groups": ", ".join(item.groups),
        "enemies": ", ".join(item.enemies), "fixed_order": version.fixed_order, "right": version.right_key,
    }  # fmt: skip
    for lang in LANGUAGES:
        data[f"stem-{lang}"] = version.stem[lang]
        data[f"explanation-{lang}"] = version.explanation[lang]
        for option in version.options:
            data[f"option-{option['key']}-{lang}"] = option[lang]
    return data


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]
