"""What a candidate's pages show. Nothing here reads a right key or an explanation of the test pool."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from ..models import Answer, Attempt, ItemVersion

SHOWN = ("sitting__cohort__room__venue", "sitting__blueprint", "placement__lab_group__lab", "placement__cohort")


@dataclass(frozen=True, slots=True)
class Option:
    """One option as shown: its key and its words in three languages."""

    key: str
    text: dict[str, str]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One place of a paper as shown; it holds no answer but the candidate's own."""

    position: int
    total: int
    stem: dict[str, str]
    options: tuple[Option, ...]
    saved_at: datetime | None

    @property
    def before(self) -> int | None:
        """The place before, none at the first."""
        return self.position - 1 if self.position > 1 else None

    @property
    def after(self) -> int | None:
        """The place after, none at the last."""
        return self.position + 1 if self.position < self.total else None


@dataclass(frozen=True, slots=True)
class Progress:
    """What is on disk: the places answered and not, and the highest sequence kept."""

    answered: frozenset[int]
    total: int
    last: int
    places: tuple[tuple[int, bool], ...]

    @property
    def open_places(self) -> list[int]:
        """The places without an answer."""
        return [position for position, done in self.places if not done]


def with_shown(attempts: QuerySet[Attempt]) -> list[Attempt]:
    """Return attempts with all their pages show, oldest sitting first, in one query."""
    return list(attempts.select_related(*SHOWN).order_by("sitting__opens_at", "pk"))


def current_of(attempts: Sequence[Attempt]) -> Attempt | None:
    """Return the attempt a candidate should look at: the running one, the next one, else the last one."""
    for state in (Attempt.State.STARTED, Attempt.State.ASSIGNED):
        for attempt in attempts:
            if attempt.state == state:
                return attempt
    return attempts[-1] if attempts else None


def saved_answers(attempt: Attempt) -> dict[int, Answer]:
    """Return the answers on disk by place; withdrawn ones too (they carry the sequence)."""
    return {answer.position: answer for answer in Answer.objects.filter(attempt=attempt)}


def question_at(attempt: Attempt, position: int, answers: dict[int, Answer]) -> Question:
    """Return one place of a paper. Raises ``IndexError`` outside it."""
    if not 1 <= position <= len(attempt.paper):
        raise IndexError(position)
    version_id, order = attempt.paper[position - 1]
    words = ItemVersion.objects.only("stem", "options").get(pk=version_id)
    own = answers.get(position)
    return Question(
        position=position,
        total=len(attempt.paper),
        stem=words.stem,
        options=options_in_order(words.options, order, own.value if own else ""),
        saved_at=own.received_at if own and own.value else None,
    )


def options_in_order(options: Sequence[dict[str, Any]], order: str, chosen: str) -> tuple[Option, ...]:
    """Return options in the order of a paper."""
    by_key = {option["key"]: option for option in options}
    return tuple(
        Option(key, {lang: by_key[key][lang] for lang in ("vi", "fr", "en")}, chosen=key == chosen) for key in order
    )


def progress_of(attempt: Attempt, answers: dict[int, Answer]) -> Progress:
    """Return what is answered, from the rows on disk."""
    answered = frozenset(position for position, answer in answers.items() if answer.value)
    total = len(attempt.paper)
    return Progress(
        answered=answered,
        total=total,
        last=max((answer.client_sequence for answer in answers.values()), default=0),
        places=tuple((position, position in answered) for position in range(1, total + 1)),
    )
