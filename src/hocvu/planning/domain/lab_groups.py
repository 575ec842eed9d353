"""Split the people of a class into lab groups: which lab, in which turn, how many."""

from __future__ import annotations

from dataclasses import dataclass


class LabGroupError(ValueError):
    """The labs cannot hold the class: people to place and places in all turns."""

    def __init__(self, people: int, places: int) -> None:
        super().__init__(f"{people} people for {places} places")
        self.people, self.places = people, places


@dataclass(frozen=True)
class LabGroup:
    """People of one class in one lab in one turn (turns count from 1)."""

    turn: int
    lab: str
    size: int


def split_lab_groups(people: int, labs: list[tuple[str, int]], turns: int) -> list[LabGroup]:
    """Share `people` over labs and turns as evenly as seats allow, in turn then lab order.

    Uses as few turns and then as few labs as hold everybody. `labs` are (identifier, computers). Raise
    `LabGroupError` when all labs in all turns have fewer places than people.
    """
    if people < 0 or turns < 1 or any(seats < 0 for _, seats in labs):
        raise ValueError("people and seats cannot be negative, and there is at least one turn")
    used = sorted(((seats, lab) for lab, seats in labs if seats), key=lambda x: (-x[0], x[1]))
    if people > sum(s for s, _ in used) * turns:
        raise LabGroupError(people, sum(s for s, _ in used) * turns)
    if people == 0:
        return []
    rounds = next(k for k in range(1, turns + 1) if sum(s for s, _ in used) * k >= people)
    while len(used) > 1 and sum(s for s, _ in used[:-1]) * rounds >= people:
        used.pop()
    order = {lab: i for i, (lab, _) in enumerate(labs)}
    places = sorted(((t, order[lab], lab, seats) for t in range(1, rounds + 1) for seats, lab in used))
    sizes = _level([seats for *_, seats in places], people)
    return [LabGroup(t, lab, n) for (t, _, lab, _), n in zip(places, sizes, strict=True) if n]


def _level(seats: list[int], people: int) -> list[int]:
    """Fill places evenly: nobody above their seats, and any two not full differ by one at most."""
    sizes = [0] * len(seats)
    left = people
    for rank, i in enumerate(sorted(range(len(seats)), key=lambda i: (seats[i], -i))):
        sizes[i] = min(seats[i], left // (len(seats) - rank))
        left -= sizes[i]
    return sizes
