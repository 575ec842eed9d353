"""Files of items for the command line: checked, named by line, loaded whole or not at all."""

from pathlib import Path

import pytest
import yaml

from hocvu.assessment.importing.items import check_items, load_item_file
from hocvu.assessment.models import Item
from hocvu.kernel.actor import SYSTEM

from .bank import entry

SHIPPED = Path(__file__).resolve().parents[2] / "src/hocvu/assessment/data/items"


def written(path: Path, entries) -> Path:
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    return path


def test_a_good_file_has_no_faults(tmp_path):
    assert check_items(written(tmp_path / "a.yaml", [entry("A-1")])) == []
    assert check_items(str(SHIPPED / "1.4.yaml")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- code: 'x\n  y", "not valid YAML"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"", "must be a list of items"),
        (b"a: 1", "must be a list of items"),
        (b"- 3", "entry 1: not an item"),
    ],
)
def test_a_bad_file_is_named_with_its_cause(tmp_path, content, said):
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    assert any(said in line for line in check_items(path))


def test_a_missing_file_is_named(tmp_path):
    assert check_items(tmp_path / "none.yaml") == ["none.yaml: cannot be read (No such file or directory)"]


@pytest.mark.django_db
def test_loading_is_all_or_nothing(tmp_path):
    bad = entry("A-2") | {"axis": 7}
    assert load_item_file(actor=SYSTEM, path=written(tmp_path / "a.yaml", [entry("A-1"), bad])) == (
        0,
        ["A-2: axis must be 1, 2 or 3"],
    )
    assert Item.objects.count() == 0
    assert load_item_file(actor=SYSTEM, path=written(tmp_path / "a.yaml", [entry("A-1")])) == (1, [])
