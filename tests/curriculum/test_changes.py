"""Comparison of two texts, word by word."""

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hocvu.curriculum.domain.changes import lines_of_changes, newer, older, word_changes

WORDS = st.sampled_from(
    ["anh", "chị", "cán bộ", " ", "  ", "\n", "\n\n", ",", ".", "ệ", "\u00a0", "\r\n", "## ", "\x0b"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=40).map("".join))


@given(TEXTS, TEXTS)
def test_changes_give_back_both_texts(old: str, new: str) -> None:
    changes = word_changes(old, new)

    assert older(changes) == old
    assert newer(changes) == new
    assert all(text for _op, text in changes)
    assert all(a[0] != b[0] for a, b in pairwise(changes))


@given(TEXTS)
def test_the_same_text_has_no_change(text: str) -> None:
    assert word_changes(text, text) == ([("same", text)] if text else [])


@given(TEXTS, TEXTS)
@settings(max_examples=50)
def test_lines_lose_nothing_but_line_ends(old: str, new: str) -> None:
    lines = lines_of_changes(word_changes(old, new))

    shown = "".join(text for line in lines for op, text in line if op != "out")
    assert shown == new.replace("\n", "")


def test_one_word_changed_marks_one_word() -> None:
    changes = word_changes("Anh/chị mở tệp rồi lưu.\nHết.\n", "Anh/chị mở thư rồi lưu.\nHết.\n")

    assert changes == [("same", "Anh/chị mở "), ("out", "tệp "), ("in", "thư "), ("same", "rồi lưu.\nHết.\n")]


def test_words_taken_out_of_a_sentence_leave_the_rest_whole() -> None:
    old = "Máy của anh/chị có thể an toàn, nhưng nếu anh/chị tự gõ thì thôi.\n"
    changes = word_changes(old, "Máy có thể an toàn, nhưng nếu anh/chị tự gõ thì thôi.\n")

    assert [c for c in changes if c[0] != "same"] == [("out", "của anh/chị ")]


def test_a_line_rewritten_keeps_its_place() -> None:
    changes = word_changes("A\nB cũ.\nC\n", "A\nD mới.\nC\n")

    assert lines_of_changes(changes)[1] == [("out", "B cũ."), ("in", "D mới.")]


def test_a_whole_lesson_rewritten_is_compared_in_time() -> None:
    old = "\n\n".join(f"Đoạn {n} nói về an toàn thông tin và dữ liệu của người dân." * 3 for n in range(120))
    new = "\n\n".join(f"Phần {n} nói về dữ liệu số và an toàn của cơ quan." * 3 for n in range(130))

    begun = time.process_time()
    changes = word_changes(old, new)

    assert (older(changes), newer(changes)) == (old, new)
    assert time.process_time() - begun < 4


def test_an_endless_line_is_shown_as_replaced() -> None:
    old, new = "a b " * 3000, "c d " * 3000

    assert word_changes(old, new) == [("out", old), ("in", new)]
