"""Forms of people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Role
from hocvu.ui.forms import DayField, NameField

from ..models import Organisation
from ..queries.organisations import organisation_by_code
from .words import SECTORS, role_name


class SignInForm(forms.Form):
    """User name and password."""

    username = NameField(
        label=_("User name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SlipCodeForm(forms.Form):
    """The code of a slip, typed."""

    code = forms.CharField(
        label=_("The code on your slip"),
        help_text=_("12 letters and digits, for example ABCD-2345-EFGH. Small letters and spaces do no harm."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": 20}
        ),
    )


def _pin_field(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=12,
        widget=forms.PasswordInput(
            attrs={"inputmode": "numeric", "autocomplete": autocomplete, "size": 10}, render_value=False
        ),
    )


class PinForm(forms.Form):
    """The PIN of someone who has one."""

    pin = _pin_field(_("Your PIN (six digits)"), "current-password")


class NewPinForm(forms.Form):
    """A new PIN, typed twice."""

    pin = _pin_field(
        _("Choose a PIN of six digits"),
        "new-password",
        _("Not your date of birth, not 123456 or 111111. Keep it to yourself."),
    )
    again = _pin_field(_("Type the same PIN again"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Hold the two against each other."""
        data = super().clean() or {}
        if data.get("pin") and data.get("again") and data["pin"] != data["again"]:
            self.add_error("again", _("The two PINs are not the same. Type both again."))
        return data


class ChangePinForm(NewPinForm):
    """A new PIN for someone who has one."""

    old = _pin_field(_("Your PIN until now"), "current-password")
    field_order = ("old", "pin", "again")


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least 10 characters. Three or four words that only you put together are good."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Type the new password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Hold the two against each other."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two passwords are not the same. Type both again."))
        return data


class ChangePasswordForm(NewPasswordForm):
    """A new password for someone who has one."""

    old = forms.CharField(
        label=_("Your password until now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")


class LanguageForm(forms.Form):
    """The language a person reads."""

    language = forms.ChoiceField(
        label=_("Language of the pages and letters"),
        choices=[("vi", "Tiếng Việt"), ("fr", "Français"), ("en", "English")],
        widget=forms.RadioSelect,
    )


class OrganisationFilterForm(forms.Form):
    """On which day, and of which sector."""

    on = DayField(label=_("On the day"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All")), *SECTORS])


class GrantForm(forms.Form):
    """A role, and the body it is held for."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.CharField(
        label=_("Code of the organisation"),
        help_text=_("For example SNV. Leave empty for the operator, who works for no single body."),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 20}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [role for role in Role if role not in (Role.SYSTEM, Role.TRAINEE)]
        self.fields["role"].choices = [(role.value, role_name(role)) for role in chosen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Find the body; every role but the operator's needs one."""
        data = super().clean() or {}
        code = (data.get("organisation") or "").strip()
        body: Organisation | None = organisation_by_code(code) if code else None
        if code and body is None:
            self.add_error("organisation", _("No organisation bears this code today."))
        elif not code and data.get("role") not in (Role.OPERATOR, None):
            self.add_error("organisation", _("Say for which organisation this role is held."))
        data["body"] = body
        return data


class StaffAccountForm(GrantForm):
    """A new account for someone who works with the system."""

    label = NameField(
        label=_("Name shown"), help_text=_("The person's full name, or the name of the desk."), max_length=160
    )
    username = forms.RegexField(
        regex=r"^[A-Za-z0-9._@-]{3,80}$",
        label=_("User name"),
        help_text=_("At least 3 letters without marks, digits, dot, dash; for example nguyen.an"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("label", "username", "role", "organisation")


class FirstAccountForm(NewPasswordForm):
    """The administrator of a new installation."""

    label = NameField(label=_("Your name"), max_length=160)
    username = StaffAccountForm.base_fields["username"]
    field_order = ("label", "username", "new", "again")


class SlipsForm(forms.Form):
    """For whom slips are printed."""

    whom = forms.ChoiceField(
        label=_("Print slips for"),
        choices=[
            ("waiting", _("people who have not signed in yet")),
            ("everyone", _("everyone; those who have a PIN keep it")),
        ],
        initial="waiting",
        widget=forms.RadioSelect,
    )
