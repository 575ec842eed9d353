"""Read a roster file and say what would be imported, cell by cell. Nothing is written."""

import argparse
import sys
from pathlib import Path

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which file and for which agency."""
    parser.add_argument("file", type=Path, help=".xlsx or .csv as an agency sent it")
    parser.add_argument("--organisation", help="code of the agency; without it, persons known are not looked up")


def run(options: argparse.Namespace) -> int:
    """Read and print; exit 1 where a row cannot be imported."""
    setup.prepare()
    if not options.file.is_file():
        print(f"There is no file {options.file}.", file=sys.stderr)
        return 2
    from hocvu.people.importing.reading import describe

    lines, faults = describe(options.file.read_bytes(), options.file.name, options.organisation)
    print("\n".join(lines))
    return 1 if faults else 0
