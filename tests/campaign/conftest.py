"""A small campaign, played once for all tests by the project's own command line, in a folder of its own."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, data: Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of ``./run`` (set-up aside) on a data folder."""
    environment = os.environ | {
        "HOCVU_DATA": str(data),
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    }
    environment.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "hocvu.cli", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=check,
    )


def played(stage: str, shared: Path) -> Path:
    """Return the folder of a demo played to a stage; several test processes share one."""
    folder = shared / f"demo-{stage}"
    with (shared / f"demo-{stage}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "played").exists():
            run("demo", "--stage", stage, "--scale", "0.02", "--no-serve", data=folder)
            (folder / "played").touch()
    return folder


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all test processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def finished(shared_folder: Path) -> Path:
    """Return a demo played to the follow-up, months after the merger."""
    return played("followup", shared_folder)
