"""Debian packages that only the tests need: found, installed where we may, else named."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

from .postgres import find_postgres

# what a suite asks for -> (Debian's package, how to see that it is there)
PACKAGES: dict[str, tuple[str, Callable[[], object]]] = {
    "chromium": ("chromium", lambda: shutil.which("chromium") or shutil.which("google-chrome")),
    "postgresql": ("postgresql", find_postgres),
    "gettext": ("gettext", lambda: shutil.which("msgfmt")),
    "poppler": ("poppler-utils", lambda: shutil.which("pdfsig")),
}


def missing_packages(needs: set[str]) -> set[str]:
    """Return which of the needs this machine lacks."""
    return {need for need in needs if not PACKAGES[need][1]()}


def provide(needs: set[str]) -> set[str]:
    """Install what is lacking where we are root; return what is still lacking, after naming the line to type."""
    if not needs:
        return set()
    packages = sorted(PACKAGES[need][0] for need in needs)
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"· {line}", file=sys.stderr, flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["sh", "-c", line], env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S607
    still = missing_packages(needs)
    if still:
        print(f"These tests need Debian packages. As root, type:\n  {line}", file=sys.stderr)
    return still
