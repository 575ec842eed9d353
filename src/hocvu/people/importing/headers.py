"""Find the table in a sheet: the row of headings, which column is what, where a second row of headings is."""

import csv
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from hocvu.kernel.vietnamese import fold

from ..domain.findings import Finding, note, warning
from .sheets import Sheet, address

DATA = Path(__file__).resolve().parents[1] / "data" / "roster_columns.csv"
LOOKED_AT = 40  # rows: letterheads are shorter
_SUB = {"nam": "birth_man", "nu": "birth_woman"}
_NAME_PARTS = ("family_part", "given_part")
_ENOUGH = {"birth_date", "birth_man", "birth_woman", "position", "unit", "national_id", "phone", "email", "sex", "stt"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings: where they stand, what each column is, what is not taken in."""

    row: int
    first_row: int  # the first row of people
    fields: dict[str, int]  # field -> column
    labels: dict[str, str]  # field -> heading as written
    tick: bool = False  # the column of sex is headed "Nữ" and ticked
    findings: list[Finding] = field(default_factory=list)


@lru_cache(maxsize=1)
def aliases() -> dict[str, tuple[str, str]]:
    """Return ``{heading without marks: (field, use)}``."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {
            alias: (row["field"], row["use"])
            for row in csv.DictReader(file)
            for alias in (*row["aliases"].split("|"), heading(row["label_vi"]))
        }


def heading(text: str) -> str:
    """Return a heading to compare: no marks, no brackets, no punctuation but the slash."""
    plain = re.sub(r"\([^)]*\)|\*", " ", fold(text))
    return " ".join(re.sub(r"[^\w/\-]+", " ", plain).split()).replace(" / ", "/").strip("/- ")


def find_columns(sheet: Sheet) -> Columns | None:
    """Return the headings of a sheet, or none where no row looks like headings of a list of people."""
    best: Columns | None = None
    for row in range(min(LOOKED_AT, len(sheet.rows))):
        if not any(known_at(sheet, row)):
            continue
        found = _columns(sheet, row)
        if found and (best is None or len(found.fields) > len(best.fields)):
            best = found
    return best


def known_at(sheet: Sheet, row: int) -> list[tuple[int, str, str]]:
    """Return the known headings of a row as (column, field, use)."""
    found = []
    for column in range(len(sheet.rows[row])):
        words = heading(sheet.text(row, column))
        if words in aliases():
            found.append((column, *aliases()[words]))
    return found


def _columns(sheet: Sheet, row: int) -> Columns | None:
    second = _is_second(sheet, row)
    labels = {column: sheet.text(row, column) for column in range(len(sheet.rows[row]))}
    fields: dict[str, int] = {}
    written: dict[str, str] = {}
    findings: list[Finding] = []
    width = max(len(sheet.rows[row]), len(sheet.rows[row + 1]) if second else 0)
    above = ""
    for column in range(width):
        label, under = labels.get(column, ""), sheet.text(row + 1, column) if second else ""
        above = label or (above if _spans(sheet, row, column) or under else "")
        name, use = _meaning(above, under, label)
        if not name:
            if words := label or under:
                findings.append(note("column_unknown", heading=words).at(address(row, column), sheet.name))
        elif use == "dropped":
            findings.append(note("column_dropped", heading=label).at(address(row, column), sheet.name))
        elif use == "unused":
            findings.append(note("column_unused", heading=label).at(address(row, column), sheet.name))
        elif name in fields:
            if label or under:
                findings.append(warning("column_twice", heading=label or under).at(address(row, column), sheet.name))
        else:
            fields[name], written[name] = column, under or label
    _name_over_two_columns(sheet, row, fields, written)
    named = "full_name" in fields or all(part in fields for part in _NAME_PARTS)
    if not named or not _ENOUGH & set(fields):
        return None
    tick = heading(written.get("sex", "")) == "nu"
    first = _after_numbers(sheet, row + (2 if second else 1))
    return Columns(row, first, fields, written, tick, findings)


def _meaning(above: str, under: str, label: str) -> tuple[str, str]:
    """Return the field of a column from its heading and the one below it."""
    top = aliases().get(heading(above), ("", ""))
    low = heading(under)
    if low:
        if low in _SUB and top[0] in ("birth_date", "sex", ""):
            return (_SUB[low] if top[0] == "birth_date" else "sex"), "kept"
        if top[0] == "full_name" and low in aliases() and aliases()[low][0] in _NAME_PARTS:
            return aliases()[low]
        if low in aliases():
            return aliases()[low]
    if not label:
        return "", ""
    name, use = aliases().get(heading(label), ("", ""))
    # A single column "Nữ" is ticked; a single "Nam" says nothing alone.
    if name in ("birth_woman", "birth_man"):
        return ("sex", "kept") if name == "birth_woman" else ("", "")
    return name, use


def _is_second(sheet: Sheet, row: int) -> bool:
    """Say whether the row below holds headings too (parts of merged ones), and nothing else."""
    if row + 1 >= len(sheet.rows):
        return False
    cells = [heading(sheet.text(row + 1, c)) for c in range(len(sheet.rows[row + 1]))]
    words = [cell for cell in cells if cell]
    return bool(words) and all(word in aliases() or word in _SUB for word in words)


def _spans(sheet: Sheet, row: int, column: int) -> bool:
    return any(r0 <= row <= r1 and c0 < column <= c1 for r0, c0, r1, c1 in sheet.merges)


def _name_over_two_columns(sheet: Sheet, row: int, fields: dict[str, int], written: dict[str, str]) -> None:
    """Take "Họ và tên" merged over two columns without headings below as family part and given part."""
    column = fields.get("full_name", -1)
    if column >= 0 and _spans(sheet, row, column + 1) and column + 1 not in fields.values():
        fields["family_part"], fields["given_part"] = column, column + 1
        written["family_part"] = written["given_part"] = written.pop("full_name")
        del fields["full_name"]


def _after_numbers(sheet: Sheet, row: int) -> int:
    """Step over a row that numbers the columns: 1 2 3 …, (1) (2) (3) …, A B 1 2 …."""
    if row < len(sheet.rows):
        words = [re.sub(r"[()]", "", sheet.text(row, c)) for c in range(len(sheet.rows[row]))]
        numbers = [word for word in words if word]
        digits = [int(word) for word in numbers if word.isdigit()]
        in_order = digits == list(range(digits[0], digits[0] + len(digits))) if digits else False
        if len(numbers) >= 3 and in_order and all(len(word) <= 2 for word in numbers):
            return row + 1
    return row
