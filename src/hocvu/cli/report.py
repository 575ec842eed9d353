"""Make the daily or the final report and write it as .docx and PDF."""

import argparse
import sys
from datetime import date
from pathlib import Path

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which report and where it goes."""
    parser.add_argument("kind", choices=("daily", "final"))
    parser.add_argument("--day", type=date.fromisoformat, help="2025-06-18 (default: today)")
    parser.add_argument("--out", type=Path, default=Path(), help="folder for the files")


def run(options: argparse.Namespace) -> int:
    """Make and write it."""
    setup.prepare()
    from hocvu.campaigns.api import campaign_in_view
    from hocvu.kernel import clock
    from hocvu.kernel.actor import SYSTEM
    from hocvu.kernel.errors import Refused
    from hocvu.monitoring.api import make_report, report_docx, report_pdf
    from hocvu.ui.refusals import sentence

    campaign = campaign_in_view()
    if campaign is None:
        print("There is no campaign yet: ./run demo, or ./run serve and follow the first page.", file=sys.stderr)
        return 1
    day = options.day or clock.today()
    try:
        report = make_report(actor=SYSTEM, campaign_id=campaign.id, kind=options.kind, day=day)
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    for ending, content in (("docx", report_docx(report)), ("pdf", report_pdf(report))):
        path = options.out / f"report-{options.kind}-{day}.{ending}"
        path.write_bytes(content)
        print(path)
    return 0
