"""Read a roster file and say what would be imported, cell by cell. Nothing is written."""

import argparse
import sys
from pathlib import Path

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which file and for which agency."""
    parser.add_argument("file", type=Path, help=".xlsx or .csv as an agency sent it")
    parser.add_argument("--organisation", required=True, help="code of the agency that sent it")
    parser.add_argument("--language", choices=("vi", "fr", "en"), default="vi", help="language of the messages")


def run(options: argparse.Namespace) -> int:
    """Read and print; exit 1 where a row cannot be imported."""
    setup.prepare()
    if not options.file.is_file():
        print(f"There is no file {options.file}.", file=sys.stderr)
        return 2
    from django.utils import translation

    from hocvu.kernel import clock
    from hocvu.kernel.actor import SYSTEM
    from hocvu.kernel.errors import Refused
    from hocvu.people.api import organisation_by_code
    from hocvu.people.importing.plan import plan_roster
    from hocvu.people.importing.roster import read_roster
    from hocvu.people.web.roster_words import finding_sentence
    from hocvu.ui.refusals import sentence

    home = organisation_by_code(options.organisation)
    if home is None:
        print(f"There is no organisation with the code {options.organisation}.", file=sys.stderr)
        return 2
    with translation.override(options.language):
        try:
            reading = read_roster(options.file.read_bytes(), options.file.name, clock.today())
            plan = plan_roster(reading, actor=SYSTEM, organisation=home, today=clock.today())
        except Refused as refused:
            print(sentence(refused))
            return 1
        for finding in plan.findings:
            print(finding_sentence(finding.kept()))
    errors = sum(finding.severity == "error" for finding in plan.findings)
    people = sum(row["action"] != "skip" for row in plan.rows)
    print(f"{people} people read; {errors} faults must be mended before the list can be entered.")
    return 1 if errors else 0
