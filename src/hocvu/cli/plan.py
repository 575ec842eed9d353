"""Compute a timetable for a planning problem in files (the format is in docs/planning.md).

Without --instance it computes the campaign's own timetable and keeps it as a draft.
"""

import argparse
import sys

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which problem and how much effort."""
    parser.add_argument("--instance", help="folder with instance.json and trainees.csv[.gz]")
    parser.add_argument("--out", help="folder for classes.json and assignment.csv.gz")
    parser.add_argument("--work", type=int, help="effort; 100, the default, means about a minute at 35,000 people")
    parser.add_argument("--time-limit", type=float, help="seconds after which the best plan so far is taken")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")


def run(options: argparse.Namespace) -> int:
    """Plan an instance in files."""
    if not options.instance or not options.out:
        print(
            "Give --instance DIR and --out DIR. The campaign's own timetable is computed on its page.", file=sys.stderr
        )
        return 2
    setup.prepare_folders()
    from hocvu.planning.domain.cli import plan_instance

    return plan_instance(
        options.instance, options.out, work=options.work, time_limit=options.time_limit, seed=options.seed,
        json=options.json,
    )  # fmt: skip
