"""Django's own commands, with everything set up."""

from collections.abc import Sequence

from . import setup


def run(words: Sequence[str]) -> int:
    """Hand the words to Django."""
    setup.prepare_folders()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./run manage", *words])
    return 0
