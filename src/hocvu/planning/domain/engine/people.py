"""From a pattern to persons: who of an agency goes in which slot, with days off and job groups kept."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from hocvu.planning.domain.engine.case import IntArray
from hocvu.planning.domain.engine.patterns import AgencyRules


def place_people(rules: AgencyRules, pattern: IntArray) -> list[int] | None:
    """Return the slot (column of the pattern) of each person of the agency, or None when it cannot be done.

    People with few slots are matched first, then job groups that must not leave together are spread, then
    the others fill what is left.
    """
    n_slots = pattern.shape[1]
    left = pattern.copy()
    slot_of = [-1] * rules.agency.size
    full = (1 << n_slots) - 1
    for track in range(pattern.shape[0]):
        special = [
            p for p, person in enumerate(rules.agency.people) if person.track == track and rules.masks[p] != full
        ]
        if not _match(special, rules.masks, left[track], slot_of):
            return None
    _spread_critical(rules, left, slot_of)
    _fill(rules, left, slot_of)
    return slot_of if _mend_critical(rules, slot_of) else None


class _Matching:
    """People with few slots matched to the places of their track by augmenting paths."""

    def __init__(self, masks: list[int], room: list[int]) -> None:
        self.masks, self.room = masks, room
        self.held: list[list[int]] = [[] for _ in room]

    def seat(self, person: int, seen: set[int]) -> bool:
        """Seat a person, moving others on where it helps; False when nothing does."""
        for slot, places in enumerate(self.room):
            if not self.masks[person] >> slot & 1 or slot in seen or not places:
                continue
            seen.add(slot)
            if len(self.held[slot]) < places or self._make_room(slot, seen):
                self.held[slot].append(person)
                return True
        return False

    def _make_room(self, slot: int, seen: set[int]) -> bool:
        for other in list(self.held[slot]):
            if self.seat(other, seen):
                self.held[slot].remove(other)
                return True
        return False


def _match(special: list[int], masks: list[int], left: IntArray, slot_of: list[int]) -> bool:
    """Match people with few slots to the places of their track; `left` is lowered."""
    matching = _Matching(masks, left.tolist())
    if not all(matching.seat(p, set()) for p in sorted(special, key=lambda p: (masks[p].bit_count(), p))):
        return False
    for slot, people in enumerate(matching.held):
        left[slot] -= len(people)
        for person in people:
            slot_of[person] = slot
    return True


def _spread_critical(rules: AgencyRules, left: IntArray, slot_of: list[int]) -> None:
    """Seat two members of each critical job group in slots without a common day, when places are free."""
    for group in sorted(rules.agency.critical, key=len):
        if _apart(rules, group, slot_of):
            continue
        placed = [p for p in group if slot_of[p] >= 0]
        free = [p for p in group if slot_of[p] < 0]
        if placed:
            _seat_apart(rules, left, slot_of, slot_of[placed[0]], free)
            continue
        for first, second in combinations(free, 2):
            if _seat_pair(rules, left, slot_of, first, second):
                break


def _seat_pair(rules: AgencyRules, left: IntArray, slot_of: list[int], first: int, second: int) -> bool:
    people = rules.agency.people
    a, b = people[first].track, people[second].track
    pairs = [
        (int(left[a, s] + left[b, z]), -s, -z)
        for s in np.flatnonzero(left[a]).tolist()
        for z in np.flatnonzero(left[b]).tolist()
        if rules.apart[s, z]
    ]
    if not pairs:
        return False
    _, s, z = max(pairs)
    for person, slot in ((first, -s), (second, -z)):
        slot_of[person] = slot
        left[people[person].track, slot] -= 1
    return True


def _seat_apart(rules: AgencyRules, left: IntArray, slot_of: list[int], fixed: int, free: list[int]) -> None:
    for person in free:
        track = rules.agency.people[person].track
        for slot in np.flatnonzero(left[track]).tolist():
            if rules.apart[fixed, slot]:
                slot_of[person] = slot
                left[track, slot] -= 1
                return


def _fill(rules: AgencyRules, left: IntArray, slot_of: list[int]) -> None:
    """Seat everybody else; people who share a language go together into the roomiest slot."""
    waiting = [p for p, slot in enumerate(slot_of) if slot < 0]
    waiting.sort(key=lambda p: (rules.agency.people[p].language or "~", p))
    for person in waiting:
        track = rules.agency.people[person].track
        if rules.agency.people[person].language is not None:
            slot = int(left[track].argmax())
        else:
            slot = int(np.flatnonzero(left[track])[0])
        slot_of[person] = slot
        left[track, slot] -= 1


def _apart(rules: AgencyRules, group: tuple[int, ...], slot_of: list[int]) -> bool:
    used = sorted({slot_of[p] for p in group if slot_of[p] >= 0})
    return any(rules.apart[a, b] for a, b in combinations(used, 2))


def _mend_critical(rules: AgencyRules, slot_of: list[int]) -> bool:
    """Exchange people of one track between slots until no job group leaves together; False when stuck."""
    for group in rules.agency.critical:
        if not _apart(rules, group, slot_of) and not _exchange(rules, group, slot_of):
            return False
    return all(_apart(rules, group, slot_of) for group in rules.agency.critical)


def _exchange(rules: AgencyRules, group: tuple[int, ...], slot_of: list[int]) -> bool:
    people = rules.agency.people
    for p in group:
        for q in range(len(people)):
            if people[q].track != people[p].track or q in group:
                continue
            a, b = slot_of[p], slot_of[q]
            if not (rules.apart[a, b] and rules.masks[p] >> b & 1 and rules.masks[q] >> a & 1):
                continue
            slot_of[p], slot_of[q] = b, a
            if _apart(rules, group, slot_of) and all(
                _apart(rules, g, slot_of) for g in rules.agency.critical if q in g
            ):
                return True
            slot_of[p], slot_of[q] = a, b
    return False
