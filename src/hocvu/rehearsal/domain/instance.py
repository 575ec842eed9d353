"""Turn a population into the planning file format: one document and the rows of trainees."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from hocvu.rehearsal.domain.types import ModeRules, Population

FORMAT = "hocvu-plan-instance/1"
TRAINEE_COLUMNS = ("id", "agency", "job_group", "track", "need", "language", "unavailable")


def _iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _mode_rules(rules: ModeRules) -> dict[str, int]:
    found = {
        "max_classes": rules.classes,
        "min_classes": rules.classes,
        "min": rules.min,
        "target": rules.target,
        "max": rules.max,
    }
    if rules.test_turns is not None:
        found["test_sittings"] = rules.test_turns
    if rules.concurrent_max is not None:
        found["concurrent_max"] = rules.concurrent_max
    return found


def _rules(population: Population) -> dict[str, Any]:
    rules = population.plan_rules
    return {
        "session_days": rules.session_days,
        "weekend_days_used": rules.weekend_days_used,
        "straddle_weekend_allowed": rules.straddle_weekend_allowed,
        "release_cap_pct": rules.release_cap_pct,
        "release_rounding": rules.release_rounding,
        "keep_one_per_job_group": rules.keep_one_per_job_group,
        "classes": {mode: _mode_rules(found) for mode, found in rules.modes.items()},
        "team_size": rules.team_size,
        "bus_seats": rules.bus_seats,
        "size_tolerance": rules.size_tolerance,
    }


def _agencies(population: Population) -> list[dict[str, Any]]:
    groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for person in population.persons:
        groups[person.organisation_code][person.job_group] += 1
    return [
        {
            "id": a.code,
            "name": a.name_vi,
            "sector": a.sector,
            "level": a.level,
            "locality": a.locality,
            "mode": a.mode,
            "headcount": a.headcount,
            "job_group_headcount": dict(sorted(groups[a.code].items())),
        }
        for a in population.agencies
    ]


def _rooms(population: Population) -> list[dict[str, Any]]:
    return [
        {
            "id": r.code,
            "venue": r.venue,
            "seats": r.seats,
            "computers": r.computers,
            "accessible": r.accessible,
            "unavailable": _iso(r.unavailable),
        }
        for r in population.rooms
    ]


def _instructors(population: Population) -> list[dict[str, Any]]:
    return [
        {
            "id": i.key,
            "tracks": list(i.tracks),
            "languages": list(i.languages),
            "home_venue": i.home_venue,
            "max_classes": i.max_classes,
            "unavailable": _iso(i.unavailable),
        }
        for i in population.instructors
    ]


def to_instance_dict(population: Population) -> dict[str, Any]:
    """Return the document ``instance.json``; ids are codes of organisations and keys of people."""
    rules = population.plan_rules
    return {
        "format": FORMAT,
        "name": f"binh-dinh-{population.scale:g}",
        "seed": population.seed,
        "scale": population.scale,
        "variant": "rehearsal",
        "days": [{"id": d.date.isoformat(), "working": d.working} for d in rules.days],
        "rules": _rules(population),
        "weights": dict(rules.weights),
        "fair_straddle_share_pct": rules.fair_straddle_share_pct,
        "track_distance": [list(row) for row in rules.track_distance],
        "localities": [
            {"id": p.code, "name": p.name_vi, "city": p.city, "km_to_venues": p.km_to_venues}
            for p in population.localities
        ],
        "agencies": _agencies(population),
        "rooms": _rooms(population),
        "instructors": _instructors(population),
    }


def trainee_rows(population: Population) -> list[tuple[str, str, str, str, str, str, str]]:
    """Return the rows of ``trainees.csv``, the nominated people only, in the order of ``TRAINEE_COLUMNS``."""
    return [
        (p.key, p.organisation_code, p.job_group, p.track, p.need, p.language, ";".join(_iso(p.unavailable)))
        for p in population.persons
        if p.nominated
    ]
