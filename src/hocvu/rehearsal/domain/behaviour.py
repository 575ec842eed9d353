"""How simulated people behave. Pure and seeded: the same person does the same thing in every rehearsal.

The shares are invented; they make a campaign in which everything the product must handle happens: people
late, absent, excused, making up, failing, resitting, not answering. They are no forecast.
"""

import math
import random
from dataclasses import dataclass
from enum import StrEnum


def chance(seed: int, *keys: object) -> random.Random:
    """Return a generator of random numbers that belongs to ``keys`` alone (order of calls does not matter)."""
    return random.Random(":".join(map(str, (seed, *keys))))  # noqa: S311 - a play, no secret


class Coming(StrEnum):
    """How someone comes to a half-day."""

    ON_TIME = "on_time"
    LATE = "late"  # within the rule
    VERY_LATE = "very_late"  # beyond it: half the half-day
    EXCUSED = "excused"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Arrival:
    """How and how many minutes after the start (negative: before)."""

    coming: Coming
    minutes: int


def arrival(seed: int, person: str, half_day: int) -> Arrival:
    """Return how a person comes to a half-day 1-4 of their class.

    One in sixty is careless: these carry most of the absences, as in real classes.
    """
    careless = chance(seed, person, "care").random() < 1 / 60
    draw = chance(seed, person, "comes", half_day)
    fate, minutes = draw.random(), draw.gauss(0, 1)
    absent, excused, very_late, late = (0.18, 0.10, 0.10, 0.15) if careless else (0.002, 0.006, 0.002, 0.03)
    if fate < absent:
        return Arrival(Coming.ABSENT, 0)
    if fate < absent + excused:
        return Arrival(Coming.EXCUSED, 0)
    if fate < absent + excused + very_late:
        return Arrival(Coming.VERY_LATE, 17 + min(40, abs(int(12 * minutes))))
    if fate < absent + excused + very_late + late:
        return Arrival(Coming.LATE, 2 + min(12, abs(int(4 * minutes))))
    return Arrival(Coming.ON_TIME, -2 - min(25, abs(int(9 * minutes))))


def ability(seed: int, person: str) -> float:
    """Return what a person can do after the course, in logits; about 0.9 on average."""
    return chance(seed, person, "ability").gauss(1.05, 0.75)


_HARDNESS = {"easy": -0.9, "medium": 0.1, "hard": 0.9}
_GUESS = 0.22


def knows(skill: float, difficulty: str, draw: float) -> bool:
    """Say whether someone of ``skill`` answers an item right, given a random ``draw`` in 0-1."""
    right = _GUESS + (1 - _GUESS) / (1 + math.exp(-(skill - _HARDNESS[difficulty]) * 1.3))
    return draw < right


def rubric(seed: int, person: str, criteria: tuple[str, ...], most: int) -> dict[str, int]:
    """Return the tenths an assignment earns by criterion (each ``0..most``); about 7.6 of 10 in all."""
    draw = chance(seed, person, "assignment")
    level = min(0.98, max(0.3, draw.gauss(0.77, 0.1)))
    return {name: max(0, min(most, round(most * level + draw.gauss(0, 1.2)))) for name in criteria}


def hands_in(seed: int, person: str) -> bool:
    """Say whether someone hands in the final assignment by themselves (the others do when asked again)."""
    return chance(seed, person, "hands in").random() < 0.985


def rating(seed: int, person: str, form: str, indicator: str) -> int | None:
    """Return a mark of 1-10 on an evaluation form, or nothing for a blank."""
    mood = chance(seed, person, form, "mood").gauss(0, 0.8)
    draw = chance(seed, person, form, indicator)
    if draw.random() < 0.008:
        return None
    return max(1, min(10, round(8.1 + mood + draw.gauss(0, 0.9))))


def answers_form(seed: int, person: str, form: str, share: float) -> bool:
    """Say whether someone answers a form, where ``share`` of people do."""
    return chance(seed, person, form, "answers").random() < share
