"""Read a roster: file -> sheets -> rows -> people with findings, each row accounted for."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import fold, same_spelling

from ..domain.cells import (
    CELL_ERRORS,
    against_id,
    id_says,
    marked,
    read_email,
    read_name,
    read_national_id,
    read_phone,
    read_sex,
    text_of,
)
from ..domain.dates import NOTHING, Birth, read_birth, swapped_by_excel, turned_back
from ..domain.findings import Finding, error, note, warning
from ..domain.jobs import job_group
from ..domain.old_fonts import script_of
from .headers import Columns, find_columns
from .lines import Line, classify
from .sheets import Book, Sheet, address, open_book

_FIELDS = {
    "birth_date", "birth_man", "birth_woman", "national_id", "phone", "email", "sex", "position", "unit",
}  # fmt: skip


@dataclass(slots=True)
class ReadPerson:
    """A row that speaks of a person, as read."""

    sheet: str
    row: int  # as the spreadsheet counts, from 1
    cells: dict[str, str]  # field -> D17
    full_name: str = ""
    birth: Birth = NOTHING
    sex: str = ""
    position: str = ""
    job_group: str = ""
    unit: str = ""
    national_id: str = ""
    phone: str = ""
    email: str = ""
    broken: bool = False

    def cell(self, *fields: str) -> str:
        """Return where one of the fields stands, else where the row begins."""
        return next((self.cells[name] for name in fields if name in self.cells), f"A{self.row}")


@dataclass(slots=True)
class Reading:
    """All that a file says: people, rows that are none with the reason, findings."""

    people: list[ReadPerson] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rows_used: int = 0  # rows with anything in them, over all sheets


def read_roster(content: bytes, file_name: str, today: date) -> Reading:
    """Return what a roster file says. Raises ``people.file_…`` when it cannot be read at all."""
    book = open_book(content, file_name)
    reading = Reading()
    tables = list(_tables(book, reading))
    if not tables:
        if reading.rows_used == 0:
            raise Refused("people.file_empty")
        raise Refused("people.file_no_headings")
    _refuse_old_fonts(book, tables)
    for sheet, columns in tables:
        _read_table(sheet, columns, reading, today)
    _mend_swapped(reading)
    _compare(reading.people, reading)
    if not reading.people and not any(f.severity == "error" for f in reading.findings):
        raise Refused("people.file_nobody", cell=address(tables[0][1].row, 0), sheet=tables[0][0].name)
    return reading


def _tables(book: Book, reading: Reading) -> Iterator[tuple[Sheet, Columns]]:
    for sheet in book.sheets:
        used = sheet.used()
        reading.rows_used += used
        if not used:
            continue
        if sheet.hidden:
            reading.findings.append(warning("sheet_hidden", rows=used).at("", sheet.name))
            reading.skipped.append(_skip(sheet, 0, "sheet_hidden", used))
            continue
        columns = find_columns(sheet)
        if columns is None:
            reading.findings.append(warning("sheet_no_headings", rows=used).at("", sheet.name))
            reading.skipped.append(_skip(sheet, 0, "sheet_no_headings", used))
            continue
        yield sheet, columns


def _skip(sheet: Sheet, row: int, reason: str, rows: int = 1, text: str = "") -> dict[str, Any]:
    return {"sheet": sheet.name, "row": row, "reason": reason, "rows": rows, "text": text[:80]}


def _refuse_old_fonts(book: Book, tables: Iterable[tuple[Sheet, Columns]]) -> None:
    """Refuse a list typed for an old font, naming the first such name; two of them are no chance."""
    for sheet, columns in tables:
        column = columns.fields.get("full_name", columns.fields.get("family_part", 0))
        found = [
            (row, script)
            for row in range(columns.first_row, len(sheet.rows))
            if (script := script_of(sheet.text(row, column)))
        ]
        if len(found) >= 2 or (found and book.fonts):
            row, script = found[0]
            raise Refused(
                "people.file_old_font",
                cell=address(row, column), sheet=sheet.name, text=sheet.text(row, column), font=script.upper(),
            )  # fmt: skip


def _read_table(sheet: Sheet, columns: Columns, reading: Reading, today: date) -> None:
    reading.findings += columns.findings
    above = sum(any(text_of(cell) for cell in row) for row in sheet.rows[: columns.row])
    used_heads = sum(any(text_of(cell) for cell in row) for row in sheet.rows[columns.row : columns.first_row])
    reading.skipped.append(_skip(sheet, 1, "above", above + used_heads))
    group, ended, counted = "", False, 0
    for row in range(columns.first_row, len(sheet.rows)):
        line = classify(sheet, row, columns, ended=ended)
        if line.kind == "person":
            if ended:
                ended, counted = False, 0
            reading.people.append(_person(sheet, row, columns, group, reading, today))
            counted += 1
        elif line.kind == "unclear":
            reading.findings.append(error("row_unclear", text=line.text[:60]).at(address(row, 0), sheet.name))
            reading.skipped.append(_skip(sheet, row + 1, "unclear", text=line.text))
        elif line.kind != "blank":
            group = line.text if line.kind == "group" else group
            ended = ended or line.kind in ("total", "signature")
            _check_total(line, counted, sheet, reading)
            reading.skipped.append(_skip(sheet, row + 1, line.kind, text=line.text))


def _check_total(line: Line, counted: int, sheet: Sheet, reading: Reading) -> None:
    whole = sum(person.sheet == sheet.name for person in reading.people)
    if line.kind == "total" and line.count is not None and line.count not in (counted, whole, len(reading.people)):
        finding = warning("count_differs", told=line.count, read=whole)
        reading.findings.append(finding.at(address(line.row, 0), sheet.name))


def _person(sheet: Sheet, row: int, columns: Columns, group: str, reading: Reading, today: date) -> ReadPerson:
    cells = {name: address(row, column) for name, column in columns.fields.items()}
    found = ReadPerson(sheet.name, row + 1, cells)

    def cell(name: str) -> Any:
        column = columns.fields.get(name)
        return None if column is None else _value(sheet, row, column, fill=name in ("unit", "position"))

    def say(findings: Iterable[Finding], *fields: str) -> None:
        for finding in findings:
            found.broken = found.broken or finding.severity == "error"
            reading.findings.append(finding.at(found.cell(*fields), sheet.name))

    for name in sorted(_FIELDS & set(cells)):
        if text_of(cell(name)).upper() in CELL_ERRORS:
            say([error("cell_error", text=text_of(cell(name)))], name)
            return found
    name_cells = ("full_name",) if "full_name" in cells else ("family_part", "given_part")
    parts = [cell(name) for name in name_cells]
    found.full_name, findings = read_name(
        parts[0] if len(parts) == 1 else " ".join(str(part) for part in parts if part)
    )
    say(findings, "full_name", "family_part")
    found.birth, found.sex = _birth_and_sex(cell, say, columns, today)
    found.national_id, findings = read_national_id(cell("national_id"))
    say(findings, "national_id")
    found.phone, findings = read_phone(cell("phone"))
    say(findings, "phone")
    found.email, findings = read_email(cell("email"))
    say(findings, "email")
    found.position = text_of(cell("position"))[:160]
    found.job_group = job_group(found.position)
    found.unit = text_of(cell("unit")) or group
    _fill_and_warn(found, say, lambda name: bool(text_of(cell(name))))
    return found


def _value(sheet: Sheet, row: int, column: int, *, fill: bool) -> Any:
    """Return a cell; one merged over several rows speaks for all of them."""
    value = sheet.at(row, column)
    if fill and not text_of(value):
        for r0, c0, r1, c1 in sheet.merges:
            if r0 < row <= r1 and c0 <= column <= c1:
                return sheet.at(r0, c0)
    return value


def _birth_and_sex(cell: Any, say: Any, columns: Columns, today: date) -> tuple[Birth, str]:
    man, woman = cell("birth_man"), cell("birth_woman")
    sex = ""
    if text_of(man) and text_of(woman):
        say([error("birth_twice")], "birth_man")
        return NOTHING, ""
    if text_of(man) or text_of(woman):
        sex = "m" if text_of(man) else "f"
        birth, findings = read_birth(man if sex == "m" else woman, today)
        say(findings, "birth_man" if sex == "m" else "birth_woman")
    else:
        birth, findings = read_birth(cell("birth_date"), today)
        say(findings, "birth_date")
    if columns.tick:
        return birth, "f" if marked(cell("sex")) else "m"
    told, findings = read_sex(cell("sex"))
    say(findings, "sex")
    return birth, told or sex


def _fill_and_warn(found: ReadPerson, say: Any, told: Callable[[str], bool]) -> None:
    say(against_id(found.national_id, found.birth, found.sex), "national_id")
    if found.national_id and not found.sex:
        found.sex = id_says(found.national_id)[1]
    if not any(told(name) for name in ("birth_date", "birth_man", "birth_woman")):
        say([warning("birth_missing")], "birth_date", "birth_man", "full_name")
    if not told("phone"):
        say([warning("phone_missing")], "phone", "full_name")


def _mend_swapped(reading: Reading) -> None:
    """Turn day and month back where the whole list shows that a spreadsheet turned them."""
    by_sheet: dict[str, list[ReadPerson]] = {}
    for person in reading.people:
        by_sheet.setdefault(person.sheet, []).append(person)
    for people in by_sheet.values():
        if not swapped_by_excel([person.birth for person in people]):
            continue
        for person in people:
            if person.birth.real and person.birth.day and person.birth.day.day != person.birth.day.month:
                before = f"{person.birth.day:%d/%m/%Y}"
                person.birth = turned_back(person.birth)
                finding = warning("date_swapped", before=before, after=f"{person.birth.day:%d/%m/%Y}")
                cell = person.cell("birth_date", "birth_man", "birth_woman")
                reading.findings.append(finding.at(cell, person.sheet))


def _compare(people: list[ReadPerson], reading: Reading) -> None:
    """Find the same person twice in the list, and one address used by several."""
    by_id: dict[str, ReadPerson] = {}
    by_name: dict[tuple[str, Any], ReadPerson] = {}
    for person in people:
        if person.broken:
            continue
        if first := by_id.get(person.national_id) if person.national_id else None:
            _twice(person, first, reading, "twice_id", "national_id")
            continue
        key = (fold(same_spelling(person.full_name)), person.birth.day or person.birth.year)
        first = by_name.get(key)
        if first and not (person.national_id and first.national_id):
            _twice(person, first, reading, "twice_name", "full_name")
            continue
        if first:
            finding = note("namesake", name=person.full_name, row=first.row)
            reading.findings.append(finding.at(person.cell("full_name", "family_part"), person.sheet))
        by_id[person.national_id] = by_name[key] = person
    emails = Counter(person.email for person in people if person.email)
    for person in people:
        if emails[person.email] > 1:
            finding = warning("email_shared", email=person.email, count=emails[person.email])
            reading.findings.append(finding.at(person.cell("email"), person.sheet))
            emails[person.email] = 0


def _twice(person: ReadPerson, first: ReadPerson, reading: Reading, code: str, field_name: str) -> None:
    person.broken = True
    finding = error(code, name=person.full_name, row=first.row, sheet=first.sheet)
    reading.findings.append(finding.at(person.cell(field_name, "full_name", "family_part"), person.sheet))
