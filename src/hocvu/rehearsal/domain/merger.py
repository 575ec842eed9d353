"""The merger of 1 July 2025: Bình Định joins Gia Lai, districts end, 155 communes become 58.

Communes follow the published list. Provincial bodies and their offices go to namesakes of the new
province (derived, not read in a source). Offices of a district are shared out over its successor communes
in order of their codes. Police posts follow their commune. Schools and health units go on; only the body
above them changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hocvu.rehearsal.domain import sources
from hocvu.rehearsal.domain.nodes import Names, names_of, node, roots
from hocvu.rehearsal.domain.types import ParentChange, Succession, SyntheticOrganisation
from hocvu.rehearsal.domain.unit_names import commune_units, districts, of_unit, successor_units

MERGER = date(2025, 7, 1)

_UNDER_PEOPLES_COMMITTEE = {"state_department", "state_unit"}
_SURVIVORS = {"education", "health"}


@dataclass(frozen=True, slots=True)
class History:
    """The tree over time: old and new organisations, parents before children in each era."""

    organisations: tuple[SyntheticOrganisation, ...]
    parent_changes: tuple[ParentChange, ...]
    successions: tuple[Succession, ...]


def _new_bodies(old: Iterable[SyntheticOrganisation]) -> list[SyntheticOrganisation]:
    """Make the Gia Lai namesakes of the provincial bodies and of their offices and police divisions."""
    namesakes = sources.by_key("gia-lai_2025-07", "code")
    made: list[SyntheticOrganisation] = []
    for organisation in old:
        if row := namesakes.get(organisation.code):
            names = names_of(row, "successor_name")
            under = {"party": "GL-TU"}.get(organisation.kind, "GL")
            parent = "GL-UBND" if organisation.kind in _UNDER_PEOPLES_COMMITTEE else under
        elif organisation.kind in ("office", "police_division"):
            names = _renamed(organisation, namesakes[str(organisation.parent_code)])
            parent = f"GL-{organisation.parent_code}"
        else:
            continue
        made.append(
            replace(
                node(f"GL-{organisation.code}", names, organisation.kind, parent, MERGER),
                sector=organisation.sector,
                restricted=organisation.restricted,
                synthetic=True,
            )
        )
    return made


def _renamed(office: SyntheticOrganisation, body: sources.Row) -> Names:
    old = sources.by_key("agencies", "code")[body["code"]]
    return (
        office.name_vi.replace(old["name_vi"], body["successor_name_vi"]),
        office.name_fr.replace(old["name_fr"], body["successor_name_fr"]).replace(
            "– Police provinciale", f"– {body['successor_name_fr']}"
        ),
        office.name_en.replace(old["name_en"], body["successor_name_en"]),
    )


def _new_communes() -> list[SyntheticOrganisation]:
    """Make the 58 communes and wards, then one police post for each."""
    communes, posts = [], []
    for unit in successor_units():
        names = (
            f"Ủy ban nhân dân {unit.vi}",
            f"Comité populaire {of_unit(unit)}",
            f"People's Committee of {unit.en}",
        )
        local = replace(
            node(f"X{unit.code}", names, "commune", "GL-UBND", MERGER),
            level="commune",
            locality=unit.district,
        )
        communes.append(replace(local, sector="commune", gso_code=unit.code))
        names = (f"Công an {unit.vi}", f"Poste de police – {unit.fr}", f"Police post – {unit.en}")
        posts.append(
            replace(
                node(f"XP{unit.code}", names, "police_post", "GL-CAT", MERGER),
                level="commune",
                locality=unit.district,
                sector="police",
                restricted=True,
                synthetic=True,
            )
        )
    return communes + posts


def _seat(district: str) -> str:
    """Return the successor of the district's seat: the commune that carries its name, else its first one."""
    units = [u for u in successor_units() if u.district == district]
    named = [u for u in units if u.short == districts()[district].short]
    return f"X{(named or units)[0].code}"


