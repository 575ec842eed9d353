"""Slips as a PDF, eight a sheet: name, body, code, QR, three steps."""

import io
from collections.abc import Sequence

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.ui.pdf import render_pdf

from ..types import SlipPrinted

PER_SHEET = 8


def slips_pdf(slips: Sequence[SlipPrinted], *, language: str = "vi") -> bytes:
    """Return the sheets for these slips, in their order."""
    with translation.override(language):
        data = {
            "language": language,
            "title": _("Slips for signing in"),
            "heading": _("Your way into the training"),
            "code_label": _("Code"),
            "qr_alt": _("QR code that opens the sign-in page"),
            "steps": [
                _("Scan the square, or open %(address)s and type the code.")
                % {"address": settings.BASE_URL + reverse("people:slip_code")},
                _("The first time, choose a PIN of six digits."),
                _("Keep slip and PIN apart. Lost? Ask your focal point."),
            ],
            "printed": clock.local(clock.now()).strftime("%d/%m/%Y"),
            "slips": [
                {
                    "name": slip.full_name,
                    "organisation": slip.organisation,
                    "code": slip.code,
                    "qr": qr_svg(settings.BASE_URL + reverse("people:slip", args=[slip.code])),
                }
                for slip in slips
            ],
        }
    return render_pdf("people/typst/slips.typ", data)


def qr_svg(text: str) -> str:
    """Return a QR code as SVG text (error correction M, a quiet zone of 2)."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", xmldecl=False, border=2)
    return buffer.getvalue().decode()
