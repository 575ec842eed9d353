"""Bring an installation back from a backup file. What is there is moved aside, never overwritten."""

import argparse
import sys
from pathlib import Path

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which file and into which folder."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--data", help="folder of the installation (default: var)")


def run(options: argparse.Namespace) -> int:
    """Check the file, put it in place, and see that the database opens and the ledger is whole."""
    setup.use_data(options.data)
    from .archive import ArchiveError, restore_archive

    try:
        aside = restore_archive(options.file)
    except ArchiveError as trouble:
        print(f"{options.file}: {trouble}", file=sys.stderr)
        return 1
    setup.prepare()
    from hocvu.ledger.api import verify_chain

    state = verify_chain()
    if aside:
        print(f"What was there is kept in {aside}.")
    if state.broken_at is not None:
        print(f"Restored, but the ledger is broken at line {state.broken_at}: do not go on without finding out why.")
        return 1
    print(f"Restored: {state.lines} lines of the ledger, whole.")
    return 0
