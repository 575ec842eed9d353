"""Reading and writing instances and plans: what is written comes back, and bad input is named."""

import json
from pathlib import Path

import pytest
from tiny import tiny_instance

from hocvu.planning.domain.instance import InstanceError, read_instance, write_instance
from hocvu.planning.domain.solution import PlannedClass, Solution, read_solution, write_solution

PLAN = Solution(
    (PlannedClass("O2", "online", "O1", ("2025-06-11", "2025-06-12"), None, ("I1", "I2")),),
    {"T2": "O2", "T1": "O2"},
    7,
    5,
)


def test_an_instance_comes_back_as_it_was(tmp_path: Path) -> None:
    instance = tiny_instance(3)
    write_instance(instance, tmp_path)
    assert read_instance(tmp_path) == instance


def test_a_plan_comes_back_and_is_written_in_the_same_bytes(tmp_path: Path) -> None:
    write_solution(PLAN, tmp_path / "a")
    write_solution(PLAN, tmp_path / "b")
    assert read_solution(tmp_path / "a") == PLAN
    for name in ("classes.json", "assignment.csv.gz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def _broken(tmp_path: Path, change: dict[str, object]) -> InstanceError:
    write_instance(tiny_instance(3), tmp_path)
    path = tmp_path / "instance.json"
    doc = json.loads(path.read_text("utf-8"))
    for dotted, value in change.items():
        *parents, last = dotted.split(".")
        place = doc
        for key in parents:
            place = place[int(key)] if isinstance(place, list) else place[key]
        if value is None:
            del place[last]
        else:
            place[last] = value
    path.write_text(json.dumps(doc), "utf-8")
    with pytest.raises(InstanceError) as caught:
        read_instance(tmp_path)
    return caught.value


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"format": "other/1"}, "format", "unknown_format"),
        ({"rules.team_size": None}, "rules.team_size", "missing"),
        ({"rules.team_size": "two"}, "rules.team_size", "not_whole_number"),
        ({"rules.classes.online.min": 99}, "rules.classes.online.min", "above_max"),
        ({"rules.release_rounding": "sideways"}, "rules.release_rounding", "not_up_or_down"),
        ({"days.0.id": "11/06/2025"}, "days[0].id", "not_a_date"),
        ({"agencies.0.locality": "L9"}, "agencies.i00.locality", "unknown_locality"),
        ({"agencies.0.mode": "by_post"}, "agencies[0].mode", "unknown_mode"),
        ({"rooms.1.id": "R0"}, "rooms", "identifier_twice"),
        ({"rooms.0.accessible": "yes"}, "rooms[0].accessible", "not_true_or_false"),
        ({"track_distance": [["P1", "P2"]]}, "track_distance[0]", "not_track_track_price"),
        ({"agencies.0.headcount": 0}, "agencies.i00.headcount", "fewer_than_trainees"),
    ],
)
def test_bad_instances_are_refused_by_file_field_and_reason(
    tmp_path: Path, change: dict[str, object], field: str, reason: str
) -> None:
    error = _broken(tmp_path, change)
    assert (error.file, error.field, error.reason) == ("instance.json", field, reason)


def test_a_missing_or_broken_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InstanceError) as caught:
        read_instance(tmp_path)
    assert (caught.value.file, caught.value.reason) == ("instance.json", "file_missing")
    (tmp_path / "instance.json").write_text("{", "utf-8")
    with pytest.raises(InstanceError) as caught:
        read_instance(tmp_path)
    assert caught.value.reason == "unreadable"


def test_a_trainee_of_an_unknown_agency_is_named(tmp_path: Path) -> None:
    write_instance(tiny_instance(3), tmp_path)
    (tmp_path / "trainees.csv").write_text(
        "id,agency,job_group,track,need,language,unavailable\nT1,nowhere,clerk,P1,,vi,\n", "utf-8"
    )
    with pytest.raises(InstanceError) as caught:
        read_instance(tmp_path)
    assert (caught.value.file, caught.value.field) == ("trainees.csv", "T1.agency")
