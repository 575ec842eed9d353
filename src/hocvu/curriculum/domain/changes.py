"""What changed between two texts, word by word.

First line against line (a paragraph of Markdown is one line), then words inside lines that changed: a whole
lesson is compared in milliseconds, and a moved comma does not colour a page.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from ..types import Change

_WORDS = re.compile(r"(\S*)(\s*)")
# Beyond this the comparison of words would take seconds: the passage is shown as replaced.
MOST_PAIRS = 4_000_000
Word = tuple[str, str]  # the word, and the space after it


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
    before, after = _words(old), _words(new)
    if len(before) * len(after) > MOST_PAIRS:
        return [("out", old), ("in", new)]
    found: list[Change] = []
    # Words only: spaces are everywhere and, as anchors, would tear sentences to shreds.
    matcher = SequenceMatcher(None, [w for w, _ in before], [w for w, _ in after], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += _kept(before[a:b], after[c:d])
        else:
            found += _replaced(_text(before[a:b]), _text(after[c:d]))
    return found


def _words(text: str) -> list[Word]:
    return [(word, space) for word, space in _WORDS.findall(text) if word or space]


def _text(words: Sequence[Word]) -> str:
    return "".join(word + space for word, space in words)


def _kept(before: Sequence[Word], after: Sequence[Word]) -> list[Change]:
    """The same words; only the space after one may differ."""
    found: list[Change] = []
    for (word, old_space), (_, new_space) in zip(before, after, strict=True):
        if old_space == new_space:
            found.append(("same", word + old_space))
        else:
            found += [("same", word), ("out", old_space), ("in", new_space)]
    return found


def _replaced(old: str, new: str) -> list[Change]:
    """Other words; where both end a line in the same way, the line end is no change."""
    space = old[len(old.rstrip()) :]
    if "\n" not in space or space != new[len(new.rstrip()) :]:
        return [("out", old), ("in", new)]
    return [("out", old.rstrip()), ("in", new.rstrip()), ("same", space)]


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
