"""One whole campaign at scale 0.02, recounted independently; the recount itself is shown to find faults."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from . import recount
from .conftest import run


@pytest.mark.parametrize("check", recount.CHECKS, ids=lambda check: check.__name__)
def test_the_recount_finds_nothing(check, finished: Path) -> None:
    with sqlite3.connect(finished / "hocvu.sqlite3") as db:
        assert check(db) == []


FAULTS = {
    "everybody_has_one_place": "UPDATE planning_cohort SET size = size + 1 WHERE id = (SELECT MIN(id) FROM planning_cohort)",
    "nothing_is_booked_twice": "UPDATE planning_cohort SET room_id = (SELECT MIN(id) FROM planning_room),"
    " starts_on = '2025-06-17', ends_on = '2025-06-18' WHERE mode = 'in_person'",
    "services_go_on": "UPDATE planning_cohort SET starts_on = '2025-06-17', ends_on = '2025-06-18'",
    "register_follows_from_what_was_seen": "DELETE FROM delivery_observation WHERE id % 7 = 0",
    "marks_follow_from_answers": "UPDATE assessment_itemversion SET right_key = 'z' WHERE id % 11 = 0",
    "attestations_follow_from_the_rules": "UPDATE delivery_grade SET mark = 10 WHERE id % 50 = 0",
    "register_has_no_gaps": "UPDATE attestations_attestation SET register_number = 999999 WHERE register_number = 2",
    "follow_ups_reach_people_where_they_are": "UPDATE evaluation_invitation SET organisation_id ="
    " (SELECT id FROM people_organisation WHERE valid_to = '2025-07-01' LIMIT 1) WHERE sent_at > '2025-07-02'",
}


@pytest.mark.parametrize("check", recount.CHECKS, ids=lambda check: check.__name__)
def test_the_recount_finds_a_fault_that_is_there(check, finished: Path, tmp_path: Path) -> None:
    copy = tmp_path / "hocvu.sqlite3"
    shutil.copyfile(finished / "hocvu.sqlite3", copy)
    with sqlite3.connect(copy) as db:
        db.execute(FAULTS[check.__name__])
        assert check(db)


def test_status_agrees_with_the_rows(finished: Path) -> None:
    status = json.loads(run("status", "--json", data=finished).stdout)

    with sqlite3.connect(finished / "hocvu.sqlite3") as db:
        (placed,) = db.execute("SELECT COUNT(*) FROM planning_placement").fetchone()
        (issued,) = db.execute("SELECT COUNT(*) FROM attestations_attestation").fetchone()
        (refused,) = db.execute(
            "SELECT COUNT(*) FROM attestations_eligibilityfinding WHERE verdict = 'refused'"
        ).fetchone()
    assert status["people"]["all"]["placed"] == placed
    assert status["attestations"]["issued"] == issued
    assert status["attestations"]["refused"] == refused


def test_a_second_start_keeps_the_data(finished: Path) -> None:
    before = (finished / "hocvu.sqlite3").stat().st_size

    done = run("demo", "--no-serve", data=finished)

    assert "stage followup" in done.stdout
    assert (finished / "hocvu.sqlite3").stat().st_size == before


def test_another_scale_is_refused_kindly(finished: Path) -> None:
    done = run("demo", "--scale", "0.5", "--no-serve", data=finished, check=False)

    assert done.returncode == 1
    assert "--data" in done.stderr


def test_backup_and_restore_bring_everything_back(finished: Path, tmp_path: Path) -> None:
    run("backup", str(tmp_path / "all.tar.gz"), data=finished)
    told = run("restore", str(tmp_path / "all.tar.gz"), data=tmp_path / "new").stdout

    assert "whole" in told
    with sqlite3.connect(tmp_path / "new" / "hocvu.sqlite3") as new, sqlite3.connect(finished / "hocvu.sqlite3") as old:
        for table in ("ledger_line", "attestations_attestation", "people_person"):
            query = f"SELECT COUNT(*) FROM {table}"
            assert new.execute(query).fetchone() == old.execute(query).fetchone()
    assert (tmp_path / "new" / "keys" / "secret").read_text() == (finished / "keys" / "secret").read_text()


def test_a_damaged_backup_is_refused_and_changes_nothing(finished: Path, tmp_path: Path) -> None:
    archive = tmp_path / "all.tar.gz"
    run("backup", str(archive), data=finished)
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content)

    done = run("restore", str(archive), data=tmp_path / "new", check=False)

    assert done.returncode == 1
    assert not (tmp_path / "new").exists()


def test_doctor_finds_nothing_grave(finished: Path) -> None:
    done = run("doctor", data=finished, check=False)

    assert done.returncode == 0, done.stdout
    assert "lines, whole" in done.stdout
