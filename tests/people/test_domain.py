"""Pure rules: PINs, names, phones, numbers, dates, old fonts. No database."""

import csv
import time
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.kernel.actor import Actor, Role
from hocvu.people.api import shown_name
from hocvu.people.domain.cells import id_says, read_email, read_name, read_national_id, read_phone, read_sex
from hocvu.people.domain.dates import Birth, read_birth, swapped_by_excel, turned_back
from hocvu.people.domain.jobs import job_group
from hocvu.people.domain.names import masked_name, masked_number, proper_case
from hocvu.people.domain.old_fonts import is_old_font, script_of
from hocvu.people.domain.pins import weakness
from hocvu.people.importing.limits import column_letters, column_number

TODAY = date(2025, 6, 18)
DATA = Path(__file__).resolve().parents[2] / "src/hocvu/people/data/binh-dinh"


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("482915", ""), ("", "form"), ("12345", "form"), ("1234567", "form"), ("12a456", "form"), ("４８２９１５", "form"),
        ("111111", "repeat"), ("112211", "repeat"), ("121212", "repeat"), ("123123", "repeat"), ("383838", "repeat"),
        ("123456", "run"), ("654321", "run"), ("890123", "run"), ("135791", "run"),
        ("150378", "birth"), ("031578", "birth"), ("780315", "birth"), ("519784", "birth"), ("151978", "birth"),
        ("123789", ""), ("345678", "run"), ("905111", "known"), ("000012", "known"),
    ],
)  # fmt: skip
def test_weak_pins(pin: str, why: str) -> None:
    assert weakness(pin, date(1978, 3, 15), 1978, "+84914905111", "052178000012") == why


@given(st.text(max_size=12))
def test_any_text_as_pin_is_judged(pin: str) -> None:
    good = weakness(pin) == ""
    assert not good or (len(pin) == 6 and pin.isdigit())


def test_names_of_the_region_are_taken_as_they_are() -> None:
    families = [row["family"] for row in rows("names_family")]
    middles = [row["middle"] for row in rows("names_middle")]
    givens = [row["given"] for row in rows("names_given")]
    for at, given_name in enumerate(givens):
        name = " ".join(f"{families[at % len(families)]} {middles[at % len(middles)]} {given_name}".split())
        assert read_name(name) == (name, [])
        assert proper_case(name.upper()) == name
        assert script_of(name) == script_of(name.upper()) == ""


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    "name",
    ["Đinh Thị H'Loan", "La Mai Choát", "Y Blô Êban", "Rơ Ô Bhung", "Siu Blơ̆", "Đinh Văn Krúi", "Nguyễn Thị Thúy-An"],
)
def test_other_names_are_not_corrected(name: str) -> None:
    assert read_name(name) == (name, [])


def test_names_of_the_uplands_are_taken_as_they_are() -> None:
    parts = rows("names_ethnic_minority")
    families = [row["value"] for row in parts if row["part"] == "family"]
    others = [row["value"] for row in parts if row["part"] != "family"]
    for at, other in enumerate(others):
        name = f"{families[at % len(families)]} {other}"
        assert read_name(name) == (name, [])


@pytest.mark.parametrize("name", ["a" * 5000 + "!", ("Nguyễn " * 800) + "1", "'" * 4000, "-".join("a" * 3000) + "?"])
def test_no_name_takes_long(name: str) -> None:
    begun = time.perf_counter()
    assert any(finding.severity == "error" for finding in read_name(name)[1])
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("NguyÔn ThÞ HuÖ", "tcvn3"), ("TrÇn V¨n Hïng", "tcvn3"), ("§inh ThÞ H»ng", "tcvn3"), ("Nguyeãn Thò Hueä", "vni"),
        ("Traàn Vaên Huøng", "vni"), ("Ñoã Thò Nga", "vni"), ("Nguyễn Thị Huệ", ""), ("Hoà Thuỷ Quý Khoáng", ""),
        ("HOÀNG THỊ ÔN", ""), ("Õng Thế Uyên", ""), ("", ""),
    ],
)  # fmt: skip
def test_old_scripts(text: str, script: str) -> None:
    assert script_of(text) == script


def test_old_fonts_by_name() -> None:
    assert [is_old_font(f) for f in (".VnTime", ".VnArialH", "VNI-Times", "Times New Roman", "Vnxyz")] == [True] * 3 + [
        False
    ] * 2


@pytest.mark.parametrize(
    ("value", "number", "codes"),
    [
        ("0905123456", "+84905123456", []), (905123456.0, "+84905123456", ["phone_zero"]), ("+84 (0)905 123 456", "+84905123456", []),
        ("0084905123456", "+84905123456", []), ("'0905123456", "+84905123456", []), ("0905 123 456", "+84905123456", []),
        ("0256 3822 294", "+842563822294", []), ("0905123456; 0914000002", "+84905123456", ["phone_two"]),
        ("0905.123.456 hoặc 0914.000.002", "+84905123456", ["phone_two"]), ("0905123456 0914000002", "+84905123456", ["phone_two"]),
        ("01234567890", "+84834567890", ["phone_old"]), ("9.05123456E+8", "", ["phone_form"]), ("không có", "", ["phone_form"]), ("", "", []),
        ("0405123456", "", ["phone_form"]), ("090512345", "", ["phone_form"]),
    ],
)  # fmt: skip
def test_phones(value: object, number: str, codes: list[str]) -> None:
    found, findings = read_phone(value)
    assert (found, [finding.code for finding in findings]) == (number, codes)


