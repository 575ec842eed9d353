"""What changed between two texts, word by word.

First line against line (a paragraph of Markdown is one line), then words inside lines that changed: a whole
lesson is compared in milliseconds, and a moved comma does not colour a page.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ..types import Change

_WORDS = re.compile(r"\s+|\S+")
# Beyond this the comparison of words would take seconds: the passage is shown as replaced.
MOST_PAIRS = 4_000_000


def word_changes(old: str, new: str) -> list[Change]:
    """Return the pieces of both texts in order; ``same`` and ``out`` give ``old``, ``same`` and ``in`` ``new``."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[a:b])))
        else:
            found += _inside("".join(before[a:b]), "".join(after[c:d]))
    return _joined(found)


def _inside(old: str, new: str) -> Iterable[Change]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > MOST_PAIRS:
        return [("out", old), ("in", new)]
    found: list[Change] = []
    # Spaces are everywhere: as anchors they would tear sentences to shreds and make the search slow.
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[a:b])))
        else:
            found += _replaced(before[a:b], after[c:d])
    return found


def _replaced(out: list[str], new: list[str]) -> list[Change]:
    """Spaces are no anchors, so a passage may end in the same line end on both sides: that is no change."""
    tail: list[str] = []
    while out and new and out[-1] == new[-1]:
        tail.insert(0, out.pop())
        new.pop()
    return [("out", "".join(out)), ("in", "".join(new)), ("same", "".join(tail))]


def _joined(changes: Iterable[Change]) -> list[Change]:
    """Drop empty pieces and join neighbours of one kind; within a change what goes out stands first."""
    found: list[Change] = []
    for op, text in changes:
        if not text:
            continue
        if found and found[-1][0] == op:
            found[-1] = (op, found[-1][1] + text)
        elif len(found) > 1 and op == "out" and found[-1][0] == "in" and found[-2][0] == "out":
            found[-2] = ("out", found[-2][1] + text)
        else:
            found.append((op, text))
    return found


def older(changes: Sequence[Change]) -> str:
    """Return the older text."""
    return "".join(text for op, text in changes if op != "in")


def newer(changes: Sequence[Change]) -> str:
    """Return the newer text."""
    return "".join(text for op, text in changes if op != "out")


def lines_of_changes(changes: Sequence[Change]) -> list[list[Change]]:
    """Return the pieces line by line, line ends left out; a line with none is empty in both texts."""
    lines: list[list[Change]] = [[]]
    for op, text in changes:
        first, *rest = text.split("\n")
        if first:
            lines[-1].append((op, first))
        for part in rest:
            lines.append([(op, part)] if part else [])
    return lines
