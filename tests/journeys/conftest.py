"""Demos played once and served as copies, a browser, and visitors."""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.campaign.conftest import played

from .serving import Served, copied, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .visiting import Visitor

CHROMIUM = os.environ.get("HOCVU_CHROMIUM", "/usr/bin/chromium")
WORDS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the played demos, one for all processes of this run.

    Whoever writes journeys may name a folder in HOCVU_TEST_DEMOS: the demos there are kept for the next run.
    """
    kept = os.environ.get("HOCVU_TEST_DEMOS")
    if kept:
        return Path(kept)
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Start one browser for this process."""
    from playwright.sync_api import sync_playwright

    # Playwright leaves an event loop in this thread; without this Django would refuse its database to later tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=WORDS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def shown(demos: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Served]]:
    """Return a function that serves a stage to look at: one server a stage, for tests that change nothing."""
    running: dict[str, Served] = {}
    with contextlib.ExitStack() as stack:

        def at_stage(stage: str) -> Served:
            if stage not in running:
                data = copied(played(stage, demos), tmp_path_factory.mktemp("shown") / stage)
                running[stage] = stack.enter_context(serving(data, jobs=False))
            return running[stage]

        yield at_stage


@pytest.fixture
def demo(demos: Path, tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Return a function that serves a stage in a copy of the test's own: ``demo("teach", jobs=True)``."""
    with contextlib.ExitStack() as stack:

        def at_stage(stage: str, *, jobs: bool = False) -> Served:
            data = copied(played(stage, demos), tmp_path / stage)
            return stack.enter_context(serving(data, jobs=jobs))

        yield at_stage


@pytest.fixture
def visit(browser: "Browser") -> "Iterator[Callable[..., Visitor]]":
    """Return a function that gives a visitor of a served demo, signed in if a role is named."""
    from .visiting import visitor

    contexts = []

    def somebody(served: Served, role: str = "", **options: Any) -> "Visitor":
        found = visitor(browser, served, **options)
        contexts.append(found.context)
        if role:
            found.enter(role)
        return found

    yield somebody
    for context in contexts:
        context.close()
