"""Names, identity numbers, phones, addresses and sexes as lists write them."""

import re
import unicodedata
from typing import Any

from hocvu.kernel.vietnamese import clean, fold

from .dates import Birth
from .findings import Finding, error, note, warning
from .names import looks_like_capitals, proper_case
from .old_fonts import script_of

_TITLE = re.compile(r"^(?:(?:đ/c|đồng chí|ths|ts|pgs|gs|bs|cn|ks)(?:[.:]\s*|\s+))+", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:ông|bà|anh|chị)[.:]?\s+(?=(?!thị |văn )\S+ \S+ \S+)", re.IGNORECASE)  # Ông is a family too
_WORD = r"(?:[^\W\d_][\u0300-\u036f]*)+"  # letters, some with a mark that has no letter of its own (ơ̆)
_PART = rf"{_WORD}(?:['’‘`´.\-]{_WORD})*"
_NAME = re.compile(rf"^{_PART}(?: {_PART})*$")
_EMAIL = re.compile(r"^[a-z0-9._%+\-]+@[a-z0-9.\-]+\.[a-z]{2,}$")
_EXPONENT = re.compile(r"^\d([.,]\d+)?e\+?\d+$", re.IGNORECASE)
# Provinces as identity numbers know them (statistical codes of the 63 of before July 2025).
_PROVINCES = frozenset({
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
    45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89,
    91, 92, 93, 94, 95, 96,
})  # fmt: skip
CELL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"}
# Eleven-digit mobiles of before September 2018 and what they became (decision of the ministry, 2018).
_OLD_MOBILES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084",
    "0125": "085", "0127": "081", "0129": "082", "0162": "032", "0163": "033", "0164": "034", "0165": "035",
    "0166": "036", "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def text_of(value: Any) -> str:
    """Return a cell as text: NFC, no invisible characters; whole numbers without a decimal part."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))


def was_dirty(value: Any) -> bool:
    """Say whether a cell held letters taken apart (NFD), invisible characters or odd spaces."""
    if not isinstance(value, str):
        return False
    plain = unicodedata.normalize("NFC", value)
    return plain != value or any(c in value for c in "\u00a0\u200b\u200c\u200d\u2060\ufeff\u00ad\u202f\u2007")


def read_name(value: Any) -> tuple[str, list[Finding]]:
    """Return a full name, in one capital a word."""
    findings: list[Finding] = []
    name = text_of(value)
    if not name:
        return "", [error("name_missing")]
    if was_dirty(value):
        findings.append(note("name_cleaned", name=name))
    if found := _TITLE.match(name) or _ADDRESS.match(name):
        name = name[found.end() :].strip()
        findings.append(note("name_title", title=found[0].strip(), name=name))
    if script_of(name):
        return name, [error("name_font", text=name)]
    if any(c.isdigit() for c in name) or not _NAME.match(name):
        return name, [error("name_letters", text=name)]
    if len(name) > 120:
        return name, [error("name_long", text=name[:40])]
    if len(name.split(" ")) < 2:
        return name, [error("name_short", text=name)]
    shaped = proper_case(name) if looks_like_capitals(name) or name == name.lower() else name
    if shaped != name:
        findings.append(note("name_case", text=name, name=shaped))
    return shaped, findings


def read_national_id(value: Any) -> tuple[str, list[Finding]]:
    """Return an identity number of twelve digits."""
    text = text_of(value).lstrip("'`")
    if not text:
        return "", []
    if _EXPONENT.match(text) or (isinstance(value, float) and not value.is_integer()):
        return "", [error("id_exponent", text=text)]
    digits = re.sub(r"[\s.\-]", "", text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        return "", [error("id_form", text=text)]
    return _number_of(digits)


def _number_of(digits: str) -> tuple[str, list[Finding]]:
    if len(digits) == 12:
        return digits, [] if _province(digits) else [warning("id_province", text=digits)]
    if len(digits) == 9:
        return "", [warning("id_old", text=digits)]
    full = digits.zfill(12)
    if len(digits) in (10, 11) and _province(full):
        return full, [note("id_zero", text=digits, number=full)]
    return "", [error("id_length", text=digits, count=len(digits))]


def _province(number: str) -> bool:
    return int(number[:3]) in _PROVINCES and number[3] in "0123"


def id_says(number: str) -> tuple[int, str]:
    """Return the year of birth and the sex that an identity number tells (Circular 07/2016/TT-BCA)."""
    century = int(number[3]) // 2
    return 1900 + 100 * century + int(number[4:6]), "f" if int(number[3]) % 2 else "m"


def against_id(number: str, birth: Birth, sex: str) -> list[Finding]:
    """Return where an identity number says otherwise than the other cells; the number has no check digit."""
    if not number or number[3] not in "0123":
        return []
    year, told = id_says(number)
    findings = []
    if birth.year and birth.year != year:
        findings.append(warning("id_year", number_year=year, year=birth.year))
    if sex and sex != told:
        findings.append(warning("id_sex"))
    return findings


def read_phone(value: Any) -> tuple[str, list[Finding]]:
    """Return a phone number in international form, +84905123456."""
    text = text_of(value).lstrip("'`")
    if not text:
        return "", []
    if _EXPONENT.match(text):
        return "", [error("phone_form", text=text)]
    findings: list[Finding] = []
    parts = [p for p in re.split(r"[/;,\n|&]|\bhoặc\b|\bva\b|\bvà\b|\s[-–]\s", text) if _digits(p)]
    if len(parts) == 1:
        parts = _two_in_a_row(parts[0])
    if len(parts) > 1 and len(_digits(parts[0])) >= 9:
        findings.append(warning("phone_two", text=text, kept=parts[0].strip()))
    elif len(parts) > 1:
        parts = ["".join(parts)]
    local, more = _local(_digits(parts[0]) if parts else "", text)
    if not local:
        return "", [error("phone_form", text=text)]
    return f"+84{local[1:]}", findings + more


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _two_in_a_row(text: str) -> list[str]:
    """Part two numbers that only a space divides."""
    words = text.split()
    if len(words) == 2 and all(len(_digits(word)) in (9, 10, 11) for word in words):
        return words
    return [text]


def _local(digits: str, text: str) -> tuple[str, list[Finding]]:
    """Return the number as dialled at home, with what was mended."""
    if digits.startswith("0084"):
        digits = digits[4:]
    elif digits.startswith("84") and len(digits) in (11, 12):
        digits = digits[2:]
    findings: list[Finding] = []
    if not digits.startswith("0"):
        if len(digits) == 9 and "+" not in text and not re.sub(r"\D", "", text).startswith(("84", "0084")):
            findings.append(note("phone_zero", text=text, number=f"0{digits}"))
        digits = f"0{digits}"
    if len(digits) == 11 and digits[:4] in _OLD_MOBILES:
        new = _OLD_MOBILES[digits[:4]] + digits[4:]
        return new, [*findings, note("phone_old", text=digits, number=new)]
    if re.fullmatch(r"0[35789]\d{8}", digits) or re.fullmatch(r"02\d{8,9}", digits):
        return digits, findings
    return "", []


def read_email(value: Any) -> tuple[str, list[Finding]]:
    """Return an e-mail address in small letters."""
    text = text_of(value).replace(" ", "").lower()
    if not text or text in {"-", "khong", "không", "không có", "khongco"}:
        return "", []
    return (text, []) if _EMAIL.match(text) and len(text) <= 254 else ("", [error("email_form", text=text)])


def read_sex(value: Any) -> tuple[str, list[Finding]]:
    """Return f, m or nothing."""
    text = fold(text_of(value)).strip(".")
    if text in {"nu", "f", "female", "gai"}:
        return "f", []
    if text in {"nam", "m", "male", "trai"}:
        return "m", []
    return "", [warning("sex_form", text=text_of(value))] if text else []


def marked(value: Any) -> bool:
    """Say whether a cell of a column "Nữ" is ticked."""
    return fold(text_of(value)) in {"x", "v", "nu", "1", "co", "✓", "✔"}
