"""Say what keeps an item from being loaded: it must be whole in three languages, with one right option."""

from collections.abc import Iterable, Mapping
from typing import Any

LANGUAGES = ("vi", "fr", "en")
POOLS = frozenset({"test", "practice"})
DIFFICULTIES = frozenset({"easy", "medium", "hard"})
OPTION_KEYS = "abcd"
KNOWN = frozenset(
    {"code", "lesson", "axis", "competence", "difficulty", "pool", "groups", "stem", "options"}
    | {"explanation", "enemies", "fixed_order"}
)


def item_faults(entry: Any, place: int) -> list[str]:
    """Return one line per fault of an entry; ``place`` counts from 1 and names an entry without a code."""
    if not isinstance(entry, Mapping):
        return [f"entry {place}: not an item"]
    code = str(entry.get("code") or "").strip()
    name = code or f"entry {place}"
    faults = [] if code else ["has no code"]
    faults += [f"unknown field {key!r}" for key in sorted(set(map(str, entry)) - KNOWN)]
    faults += _frame_faults(entry)
    faults += _text_faults("stem", entry.get("stem"))
    faults += _text_faults("explanation", entry.get("explanation"))
    faults += _option_faults(entry.get("options"))
    return [f"{name}: {fault}" for fault in faults]


def bank_faults(entries: Iterable[Any]) -> list[str]:
    """Return the faults of many entries, with codes used twice and enemies that are not returned."""
    held = list(entries)
    faults = [fault for place, entry in enumerate(held, start=1) for fault in item_faults(entry, place)]
    enemies: dict[str, set[str]] = {}
    for entry in held:
        if isinstance(entry, Mapping) and entry.get("code"):
            code = str(entry["code"])
            if code in enemies:
                faults.append(f"{code}: the code is used twice")
            enemies[code] = set(map(str, entry.get("enemies") or ()))
    for code, others in sorted(enemies.items()):
        faults += [
            f"{code}: {other} does not name it as its enemy in turn"
            for other in sorted(others)
            if other in enemies and code not in enemies[other]
        ]
    return faults


def _frame_faults(entry: Mapping[str, Any]) -> list[str]:
    faults = []
    if not str(entry.get("lesson") or "").strip():
        faults.append("has no lesson")
    if not str(entry.get("competence") or "").strip():
        faults.append("has no competence")
    if entry.get("axis") not in {1, 2, 3}:
        faults.append("axis must be 1, 2 or 3")
    if entry.get("difficulty") not in DIFFICULTIES:
        faults.append("difficulty must be easy, medium or hard")
    if entry.get("pool") not in POOLS:
        faults.append("pool must be test or practice")
    for field in ("groups", "enemies"):
        value = entry.get(field, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            faults.append(f"{field} must be a list of codes")
    if not isinstance(entry.get("fixed_order", False), bool):
        faults.append("fixed_order must be true or false")
    return faults


def _text_faults(field: str, texts: Any) -> list[str]:
    if not isinstance(texts, Mapping):
        return [f"has no {field}"]
    return [f"{field} is missing in {lang}" for lang in LANGUAGES if not str(texts.get(lang) or "").strip()]


def _option_faults(options: Any) -> list[str]:
    if not isinstance(options, list) or not all(isinstance(option, Mapping) for option in options):
        return ["has no options"]
    faults = []
    if [str(option.get("key")) for option in options] != list(OPTION_KEYS):
        faults.append("needs four options with the keys a, b, c, d in this order")
    right = sum(option.get("right") is True for option in options)
    if right != 1:
        faults.append(f"needs one right option, has {right}")
    for option in options:
        faults += _text_faults(f"option {option.get('key')}", option)
    for lang in LANGUAGES:
        words = [" ".join(str(option.get(lang) or "").split()).lower() for option in options]
        if len(set(words)) < len(words) and all(words):
            faults.append(f"two options say the same in {lang}")
    return faults
