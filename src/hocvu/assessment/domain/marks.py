"""Which mark counts: the best of the valid attempts; a void one counts neither for nor against."""

from collections.abc import Iterable
from dataclasses import dataclass

RUNNING = frozenset({"assigned", "started", "submitted"})


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt as the result sees it: its state, its mark once scored, the pass mark of its day (tenths)."""

    state: str
    mark: int | None = None
    pass_mark: int = 50


@dataclass(frozen=True, slots=True)
class TestResult:
    """The result of a trainee's test.

    ``mark`` best valid mark in tenths, none where there is none; ``attempts`` those sat and not void;
    ``pending`` while a mark may still come from an attempt that is prepared or running, or when no paper
    was ever prepared; ``passed`` by the mark that counts.
    """

    __test__ = False  # a result, not a test of pytest's

    mark: int | None
    attempts: int
    passed: bool
    pending: bool


def best_result(tries: Iterable[Try]) -> TestResult:
    """Return the result of all attempts of one trainee."""
    held = [one for one in tries if one.state != "void"]
    marks = [(one.mark, one.pass_mark) for one in held if one.state == "scored" and one.mark is not None]
    passed = any(mark >= pass_mark for mark, pass_mark in marks)
    return TestResult(
        mark=max((mark for mark, _ in marks), default=None),
        attempts=sum(one.state in {"started", "submitted", "scored"} for one in held),
        passed=passed,
        pending=not passed and (not held or any(one.state in RUNNING for one in held)),
    )
