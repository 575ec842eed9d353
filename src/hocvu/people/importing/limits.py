"""Look at an .xlsx before it is read: what it is, how large it becomes, how far its cells reach.

A small file can swell to gigabytes, and one cell in the last corner makes a dense reader fill a table of
seventeen thousand million cells; both are refused here, by counting while unpacking.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from hocvu.kernel.errors import Refused

from ..domain.old_fonts import is_old_font

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 400
MOST_ROWS = 20_000
MOST_COLUMNS = 120
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Cells that hold something: <c r="D17" …>, not <c r="D17" …/>.
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,4})(\d{1,8})[\"'](?:[^>]*[^/>])?>")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d{1,8})[\"']")
_NAMED_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"'][A-Z]")
_ERROR = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bt=[\"']e[\"']")
_FONT = re.compile(rb"<(?:\w+:)?name\s+val=[\"']([^\"']{1,60})[\"']")


@dataclass(slots=True)
class Inside:
    """What was seen while unpacking: old fonts named by the styles, whether a formula shows an error."""

    fonts: list[str] = field(default_factory=list)
    errors: bool = False


def check_xlsx(content: bytes) -> Inside:
    """Refuse what cannot be an ordinary list; return what was seen inside.

    Raises ``people.file_…`` with what is wrong.
    """
    if content.startswith(_OLE):
        raise Refused("people.file_locked" if _ENCRYPTED in content[:200_000] else "people.file_xls")
    if not content.startswith(b"PK\x03\x04"):
        raise Refused("people.file_not_xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _check_parts(parts, content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as trouble:
        raise Refused("people.file_damaged") from trouble


def _check_parts(parts: zipfile.ZipFile, content: bytes) -> Inside:
    names = parts.infolist()
    if len(names) > MOST_PARTS:
        raise Refused("people.file_swells", most=MOST_UNPACKED // 1024 // 1024)
    if not any(part.filename.lower() == "xl/workbook.xml" for part in names):
        raise Refused("people.file_not_xlsx")
    left, inside = MOST_UNPACKED, Inside()
    for part in names:
        text = _unpacked(part, content, left)
        left -= len(text)
        _check_reach(text)  # every part: a sheet may lie anywhere in the file
        inside.errors = inside.errors or bool(_ERROR.search(text))
        if part.filename.lower() == "xl/styles.xml":
            found = {raw.decode(errors="replace") for raw in _FONT.findall(text)}
            inside.fonts = sorted(font for font in found if is_old_font(font))
    return inside


def _unpacked(part: zipfile.ZipInfo, content: bytes, most: int) -> bytes:
    """Unpack one part, counting: the sizes that the file itself tells are not believed."""
    head = content[part.header_offset : part.header_offset + 30]
    start = part.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = content[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        made = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        made = zlib.decompressobj(-15).decompress(packed, most + 1)
    else:
        raise Refused("people.file_damaged")
    if len(made) > most:
        raise Refused("people.file_swells", most=MOST_UNPACKED // 1024 // 1024)
    return made


def _check_reach(sheet: bytes) -> None:
    furthest_row = furthest_column = 0
    for found in _CELL.finditer(sheet):
        furthest_row = max(furthest_row, int(found[2]))
        furthest_column = max(furthest_column, column_number(found[1].decode()))
    if len(_ANY_CELL.findall(sheet)) != len(_NAMED_CELL.findall(sheet)):
        # Cells that do not say where they are stand in the row they are written in.
        furthest_row = max(furthest_row, *(int(found[1]) for found in _ROW.finditer(sheet)), 0)
    if furthest_row > MOST_ROWS + 100:
        raise Refused("people.file_rows", most=MOST_ROWS)
    if furthest_column > MOST_COLUMNS:
        raise Refused("people.file_columns", most=MOST_COLUMNS)


def column_number(letters: str) -> int:
    """Return the number of a column, A = 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(index: int) -> str:
    """Return the letters of a column, 0 = A."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
