"""Forms of enrolment."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from hocvu.ui.forms import DayField, SmallFileField

from ..types import GroupPlace


class NamesForm(forms.Form):
    """People to put on the list, and their group. The people themselves are checked by the service."""

    group = forms.ChoiceField(
        label=_("Group"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the group these people belong to.")},
    )

    def __init__(self, *args: Any, places: list[tuple[GroupPlace, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (
                place.code,
                now("%(name)s: %(free)d free of %(seats)d") % {"name": name, "free": place.free, "seats": place.seats},
            )
            for place, name in places
        ]
        with_room = [place.code for place, _name in places if place.free]
        if len(with_room) == 1 or len(places) == 1:
            field.initial = (with_room or [places[0][0].code])[0]


class ReasonForm(forms.Form):
    """Why a person is taken off, or a list given back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason: it is kept with the list.")},
    )


class ReplaceForm(ReasonForm):
    """Who comes instead."""

    person = forms.ChoiceField(
        label=_("Who comes instead"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who comes instead.")},
    )
    field_order = ("person", "reason")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = people


class DaysForm(forms.Form):
    """Days on which a person cannot come."""

    days = forms.MultipleChoiceField(
        label=_("Days this person cannot come"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, days: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["days"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(day, date_format(date.fromisoformat(day), "d/m/Y")) for day in days]


class QuotasForm(forms.Form):
    """Quotas as a spreadsheet, and when the lists are due."""

    file = SmallFileField(
        label=_("Quotas (.xlsx)"),
        help_text=_("Four columns: code of the agency, group, seats, staff in all. One line per agency and group."),
        kinds=("xlsx",),
    )
    due_on = DayField(label=_("Lists are due on"))
