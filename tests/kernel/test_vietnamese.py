"""Vietnamese text: order, search, cleaning."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.kernel.vietnamese import clean, fold, given_name, mark_in_words, name_sort_key, same_spelling, sort_key


def test_letters_come_in_the_order_of_the_alphabet() -> None:
    words = [
        "a",
        "ă",
        "â",
        "b",
        "c",
        "d",
        "đ",
        "e",
        "ê",
        "g",
        "i",
        "l",
        "m",
        "n",
        "o",
        "ô",
        "ơ",
        "p",
        "q",
        "u",
        "ư",
        "v",
        "y",
    ]

    shuffled = words[7:] + words[:7]

    assert sorted(shuffled, key=sort_key) == words


def test_tones_decide_only_between_equal_letters() -> None:
    assert sorted(["ma", "mạ", "má", "mã", "mả", "mà"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mạ", "mai"], key=sort_key) == ["mạ", "mai"]


def test_people_are_ordered_by_given_name_first() -> None:
    names = ["Nguyễn Thị Đào", "Trần Ánh", "Lê An", "Võ Ân", "Hồ Ái", "Bùi Ý", "Cao Dũng"]

    assert sorted(names, key=name_sort_key) == [
        "Hồ Ái", "Lê An", "Trần Ánh", "Võ Ân", "Cao Dũng", "Nguyễn Thị Đào", "Bùi Ý",
    ]  # fmt: skip


def test_same_given_name_is_ordered_by_family_and_middle_names() -> None:
    names = ["Trần Văn An", "Nguyễn Thị An", "Nguyễn An"]

    assert sorted(names, key=name_sort_key) == ["Nguyễn An", "Nguyễn Thị An", "Trần Văn An"]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Đặng Thị Hoà", "dang thi hoa"), ("ĐINH THỊ H’LOAN", "dinh thi h'loan"), ("Ước Quý", "uoc quy")],
)
def test_folding_takes_marks_off(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


def test_cleaning_makes_nfc_and_plain_spaces() -> None:
    assert clean(unicodedata.normalize("NFD", " Nguyễn\u00a0 Văn\u200b A ")) == "Nguyễn Văn A"


def test_two_ways_of_placing_a_tone_are_one() -> None:
    assert same_spelling("Hoà Thuỷ") == same_spelling("Hòa Thủy")


def test_given_name_is_the_last_word() -> None:
    assert given_name("Đinh Thị H'Loan") == "H'Loan"


@pytest.mark.parametrize(("tenths", "words"), [(85, "Tám phẩy năm"), (100, "Mười"), (0, "Không"), (57, "Năm phẩy bảy")])
def test_marks_in_words(tenths: int, words: str) -> None:
    assert mark_in_words(tenths) == words


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="aăâbcdđeêàáảãạằấ HÝ'", min_size=1, max_size=12))
def test_keys_do_not_depend_on_normal_form(text: str) -> None:
    assert name_sort_key(unicodedata.normalize("NFD", text)) == name_sort_key(text)