def _district_heirs(old: Iterable[SyntheticOrganisation]) -> dict[str, str]:
    """Share the offices of each district over its successor communes, in order of code, round and round."""
    heirs: dict[str, str] = {}
    turn: dict[str, int] = {}
    for organisation in old:
        district = organisation.parent_code
        if organisation.level != "district" or organisation.sector not in ("state", "party"):
            continue
        if organisation.kind == "district":
            heirs[organisation.code] = _seat(organisation.locality)
            continue
        units = [u.code for u in successor_units() if u.district == organisation.locality]
        index = turn.get(str(district), 0)
        turn[str(district)] = index + 1
        heirs[organisation.code] = f"X{units[index % len(units)]}"
    return heirs


def _successions(old: Iterable[SyntheticOrganisation]) -> list[Succession]:
    successor = {c.code: c.successor for c in commune_units()}
    merged = {u.code: sum(c.successor == u.code for c in commune_units()) for u in successor_units()}
    heirs = _district_heirs(old)
    groups = {"school_bloc": lambda o: _seat(o.locality) if o.level == "district" else "GL-SGDDT"}
    found = []
    for o in old:
        if o.code in ("QNU", "CDKTCN") or (o.sector in _SURVIVORS and o.nominates):
            continue
        if o.kind in ("commune", "police_post"):
            new = successor[o.code[1:]]
            prefix = "X" if o.kind == "commune" else "XP"
            found.append(Succession(o.code, prefix + new, MERGER, "merge" if merged[new] > 1 else "rename"))
        elif o.code in heirs:
            found.append(Succession(o.code, heirs[o.code], MERGER, "abolish"))
        elif o.kind in ("school_bloc", "health_group"):
            heir = groups[o.kind](o) if o.kind in groups else "GL-SYT"
            found.append(Succession(o.code, heir, MERGER, "abolish"))
        else:
            heir = "GL" if o.code == "BD" else f"GL-{o.code}"
            found.append(Succession(o.code, heir, MERGER, "merge"))
    return found


def _parent_changes(old: Iterable[SyntheticOrganisation]) -> list[ParentChange]:
    successor = {c.code: c.successor for c in commune_units()}
    changes = []
    for o in old:
        if o.code == "CDKTCN":
            changes.append(ParentChange(o.code, "GL", MERGER))
        elif o.sector == "health" and o.nominates:
            changes.append(ParentChange(o.code, "GL-SYT", MERGER))
        elif o.sector == "education" and o.nominates:
            local = o.code[1:].split("-")[0] if o.level == "commune" else ""
            parent = f"X{successor[local]}" if local else "GL-SGDDT"
            changes.append(ParentChange(o.code, parent, MERGER))
    return changes


def merge(old: list[SyntheticOrganisation]) -> History:
    """Return the whole history of a tree that stood until 30 June 2025."""
    successions = _successions(old)
    ended = {s.predecessor_code for s in successions}
    until = [replace(o, valid_to=MERGER) if o.code in ended else o for o in old]
    after = [*roots("2025-07", MERGER), *_new_bodies(old), *_new_communes()]
    return History((*until, *after), tuple(_parent_changes(old)), tuple(successions))


def prune(history: History, keep: set[str]) -> History:
    """Keep the organisations named, those above them in both eras, and their successors; keep the order."""
    wanted = set(keep)
    parent = {o.code: o.parent_code for o in history.organisations}
    heirs: dict[str, set[str]] = {}
    for s in history.successions:
        heirs.setdefault(s.predecessor_code, set()).add(s.successor_code)
    for c in history.parent_changes:
        heirs.setdefault(c.organisation_code, set()).add(c.parent_code)
    open_codes = list(wanted)
    while open_codes:
        code = open_codes.pop()
        above = parent[code]
        for found in heirs.get(code, set()) | ({above} if above else set()):
            if found not in wanted:
                wanted.add(found)
                open_codes.append(found)
    return History(
        tuple(o for o in history.organisations if o.code in wanted),
        tuple(c for c in history.parent_changes if c.organisation_code in wanted),
        tuple(s for s in history.successions if s.predecessor_code in wanted),
    )
