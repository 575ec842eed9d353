"""Tell the rows of a list apart: people, headings of groups, totals, signatures, repeated headings."""

import re
from dataclasses import dataclass
from typing import Literal

from hocvu.kernel.vietnamese import fold

from .headers import Columns, known_at
from .sheets import Sheet

Kind = Literal["blank", "person", "group", "total", "signature", "heading", "unclear"]

_ROMAN = re.compile(r"^(?:[IVX]{1,6}|[A-H])[.)]?$")
_ROMAN_START = re.compile(r"^(?:[IVX]{1,6}|[A-H]|\d{1,2})[.)/]\s*\S")
_BODY = re.compile(
    r"^(?:(?:[ivx]{1,6}|[a-h]|\d{1,2})[.)/-]?\s+)?(van phong|phong|ban|so|uy ban|ubnd|hdnd|hoi dong|xa|phuong|thi tran"
    r"|huyen|thi xa|thanh pho|tinh|dang uy|huyen uy|tinh uy|mat tran|ubmttq|hoi|doan|lien doan|truong|trung tam"
    r"|benh vien|tram|chi cuc|cuc|cong an|khoa|to|doi|khoi|don vi|co quan|thanh tra|quy|vien|kho bac)\b"
)
_TOTAL = re.compile(r"^(tong so|tong cong|tong|cong|danh sach (nay )?(co|gom)|an dinh danh sach|cong danh sach)\b")
_SIGNED = re.compile(
    r"(nguoi lap|thu truong|xac nhan|ky ten|ky, ghi|ky va ghi|da ky|noi nhan|ngay\s*[\d.…]+\s*thang\s*[\d.…]+\s*nam"
    r"|^tm\.|^kt\.|^tl\.|^tuq\.|^luu:|^nhu tren|^ghi chu:)"
)
_COUNT = re.compile(r"\b(\d{1,5})\b")
_FACTS = ("birth_date", "birth_man", "birth_woman", "national_id", "phone", "email")


@dataclass(frozen=True, slots=True)
class Line:
    """What a row is; ``text`` is the group's name or the whole text of the row, ``count`` a total's number."""

    kind: Kind
    row: int
    text: str = ""
    count: int | None = None


def classify(sheet: Sheet, row: int, columns: Columns, *, ended: bool) -> Line:
    """Return what a row is; ``ended``: a total or a signature came before it."""
    filled = [text for c in range(len(sheet.rows[row])) if (text := sheet.text(row, c))]
    whole = " ".join(filled)
    if not filled:
        return Line("blank", row)
    if len(known_at(sheet, row)) >= 3 and _repeats(sheet, row, columns):
        return Line("heading", row, whole)
    name, number = _name(sheet, row, columns), _text(sheet, row, columns, "stt")
    facts = any(_text(sheet, row, columns, field) for field in _FACTS)
    if not facts and (other := _no_person(row, filled, name, number)):
        return other
    if name and (facts or number.isdigit() or (not ended and len(filled) >= 3)):
        return Line("person", row)
    return Line("signature" if ended and not facts else "unclear", row, whole)


def _no_person(row: int, filled: list[str], name: str, number: str) -> Line | None:
    """Return what a row without any fact about a person is: a total, a signature, a group; or nothing sure."""
    whole = " ".join(filled)
    words = fold(whole)
    if _TOTAL.match(fold(filled[0])) or (name and _TOTAL.match(fold(name))):
        return Line("total", row, whole, _number_in(words))
    if _SIGNED.search(words) and not number.isdigit():
        return Line("signature", row, whole)
    group = _group(filled, name, number)
    return Line("group", row, group) if group else None


def _repeats(sheet: Sheet, row: int, columns: Columns) -> bool:
    places = set(columns.fields.values())
    return sum(column in places for column, _, _ in known_at(sheet, row)) >= 3


def _text(sheet: Sheet, row: int, columns: Columns, field: str) -> str:
    column = columns.fields.get(field)
    return "" if column is None else sheet.text(row, column)


def _name(sheet: Sheet, row: int, columns: Columns) -> str:
    if "full_name" in columns.fields:
        return _text(sheet, row, columns, "full_name")
    parts = (_text(sheet, row, columns, part) for part in ("family_part", "given_part"))
    return " ".join(part for part in parts if part)


def _group(filled: list[str], name: str, number: str) -> str:
    """Return the name of the group that a row heads, or an empty text."""
    if _ROMAN.match(number) and len(filled) <= 3:
        return next((text for text in filled if text != number), "")
    text = filled[0]
    if len(filled) == 1 and (_ROMAN_START.match(text) or _BODY.match(fold(text))):
        return re.sub(r"^(?:[IVX]{1,6}|[A-H]|\d{1,2})[.)/]\s*", "", text)
    if len(filled) <= 2 and not number.isdigit() and name and _BODY.match(fold(name)):
        return name
    return ""


def _number_in(words: str) -> int | None:
    found = _COUNT.search(words.replace(".", "") if re.search(r"\d\.\d{3}\b", words) else words)
    return int(found[1]) if found else None
