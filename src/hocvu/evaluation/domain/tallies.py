"""Running sums of marks: added one form at a time, put together by any grouping.

A *slot* is something to be measured: an indicator, an object (several indicators), the whole form. The unit of
every slot is the form: a form's mark of an object is the mean of the marks it gives there, so that intervals
count people and not marks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .scoring import GOOD, band, mean_interval, share_interval

WHOLE = "*"


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of a form: its indicators, its objects (prefixed ``@``), the whole (``*``)."""

    keys: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]

    def place(self, key: str) -> int:
        """Return where a slot stands in a tally."""
        return self.keys.index(key)


def slots_of(indicators: Sequence[Mapping[str, str]]) -> Slots:
    """Return the slots of a form's indicators ``[{"code", "object"}]``, in their order."""
    codes = [one["code"] for one in indicators]
    objects: dict[str, list[str]] = {}
    for one in indicators:
        objects.setdefault(one["object"], []).append(one["code"])
    keys = [*codes, *(f"@{name}" for name in objects), WHOLE]
    members = [*((code,) for code in codes), *(tuple(held) for held in objects.values()), tuple(codes)]
    return Slots(tuple(keys), tuple(members))


@dataclass(slots=True)
class Tally:
    """For each slot: forms with a mark there, sum and sum of squares of their means, marks, good marks."""

    size: int
    valid: int = 0
    forms: list[int] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)
    squares: list[float] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    goods: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("forms", "sums", "squares", "marks", "goods"):
            if not getattr(self, name):
                setattr(self, name, [0] * self.size)

    def add(self, scores: Mapping[str, int], slots: Slots) -> None:
        """Add one valid form."""
        self.valid += 1
        for at, codes in enumerate(slots.members):
            held = [scores[code] for code in codes if code in scores]
            if not held:
                continue
            mean = sum(held) / len(held)
            self.forms[at] += 1
            self.sums[at] += mean
            self.squares[at] += mean * mean
            self.marks[at] += len(held)
            self.goods[at] += sum(mark >= GOOD for mark in held)

    def take(self, other: "Tally") -> None:
        """Add another tally of the same form."""
        self.valid += other.valid
        for at in range(self.size):
            self.forms[at] += other.forms[at]
            self.sums[at] += other.sums[at]
            self.squares[at] += other.squares[at]
            self.marks[at] += other.marks[at]
            self.goods[at] += other.goods[at]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a slot says; nothing where there are no marks."""

    marks: int = 0
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    band: str = ""
    good: float | None = None
    good_low: float | None = None
    good_high: float | None = None


def together(tallies: Iterable[Tally], size: int) -> Tally:
    """Return the sum of tallies."""
    total = Tally(size)
    for one in tallies:
        total.take(one)
    return total


def figures(tally: Tally, place: int, sent: int) -> Figures:
    """Return mean, interval, band and good share of a slot, for a population of ``sent`` people."""
    forms = tally.forms[place]
    estimate = mean_interval(forms, tally.sums[place], tally.squares[place], sent)
    if estimate is None:
        return Figures()
    share = tally.goods[place] / tally.marks[place]
    # Marks of one form go together: the interval takes each form as one answer, which is never too narrow.
    good = share_interval(round(share * forms), forms, sent)
    return Figures(
        marks=tally.marks[place],
        mean=estimate.value,
        low=estimate.low,
        high=estimate.high,
        band=band(estimate.value),
        good=share,
        good_low=min(share, good.low) if good else None,
        good_high=max(share, good.high) if good else None,
    )
