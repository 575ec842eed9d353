"""Run every test: on SQLite, in a real browser, and on a PostgreSQL of its own."""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field

from . import setup
from .postgres import PrivateCluster
from .system_packages import missing_packages, provide

NO_TESTS = 5  # pytest's exit code for an empty selection: here a mistake, never a success


@dataclass(frozen=True)
class Suite:
    """Some of the tests on one database."""

    name: str
    words: list[str]
    needs: tuple[str, ...] = ()
    postgres: bool = False
    environment: dict[str, str] = field(default_factory=dict)


SUITES = (
    Suite("sqlite", ["-m", "not browser and not postgres and not full"]),
    Suite("browser", ["-m", "browser and not full"], needs=("chromium",)),
    Suite("postgresql", ["-m", "not browser and not full", "tests", "--ignore=tests/kernel"], ("postgresql",), True),
)
FULL = (
    Suite("full-sqlite", ["-m", "full and not browser"]),
    Suite("full-browser", ["-m", "full and browser"], needs=("chromium",)),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Let one choose suites and pass words to pytest."""
    parser.add_argument("--full", action="store_true", help="also the whole matrix of pages, languages and widths")
    parser.add_argument("--suite", action="append", choices=[s.name for s in (*SUITES, *FULL)])
    parser.add_argument("--workers", default=str(min(4, os.cpu_count() or 1)))
    parser.add_argument("words", nargs="*", help="passed on to pytest, after --")


def run(options: argparse.Namespace) -> int:
    """Run the suites one after the other; exit non-zero if one failed or could not run."""
    setup.prepare(migrate=False)
    suites = [*SUITES, *(FULL if options.full else ())]
    if options.suite:
        suites = [s for s in (*SUITES, *FULL) if s.name in options.suite]
    lacking = provide(missing_packages({need for suite in suites for need in suite.needs} | {"gettext", "poppler"}))
    results = [run_suite(suite, options, lacking) for suite in suites]
    print("\nsuite          result      time")
    for suite, (word, seconds) in zip(suites, results, strict=True):
        print(f"{suite.name:<14} {word:<10} {seconds:5.0f} s")
    return 0 if all(word == "passed" for word, _ in results) else 1


def run_suite(suite: Suite, options: argparse.Namespace, lacking: set[str]) -> tuple[str, float]:
    """Run one suite; return its result in a word and its seconds."""
    start = time.monotonic()
    print(f"\n== {suite.name}", flush=True)
    if lacking & set(suite.needs):
        print(f"not run: {', '.join(sorted(lacking & set(suite.needs)))} is not on this machine")
        return "not run", 0.0
    environment = os.environ | suite.environment | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    environment.pop("DATABASE_URL", None)
    words = [sys.executable, "-m", "pytest", "-q", "-n", options.workers, *suite.words, *options.words]
    if suite.postgres:
        with PrivateCluster() as cluster:
            code = subprocess.run(words, env=environment | {"DATABASE_URL": cluster.url}, check=False).returncode
    else:
        code = subprocess.run(words, env=environment, check=False).returncode
    word = {0: "passed", NO_TESTS: "no tests"}.get(code, "failed")
    return word, time.monotonic() - start
