"""Read the project's data files of Bình Định. The only place of the rehearsal's domain that touches files."""

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "people" / "data" / "binh-dinh"

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of the file ``name`` (without ``.csv``) in file order; do not change them."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def by_key(name: str, column: str) -> dict[str, Row]:
    """Return the rows of a file by the value of a column that is unique in it."""
    return {row[column]: row for row in rows(name)}
