"""Draw an attestation from its frozen payload: landscape A4, Vietnamese and a second language, a QR."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import segno

from hocvu.kernel.texts import pick
from hocvu.ui.papers import COUNTRY, MOTTO
from hocvu.ui.pdf import render_pdf

from ..domain.printed import DATES, LABELS
from ..queries.printed import verify_address

TEMPLATE = "attestations/typst/attestation.typ"


def draw(printed: Mapping[str, Any], *, issued_at: datetime) -> bytes:
    """Return the unsigned PDF/A of a payload; the same payload gives the same bytes."""
    return render_pdf(TEMPLATE, as_data(printed), made_at=issued_at)


def as_data(printed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the template reads: plain texts, already in both languages."""
    second = printed["second_language"]
    address = verify_address(printed["code"])
    return {
        "title": f"Giấy chứng nhận {printed['number']} – {printed['name']}",
        "country": COUNTRY.upper(),
        "motto": MOTTO,
        "second": second,
        "sides": [_side(printed, "vi"), _side(printed, second)],
        "name": printed["name"],
        "number": printed["number"],
        "register_number": str(printed["register_number"]),
        "code": printed["code"],
        "address": address,
        "qr": qr_svg(address),
        "keywords": [printed["code"], printed["number"]],
    }


def _side(printed: Mapping[str, Any], language: str) -> dict[str, Any]:
    def said(texts: Mapping[str, str]) -> str:
        return pick(texts, language)

    label = LABELS[language]
    result = f"{printed['mark'].replace(',', '.') if language == 'en' else printed['mark']}/10"
    band = said(printed["band"])
    return {
        "language": language,
        "label": label,
        "superior": said(printed["superior"]),
        "issuer": said(printed["issuer"]),
        "title": said(printed["title"]),
        "birth": printed["birth"],
        "organisation": said(printed["organisation"]),
        "programme": said(printed["programme"]),
        "period": label["period"].format(since=printed["from"], until=printed["to"]),
        "length": label["length"].format(periods=printed["periods"]),
        "class": printed["class"],
        "result": f"{band} ({result})" if band else result,
        "decision": label["decision"].format(**printed["decision"]),
        "date": DATES[language](said(printed["place"]), printed["issued_on"]),
        "signer_title": said(printed["signer"]["title"]),
        "signer_name": printed["signer"]["name"],
    }


def qr_svg(address: str) -> str:
    """Return the QR of an address as SVG, error correction M, without a frame (the template leaves room)."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return out.getvalue().decode()
