"""Tell planned and actual counts of the campaign; with --json under stable keys (docs/status.md)."""

import argparse
import json
import sys
from typing import Any

from . import setup

Row = tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say in which form, and of which installation."""
    parser.add_argument("--json", action="store_true", help="one JSON document with the keys of docs/status.md")
    parser.add_argument("--data", help="folder of the installation (default: var)")


def run(options: argparse.Namespace) -> int:
    """Print the counts; exit 1 where there is no campaign."""
    setup.use_data(options.data)
    setup.prepare()
    found = status()
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif found["campaign"] is None:
        print("There is no campaign yet: ./run demo, or ./run serve and follow the first page.", file=sys.stderr)
    else:
        print("\n".join(lines(found)))
    return 0 if found["campaign"] else 1


def status() -> dict[str, Any]:
    """Return the campaign in view and its counts, at the demo's clock where there is one."""
    from contextlib import nullcontext

    from hocvu.campaigns.api import campaign_in_view
    from hocvu.kernel import clock
    from hocvu.monitoring.api import status_figures
    from hocvu.rehearsal.api import demo_now

    campaign = campaign_in_view()
    if campaign is None:
        return {"campaign": None}
    moment = demo_now()
    with clock.frozen(moment) if moment else nullcontext():
        figures = status_figures(campaign.id)
    shown = {
        "code": campaign.code,
        "state": campaign.state,
        "starts_on": campaign.starts_on.isoformat(),
        "ends_on": campaign.ends_on.isoformat(),
    }
    return {"campaign": shown, "demo": moment is not None} | figures


def lines(found: dict[str, Any]) -> list[str]:
    """Return the counts as small tables for people."""
    campaign = found["campaign"]
    head = f"{campaign['code']} ({campaign['state']}), {campaign['starts_on']} to {campaign['ends_on']}"
    said = [head, f"counted up to {found['until']}{' (demo clock)' if found['demo'] else ''}"]
    for title, rows in tables(found):
        said += ["", *table(title, rows)]
    return said


def tables(found: dict[str, Any]) -> list[tuple[str, list[Row]]]:
    """Return each table's title and rows, the first row its headings."""
    people = [(mode, _n(v["planned"]), _n(v["nominated"]), _n(v["placed"])) for mode, v in found["people"].items()]
    cohorts = [
        (mode, *(_n(v[k]) for k in ("planned", "made", "begun", "done"))) for mode, v in found["cohorts"].items()
    ]
    tests, attestations = found["tests"], found["attestations"]
    plain = {key: value for key, value in attestations.items() if isinstance(value, int)}
    forms = [
        (f"{form['kind']} {form['month'] or ''}".strip(), _n(form["sent"]), _n(form["answered"]), _n(form["invalid"]))
        for form in found["forms"]
    ]
    return [
        ("People", [("", "planned", "nominated", "placed"), *people]),
        ("Classes", [("", "planned", "made", "begun", "done"), *cohorts]),
        ("Half-days", _pairs(found["sessions"])),
        ("Presences", _pairs(found["presences"])),
        ("Sittings", _pairs(found["sittings"])),
        ("Tests", _pairs({k: tests[k] for k in ("tested", "passed")})),
        ("Attestations", _pairs(plain)),
        ("Refused, by reason", _pairs(attestations["refused_by_reason"])),
        ("Difficulties", _pairs(found["difficulties"])),
        ("Forms", [("", "sent", "answered", "invalid"), *forms]),
    ]


def table(title: str, rows: list[Row]) -> list[str]:
    """Return a table as lines: words to the left, numbers to the right; nothing where it holds no rows."""
    if len(rows) < 2:
        return [f"{title}: none"]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    widths[0] = max(widths[0], len(title))
    first, *others = rows
    shown = [(title, *first[1:]), *others]
    return [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in shown
    ]


def _pairs(counts: dict[str, Any]) -> list[Row]:
    return [("", ""), *((key, _n(value)) for key, value in counts.items())]


def _n(value: int) -> str:
    return f"{value:,}"
