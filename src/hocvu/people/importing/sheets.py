"""Open a roster file: .xlsx or CSV, whatever its separator, into plain rows."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hocvu.kernel.errors import Refused

from ..domain.cells import text_of
from .limits import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, check_xlsx, column_letters

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0, inclusive


@dataclass(slots=True)
class Sheet:
    """One sheet: its rows from the very first, so that row 16, column 3 is cell D17."""

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)

    def at(self, row: int, column: int) -> Any:
        """Return a cell, or none beyond the edge."""
        line = self.rows[row] if 0 <= row < len(self.rows) else []
        return line[column] if 0 <= column < len(line) else None

    def text(self, row: int, column: int) -> str:
        """Return a cell as clean text."""
        return text_of(self.at(row, column))

    def used(self) -> int:
        """Return how many rows hold something."""
        return sum(any(text_of(cell) for cell in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Book:
    """A file's sheets and the old fonts that its styles name."""

    sheets: list[Sheet]
    fonts: list[str] = field(default_factory=list)


def address(row: int, column: int) -> str:
    """Return the name of a cell, D17."""
    return f"{column_letters(column)}{row + 1}"


def open_book(content: bytes, file_name: str) -> Book:
    """Return the sheets of a file. Raises ``people.file_…``: kind, size, damage, encoding."""
    if not content.strip():
        raise Refused("people.file_empty")
    if len(content) > MOST_BYTES:
        raise Refused("people.file_large", most=MOST_BYTES // 1024 // 1024)
    ending = file_name.rsplit(".", 1)[-1].lower()
    if ending == "csv" and not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return Book([_read_csv(content)])
    if ending == "xls" and not content.startswith(b"PK\x03\x04"):
        raise Refused("people.file_xls")
    inside = check_xlsx(content)
    try:
        sheets = _read_xlsx(content)
        if inside.errors:
            _show_errors(content, sheets)
        return Book(sheets, inside.fonts)
    except (CalamineError, ValueError, OSError) as trouble:
        raise Refused("people.file_damaged") from trouble
    except BaseException as trouble:
        if type(trouble).__name__ == "PanicException":  # the reader's own way to give up; no Exception
            raise Refused("people.file_damaged") from trouble
        raise


def _read_xlsx(content: bytes) -> list[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        sheets = []
        for about in book.sheets_metadata:
            try:
                sheet = book.get_sheet_by_name(about.name)
            except CalamineError:
                if about.typ is SheetTypeEnum.WorkSheet:
                    raise
                continue  # a chart or a macro sheet: no cells
            merges = [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or []]
            sheets.append(
                Sheet(
                    name=about.name,
                    rows=sheet.to_python(skip_empty_area=False),
                    hidden=about.visible is not SheetVisibleEnum.Visible,
                    merges=merges,
                )
            )
    return sheets


def _show_errors(content: bytes, sheets: list[Sheet]) -> None:
    """Put the errors that formulas show (#N/A) into their cells: the quick reader leaves them empty."""
    by_name = {sheet.name: sheet for sheet in sheets}
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for page in book.worksheets:
            _copy_errors(page, by_name[page.title])
        book.close()
    except Exception as trouble:  # whatever a second reader trips over: the file is not sound
        raise Refused("people.file_damaged") from trouble


def _copy_errors(page: Any, sheet: Sheet) -> None:
    for line in page.iter_rows(max_row=len(sheet.rows)):
        for cell in line:
            if cell.data_type == "e":
                row = sheet.rows[cell.row - 1]
                row += [None] * (cell.column - len(row))
                row[cell.column - 1] = str(cell.value)


def _read_csv(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise Refused("people.file_not_utf8", byte=trouble.start + 1) from trouble
    if "\x00" in text:
        raise Refused("people.file_damaged")
    try:
        rows = max((_split(text, mark) for mark in ";,\t"), key=_spread)
    except csv.Error as trouble:
        raise Refused("people.file_damaged") from trouble
    if len(rows) > MOST_ROWS + 100:
        raise Refused("people.file_rows", most=MOST_ROWS)
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise Refused("people.file_columns", most=MOST_COLUMNS)
    return Sheet("CSV", rows)


def _split(text: str, mark: str) -> list[list[Any]]:
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)]


def _spread(rows: list[list[Any]]) -> int:
    """Return how many cells the fuller half of the rows has: the right separator parts most."""
    widths = sorted((sum(bool(cell) for cell in row) for row in rows), reverse=True)
    return sum(widths[: max(1, len(widths) // 2)])
