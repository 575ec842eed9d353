"""Check an attestation file: its signature, its bytes and its entry in the register. Exit 0 only when it stands."""

import argparse

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which file."""
    parser.add_argument("file", help="the PDF of an attestation")


def run(options: argparse.Namespace) -> int:
    """Hand the file to the register."""
    setup.prepare()
    from django.core.management import CommandError, call_command

    try:
        call_command("verify_attestation", options.file)
    except CommandError as refusal:
        print(refusal)
        return refusal.returncode or 1
    except SystemExit as end:
        return int(end.code or 0)
    return 0
