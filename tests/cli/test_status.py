"""./run status: stable keys, a form for people, and words where there is no campaign."""

import argparse
import json

import pytest

from hocvu.cli import setup, status

KEYS = {
    "campaign", "demo", "until", "people", "groups", "cohorts", "sessions", "presences", "sittings", "tests",
    "attestations", "difficulties", "forms",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _set_up_already(monkeypatch) -> None:
    monkeypatch.setattr(setup, "prepare", lambda: None)
    monkeypatch.setattr(setup, "use_data", lambda folder: None)


def _run(capsys, *, as_json: bool) -> tuple[int, str, str]:
    code = status.run(argparse.Namespace(json=as_json, data=None))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_keys_are_those_documented(world, capsys) -> None:
    code, out, _ = _run(capsys, as_json=True)
    found = json.loads(out)
    documented = (setup.ROOT / "docs" / "status.md").read_text()

    assert code == 0
    assert set(found) == KEYS
    assert all(f"| `{key}` |" in documented for key in KEYS)


def test_counts_are_those_of_the_rows(world, capsys) -> None:
    found = json.loads(_run(capsys, as_json=True)[1])

    assert found["campaign"]["code"] == "binh-dinh-2025"
    assert found["people"]["all"] == {"planned": 400, "nominated": 24, "placed": 24}
    assert found["cohorts"]["in_person"]["made"] == 3
    assert found["sessions"] == {"planned": 16, "held": 0, "closed": 0}


def test_the_form_for_people(world, capsys) -> None:
    code, out, _ = _run(capsys, as_json=False)

    assert code == 0
    assert out.startswith("binh-dinh-2025 (running), 2025-06-11 to 2025-06-24")
    people = next(line for line in out.splitlines() if line.startswith("all "))
    assert people.split() == ["all", "400", "24", "24"]


def test_without_a_campaign(db, capsys) -> None:
    code, out, error = _run(capsys, as_json=False)
    assert (code, out) == (1, "")
    assert "./run demo" in error

    code, out, _ = _run(capsys, as_json=True)
    assert (code, json.loads(out)) == (1, {"campaign": None})
