"""Names of districts, communes and their units in three languages, with the right article and elision."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hocvu.rehearsal.domain import sources

UPLAND = frozenset({"542", "546", "551"})  # An Lão, Vĩnh Thạnh, Vân Canh
_PARTY = {"huyện": "Huyện ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy"}
_COMMUNE_FR = {"xã": "commune", "phường": "quartier", "thị trấn": "bourg"}
_COMMUNE_EN = {"xã": "Commune", "phường": "Ward", "thị trấn": "Township"}


@dataclass(frozen=True, slots=True)
class District:
    """A district of June 2025; ``vi`` starts with its type in small letters."""

    code: str
    short: str
    vi: str
    fr: str
    en: str
    party_vi: str
    upland: bool


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune-level unit, before or after the merger; ``vi`` starts with its type in small letters."""

    code: str
    district: str
    short: str
    vi: str
    fr: str
    en: str
    urban: bool
    successor: str


def of(name: str) -> str:
    """Return the French "de" with elision: ``d’An Lão``, ``de Phù Cát``."""
    first = unicodedata.normalize("NFD", name[0]).lower()[0]
    return f"d’{name}" if first in "aeiouy" else f"de {name}"


def of_unit(unit: Commune) -> str:
    """Return the French "de" with the article of a commune-level unit: ``du quartier de Quy Nhơn``."""
    return f"de la {unit.fr}" if unit.fr.startswith("commune") else f"du {unit.fr}"


@lru_cache(maxsize=1)
def districts() -> dict[str, District]:
    """Return the 11 districts by code, in file order."""
    return {
        row["district_code"]: District(
            row["district_code"],
            row["short_name"],
            f"{row['type']} {row['short_name']}",
            row["name_fr"],
            row["name_en"],
            f"{_PARTY[row['type']]} {row['short_name']}",
            row["district_code"] in UPLAND,
        )
        for row in sources.rows("districts_2025-06")
    }


def _commune(code: str, district: str, kind: str, short: str, successor: str) -> Commune:
    return Commune(
        code,
        district,
        short,
        f"{kind} {short}",
        f"{_COMMUNE_FR[kind]} {of(short)}",
        f"{short} {_COMMUNE_EN[kind]}",
        kind != "xã",
        successor,
    )


@lru_cache(maxsize=1)
def commune_units() -> tuple[Commune, ...]:
    """Return the 155 communes of June 2025 in file order."""
    return tuple(
        _commune(
            row["commune_code"],
            row["district_code"],
            row["commune_type"],
            row["short_name"],
            row["successor_code_2025_07"],
        )
        for row in sources.rows("communes_2025-06")
    )


@lru_cache(maxsize=1)
def successor_units() -> tuple[Commune, ...]:
    """Return the 58 communes and wards from 1 July 2025 in file order; ``district`` is the former one."""
    units = []
    for row in sources.rows("successors_2025-07"):
        kind, short = row["name_vi"].split(" ", 1)
        units.append(_commune(row["commune_code"], row["former_district_code"], kind.lower(), short, ""))
    return tuple(units)
