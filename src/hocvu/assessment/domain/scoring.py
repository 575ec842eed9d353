"""From answers to a mark. Marks are kept in tenths of a point: 73 is 7,3 of 10."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """What a paper gave: right answers of all places, and the mark in tenths (0-100)."""

    right: int
    total: int
    mark: int


@dataclass(frozen=True, slots=True)
class AxisScore:
    """Right answers of one axis of the programme."""

    axis: int
    right: int
    total: int


def mark_tenths(right: int, total: int) -> int:
    """Return ``right / total`` as tenths of ten points, rounded half up (30 places: 22 right = 7,3).

    Raises ValueError where the numbers cannot be a result.
    """
    if total <= 0 or not 0 <= right <= total:
        raise ValueError(f"{right} right of {total}")
    return (200 * right + total) // (2 * total)


def score(keys: Sequence[str], answers: Mapping[int, str]) -> Score:
    """Score answers ``{1-based place: key}`` against the right key of each place; no answer is not right."""
    right = sum(answers.get(place) == key for place, key in enumerate(keys, start=1))
    return Score(right=right, total=len(keys), mark=mark_tenths(right, len(keys)))


def by_axis(keys: Sequence[str], axes: Sequence[int], answers: Mapping[int, str]) -> list[AxisScore]:
    """Return right answers per axis, axes in ascending order."""
    right: dict[int, int] = {}
    total: dict[int, int] = {}
    for place, (key, axis) in enumerate(zip(keys, axes, strict=True), start=1):
        total[axis] = total.get(axis, 0) + 1
        right[axis] = right.get(axis, 0) + (answers.get(place) == key)
    return [AxisScore(axis, right[axis], total[axis]) for axis in sorted(total)]
