"""The instance seen by the engine: numbers instead of names, one `ModeCase` per mode.

Slots are bits of a mask; an `AgencyCase` holds everything that decides where its people may go.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hocvu.planning.domain.instance import (
    ACCESS,
    DEFAULT_LANGUAGE,
    IN_PERSON,
    Agency,
    Instance,
    ModeRules,
    Room,
    Trainee,
)

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Person:
    """A trainee: index in the instance, local track of the agency, mask of slots they can attend."""

    index: int
    track: int
    mask: int
    access: bool
    language: str | None


@dataclass(frozen=True)
class AgencyCase:
    """An agency: its cap a day, its tracks (numbers of the mode) with their counts, its people.

    `critical` lists job groups (positions in `people`) of which not all may be away on one day.
    `rural` is the number of its locality when its people need a bus, else -1.
    """

    id: str
    cap: int
    rural: int
    tracks: tuple[int, ...]
    counts: tuple[int, ...]
    people: tuple[Person, ...]
    critical: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """People to train."""
        return len(self.people)


@dataclass(frozen=True)
class ModeCase:
    """One mode: its agencies with people, the tracks they need, prices and slots."""

    mode: str
    rules: ModeRules
    tracks: tuple[str, ...]
    distance: IntArray
    agencies: tuple[AgencyCase, ...]
    rooms: tuple[Room, ...]
    n_rural: int

    @property
    def people(self) -> int:
        """People to train in this mode."""
        return sum(a.size for a in self.agencies)

    def needs_access(self) -> int:
        """Count people who need an accessible room."""
        return sum(p.access for a in self.agencies for p in a.people)


@dataclass(frozen=True)
class Case:
    """The whole instance for the engine; `slot_days` is a 0/1 table slots x days."""

    instance: Instance
    modes: tuple[ModeCase, ...]
    slot_days: IntArray
    straddles: tuple[bool, ...]

    @property
    def n_slots(self) -> int:
        """Number of slots of the calendar."""
        return len(self.straddles)

    def overlapping(self) -> list[tuple[int, ...]]:
        """Return for each day the slots that hold it."""
        return [tuple(np.flatnonzero(column).tolist()) for column in self.slot_days.T]

    def mask_of(self, unavailable: tuple[str, ...]) -> int:
        """Return the mask of slots that avoid the days named."""
        away = set(unavailable)
        return sum(1 << s.index for s in self.instance.slots if not away & set(s.days))


def room_capacity(room: Room, rules: ModeRules) -> int:
    """Return the largest class that `room` can hold: seats, computers by turns, and the rule's maximum."""
    return min(room.seats, room.computers * rules.test_sittings, rules.max)


def build_case(instance: Instance) -> Case:
    """Translate `instance` for the engine; modes without people are left out."""
    days = {d: i for i, d in enumerate(instance.allowed_days)}
    table = np.zeros((len(instance.slots), len(days)), dtype=np.int64)
    for slot in instance.slots:
        table[slot.index, [days[d] for d in slot.days]] = 1
    case = Case(instance, (), table, tuple(s.straddles for s in instance.slots))
    by_agency: dict[str, list[int]] = defaultdict(list)
    for index, t in enumerate(instance.trainees):
        by_agency[t.agency].append(index)
    modes = [_mode_case(case, mode, by_agency) for mode in instance.rules.classes]
    return Case(instance, tuple(m for m in modes if m.agencies), table, case.straddles)


def _mode_case(case: Case, mode: str, by_agency: dict[str, list[int]]) -> ModeCase:
    instance = case.instance
    chosen = [a for a in instance.agencies if a.mode == mode and by_agency.get(a.id)]
    tracks = tuple(sorted({instance.trainees[i].track for a in chosen for i in by_agency[a.id]}))
    number = {t: i for i, t in enumerate(tracks)}
    rural = {p.id: i for i, p in enumerate(p for p in instance.localities if not p.city)}
    rules = instance.rules.classes[mode]
    masks = _MaskMaker(case, tracks)
    agencies = tuple(
        _agency_case(instance, a, by_agency[a.id], number, rural if mode == IN_PERSON else {}, masks) for a in chosen
    )
    distance = np.array([[instance.distance(a, b) for b in tracks] for a in tracks], dtype=np.int64)
    rooms: tuple[Room, ...] = ()
    if mode == IN_PERSON:
        rooms = tuple(r for r in instance.rooms if room_capacity(r, rules) >= max(1, rules.min))
    return ModeCase(mode, rules, tracks, distance.reshape(len(tracks), len(tracks)), agencies, rooms, len(rural))


class _MaskMaker:
    """Slots a trainee can attend: their own days, and a speaker of their language who is free."""

    def __init__(self, case: Case, themes: tuple[str, ...]) -> None:
        self.case, self.cache = case, dict[tuple[tuple[str, ...], str], int]()
        self.speakers: dict[str, int] = Counter()
        for i in case.instance.instructors:
            if i.max_classes > 0 and set(i.tracks) & set(themes):
                for language in i.languages:
                    self.speakers[language] |= case.mask_of(i.unavailable)

    def mask(self, t: Trainee) -> int:
        key = (t.unavailable, t.language)
        if key not in self.cache:
            mask = self.case.mask_of(t.unavailable)
            if t.language != DEFAULT_LANGUAGE:
                mask &= self.speakers.get(t.language, 0)
            self.cache[key] = mask
        return self.cache[key]


def _agency_case(
    instance: Instance,
    agency: Agency,
    members: list[int],
    number: dict[str, int],
    rural: dict[str, int],
    masks: _MaskMaker,
) -> AgencyCase:
    trainees = [instance.trainees[i] for i in members]
    tracks = tuple(sorted({number[t.track] for t in trainees}))
    local = {track: i for i, track in enumerate(tracks)}
    people = tuple(
        Person(
            index,
            local[number[t.track]],
            masks.mask(t),
            t.need == ACCESS and agency.mode == IN_PERSON,
            None if t.language == DEFAULT_LANGUAGE else t.language,
        )
        for index, t in zip(members, trainees, strict=True)
    )
    counts = Counter(p.track for p in people)
    critical: list[tuple[int, ...]] = []
    if instance.rules.keep_one_per_job_group:
        for group, staff in agency.job_group_headcount.items():
            held = tuple(i for i, t in enumerate(trainees) if t.job_group == group)
            if len(held) == staff >= 2:
                critical.append(held)
    cap = min(instance.release_cap(agency), len(people))
    return AgencyCase(
        agency.id,
        cap,
        rural.get(agency.locality, -1),
        tracks,
        tuple(counts[i] for i in range(len(tracks))),
        people,
        tuple(critical),
    )
