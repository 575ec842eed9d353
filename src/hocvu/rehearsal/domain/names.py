"""Vietnamese names of invented people: family, middle, given; weighted, right for the sex, in NFC."""

import hashlib
import unicodedata
from bisect import bisect
from functools import cache, lru_cache
from itertools import accumulate
from random import Random

from hocvu.kernel.vietnamese import fold
from hocvu.rehearsal.domain import sources
from hocvu.rehearsal.domain.types import Sex

# Shares of groups among staff of ethnic minorities by district (invented).
_GROUPS = {
    "542": (("Hrê", 0.8), ("Bana", 0.2)),
    "544": (("Hrê", 1.0),),
    "546": (("Bana", 1.0),),
    "551": (("Chăm H'roi", 0.6), ("Bana", 0.4)),
}
_SHARED_GIVEN = 0.5
MINORITY_SHARE = {"542": 0.28, "544": 0.05, "546": 0.28, "551": 0.28}  # of local staff (invented)


@cache
def _weighted(file: str, column: str, sex: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    found = [(r[column], float(r["weight"])) for r in sources.rows(file) if not sex or r["sex"] == sex]
    values = tuple(unicodedata.normalize("NFC", value) for value, _ in found)
    return values, tuple(accumulate(weight for _, weight in found))


def _draw(rng: Random, file: str, column: str, sex: str = "") -> str:
    values, cumulated = _weighted(file, column, sex)
    return values[bisect(cumulated, rng.random() * cumulated[-1])]


@lru_cache(maxsize=1)
def _avoided() -> frozenset[str]:
    return frozenset(row["digest"] for row in sources.rows("names_avoided"))


def _of_public_figure(name: str) -> bool:
    """Say whether a name is one to avoid; only digests of such names are kept, never the names."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:16] in _avoided()


def majority_name(rng: Random, sex: Sex) -> str:
    """Return a Kinh name such as "Nguyễn Thị Thu Hà"; no part is said twice."""
    while True:
        family = _draw(rng, "names_family", "family")
        middle = _draw(rng, "names_middle", "middle", sex)
        given = _draw(rng, "names_given", "given", sex)
        parts = [family, *middle.split(), given]
        if len(set(parts)) == len(parts) and not _of_public_figure(name := " ".join(parts)):
            return name


@cache
def _parts(group: str, part: str, sex: str) -> tuple[str, ...]:
    return tuple(
        unicodedata.normalize("NFC", row["value"])
        for row in sources.rows("names_ethnic_minority")
        if row["ethnic_group"] == group and row["part"] == part and row["sex"] in ("", sex)
    )


def minority_name(rng: Random, sex: Sex, group: str) -> str:
    """Return a name of the group such as "Đinh Thị H'Loan"; its apostrophes are part of it.

    Half of the given names are the majority's, as is common.
    """
    while True:
        parts = [rng.choice(_parts(group, part, sex)) for part in ("family", "middle", "given")]
        if rng.random() < _SHARED_GIVEN:
            parts[2] = _draw(rng, "names_given", "given", sex)
        if len(set(parts)) == len(parts) and not _of_public_figure(name := " ".join(parts)):
            return name


def draw_group(rng: Random, district: str) -> str:
    """Return the ethnic minority a local member of staff belongs to, or "" for the majority."""
    if rng.random() >= MINORITY_SHARE.get(district, 0.0):
        return ""
    left = rng.random()
    for group, share in _GROUPS[district]:
        left -= share
        if left < 0:
            return group
    return _GROUPS[district][-1][0]
