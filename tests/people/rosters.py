"""Rosters as agencies send them, built cell by cell: good ones, and broken in every way met so far."""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

import openpyxl
import xlsxwriter

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị", "Số CCCD", "Điện thoại", "Email"]
ROW = [1, "Phan Thị Mỹ Lệ", "05/03/1980", "Nữ", "Chuyên viên", "", "052180000101", "0905123456", "le@binhdinh.gov.vn"]
SECOND = [2, "Bùi Quang Hải", "25/12/1975", "Nam", "Phó Chủ tịch", "", "052075000102", "0914000002", ""]


def xlsx(*sheets: list[list[object]], merges: tuple[str, ...] = (), hide: tuple[int, ...] = ()) -> bytes:
    """Return a workbook with these rows on its sheets; text stays text, numbers numbers, dates dates."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet{at + 1}")
        for row in rows:
            sheet.append(row)
        if at in hide:
            sheet.sheet_state = "hidden"
        for merge in merges:
            sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def one(**changes: object) -> bytes:
    """Return a list of one person, with some cells changed."""
    names = dict(
        zip(["stt", "name", "birth", "sex", "position", "unit", "cccd", "phone", "email"], range(9), strict=True)
    )
    row = list(ROW)
    for key, value in changes.items():
        row[names[key]] = value
    return xlsx([HEAD, row])


def columns(*pairs: tuple[str, object]) -> bytes:
    """Return a list of one person with these columns only."""
    return xlsx([[heading for heading, _ in pairs], [cell for _, cell in pairs]])


@dataclass(frozen=True)
class Broken:
    """A roster, what must be found in it, and who is in it then (name -> fields that must be read so)."""

    title: str
    make: Callable[[], bytes]
    codes: frozenset[str] = frozenset()
    people: dict[str, dict[str, object]] = field(default_factory=dict)
    refused: str = ""
    name: str = "ds.xlsx"


def case(
    title: str, make: Callable[[], bytes], *codes: str, refused: str = "", name: str = "ds.xlsx", **people
) -> Broken:
    return Broken(title, make, frozenset(codes), people.get("people", {}), refused, name)


LETTER = [
    ["ỦY BAN NHÂN DÂN XÃ NHƠN LÝ", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None, None, None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["DANH SÁCH CÁN BỘ, CÔNG CHỨC THAM GIA BỒI DƯỠNG KỸ NĂNG SỐ"],
    ["(Kèm theo Công văn số 45/UBND ngày 09 tháng 6 năm 2025)"],
    [],
    [],
]
SIGNED = [
    ["Danh sách này có 2 người./."],
    [],
    [None, "NGƯỜI LẬP BIỂU", None, None, "Nhơn Lý, ngày 09 tháng 6 năm 2025"],
    [None, "(Ký, ghi rõ họ tên)", None, None, "TM. ỦY BAN NHÂN DÂN"],
    [None, "Nguyễn Văn Ký", None, None, "Trần Thị Duyệt"],
]


def split_birth() -> bytes:
    return xlsx(
        [
            ["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Chức vụ"],
            [None, None, "Nam", "Nữ", None],
            [1, "Phan Thị Mỹ Lệ", None, "05/03/1980", "Chuyên viên"],
            [2, "Bùi Quang Hải", "25/12/1975", None, "Phó Chủ tịch"],
        ],
        merges=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
    )


def split_name() -> bytes:
    return xlsx([["STT", "Họ và tên", None, "Ngày sinh"], [1, "Phan Thị Mỹ", "Lệ", "05/03/1980"]], merges=("B1:C1",))


def split_name_with_headings() -> bytes:
    return xlsx(
        [
            ["STT", "Họ và tên", None, "Ngày sinh"],
            [None, "Họ và chữ lót", "Tên", None],
            [1, "Phan Thị Mỹ", "Lệ", "05/03/1980"],
        ],
        merges=("B1:C1", "A1:A2", "D1:D2"),
    )


def american_dates() -> bytes:
    """Typed dd/mm/yyyy under an American locale: days up to 12 became real dates, month and day exchanged."""
    names = ["Phan Thị Mỹ Lệ", "Bùi Quang Hải", "Mai Văn Tín", "Hồ Thị Sen", "Võ Đình Khoa", "Đỗ Thị Nga"]
    dates = [
        datetime(1980, 5, 3), datetime(1975, 11, 2), datetime(1982, 1, 12), datetime(1979, 7, 4), "25/03/1980", "17/08/1985",
    ]  # fmt: skip
    return xlsx(
        [["STT", "Họ và tên", "Ngày sinh"], *([n, *pair] for n, pair in enumerate(zip(names, dates, strict=True), 1))]
    )


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def bomb() -> bytes:
    """A small file whose sheet swells to 200 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(one())) as good, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bad:
        for item in good.infolist():
            data = good.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                data += b" " * 200_000_000
            bad.writestr(item.filename, data)
    return buffer.getvalue()


