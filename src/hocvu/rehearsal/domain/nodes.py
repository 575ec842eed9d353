"""Make bare nodes of the tree: what the builders of both eras share."""

from dataclasses import replace
from datetime import date

from hocvu.rehearsal.domain import sources
from hocvu.rehearsal.domain.types import SyntheticOrganisation

Names = tuple[str, str, str]  # Vietnamese, French, English


def node(code: str, names: Names, kind: str, parent_code: str | None, since: date) -> SyntheticOrganisation:
    """Return a node of the province's level without staff, sector or place; callers replace what differs."""
    return SyntheticOrganisation(
        code=code,
        name_vi=names[0],
        name_fr=names[1],
        name_en=names[2],
        kind=kind,
        level="province",
        sector="",
        parent_code=parent_code,
        locality="",
        mode="",
        headcount=0,
        nominated=0,
        valid_from=since,
        valid_to=None,
    )


def names_of(row: sources.Row, prefix: str = "name") -> Names:
    """Return the three names of a row."""
    return row[f"{prefix}_vi"], row[f"{prefix}_fr"], row[f"{prefix}_en"]


def roots(era: str, since: date) -> list[SyntheticOrganisation]:
    """Return the nodes above all bodies in an era ("2025-06" or "2025-07"), and the two venues."""
    found = []
    for row in sources.rows("provinces"):
        if row["era"] == era:
            root = node(row["code"], names_of(row), row["kind"], row["parent_code"] or None, since)
            if row["kind"] == "university":
                root = replace(root, sector="university", locality="540")
            found.append(replace(root, gso_code=row["gso_code"]))
    return found


def child(parent: SyntheticOrganisation, code: str, names: Names, people: int, kind: str) -> SyntheticOrganisation:
    """Return a synthesised unit below ``parent`` in which ``people`` are nominated."""
    return replace(
        parent,
        code=code,
        name_vi=names[0],
        name_fr=names[1],
        name_en=names[2],
        kind=kind,
        parent_code=parent.code,
        headcount=people,
        nominated=people,
        synthetic=True,
        gso_code="",
    )
