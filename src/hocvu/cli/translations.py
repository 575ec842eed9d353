"""See that the catalogues hold every sentence of the pages, translated; ``--update`` gathers new ones."""

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from . import setup

LANGUAGES = ("vi", "fr")


def main(words: list[str]) -> int:
    """Gather into the catalogues, or gather beside them and compare."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    setup.prepare_folders()
    import django

    django.setup()
    if "--update" in words:
        gather(setup.ROOT / "locale")
        return 0
    if not shutil.which("xgettext"):
        print("gettext is not on this machine. As root, type: apt-get install -y gettext")
        return 1
    with tempfile.TemporaryDirectory(prefix="hocvu-locale-") as folder:
        fresh = Path(folder) / "locale"
        shutil.copytree(setup.ROOT / "locale", fresh)
        gather(fresh)
        faults = [fault for language in LANGUAGES for fault in compare(language, fresh)]
    print("\n".join(faults[:60]))
    if len(faults) > 60:
        print(f"… and {len(faults) - 60} more")
    return 1 if faults else 0


def gather(folder: Path) -> None:
    """Write the sentences of the sources into the catalogues of ``folder``."""
    from django.conf import settings
    from django.core.management import call_command

    settings.LOCALE_PATHS = [str(folder)]
    # From src: a folder called locale in the current one would be preferred to the setting.
    with contextlib.chdir(setup.ROOT / "src"):
        call_command(
            "makemessages", locale=list(LANGUAGES), no_obsolete=True, no_location=True, no_wrap=True, verbosity=0,
            domain="django",
        )  # fmt: skip


def read(folder: Path, language: str) -> Catalog:
    """Return the catalogue of a language."""
    with (folder / language / "LC_MESSAGES" / "django.po").open("rb") as words:
        return read_po(words, locale=language)


def compare(language: str, fresh: Path) -> list[str]:
    """Return what a catalogue lacks, has too much, or has not translated."""
    kept = {m.id: m for m in read(setup.ROOT / "locale", language) if m.id}
    wanted = {m.id: m for m in read(fresh, language) if m.id}
    faults = [f"{language}: not in the catalogue: {key!r}" for key in wanted.keys() - kept.keys()]
    for key, message in kept.items():
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if key not in wanted:
            faults.append(f"{language}: no longer used: {key!r}")
        elif message.fuzzy or not all(strings):
            faults.append(f"{language}: not translated: {key!r}")
        elif problems := list(message.check()):
            faults.append(f"{language}: {problems[0]}: {key!r}")
    return sorted(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
