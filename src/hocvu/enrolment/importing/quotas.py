"""Read quotas from .xlsx: agency code, group, seats, headcount. Each trouble names its cell."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import openpyxl

from hocvu.kernel.vietnamese import clean

from ..types import QuotaRow

MOST_ROWS = 20_000
MOST_TROUBLES = 50
MOST_UNPACKED = 200 * 1024 * 1024  # a small file must not unfold into a huge one


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cell that cannot be used; ``code`` and ``data`` give the sentence."""

    cell: str
    code: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass
class QuotaFile:
    """What was read: rows to set, or troubles to mend."""

    rows: list[QuotaRow] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def trouble(self, cell: str, code: str, **data: Any) -> None:
        """Keep one trouble, up to a number a person can mend in one go."""
        if len(self.troubles) < MOST_TROUBLES:
            self.troubles.append(Trouble(cell, code, data))


def read_quotas(content: bytes, organisations: Mapping[str, int], groups: set[str]) -> QuotaFile:
    """Return the quotas of the first sheet; the line of headings is skipped, empty lines too."""
    found = QuotaFile()
    lines = _lines(content, found)
    for number, cells in enumerate(lines, start=1):
        if number > MOST_ROWS:
            found.trouble(f"A{number}", "too_many_rows", most=MOST_ROWS)
            break
        if not any(cells) or (number == 1 and not _is_number(cells[2])):
            continue
        _line(number, cells, organisations, groups, found)
    if not found.rows and not found.troubles:
        found.trouble("A1", "no_rows")
    return found


def _lines(content: bytes, found: QuotaFile) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                found.trouble("", "not_readable")
                return
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for values in sheet.iter_rows(max_col=4, values_only=True):
            row = [_text(value) for value in values]
            yield row + [""] * (4 - len(row))
    except Exception:  # noqa: BLE001 - openpyxl fails in many ways on broken files; none is the user's language
        found.trouble("", "not_readable")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def _is_number(written: str) -> bool:
    return written.replace(".", "").isdigit()


def _line(number: int, cells: list[str], organisations: Mapping[str, int], groups: set[str], found: QuotaFile) -> None:
    code, group, seats, headcount = cells
    good = True
    if code not in organisations:
        found.trouble(f"A{number}", "no_organisation", written=code)
        good = False
    if group not in groups:
        found.trouble(f"B{number}", "no_group", written=group, groups=", ".join(sorted(groups)))
        good = False
    for column, written in (("C", seats), ("D", headcount)):
        if not written.isdigit():
            found.trouble(f"{column}{number}", "not_whole", written=written)
            good = False
    if good:
        found.rows.append(QuotaRow(organisations[code], group, int(seats), int(headcount)))
