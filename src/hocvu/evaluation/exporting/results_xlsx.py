"""Results of a form as a workbook: objects, indicators, groups, agencies then and today."""

import io
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from hocvu.kernel.texts import pick

from ..api import results
from ..models import Form
from ..queries.results import WAYS


def results_xlsx(form: Form, sheet_names: dict[str, str], band_names: dict[str, str]) -> bytes:
    """Return the workbook; hidden rows stay hidden in it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    one_place = book.add_format({"num_format": "0.0"})
    share = book.add_format({"num_format": "0.0%"})
    headings = [
        _("What"), _("Asked"), _("Answered"), _("Valid"), _("Share that answered"), _("Mean"), _("From"), _("To"),
        _("Band"), _("Marks of 8 and more"), _("Of all asked"),
    ]  # fmt: skip
    for way in WAYS:
        sheet = book.add_worksheet(sheet_names[way][:31])
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, len(headings), 14)
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, heading, bold)
        sheet.freeze_panes(1, 0)
        found = results(form.pk, way)
        for line, row in enumerate((*found.rows, found.total), start=1):
            label = pick(row.label, translation.get_language() or "vi") or _("All")
            cells: list[tuple[Any, Any]] = [
                (label, None), (row.sent, None), (row.answered, None), (row.valid, None), (row.rate, share),
                (row.mean, one_place), (row.low, one_place), (row.high, one_place),
                (band_names.get(row.band, "") if not row.hidden else _("fewer than 5 answers"), None),
                (row.good, share), (row.good_of_sent, share),
            ]  # fmt: skip
            for at, (cell, look) in enumerate(cells):
                if cell is not None:
                    sheet.write(line, at, cell, look)
    book.close()
    return buffer.getvalue()
