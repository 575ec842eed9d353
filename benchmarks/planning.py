"""Time the planning engine: `python benchmarks/planning.py [INSTANCE_DIR] [--scale X] [--work N] [--seed N]`.

Without a directory a campaign of full size (34,675 people at scale 1) is generated from the seed; nothing in
it is real. Prints seconds, processor seconds, objective, bound, gap and peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
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
    read_instance,
)
from hocvu.planning.domain.objective import cost_terms, violations
from hocvu.planning.domain.solve import solve

TRACKS = {"in_person": ("P-LEAD", "P-OFFICE", "P-COMMUNE"), "online": ("O-HEAD", "O-STAFF")}
PEOPLE = {"in_person": 9892, "online": 24783}
CLASSES = {"in_person": 96, "online": 247}
WEIGHTS = Weights(2, 30, 2, 1, 1, 2, 5, 3)


def generate(seed: int, scale: float) -> Instance:
    """Return an invented campaign: agencies of 2 to 120 people, 22 rooms and 215 instructors per scale."""
    rng = random.Random(seed)
    first = date(2025, 6, 11)
    days = tuple(Day((first + timedelta(i)).isoformat(), (first + timedelta(i)).weekday() < 5) for i in range(14))
    work = [d.id for d in days if d.working]
    bodies: list[Agency] = []
    people: list[Trainee] = []
    for mode, total in PEOPLE.items():
        left = round(total * scale)
        while left > 0:
            size = min(left, max(2, round(rng.lognormvariate(3.0, 0.6))))
            left -= size
            _add_agency(rng, mode, size, bodies, people, work)
    top = {m: max(6, round(n * scale)) for m, n in CLASSES.items()}
    rules = {
        "in_person": ModeRules(80, 103, 115, top["in_person"], top["in_person"], 2),
        "online": ModeRules(75, 100, 110, top["online"], top["online"], 1, max(2, round(56 * scale))),
    }
    rooms = [Room(f"R{i:04d}", f"V{i % 2}", 120, 60, i % 5 > 0) for i in range(max(2, round(22 * scale)))]
    places = tuple(Locality(f"L{i}", i == 0, 20 * i) for i in range(11))
    whole = Rules(2, False, True, 34, "down", True, rules, 2, 45, 5)
    staff = tuple(_instructor(rng, i) for i in range(max(8, round(215 * scale))))
    distance = (("P-LEAD", "P-OFFICE", 4), ("P-COMMUNE", "P-OFFICE", 2), ("O-HEAD", "O-STAFF", 2))
    return Instance(
        "generated", days, whole, WEIGHTS, 25, distance, places, tuple(bodies), tuple(rooms), staff, tuple(people)
    )


def _add_agency(
    rng: random.Random, mode: str, size: int, bodies: list[Agency], people: list[Trainee], work: list[str]
) -> None:
    name, tracks = f"A{len(bodies):05d}", TRACKS[mode]
    track = rng.choice(tracks[1:])
    groups = Counter({"leader": max(1, size // 9)})
    groups["staff"] = size - groups["leader"]
    for group, n in groups.items():
        for _ in range(n):
            start = rng.randrange(8)
            away = tuple(work[start : start + 2]) if rng.random() < 0.04 else ()
            need = "access" if mode == "in_person" and rng.random() < 0.008 else ""
            chosen = tracks[0] if group == "leader" else track
            people.append(Trainee(f"T{len(people):07d}", name, group, chosen, need, "vi", away))
    groups["staff"] += round(size * 0.06)
    place = f"L{rng.randrange(11)}"
    bodies.append(Agency(name, name, "state", "district", place, mode, groups.total(), dict(groups)))


def _instructor(rng: random.Random, number: int) -> Instructor:
    pool = TRACKS["online" if rng.random() < 0.7 else "in_person"]
    return Instructor(f"I{number:04d}", pool, ("vi",), f"V{number % 2}", rng.choice([4, 4, 5]))


def main() -> None:
    """Solve once and print one line per figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("instance", nargs="?")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--work", type=int)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    instance = read_instance(args.instance) if args.instance else generate(args.seed, args.scale)
    wall, processor = time.monotonic(), time.process_time()
    plan = solve(instance, work=args.work, seed=args.seed)
    print(f"people      {len(instance.trainees)}")
    print(f"seconds     {time.monotonic() - wall:.1f}")
    print(f"processor   {time.process_time() - processor:.1f}")
    print(f"objective   {plan.objective}  {cost_terms(instance, plan)}")
    print(f"bound       {plan.bound}")
    print(f"gap         {100 * (plan.gap or 0):.2f} %")
    print(f"violations  {len(violations(instance, plan))}")
    print(f"peak MB     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")


if __name__ == "__main__":
    main()
