"""Read and write a planning problem: `instance.json` beside `trainees.csv` or `trainees.csv.gz`.

Bad input raises `InstanceError`, which names the file, the field and the reason as data; pages make the sentence.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from hocvu.planning.domain import problem as m

FORMAT = "hocvu-plan-instance/1"
TRAINEE_COLUMNS = ("id", "agency", "job_group", "track", "need", "language", "unavailable")
JSON_NAME = "instance.json"


class InstanceError(ValueError):
    """A planning file that cannot be used: which file, which field, why (a code such as "missing")."""

    def __init__(self, file: str, field: str, reason: str) -> None:
        super().__init__(f"{file}: {field}: {reason}")
        self.file, self.field, self.reason = file, field, reason


class _Record:
    """One JSON object or CSV row read field by field, so that an error can name its place."""

    def __init__(self, data: object, file: str, path: str) -> None:
        if not isinstance(data, Mapping):
            raise InstanceError(file, path or "/", "not_an_object")
        self.data, self.file, self.path = data, file, path

    def fail(self, key: str, reason: str) -> InstanceError:
        return InstanceError(self.file, f"{self.path}.{key}".lstrip("."), reason)

    def get(self, key: str) -> Any:
        if key not in self.data or self.data[key] is None:
            raise self.fail(key, "missing")
        return self.data[key]

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and self.data.get(key) in (None, ""):
            return default
        value = self.get(key)
        if not isinstance(value, str) or not (value or default == ""):
            raise self.fail(key, "not_text")
        return value

    def whole(self, key: str, low: int = 0, default: int | None = None) -> int:
        if default is not None and self.data.get(key) is None:
            return default
        value = self.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.fail(key, "not_whole_number")
        if value < low:
            raise self.fail(key, "too_small")
        return value

    def flag(self, key: str) -> bool:
        value = self.get(key)
        if not isinstance(value, bool):
            raise self.fail(key, "not_true_or_false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.get(key)
        if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
            raise self.fail(key, "not_a_list_of_text")
        return tuple(value)

    def records(self, key: str) -> list[_Record]:
        value = self.get(key)
        if not isinstance(value, list):
            raise self.fail(key, "not_a_list")
        return [_Record(x, self.file, f"{self.path}.{key}[{i}]".lstrip(".")) for i, x in enumerate(value)]

    def record(self, key: str) -> _Record:
        return _Record(self.get(key), self.file, f"{self.path}.{key}".lstrip("."))


def read_instance(directory: str | Path) -> m.Instance:
    """Read the planning problem in `directory`; raise `InstanceError` where a file cannot be used."""
    folder = Path(directory)
    doc = _Record(_read_json(folder / JSON_NAME), JSON_NAME, "")
    if doc.text("format") != FORMAT:
        raise doc.fail("format", "unknown_format")
    rules = doc.record("rules")
    found = m.Instance(
        name=doc.text("name", ""),
        days=tuple(m.Day(_day(r, "id"), r.flag("working")) for r in doc.records("days")),
        rules=_rules(rules),
        weights=_weights(doc.record("weights")),
        fair_straddle_share_pct=doc.whole("fair_straddle_share_pct", default=100),
        track_distance=_distances(doc),
        localities=tuple(
            m.Locality(r.text("id"), r.flag("city"), r.whole("km_to_venues", default=0))
            for r in doc.records("localities")
        ),
        agencies=tuple(_agency(r) for r in doc.records("agencies")),
        rooms=tuple(_room(r) for r in doc.records("rooms")),
        instructors=tuple(_instructor(r) for r in doc.records("instructors")),
        trainees=tuple(_trainees(folder)),
    )
    _check_links(found)
    return found


def write_instance(instance: m.Instance, directory: str | Path) -> None:
    """Write `instance` as `instance.json` and `trainees.csv.gz`, byte for byte the same each time."""
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    doc = {"format": FORMAT, **asdict(instance)}
    del doc["trainees"]
    for mode, rules in doc["rules"]["classes"].items():
        doc["rules"]["classes"][mode] = {k: v for k, v in rules.items() if v is not None}
    text = json.dumps(doc, ensure_ascii=False, separators=(",", ":"))
    (folder / JSON_NAME).write_text(text, encoding="utf-8")
    rows = [[getattr(t, c) for c in TRAINEE_COLUMNS[:-1]] + [";".join(t.unavailable)] for t in instance.trainees]
    write_gzip_csv(folder / "trainees.csv.gz", list(TRAINEE_COLUMNS), rows)


def write_gzip_csv(path: Path, header: list[str], rows: list[list[str]]) -> None:
    """Write a gzipped CSV without time stamp or file name inside, so that equal rows give equal bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, filename="", mode="wb", mtime=0) as packed:
        packed.write(text.getvalue().encode("utf-8"))


