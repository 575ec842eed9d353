"""Read the words after ``./run`` and call the command."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# name -> (module, one line of help); each module has add_arguments(parser) and run(options) -> exit code.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "play the Binh Dinh campaign up to a stage and open it in the browser"),
    "serve": ("serve", "serve this installation"),
    "test": ("test", "run every test on SQLite and PostgreSQL"),
    "check": ("check", "format, lint, types, layers, templates, translations"),
    "doctor": ("doctor", "what is installed, what is wrong, how to mend it"),
    "status": ("status", "planned and actual counts of the campaign"),
    "plan": ("plan", "compute a timetable, for the campaign or for an instance in files"),
    "roster": ("roster", "read a roster file and say what would be imported"),
    "items": ("items", "check and load a file of test items"),
    "verify": ("verify", "check an attestation file against the register"),
    "report": ("report", "make a daily or final report as .docx and PDF"),
    "backup": ("backup", "put the whole installation into one file"),
    "restore": ("restore", "bring an installation back from such a file"),
    "manage": ("manage", "Django's own commands"),
}


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="./run",
        description="hocvu runs a government-scale training campaign, from the signed plan to the effect on the job.",
        epilog="Start with ./run demo. Each command explains itself with --help.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (module, words) in COMMANDS.items():
        sub = commands.add_parser(name, help=words, description=words, add_help=name != "manage")
        if name == "manage":
            sub.add_argument("words", nargs=argparse.REMAINDER)
        sub.set_defaults(module=module, parser=sub)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    given = list(sys.argv[1:] if words is None else words)
    parser = build_parser()
    if not given or given[0] in {"-h", "--help"}:
        parser.print_help()
        return 0
    name = given[0]
    if name not in COMMANDS:
        parser.error(f"unknown command {name!r}; ./run --help lists them")
    # Only the command asked for is imported: the command line starts in a fraction of a second.
    command = import_module(f"hocvu.cli.{COMMANDS[name][0]}")
    if name == "manage":
        return int(command.run(given[1:]))
    own = argparse.ArgumentParser(prog=f"./run {name}", description=command.__doc__)
    command.add_arguments(own)
    try:
        return int(command.run(own.parse_args(given[1:])))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
