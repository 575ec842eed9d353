"""Small random campaigns for tests: everything the real one has, at 20 to 200 people."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from hocvu.planning.domain.instance import (
    Agency,
    Day,
    Instance,
    Instructor,
    Locality,
    ModeRules,
    Room,
    Rules,
    Trainee,
    Weights,
)

TRACKS = {"in_person": ("P1", "P2", "P3"), "online": ("O1", "O2")}
DISTANCES = (("P1", "P2", 4), ("P2", "P3", 2), ("O1", "O2", 2))
WEIGHTS = Weights(
    group=2, bus=30, straddle_in_person=2, straddle_online=1, size_dev=1, fair_straddle=2,
    instructor_over_avg=5, instructor_venue_change=3,
)  # fmt: skip


def tiny_instance(
    seed: int = 0,
    *,
    agencies: int = 6,
    rooms: int = 3,
    instructors: int = 12,
    cap: int = 34,
    class_max: int = 16,
    exact_classes: bool = False,
    weekends: bool = False,
) -> Instance:
    """Return a campaign of `agencies` agencies per mode, of 1 to 16 people each, over two weeks of June."""
    rng = random.Random(seed)
    start = date(2025, 6, 11)
    dates = [start + timedelta(i) for i in range(14)]
    days = tuple(Day(d.isoformat(), d.weekday() < 5) for d in dates)
    workdays = [d.id for d in days if d.working]
    bodies: list[Agency] = []
    people: list[Trainee] = []
    for mode, tracks in TRACKS.items():
        for number in range(agencies):
            body, members = _agency(rng, f"{mode[0]}{number:02d}", mode, tracks, workdays)
            bodies.append(body)
            people += members
    counts = Counter(b.mode for b in bodies for t in people if t.agency == b.id)
    rules = Rules(
        2, weekends, True, cap, rng.choice(["down", "up"]), True,
        {m: _mode_rules(m, n, class_max, rooms, exact_classes) for m, n in counts.items()}, 2, 9, 2,
    )  # fmt: skip
    return Instance(
        "tiny", days, rules, WEIGHTS, 25, DISTANCES,
        (Locality("L0", True, 3), Locality("L1", False, 40), Locality("L2", False, 60)),
        tuple(bodies), _rooms(rng, rooms, class_max, workdays), _instructors(rng, instructors, workdays),
        tuple(people),
    )  # fmt: skip


def _mode_rules(mode: str, people: int, top: int, rooms: int, exact: bool) -> ModeRules:
    target = max(1, round(top * 0.85))
    classes = max(2, -(-people // target))
    least = classes if exact else 0
    low = max(1, round(top * 0.4))
    if mode == "online":
        return ModeRules(low, target, top, classes + 1 - exact, least, 1, rooms + 1)
    return ModeRules(low, target, top, classes + 2 - 2 * exact, least, 2, None)


def _agency(
    rng: random.Random, name: str, mode: str, tracks: tuple[str, ...], workdays: list[str]
) -> tuple[Agency, list[Trainee]]:
    size = rng.choice([1, 3, 4, 6, 7, 9, 12, 16])
    heads: Counter[str] = Counter()
    members = []
    for i in range(size):
        group = "leader" if i < size // 6 + (size == 7) else rng.choice(["clerk", "specialist", "specialist"])
        track = tracks[0] if group == "leader" else rng.choice(tracks[1:])
        heads[group] += 1
        away: tuple[str, ...] = ()
        if rng.random() < 0.06:
            first, length = rng.randrange(8), rng.choice([1, 2, 3])
            away = tuple(workdays[first : first + length])
        need = "access" if mode == "in_person" and rng.random() < 0.03 else ""
        language = "bahnar" if rng.random() < 0.02 else "vi"
        members.append(Trainee(f"T{name}{i:02d}", name, group, track, need, language, away))
    for _ in range(rng.choice([0, 0, 1, 2])):
        heads[rng.choice(sorted(heads))] += 1
    place = rng.choice(["L0", "L1", "L2"])
    return Agency(name, name, "state", "district", place, mode, heads.total(), dict(heads)), members


def _rooms(rng: random.Random, rooms: int, class_max: int, workdays: list[str]) -> tuple[Room, ...]:
    found = []
    for i in range(rooms):
        away = tuple(workdays[6:8]) if rng.random() < 0.15 else ()
        seats = class_max + rng.choice([-1, 0, 2])
        found.append(Room(f"R{i}", f"V{i % 2}", seats, -(-seats // 2), i == 0 or rng.random() < 0.6, away))
    return tuple(found)


def _instructors(rng: random.Random, instructors: int, workdays: list[str]) -> tuple[Instructor, ...]:
    found = []
    for i in range(instructors):
        pool = TRACKS["in_person"] if i % 2 else TRACKS["online"]
        tracks = tuple(sorted(rng.sample(pool, rng.randint(max(1, len(pool) - 1), len(pool)))))
        away = tuple(workdays[3:5]) if rng.random() < 0.1 else ()
        speaks = ("vi", "bahnar") if i % 3 == 0 else ("vi",)
        found.append(Instructor(f"I{i:02d}", tracks, speaks, f"V{i % 2}", rng.choice([4, 5]), away))
    return tuple(found)
