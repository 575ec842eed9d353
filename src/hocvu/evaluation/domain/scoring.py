"""Scoring of evaluation forms: what is valid, means, bands, intervals.

Source: Circular 10/2017/TT-BNV as summarised in public sources: scale 1-10, one mark per indicator, bands
0-2-4-6-8-10, a form with more than 5 % of its indicators blank is invalid (kept, left out of the means).
Intervals are at 95 % and corrected for a finite population, since often nearly everyone answers; they count
chance only, not that the silent may think otherwise.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LOWEST, HIGHEST = 1, 10
GOOD = 8  # marks of the highest band
Z = 1.959963984540054  # two-sided 95 % of the normal distribution
BANDS = ("very_poor", "poor", "fair", "good", "very_good")


@dataclass(frozen=True, slots=True)
class Checked:
    """Marks of one form that were looked through."""

    scores: dict[str, int]
    blanks: int
    valid: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its bounds, ``low <= value <= high``."""

    value: float
    low: float
    high: float


def check_scores(codes: Sequence[str], scores: Mapping[str, int], most_blank_pct: float) -> Checked:
    """Return the marks of the form's ``codes``, how many are blank, and whether the form counts.

    Raises ``ValueError`` with the code of a mark that the form does not ask or that is not a whole number 1-10.
    """
    known = set(codes)
    for code, mark in scores.items():
        if code not in known or type(mark) is not int or not LOWEST <= mark <= HIGHEST:
            raise ValueError(code)
    kept = {code: scores[code] for code in codes if code in scores}
    blanks = len(codes) - len(kept)
    return Checked(kept, blanks, is_valid(len(codes), blanks, most_blank_pct))


def is_valid(asked: int, blanks: int, most_blank_pct: float) -> bool:
    """Say whether a form with ``blanks`` of ``asked`` indicators left blank counts."""
    return asked > blanks and blanks * 100 <= most_blank_pct * asked


def most_blanks(asked: int, most_blank_pct: float) -> int:
    """Return how many blanks a form of ``asked`` indicators may have and still count."""
    return max(n for n in range(asked + 1) if n * 100 <= most_blank_pct * asked)


def band(mean: float) -> str:
    """Return the band of a mean: below 2, 4, 6, 8, and 8 to 10."""
    return BANDS[min(4, int(max(0.0, mean) // 2))]


def correction(sample: int, population: int) -> float:
    """Return the factor by which a finite population narrows an interval: 0 when everyone answered."""
    if population <= 1 or sample >= population:
        return 0.0
    return math.sqrt((population - sample) / (population - 1))


def mean_interval(
    count: int, total: float, squares: float, population: int, *, lowest: float = LOWEST, highest: float = HIGHEST
) -> Interval | None:
    """Return a mean with its interval from count, sum and sum of squares; none without marks.

    One answer out of several says nothing of its error: its bounds are those of the scale.
    """
    if count == 0:
        return None
    mean = min(highest, max(lowest, total / count))
    factor = correction(count, population)
    if factor == 0.0:
        return Interval(mean, mean, mean)
    if count == 1:
        return Interval(mean, lowest, highest)
    variance = max(0.0, (squares - total * total / count) / (count - 1))
    half = Z * math.sqrt(variance / count) * factor
    return Interval(mean, max(lowest, mean - half), min(highest, mean + half))


def share_interval(part: int, count: int, population: int) -> Interval | None:
    """Return a share with its Wilson interval; the finite population enlarges the sample it stands for."""
    if count == 0:
        return None
    share = part / count
    factor = correction(count, population)
    if factor == 0.0:
        return Interval(share, share, share)
    stands_for = count / (factor * factor)
    spread = Z * Z / stands_for
    centre = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / stands_for + spread / (4 * stands_for)) / (1 + spread)
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def protected(valid: Mapping[str, int], least: int = 5) -> frozenset[str]:
    """Return the keys whose figures stay hidden, so that nobody's answer can be worked out.

    A row with fewer than ``least`` valid answers is hidden. The total is shown, so what is hidden together
    must also be ``least`` answers of two rows or more: the smallest others are hidden with them.
    """
    hidden = {key for key, number in valid.items() if 0 < number < least}
    rest = sorted((number, key) for key, number in valid.items() if number >= least)
    while hidden and rest and (len(hidden) < 2 or sum(valid[key] for key in hidden) < least):
        hidden.add(rest.pop(0)[1])
    return frozenset(hidden)


def shown_total(valid: Collection[int], least: int = 5) -> bool:
    """Say whether there are answers enough in all to show any figure."""
    return sum(valid) >= least
