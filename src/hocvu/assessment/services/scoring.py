"""Score attempts."""

from collections.abc import Mapping, Sequence

from ..domain.scoring import score
from ..models import Attempt
from ..queries.bank import right_keys
from ..queries.results import answers_of


def score_attempts(attempts: Sequence[Attempt], answers: Mapping[int, Mapping[int, str]] | None = None) -> None:
    """Set state, right and mark from the saved answers, or from ``answers`` by attempt id; store nothing."""
    if not attempts:
        return
    keys = right_keys(pk for attempt in attempts for pk, _ in attempt.paper)
    held = answers if answers is not None else answers_of(a.pk for a in attempts)
    for attempt in attempts:
        result = score([keys[pk][0] for pk, _ in attempt.paper], held.get(attempt.pk, {}))
        attempt.state, attempt.right, attempt.mark = Attempt.State.SCORED, result.right, result.mark
