"""Read YAML with kind errors: every value knows its path and line, and all errors are gathered.

Scalars stay as written, so that ``07:30``, ``52`` and ``no`` mean what people think they mean. Anchors are
refused (a small file must not unfold into a huge one), as is a key written twice.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from hocvu.kernel.texts import LANGUAGES

from ..types import PlanError, Texts

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
MOST_LETTERS = 500_000
MOST_ERRORS = 60
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_YES_NO = {"true": True, "yes": True, "có": True, "false": False, "no": False, "không": False}


@dataclass
class Errors:
    """The errors found so far."""

    found: list[PlanError] = field(default_factory=list)

    def add(self, path: str, code: str, line: int = 0, /, **data: Any) -> None:
        """Keep one error, up to a number a person can mend in one go."""
        if len(self.found) < MOST_ERRORS:
            self.found.append(PlanError(path, code, line, data))


def load(text: str, errors: Errors) -> "Part | None":
    """Return the top mapping of a YAML text, or none after adding what is wrong with it."""
    if len(text) > MOST_LETTERS:
        errors.add("", "too_big", most=MOST_LETTERS // 1000)
        return None
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                errors.add("", "anchor", event.start_mark.line + 1 if event.start_mark else 0)
                return None
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        errors.add("", "syntax", mark.line + 1 if mark else 0, column=mark.column + 1 if mark else 0)
        return None
    except (yaml.YAMLError, RecursionError, ValueError):
        errors.add("", "syntax", 0, column=0)
        return None
    if not isinstance(node, yaml.MappingNode):
        errors.add("", "not_a_mapping", 1)
        return None
    return Part(node, "", errors)


class Part:
    """A mapping of the file. Asking for a value that is missing or wrong adds an error and gives a default."""

    def __init__(self, node: yaml.MappingNode, path: str, errors: Errors) -> None:
        self.path = path
        self.line = node.start_mark.line + 1
        self.errors = errors
        self.asked: set[str] = set()
        self.nodes: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in self.nodes:
                errors.add(self.at(key), "twice", key_node.start_mark.line + 1, key=key)
            self.nodes[key] = value

    def at(self, key: str) -> str:
        """Return the path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, code: str, /, **data: Any) -> None:
        """Add an error at a key."""
        node = self.nodes.get(key)
        self.errors.add(self.at(key), code, node.start_mark.line + 1 if node else self.line, **data)

    def has(self, key: str) -> bool:
        """Say whether a key stands there with a value."""
        self.asked.add(key)
        node = self.nodes.get(key)
        return node is not None and not (isinstance(node, yaml.ScalarNode) and node.value in {"", "~", "null"})

    def raw(self, key: str, *, needed: bool = True) -> str:
        """Return a scalar as written, in NFC."""
        if not self.has(key):
            if needed:
                self.wrong(key, "missing", key=key)
            return ""
        node = self.nodes[key]
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(key, "not_a_text", key=key)
            return ""
        return unicodedata.normalize("NFC", node.value).strip()

    def text(self, key: str, *, needed: bool = True, most: int = 0) -> str:
        """Return a text of at most ``most`` letters."""
        found = self.raw(key, needed=needed)
        if most and len(found) > most:
            self.wrong(key, "too_long", key=key, most=most)
        return found

    def texts(self, key: str, *, needed: bool = True) -> Texts:
        """Return a text in three languages: Vietnamese is needed, French and English are asked for."""
        if not self.has(key):
            if needed:
                self.wrong(key, "missing", key=key)
            return {}
        node = self.nodes[key]
        if not isinstance(node, yaml.MappingNode):
            self.wrong(key, "not_three_texts", key=key)
            return {}
        inner = Part(node, self.at(key), self.errors)
        found = {language: inner.raw(language) for language in LANGUAGES}
        inner.finish(LANGUAGES)
        return found

    def day(self, key: str, *, needed: bool = True) -> date | None:
        """Return a day written 2025-06-11 or 11/06/2025."""
        written = self.raw(key, needed=needed)
        if not written:
            return None
        found = read_day(written)
        if found is None:
            self.wrong(key, "not_a_day", key=key, written=written)
        return found

    def sure_day(self, key: str) -> date:
        """Return a day that is needed; a day far off where it is wrong (an error stands then)."""
        return self.day(key) or date.max

    def moment(self, key: str, *, needed: bool = True) -> datetime | None:
        """Return a Vietnamese wall-clock time written 2025-06-11 07:30."""
        written = self.raw(key, needed=needed)
        if not written:
            return None
        on, _, at = written.replace("T", " ").partition(" ")
        day, hour = read_day(on), _HOUR.fullmatch(at.strip())
        if day is None or hour is None:
            self.wrong(key, "not_a_moment", key=key, written=written)
            return None
        return datetime(day.year, day.month, day.day, int(hour[1]), int(hour[2]), tzinfo=VIETNAM)

    def number(self, key: str, *, least: Decimal | int = 0, most: Decimal | int = 1_000_000) -> Decimal:
        """Return a number between ``least`` and ``most``; a decimal comma is read as a point."""
        written = self.raw(key)
        if not written:
            return Decimal(0)
        try:
            found = Decimal(written.replace(",", "."))
        except InvalidOperation:
            self.wrong(key, "not_a_number", key=key, written=written)
            return Decimal(0)
        if not found.is_finite() or not least <= found <= most:
            self.wrong(key, "out_of_range", key=key, written=written, least=str(least), most=str(most))
            return Decimal(0)
        return found

    def whole(self, key: str, *, least: int = 0, most: int = 1_000_000) -> int:
        """Return a whole number."""
        found = self.number(key, least=least, most=most)
        if found != found.to_integral_value():
            self.wrong(key, "not_whole", key=key, written=str(found))
        return int(found)

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """Return one of ``allowed``."""
        written = self.raw(key)
        if written and written not in allowed:
            self.wrong(key, "not_a_choice", key=key, written=written, allowed=", ".join(allowed))
        return written

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return yes or no."""
        written = self.raw(key, needed=False)
        if written and written.lower() not in _YES_NO:
            self.wrong(key, "not_yes_or_no", key=key, written=written)
        return _YES_NO.get(written.lower(), default)

    def codes(self, key: str) -> tuple[str, ...]:
        """Return one code, or a list of codes of which the first known one counts."""
        if self.has(key) and isinstance(self.nodes[key], yaml.SequenceNode):
            return tuple(self.words(key))
        found = self.raw(key)
        return (found,) if found else ()

    def words(self, key: str, *, needed: bool = True) -> list[str]:
        """Return a list of scalars."""
        if not self.has(key):
            if needed:
                self.wrong(key, "missing", key=key)
            return []
        node = self.nodes[key]
        if not isinstance(node, yaml.SequenceNode) or any(not isinstance(n, yaml.ScalarNode) for n in node.value):
            self.wrong(key, "not_a_list", key=key)
            return []
        return [unicodedata.normalize("NFC", n.value).strip() for n in node.value]

    def part(self, key: str, *, needed: bool = True) -> "Part | None":
        """Return a mapping under a key."""
        if not self.has(key):
            if needed:
                self.wrong(key, "missing", key=key)
            return None
        node = self.nodes[key]
        if not isinstance(node, yaml.MappingNode):
            self.wrong(key, "not_a_mapping", key=key)
            return None
        return Part(node, self.at(key), self.errors)

    def parts(self, key: str, *, needed: bool = True) -> Iterator["Part"]:
        """Yield the mappings of a list."""
        if not self.has(key):
            if needed:
                self.wrong(key, "missing", key=key)
            return
        node = self.nodes[key]
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(key, "not_a_list", key=key)
            return
        for at, item in enumerate(node.value):
            if isinstance(item, yaml.MappingNode):
                yield Part(item, f"{self.at(key)}[{at}]", self.errors)
            else:
                self.errors.add(f"{self.at(key)}[{at}]", "not_a_mapping", item.start_mark.line + 1)

    def finish(self, known: Sequence[str] = ()) -> None:
        """Add an error for each key that nothing asked for: it would be lost without a word."""
        allowed = self.asked | set(known)
        for key in self.nodes:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, 1)
                self.wrong(key, "unknown_key", key=key, near=near[0] if near else "")


def read_day(written: str) -> date | None:
    """Return a day written 2025-06-11 or 11/06/2025, or none."""
    if iso := _ISO.fullmatch(written):
        year, month, day = map(int, iso.groups())
    elif local := _LOCAL.fullmatch(written):
        day, month, year = map(int, local.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def hour_of(written: str) -> str:
    """Return an hour as HH:MM, or an empty string where it is none."""
    found = _HOUR.fullmatch(written)
    return f"{int(found[1]):02d}:{found[2]}" if found else ""
