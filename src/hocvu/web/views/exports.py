"""Lists as .xlsx: any registered table, with the search and order of the page it was asked from."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from hocvu.kernel import clock
from hocvu.ui.access import signed_in
from hocvu.ui.http import actor_of
from hocvu.ui.tables import Table, cell_plain, table_named

MOST_AT_ONCE = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Return a table as a spreadsheet."""
    table = table_named(name)
    if table is None:
        raise Http404
    actor = actor_of(request)
    if actor.role not in table.roles:
        raise PermissionDenied
    rows = table.selected(actor, request.GET.dict())
    response = HttpResponse(write_xlsx(table, rows.iterator(chunk_size=2000)), content_type=XLSX)
    stamp = clock.local(clock.now()).strftime("%Y-%m-%d-%H%M")
    response["Content-Disposition"] = f'attachment; filename="hocvu-{name}-{stamp}.xlsx"'
    return response


def write_xlsx(table: Table, rows: Iterable[Any]) -> bytes:
    """Return a workbook with one sheet: bold frozen headings, one line per row, no formulas."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(str(table.title)[:31] or "hocvu")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, str(column.label), bold)
    sheet.freeze_panes(1, 0)
    line = 0
    for batch in _batches(rows, 2000):
        for row in table.prepare(batch):
            line += 1
            for at, column in enumerate(table.columns):
                sheet.write(line, at, cell_plain(column.value(row)))
    book.close()
    return buffer.getvalue()


def _batches(rows: Iterable[Any], size: int) -> Iterable[list[Any]]:
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
