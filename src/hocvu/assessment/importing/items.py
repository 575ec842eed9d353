"""Read a file of items (YAML, as in ``data/items``) and say what keeps it from being loaded."""

from pathlib import Path
from typing import Any

import yaml

from hocvu.kernel.actor import Actor

from ..api import load_items
from ..domain.items import bank_faults

MOST_BYTES = 5 * 1024 * 1024


def read_items(path: Path) -> tuple[list[Any], list[str]]:
    """Return the entries of a file, and what is wrong with it, one line per fault."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return [], [f"{path.name}: larger than {MOST_BYTES // 1024 // 1024} MB"]
        text = path.read_text(encoding="utf-8-sig")
    except OSError as trouble:
        return [], [f"{path.name}: cannot be read ({trouble.strerror})"]
    except UnicodeDecodeError:
        return [], [f"{path.name}: is not UTF-8; save it again as UTF-8"]
    try:
        entries = yaml.safe_load(text)
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        return [], [f"{path.name}{where}: not valid YAML ({getattr(trouble, 'problem', trouble)})"]
    if not isinstance(entries, list) or not entries:
        return [], [f"{path.name}: must be a list of items, each starting with '- code:'"]
    return entries, bank_faults(entries)


def check_items(path: Path | str) -> list[str]:
    """Return what is wrong with a file of items, one line per fault; empty where it can be loaded."""
    return read_items(Path(path))[1]


def load_item_file(*, actor: Actor, path: Path | str) -> tuple[int, list[str]]:
    """Load a file of items for review; return (versions written, faults); with any fault nothing is written."""
    entries, faults = read_items(Path(path))
    return (0, faults) if faults else (load_items(actor=actor, entries=entries), [])
