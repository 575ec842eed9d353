"""Format, lint, types, layers, templates, translations: what a change must pass before its tests."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

from . import setup
from .system_packages import missing_packages, provide

BIN = Path(sys.executable).parent

# name -> words; each prints its own findings.
CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "."],
    "types": [str(BIN / "mypy"), "src", "config"],
    "layers": [str(BIN / "lint-imports"), "--no-cache"],
    "templates": [str(BIN / "djlint"), "--lint", "--quiet", "src"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "--verbosity", "1"],
    "translations": [sys.executable, "-m", "hocvu.cli.translations"],
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let one name some of the checks."""
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join(CHECKS)}; none means all")


def run(options: argparse.Namespace) -> int:
    """Run the checks, each with its time; exit non-zero if one found something."""
    unknown = set(options.names) - set(CHECKS)
    if unknown:
        print(f"unknown check: {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    setup.prepare(migrate=False)
    provide(missing_packages({"gettext"}))
    failed = [name for name in options.names or CHECKS if not run_check(name)]
    print(f"checks: {'all in order' if not failed else 'mend ' + ', '.join(failed)}")
    return 1 if failed else 0


def run_check(name: str) -> bool:
    """Run one check; say whether it found nothing."""
    start = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=setup.ROOT, capture_output=True, text=True, check=False)
    word = "ok" if done.returncode == 0 else "FOUND"
    print(f"{name:<13} {word:<6} {time.monotonic() - start:5.1f} s", flush=True)
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).splitlines()[-60:]))
    return done.returncode == 0
