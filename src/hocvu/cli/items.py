"""Check a file of test items, and load it when it is in order and --load is given."""

import argparse
import sys
from pathlib import Path

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which file."""
    parser.add_argument("file", type=Path, help="a YAML file of items (docs/items.md tells the form)")
    parser.add_argument("--load", action="store_true", help="put the items into the bank, as drafts of the office")


def run(options: argparse.Namespace) -> int:
    """Check, and load when asked to."""
    setup.prepare()
    import yaml

    from hocvu.assessment.api import load_items
    from hocvu.assessment.importing.items import check_items
    from hocvu.kernel.actor import SYSTEM
    from hocvu.kernel.errors import Refused
    from hocvu.ui.refusals import sentence

    if not options.file.is_file():
        print(f"There is no file {options.file}.", file=sys.stderr)
        return 2
    messages = check_items(options.file)
    for message in messages:
        print(message)
    if messages:
        print(f"{len(messages)} to mend; nothing was loaded.")
        return 1
    entries = yaml.safe_load(options.file.read_text(encoding="utf-8"))
    print(f"{len(entries)} items in order.")
    if options.load:
        try:
            print(f"{load_items(actor=SYSTEM, entries=entries)} loaded.")
        except Refused as refused:
            print(sentence(refused), file=sys.stderr)
            return 1
    return 0