def corner() -> bytes:
    """One cell in the last corner: a dense reader would fill 17 thousand million cells."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
        sheet.write(1_048_575, 16_383, "x")
    return buffer.getvalue()


def many_rows(count: int) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD[:3])
        for number in range(1, count + 1):
            words = f"{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}{chr(97 + number // 676 % 26)}".capitalize()
            sheet.write_row(number, 0, [number, f"Nguyễn {words} An", "05/03/1980"])
    return buffer.getvalue()


def wrong_part() -> bytes:
    good = one()
    return good[: len(good) // 2]


def without_sheet() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(one())) as good, zipfile.ZipFile(buffer, "w") as bad:
        for item in good.infolist():
            bad.writestr(item.filename, b"<x" if "sheet1" in item.filename else good.read(item))
    return buffer.getvalue()


def word_file() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def csv(text: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: text.encode(encoding)


def merged_unit() -> bytes:
    return xlsx(
        [
            ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
            [1, "Phan Thị Mỹ Lệ", "05/03/1980", "Tổ địa chính"],
            [2, "Bùi Quang Hải", "25/12/1975", None],
        ],
        merges=("D2:D3",),
    )


LE, HAI = "Phan Thị Mỹ Lệ", "Bùi Quang Hải"
BORN = {"birth_date": "1980-03-05"}

BROKEN = [
    case("letterhead above, count and signatures below", lambda: xlsx([*LETTER, HEAD, ROW, SECOND, *SIGNED]), people={LE: BORN, HAI: {}}),
    case("columns numbered in a row", lambda: xlsx([HEAD, list(range(1, 10)), ROW]), people={LE: BORN}),
    case("columns numbered in brackets", lambda: xlsx([HEAD, [f"({n})" for n in range(1, 10)], ROW]), people={LE: BORN}),
    case("birth in two columns, Nam and Nữ", split_birth, people={LE: {"sex": "f", **BORN}, HAI: {"sex": "m", "birth_date": "1975-12-25"}}),
    case("both birth columns filled", lambda: xlsx([["STT", "Họ và tên", "Ngày sinh", None], [None, None, "Nam", "Nữ"], [1, LE, "05/03/1980", "05/03/1980"]], merges=("C1:D1",)), "birth_twice"),
    case("name over two merged columns", split_name, people={LE: BORN}),
    case("name over two columns with headings", split_name_with_headings, people={LE: BORN}),
    case("a column Nữ with x", lambda: xlsx([["STT", "Họ và tên", "Nữ", "Ngày sinh"], [1, LE, "x", "05/03/1980"], [2, HAI, None, "1975"]]), people={LE: {"sex": "f"}, HAI: {"sex": "m", "birth_year": 1975}}),
    case("groups, subtotals, total", lambda: xlsx([HEAD, ["I", "Văn phòng"], ROW, [None, "Cộng: 1 người"], ["II", "Công an xã"], SECOND, [None, "Tổng cộng: 2"]]), "unit_kept", people={LE: {}, HAI: {}}),
    case("group headings across the row", lambda: xlsx([HEAD, ["I. Văn phòng Đảng ủy"], ROW, ["2. Trường Tiểu học số 2"], SECOND]), "unit_kept", people={LE: {}, HAI: {}}),
    case("the list says 45 and holds 2", lambda: xlsx([HEAD, ROW, SECOND, ["Danh sách này có 45 người./."]]), "count_differs", people={LE: {}, HAI: {}}),
    case("headings repeated on the next page", lambda: xlsx([HEAD, ROW, HEAD, SECOND]), people={LE: {}, HAI: {}}),
    case("zero of the identity number lost", lambda: one(cccd=52180000101), "id_zero", people={LE: {"national_id": "052180000101"}}),
    case("both zeros of the identity number lost", lambda: one(cccd=1180000101), "id_zero", people={LE: {"national_id": "001180000101"}}),
    case("old card of nine digits", lambda: one(cccd="211234567"), "id_old", people={LE: {"national_id": ""}}),
    case("identity number in scientific writing", lambda: one(cccd="5,2175E+10"), "id_exponent"),
    case("identity number of eight digits", lambda: one(cccd="52180000"), "id_length"),
    case("identity number with letters", lambda: one(cccd="052abc000101"), "id_form"),
    case("identity number with spaces and dots", lambda: one(cccd="052 180.000 101"), people={LE: {"national_id": "052180000101"}}),
    case("identity number of another year", lambda: one(cccd="052190000101"), "id_year", people={LE: {}}),
    case("identity number of the other sex", lambda: one(cccd="052080000101"), "id_sex", people={LE: {}}),
    case("phone as a number", lambda: one(phone=905123456), "phone_zero", people={LE: {"phone": "+84905123456"}}),
    case("phone with +84 and dots", lambda: one(phone="+84 905.123.456"), people={LE: {"phone": "+84905123456"}}),
    case("phone with 84 before it", lambda: one(phone=84905123456), people={LE: {"phone": "+84905123456"}}),
    case("two phones with a stroke", lambda: one(phone="0905123456/0914000002"), "phone_two", people={LE: {"phone": "+84905123456"}}),
    case("two phones with a dash", lambda: one(phone="0905 123 456 - 0914 000 002"), "phone_two", people={LE: {"phone": "+84905123456"}}),
    case("two phones with a line break", lambda: one(phone="0905123456\n0914000002"), "phone_two", people={LE: {"phone": "+84905123456"}}),
    case("phone of before 2018", lambda: one(phone="01681234567"), "phone_old", people={LE: {"phone": "+84381234567"}}),
    case("phone too short", lambda: one(phone="09051234"), "phone_form"),
    case("no phone", lambda: one(phone=None), "phone_missing", people={LE: {"phone": ""}}),
    case("date d/m/yy", lambda: one(birth="5/3/80"), "date_year_two", people={LE: BORN}),
    case("date with dots and spaces", lambda: one(birth=" 05 . 03 . 1980 "), people={LE: BORN}),
    case("real date", lambda: one(birth=date(1980, 3, 5)), people={LE: BORN}),
    case("date as a bare number", lambda: one(birth=29285), "date_number", people={LE: BORN}),
    case("date without strokes", lambda: one(birth=5031980), "date_digits", people={LE: BORN}),
    case("year only, text", lambda: one(birth="1980"), "date_year_only", people={LE: {"birth_date": None, "birth_year": 1980}}),
    case("year only, number", lambda: one(birth=1980), "date_year_only", people={LE: {"birth_date": None, "birth_year": 1980}}),
    case("month and year", lambda: one(birth="03/1980"), "date_month_only", people={LE: {"birth_date": None, "birth_year": 1980}}),
    case("month before day", lambda: one(birth="03/25/1980"), "date_turned", people={LE: {"birth_date": "1980-03-25"}}),
    case("31 February", lambda: one(birth="31/02/1980"), "date_impossible"),
    case("born tomorrow", lambda: one(birth="19/06/2025"), "date_future"),
    case("born in 1900", lambda: one(birth="01/01/1900"), "date_age", people={LE: {}}),
    case("a word for a date", lambda: one(birth="chưa rõ"), "date_form"),
    case("no birth date", lambda: one(birth=None), "birth_missing", people={LE: {"birth_date": None}}),
    case("dates exchanged by an American spreadsheet", american_dates, "date_swapped", people={LE: BORN, "Bùi Quang Hải": {"birth_date": "1975-02-11"}, "Võ Đình Khoa": {"birth_date": "1980-03-25"}}),
    case("letters taken apart (NFD)", lambda: one(name=unicodedata.normalize("NFD", LE)), "name_cleaned", people={LE: {}}),
    case("hard and zero-width spaces", lambda: one(name="\u200bPhan\u00a0Thị  Mỹ\u200b Lệ "), "name_cleaned", people={LE: {}}),
    case("name in capitals", lambda: one(name="PHAN THỊ MỸ LỆ"), "name_case", people={LE: {}}),
    case("name in small letters", lambda: one(name="phan thị mỹ lệ"), "name_case", people={LE: {}}),
    case("name with a title", lambda: one(name="ThS. Phan Thị Mỹ Lệ"), "name_title", people={LE: {}}),
    case("name with Bà", lambda: one(name="Bà Phan Thị Mỹ Lệ"), "name_title", people={LE: {}}),
    case("the family Ông keeps its name", lambda: one(name="Ông Thị Mỹ Hạnh"), people={"Ông Thị Mỹ Hạnh": {}}),
    case("a Chăm H'roi name is not corrected", lambda: one(name="Đinh Thị H’Loan"), people={"Đinh Thị H’Loan": {}}),
    case("name cut short", lambda: one(name="St"), "name_short"),
    case("digits in the name", lambda: one(name="Phan Thị Mỹ Lệ 2"), "name_letters"),
    case("name missing", lambda: one(name=None), "row_unclear"),
    case("one name in TCVN3", lambda: one(name="NguyÔn ThÞ HuÖ"), "name_font"),
    case("a list in TCVN3", lambda: xlsx([["STT", "Họ và tên", "Ngày sinh"], [1, "NguyÔn ThÞ HuÖ", "05/03/1980"], [2, "TrÇn V¨n Hïng", "25/12/1975"]]), refused="people.file_old_font"),
    case("a list in VNI", lambda: xlsx([["STT", "Họ và tên", "Ngày sinh"], [1, "Nguyeãn Thò Hueä", "05/03/1980"], [2, "Traàn Vaên Huøng", "25/12/1975"]]), refused="people.file_old_font"),
    case("the same number twice", lambda: xlsx([HEAD, ROW, [2, HAI, *ROW[2:]]]), "twice_id"),
    case("the same person twice without a number", lambda: xlsx([HEAD, [*ROW[:6], "", "", ""], [2, *ROW[1:6], "", "", ""]]), "twice_name"),
    case("two people of one name and day, two numbers", lambda: xlsx([HEAD, ROW, [2, *ROW[1:6], "052180000999", "0914000002", ""]]), "namesake", people={LE: {}}),
    case("one address for several", lambda: xlsx([HEAD, ROW, [*SECOND[:8], "le@binhdinh.gov.vn"]]), "email_shared", people={LE: {}, HAI: {}}),
    case("no e-mail address", lambda: one(email="le.binhdinh"), "email_form"),
    case("neither man nor woman", lambda: one(sex="?"), "sex_form", people={LE: {}}),
    case("a broken formula", lambda: one(phone="#N/A"), "cell_error"),
    case("Party, ethnicity and religion are left out", lambda: columns(("Họ và tên", LE), ("Ngày sinh", "05/03/1980"), ("Đảng viên", "x"), ("Dân tộc", "Kinh"), ("Tôn giáo", "Không")), "column_dropped", people={LE: {}}),
    case("columns nobody needs", lambda: columns(("Họ và tên", LE), ("Ngày sinh", "05/03/1980"), ("Trình độ", "Đại học"), ("Màu áo", "xanh")), "column_unused", "column_unknown", people={LE: {}}),
    case("a hidden sheet", lambda: xlsx([HEAD, ROW], [HEAD, SECOND], hide=(1,)), "sheet_hidden", people={LE: {}}),
    case("a sheet without headings", lambda: xlsx([HEAD, ROW], [["Ghi chú của phòng"], ["xin xem lại"]]), "sheet_no_headings", people={LE: {}}),
    case("one sheet a unit", lambda: xlsx([HEAD, ROW], [HEAD, SECOND]), people={LE: {}, HAI: {}}),
    case("unit merged over the rows", merged_unit, "unit_kept", people={LE: {}, HAI: {}}),
    case("people of another agency", lambda: one(unit="Trường Tiểu học số 1 Phước Sơn"), "unit_elsewhere"),
    case("a lone name between the people", lambda: xlsx([HEAD, ROW, [None, "Trần Văn Lẻ"], SECOND]), "row_unclear"),
    case("nobody below the headings", lambda: xlsx([HEAD]), refused="people.file_nobody"),
    case("no headings", lambda: xlsx([["a", "b"], ["c", "d"]]), refused="people.file_no_headings"),
    case("an empty workbook", lambda: xlsx([]), refused="people.file_empty"),
    case("an empty file", lambda: b"", refused="people.file_empty"),
    case("spaces only", lambda: b"  \n\n ", refused="people.file_empty", name="ds.csv"),
    case("Excel 97-2003", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, refused="people.file_xls", name="ds.xls"),
    case("Excel 97-2003 called .xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, refused="people.file_xls"),
    case("a web page called .xls", lambda: b"<html><table>", refused="people.file_xls", name="ds.xls"),
    case("locked with a password", locked, refused="people.file_locked"),
    case("a letter called .xlsx", word_file, refused="people.file_not_xlsx"),
    case("a picture called .xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, refused="people.file_not_xlsx"),
    case("half a file", wrong_part, refused="people.file_damaged"),
    case("a sheet of rubbish", without_sheet, refused="people.file_damaged"),
    case("swelling to 200 MB", bomb, refused="people.file_swells"),
    case("a cell in the last corner", corner, refused="people.file_rows"),
    case("too many columns", lambda: xlsx([[*HEAD, *[""] * 200, "x"], ROW]), refused="people.file_columns"),
    case("too many rows", lambda: many_rows(20_150), refused="people.file_rows"),
    case("CSV with BOM and semicolons", csv("\ufeffSTT;Họ và tên;Ngày sinh;Số CCCD\n1;Phan Thị Mỹ Lệ;05/03/1980;52180000101\n"), "id_zero", people={LE: {"national_id": "052180000101", **BORN}}, name="ds.csv"),
    case("CSV with commas and quotes", csv('STT,Họ và tên,Ngày sinh,Chức vụ\n1,"Phan Thị Mỹ Lệ",05/03/1980,"Chuyên viên, kế toán"\n'), people={LE: {"position": "Chuyên viên, kế toán"}}, name="ds.csv"),
    case("CSV in the old Windows writing", csv("STT,Họ và tên\n1,Phạm", "cp1258") if False else (lambda: b"STT,H\xf2 t\xean\n1,Ph\xe1m\n"), refused="people.file_not_utf8", name="ds.csv"),
    case("CSV with zero bytes", lambda: b"STT,Ho ten\x00\n1,A B\n", refused="people.file_damaged", name="ds.csv"),
    case("CSV with one endless cell", lambda: b'STT,Ho ten,Ngay sinh\n1,"' + b"a" * 200_000, refused="people.file_damaged", name="ds.csv"),
    case("a formula that would run elsewhere", lambda: one(position="=HYPERLINK(\"http://x\")"), people={LE: {}}),
]  # fmt: skip