def read_csv(folder: Path, stem: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (place, row) of `stem.csv` or `stem.csv.gz` in `folder`."""
    plain, packed = folder / f"{stem}.csv", folder / f"{stem}.csv.gz"
    path = plain if plain.exists() else packed
    try:
        text = path.read_text("utf-8") if path is plain else gzip.decompress(path.read_bytes()).decode("utf-8")
    except FileNotFoundError:
        raise InstanceError(f"{stem}.csv", "/", "file_missing") from None
    except (OSError, EOFError, UnicodeDecodeError):
        raise InstanceError(path.name, "/", "unreadable") from None
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        yield f"line {number}", {k: v or "" for k, v in row.items() if isinstance(k, str)}


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InstanceError(path.name, "/", "file_missing") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        raise InstanceError(path.name, "/", "unreadable") from None


def _day(r: _Record, key: str) -> str:
    value = r.text(key)
    try:
        date.fromisoformat(value)
    except ValueError:
        raise r.fail(key, "not_a_date") from None
    return value


def _rules(r: _Record) -> m.Rules:
    rounding = r.text("release_rounding", "down")
    if rounding not in ("down", "up"):
        raise r.fail("release_rounding", "not_up_or_down")
    classes = r.record("classes")
    return m.Rules(
        session_days=r.whole("session_days", 1),
        weekend_days_used=r.flag("weekend_days_used"),
        straddle_weekend_allowed=r.flag("straddle_weekend_allowed"),
        release_cap_pct=r.whole("release_cap_pct"),
        release_rounding=rounding,
        keep_one_per_job_group=r.flag("keep_one_per_job_group"),
        classes={mode: _mode_rules(classes.record(mode)) for mode in m.MODES if mode in classes.data},
        team_size=r.whole("team_size"),
        bus_seats=r.whole("bus_seats", 1),
        size_tolerance=r.whole("size_tolerance"),
    )


def _mode_rules(r: _Record) -> m.ModeRules:
    low, high = r.whole("min"), r.whole("max", 1)
    if low > high:
        raise r.fail("min", "above_max")
    most, least = r.whole("max_classes"), r.whole("min_classes", default=0)
    if least > most:
        raise r.fail("min_classes", "above_max_classes")
    concurrent = r.whole("concurrent_max") if r.data.get("concurrent_max") is not None else None
    turns = r.whole("test_sittings", 1, default=1)
    return m.ModeRules(low, r.whole("target"), high, most, least, turns, concurrent)


def _weights(r: _Record) -> m.Weights:
    values = {}
    for f in fields(m.Weights):
        values[f.name] = r.whole(f.name, default=None if f.default is MISSING else f.default)
    return m.Weights(**values)


def _distances(doc: _Record) -> tuple[tuple[str, str, int], ...]:
    value = doc.get("track_distance")
    if not isinstance(value, list):
        raise doc.fail("track_distance", "not_a_list")
    for i, row in enumerate(value):
        good = isinstance(row, list) and len(row) == 3 and isinstance(row[2], int) and row[2] >= 0
        if not good or not isinstance(row[0], str) or not isinstance(row[1], str):
            raise doc.fail(f"track_distance[{i}]", "not_track_track_price")
    return tuple((a, b, int(v)) for a, b, v in value)


def _agency(r: _Record) -> m.Agency:
    mode = r.text("mode")
    if mode not in m.MODES:
        raise r.fail("mode", "unknown_mode")
    groups = r.record("job_group_headcount")
    heads = {k: groups.whole(k) for k in groups.data}
    texts = (r.text("id"), r.text("name", ""), r.text("sector", ""), r.text("level", ""), r.text("locality"))
    return m.Agency(*texts, mode, r.whole("headcount"), heads)


def _room(r: _Record) -> m.Room:
    sizes = (r.whole("seats"), r.whole("computers"), r.flag("accessible"))
    return m.Room(r.text("id"), r.text("venue"), *sizes, r.texts("unavailable"))


def _instructor(r: _Record) -> m.Instructor:
    able = (r.texts("tracks"), r.texts("languages"), r.text("home_venue", ""))
    return m.Instructor(r.text("id"), *able, r.whole("max_classes"), r.texts("unavailable"))


def _trainees(folder: Path) -> Iterator[m.Trainee]:
    for place, row in read_csv(folder, "trainees"):
        r = _Record(row, "trainees.csv", place)
        away = tuple(sorted(filter(None, r.text("unavailable", "").split(";"))))
        texts = (r.text("id"), r.text("agency"), r.text("job_group"), r.text("track"), r.text("need", ""))
        yield m.Trainee(*texts, r.text("language", m.DEFAULT_LANGUAGE), away)


def _check_links(x: m.Instance) -> None:
    """Refuse identifiers used twice, unknown agencies and localities, modes without rules."""
    kinds: dict[str, list[str]] = {
        "days": [d.id for d in x.days],
        "localities": [p.id for p in x.localities],
        "agencies": [a.id for a in x.agencies],
        "rooms": [r.id for r in x.rooms],
        "instructors": [i.id for i in x.instructors],
    }
    for kind, names in kinds.items():
        if len(set(names)) < len(names):
            raise InstanceError(JSON_NAME, kind, "identifier_twice")
    if [d.id for d in x.days] != sorted(d.id for d in x.days):
        raise InstanceError(JSON_NAME, "days", "not_in_order")
    places = {p.id for p in x.localities}
    for a in x.agencies:
        if a.locality not in places:
            raise InstanceError(JSON_NAME, f"agencies.{a.id}.locality", "unknown_locality")
        if a.mode not in x.rules.classes:
            raise InstanceError(JSON_NAME, f"rules.classes.{a.mode}", "missing")
    _check_trainees(x)


def _check_trainees(x: m.Instance) -> None:
    """Refuse trainees listed twice, of unknown agencies, or more than the staff they belong to."""
    seen: set[str] = set()
    held: Counter[tuple[str, str]] = Counter()
    for t in x.trainees:
        if t.id in seen:
            raise InstanceError("trainees.csv", t.id, "identifier_twice")
        seen.add(t.id)
        held[t.agency, ""] += 1
        held[t.agency, t.job_group] += 1
        agency = x.agency_by_id.get(t.agency)
        if agency is None:
            raise InstanceError("trainees.csv", f"{t.id}.agency", "unknown_agency")
        if t.job_group not in agency.job_group_headcount:
            raise InstanceError("trainees.csv", f"{t.id}.job_group", "not_in_agency_headcount")
    for a in x.agencies:
        if held[a.id, ""] > a.headcount:
            raise InstanceError(JSON_NAME, f"agencies.{a.id}.headcount", "fewer_than_trainees")
        for group, staff in a.job_group_headcount.items():
            if held[a.id, group] > staff:
                field = f"agencies.{a.id}.job_group_headcount.{group}"
                raise InstanceError(JSON_NAME, field, "fewer_than_trainees")