@pytest.mark.parametrize(
    ("value", "number", "codes"),
    [
        ("052175000001", "052175000001", []), (52175000001, "052175000001", ["id_zero"]), (52175000001.0, "052175000001", ["id_zero"]),
        ("1175000001", "001175000001", ["id_zero"]), ("211234567", "", ["id_old"]), ("999175000001", "999175000001", ["id_province"]),
        ("9175000001", "", ["id_length"]), ("5.2175E+10", "", ["id_exponent"]), (52175000001.5, "", ["id_exponent"]),
        ("0521750000011", "", ["id_form"]), ("٠٥٢١٧٥٠٠٠٠٠١", "", ["id_form"]), (None, "", []),
    ],
)  # fmt: skip
def test_identity_numbers(value: object, number: str, codes: list[str]) -> None:
    found, findings = read_national_id(value)
    assert (found, [finding.code for finding in findings]) == (number, codes)


def test_what_an_identity_number_tells() -> None:
    assert id_says("052175000001") == (1975, "f")
    assert id_says("052201000001") == (2001, "m")


@pytest.mark.parametrize(
    ("value", "day", "year", "codes"),
    [
        ("05/03/1980", date(1980, 3, 5), 1980, []), ("5-3-1980", date(1980, 3, 5), 1980, []), ("1980-03-05", date(1980, 3, 5), 1980, []),
        ("ngày 05 tháng 3 năm 1980", date(1980, 3, 5), 1980, []), ("5/3/80", date(1980, 3, 5), 1980, ["date_year_two"]),
        ("5/3/05", date(2005, 3, 5), 2005, ["date_year_two"]), (datetime(1980, 3, 5), date(1980, 3, 5), 1980, []),
        (1980.0, None, 1980, ["date_year_only"]), ("13/25/1980", None, None, ["date_impossible"]), ("0/0/1980", None, None, ["date_impossible"]),
        (True, None, None, ["date_form"]), (1e300, None, None, ["date_form"]), (float("nan"), None, None, ["date_form"]),
        (-5, None, None, ["date_form"]), ("", None, None, []), ("99/99/9999", None, None, ["date_impossible"]),
    ],
)  # fmt: skip
def test_births(value: object, day: date | None, year: int | None, codes: list[str]) -> None:
    birth, findings = read_birth(value, TODAY)
    assert (birth.day, birth.year, [finding.code for finding in findings]) == (day, year, codes)


@given(st.dates(date(1950, 1, 1), date(2005, 12, 31)))
def test_every_birth_date_survives_writing_and_reading(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day:%d.%m.%Y}", day.isoformat(), f"{day.day}/{day.month}/{day.year}"):
        assert read_birth(written, TODAY)[0].day == day


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.booleans(), st.datetimes()))
def test_no_cell_breaks_a_reader(value: object) -> None:
    read_birth(value, TODAY)
    for reader in (read_name, read_phone, read_national_id, read_email, read_sex):
        reader(value)


def test_exchanged_dates_need_both_kinds() -> None:
    real = [Birth(date(1980, n, n + 1), 1980, real=True) for n in range(1, 5)]
    typed = [Birth(date(1980, 1, 25), 1980)]
    assert swapped_by_excel([*real, *typed])
    assert not swapped_by_excel(real)
    assert not swapped_by_excel([*real[:3], *typed])
    assert not swapped_by_excel([*real, *typed, Birth(date(1980, 1, 3), 1980)])
    assert turned_back(real[0]).day == date(1980, 2, 1)


@pytest.mark.parametrize(
    ("position", "group"),
    [
        ("Phó Chủ tịch UBND xã", "leader"), ("Hiệu trưởng", "leader"), ("Giáo viên Toán", "teacher"), ("Bác sĩ đa khoa", "doctor"),
        ("Điều dưỡng trưởng", "nurse"), ("Kế toán", "clerk"), ("Cán bộ chiến sĩ", "officer"), ("Chuyên viên", "specialist"), ("", ""),
    ],
)  # fmt: skip
def test_job_groups(position: str, group: str) -> None:
    assert job_group(position) == group


def test_masks() -> None:
    assert masked_name("  Nguyễn Thị  Ánh ") == "N. T. Á."
    assert masked_number("052175000012") == "052•••••0012"
    assert masked_number("123") == "•••"


@given(st.integers(0, 20000))
def test_columns_have_letters(index: int) -> None:
    assert column_number(column_letters(index)) == index + 1


@pytest.mark.parametrize(
    ("role", "restricted", "shown"),
    [
        (Role.MANAGER, True, "Lê Văn Ân"), (Role.LEADER, True, "L. V. Â."), (Role.REVIEWER, True, "L. V. Â."),
        (Role.LEADER, False, "Lê Văn Ân"), (Role.INSTRUCTOR, True, "Lê Văn Ân"),
    ],
)  # fmt: skip
def test_names_of_restricted_bodies(role: Role, restricted: bool, shown: str) -> None:
    assert shown_name(Actor(role, "x"), "Lê Văn Ân", restricted=restricted) == shown
