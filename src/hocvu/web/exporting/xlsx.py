"""Any registered table as a workbook."""

import io
from collections.abc import Callable, Iterable
from typing import Any

import xlsxwriter

from hocvu.ui.tables import Table, cell_plain

BATCH = 2000


def write_xlsx(table: Table, rows: Iterable[Any], tell: Callable[[int], None] | None = None) -> bytes:
    """Return a workbook with one sheet: bold frozen headings, one line per row, no formulas, no links."""
    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    sheet = book.add_worksheet(_sheet_name(str(table.title)))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, str(column.label), bold)
    sheet.freeze_panes(1, 0)
    line = 0
    for batch in _batches(rows):
        for row in table.prepare(batch):
            line += 1
            for at, column in enumerate(table.columns):
                sheet.write(line, at, cell_plain(column.value(row)))
        if tell is not None:
            tell(line)
    book.close()
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    """Excel takes 31 letters and none of these."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "hocvu"


def _batches(rows: Iterable[Any]) -> Iterable[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
