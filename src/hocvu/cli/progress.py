"""A progress line for long work: on a terminal it moves, elsewhere each step is one line."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


class Bar:
    """Show the words of each step and, where it is known, the share done."""

    def __init__(self) -> None:
        self.terminal = sys.stderr.isatty()
        self.last = ""
        self.start = time.monotonic()
        self.progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn(),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self.task = self.progress.add_task("", total=None)

    def __enter__(self) -> Self:
        if self.terminal:
            self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()

    def show(self, words: str, done: float) -> None:
        """Show a step; ``done`` is its share in 0-1, or negative when it is not known."""
        if self.terminal:
            known = done >= 0
            self.progress.update(self.task, description=words, total=1.0 if known else None, completed=max(0.0, done))
        elif words != self.last:
            print(f"  {time.monotonic() - self.start:6.1f} s  {words}", file=sys.stderr, flush=True)
        self.last = words
