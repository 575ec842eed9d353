"""What crosses the door of evaluation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A filled-in form: ``scores`` ``{indicator code: 1-10}`` without the blanks, ``words`` ``{question: text}``."""

    invitation_id: int
    scores: Mapping[str, int]
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """The result of one object, indicator, group or organisation.

    ``mean`` on the scale 1-10 with its 95 % interval ``low``-``high``; ``good`` is the share of marks of 8 and
    more with its interval; ``good_of_sent`` counts the silent as not good. ``hidden``: too few answers to show.
    """

    key: str
    label: Texts
    sent: int
    answered: int
    valid: int
    marks: int = 0
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    band: str = ""
    good: float | None = None
    good_low: float | None = None
    good_high: float | None = None
    good_of_sent: float | None = None
    hidden: bool = False

    @property
    def rate(self) -> float | None:
        """The share of those asked who answered, 0-1; none where nobody was asked."""
        return self.answered / self.sent if self.sent else None


@dataclass(frozen=True, slots=True)
class FormResults:
    """Results of a form; ``by`` says what the rows are."""

    form_id: int
    kind: str
    month: int
    by: str
    sent: int
    answered: int
    valid: int
    rows: tuple[ResultRow, ...]
    total: ResultRow

    @property
    def rate(self) -> float | None:
        """The share of those asked who answered, 0-1."""
        return self.answered / self.sent if self.sent else None


@dataclass(frozen=True, slots=True)
class FormProgress:
    """How far a form is: asked, answered (valid or not), time over, still waiting."""

    form_id: int
    kind: str
    month: int
    title: Texts
    sent: int
    answered: int
    expired: int
    invalid: int

    @property
    def waiting(self) -> int:
        """How many may still answer."""
        return self.sent - self.answered - self.expired


@dataclass(frozen=True, slots=True)
class SendPlan:
    """What sending a form would do: whom it asks, who has nobody to ask about them, who was asked before."""

    people: int
    respondents: int
    without_superior: int
    asked_before: int
    due_on: date


@dataclass(frozen=True, slots=True)
class GainRow:
    """One group before and after: means of self-assessment and of the test, side by side.

    They are different measures and are never subtracted from one another; ``self_gain`` is the mean change of
    the same ten statements by the same people, with its interval.
    """

    key: str
    label: Texts
    people: int
    before: float | None
    test: float | None
    passed: float | None
    pairs: int
    after: float | None
    self_gain: float | None
    gain_low: float | None
    gain_high: float | None
    superior: float | None
    hidden: bool = False
