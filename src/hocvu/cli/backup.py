"""Put the whole installation (database, files, keys) into one file. It may go on serving meanwhile."""

import argparse
import sys
import time
from pathlib import Path

from . import setup


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where the file goes."""
    parser.add_argument("file", type=Path, nargs="?", help="default: hocvu-backup-<time>.tar.gz here")
    parser.add_argument("--data", help="folder of the installation (default: var)")


def run(options: argparse.Namespace) -> int:
    """Write the backup and tell what is in it."""
    setup.use_data(options.data)
    setup.prepare()
    from .archive import write_archive

    target = options.file or Path(time.strftime("hocvu-backup-%Y%m%d-%H%M%S.tar.gz"))
    if target.exists():
        print(f"{target} is there already; choose another name.", file=sys.stderr)
        return 2
    names = write_archive(target)
    print(f"{target}: {len(names)} files, {target.stat().st_size / 1024 / 1024:.1f} MiB. It holds keys: keep it safe.")
    return 0
