"""Form parts: the renderer that gives every form the same look, and fields people here need."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.vietnamese import clean


class Renderer(TemplatesSetting):
    """Render forms and fields with the templates of ``ui/templates/ui/forms``."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class DayField(forms.DateField):
    """A day typed as dd/mm/yyyy."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 10, "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write the day as dd/mm/yyyy, for example 18/06/2025.")}


class NameField(forms.CharField):
    """A text cleaned as Vietnamese: NFC, no invisible characters, single spaces."""

    def to_python(self, value: Any) -> str:
        """Return the cleaned text."""
        return clean(super().to_python(value) or "")


class SmallFileField(forms.FileField):
    """An upload held to a size and to kinds of file, by ending and by its first bytes."""

    default_error_messages = {
        "too_big": _("This file is larger than %(most)s MB. Choose a smaller one."),
        "wrong_kind": _("This kind of file cannot be used here. Choose one of: %(kinds)s."),
        "not_what_it_says": _("The content of this file is not what its name says. Save it again and retry."),
    }
    SIGNATURES = {
        "xlsx": (b"PK\x03\x04",),
        "docx": (b"PK\x03\x04",),
        "pdf": (b"%PDF-",),
        "png": (b"\x89PNG\r\n\x1a\n",),
        "jpg": (b"\xff\xd8\xff",),
        "jpeg": (b"\xff\xd8\xff",),
    }

    def __init__(self, *, kinds: Sequence[str], most_bytes: int | None = None, **kwargs: Any) -> None:
        self.kinds = tuple(kinds)
        self.most_bytes = most_bytes or settings.MOST_UPLOAD_BYTES
        widget = forms.FileInput(attrs={"accept": ",".join(f".{kind}" for kind in kinds)})
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the upload if its size, ending and first bytes fit; else say which does not."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        if (upload.size or 0) > self.most_bytes:
            raise forms.ValidationError(
                self.error_messages["too_big"], "too_big", {"most": self.most_bytes // 1024 // 1024}
            )
        ending = (upload.name or "").rsplit(".", 1)[-1].lower()
        if ending not in self.kinds:
            raise forms.ValidationError(
                self.error_messages["wrong_kind"], "wrong_kind", {"kinds": ", ".join(self.kinds)}
            )
        head = upload.read(16)
        upload.seek(0)
        expected = self.SIGNATURES.get(ending)
        if expected and not head.startswith(expected):
            raise forms.ValidationError(self.error_messages["not_what_it_says"], "not_what_it_says")
        return upload
