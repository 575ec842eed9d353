"""Choose the agencies of a smaller campaign: whole ones, of every sector, from many places."""

from collections import Counter
from collections.abc import Iterable
from random import Random

from hocvu.rehearsal.domain.chance import stream
from hocvu.rehearsal.domain.types import SyntheticOrganisation

SMALLEST = 0.01
ACTORS = (
    "UBND",
    "TU",
    "VPUB",
    "SNV",
    "SKHCN",
    "SGDDT",
    "SYT",
    "CAT",
    "QNU",
    "CDKTCN",
)  # always there as bodies
UPLAND = ("546", "551")  # where some speak Bahnar
_ALWAYS = {
    "in_person": "commune",
    "online": "education",
}  # the sector that represents the upland in each mode


def check_scale(scale: float) -> None:
    """Raise ValueError unless 0.01 <= scale <= 1."""
    if not SMALLEST <= scale <= 1:
        raise ValueError(f"scale must be between {SMALLEST} and 1, not {scale}")


def _next(
    candidates: list[SyntheticOrganisation], room: int, used: Counter[str], kinds: Counter[str]
) -> SyntheticOrganisation | None:
    """Return the fitting agency from the kind, then the place seen least so far."""
    fitting = [a for a in candidates if a.nominated <= room]
    return min(fitting, key=lambda a: (used[a.locality] + 2 * kinds[a.kind], used[a.locality]), default=None)


def _fill(
    rng: Random, agencies: list[SyntheticOrganisation], quota: int, required: Iterable[SyntheticOrganisation]
) -> list[SyntheticOrganisation]:
    chosen = list(required)
    left = [a for a in agencies if a not in chosen]
    rng.shuffle(left)
    used: Counter[str] = Counter(a.locality for a in chosen)
    kinds: Counter[str] = Counter()
    room = quota - sum(a.nominated for a in chosen)
    while (found := _next(left, room, used, kinds)) is not None:
        chosen.append(found)
        left.remove(found)
        used[found.locality] += 1
        kinds[found.kind] += 1
        room -= found.nominated
    return chosen


def _close(
    chosen: list[SyntheticOrganisation], rest: list[SyntheticOrganisation], missing: int, fixed: set[str]
) -> list[SyntheticOrganisation]:
    """Come as near the total as one addition or one exchange inside a sector can."""
    best: tuple[int, SyntheticOrganisation | None, SyntheticOrganisation | None] = (abs(missing), None, None)
    for new in rest:
        best = min(best, (abs(missing - new.nominated), new, None), key=lambda b: b[0])
        for old in chosen:
            if old.sector == new.sector and old.code not in fixed:
                best = min(best, (abs(missing - new.nominated + old.nominated), new, old), key=lambda b: b[0])
        if best[0] == 0:
            break
    _, added, dropped = best
    return [a for a in chosen if a is not dropped] + ([added] if added else [])


def _choose(rng: Random, agencies: list[SyntheticOrganisation], mode: str, scale: float) -> set[str]:
    total = round(scale * sum(a.nominated for a in agencies))
    by_size = sorted(agencies, key=lambda a: (a.nominated, a.code))
    upland = [next(a for a in by_size if a.locality == district and a.sector == _ALWAYS[mode]) for district in UPLAND]
    left = total
    chosen: list[SyntheticOrganisation] = []
    fixed = {a.code for a in upland}
    for sector in sorted({a.sector for a in agencies}):
        members = [a for a in agencies if a.sector == sector]
        quota = round(scale * sum(a.nominated for a in members))
        required = [a for a in upland if a.sector == sector] or [a for a in by_size if a.sector == sector][:1]
        found = _fill(rng, members, quota, required)
        chosen += found
        left -= sum(a.nominated for a in found)
    for _ in range(2):
        taken = {a.code for a in chosen}
        chosen = _close(chosen, [a for a in agencies if a.code not in taken], left, fixed)
        left = total - sum(a.nominated for a in chosen)
    return {a.code for a in chosen}


def choose_agencies(seed: int, tree: list[SyntheticOrganisation], scale: float) -> list[SyntheticOrganisation]:
    """Return the agencies of the campaign at this scale, in the order of the tree; all of them at scale 1.

    Both modes come as near as whole agencies allow to ``scale`` times their people.
    """
    check_scale(scale)
    agencies = [o for o in tree if o.nominates]
    if scale == 1:
        return agencies
    taken: set[str] = set()
    for mode in ("in_person", "online"):
        members = [a for a in agencies if a.mode == mode]
        taken |= _choose(stream(seed, "scale", mode, str(scale)), members, mode, scale)
    return [a for a in agencies if a.code in taken]
