"""The organisations of Bình Định as they stood from March to June 2025, at full size.

Names of bodies, districts and communes come from the data files; offices, police posts, schools and
health units are synthesised inside the published groups, so that each group's total of nominated people
is kept to the person.
"""

from dataclasses import replace
from datetime import date
from random import Random

from hocvu.rehearsal.domain import sources
from hocvu.rehearsal.domain.chance import apportion, stream
from hocvu.rehearsal.domain.nodes import Names, child, names_of, node, roots
from hocvu.rehearsal.domain.tree_online import online_units
from hocvu.rehearsal.domain.types import SyntheticOrganisation
from hocvu.rehearsal.domain.unit_names import District, commune_units, districts

STATE_SINCE = date(2025, 3, 1)  # end of the district police; older history is not loaded
STAYING_SHARE = 0.06  # staff not nominated this time, on top of those nominated (invented)

_SECTOR = {
    "state_department": "state",
    "state_unit": "state",
    "judiciary": "state",
    "party": "party",
    "front_mass": "party",
    "police": "police",
    "district": "state",
    "commune": "commune",
    "education": "education",
    "health": "health",
}
_UNDER_PEOPLES_COMMITTEE = {"state_department", "state_unit", "district"}
_LEAST = 5  # people a synthesised in-person office nominates at least


def _parent_of(row: sources.Row) -> str:
    if row["code"].startswith(("E-", "H-")):
        if row["level"] == "district" and row["kind"] == "education":
            return f"D{row['code'][2:]}"
        return "SGDDT" if row["kind"] == "education" else "SYT"
    if row["kind"] == "commune":
        return f"D{sources.by_key('communes_2025-06', 'commune_code')[row['code'][1:]]['district_code']}"
    if row["kind"] == "party":
        return "TU"
    return "UBND" if row["kind"] in _UNDER_PEOPLES_COMMITTEE else "BD"


def _body(row: sources.Row, nominated: int) -> SyntheticOrganisation:
    """Make the node of a row of agencies.csv; ``nominated`` is 0 when its people sit in offices below it."""
    code = row["code"]
    locality = "540"
    if row["kind"] == "commune":
        locality = sources.by_key("communes_2025-06", "commune_code")[code[1:]]["district_code"]
    elif row["level"] == "district":
        locality = code[-3:]
    gso = code[1:] if row["kind"] in ("commune", "district") else ""
    group = {"education": "school_bloc", "health": "health_group"}
    return replace(
        node(code, names_of(row), group.get(row["kind"], row["kind"]), _parent_of(row), STATE_SINCE),
        level=row["level"],
        sector=_SECTOR[row["kind"]],
        locality=locality,
        mode="online" if row["mode"] == "online" else "in_person",
        headcount=nominated,
        nominated=nominated,
        restricted=row["kind"] == "police",
        synthetic="group" in row["synthetic"],
        gso_code=gso,
    )


def _offices(owner: str) -> list[sources.Row]:
    return [row for row in sources.rows("offices") if row["owner"] == owner]


def _body_offices(body: SyntheticOrganisation, offices: list[sources.Row], total: int) -> list[SyntheticOrganisation]:
    shares = apportion([float(o["weight"]) for o in offices], total, _LEAST)
    return [
        child(
            body,
            f"{body.code}-{office['code']}",
            _office_names(office, body),
            people,
            "office",
        )
        for office, people in zip(offices, shares, strict=True)
    ]


def _office_names(office: sources.Row, body: SyntheticOrganisation) -> Names:
    return (
        f"{office['name_vi']} - {body.name_vi}",
        f"{office['name_fr']} – {body.name_fr}",
        f"{office['name_en']} – {body.name_en}",
    )


def _district_offices(rng: Random, body: SyntheticOrganisation, total: int) -> list[SyntheticOrganisation]:
    district: District = districts()[body.locality]
    offices = _offices("DISTRICT") + (_offices("DISTRICT-UPLAND") if district.upland else [])
    party = _offices("DISTRICT-PARTY")
    weights = [float(o["weight"]) * rng.lognormvariate(0, 0.15) for o in offices + party]
    children = []
    for office, people in zip(offices + party, apportion(weights, total, _LEAST), strict=True):
        names = (
            f"{office['name_vi']} {district.vi}",
            f"{office['name_fr']} – {district.fr}",
            f"{office['name_en']} – {district.en}",
        )
        kind, sector = "district_office", "state"
        if office in party:
            kind, sector = ("party" if office["code"] == "91" else "front_mass"), "party"
            if kind == "party":
                names = (district.party_vi, names[1], names[2])
        unit = child(body, f"{body.code}-{office['code']}", names, people, kind)
        children.append(replace(unit, sector=sector))
    return children


def _police(rng: Random, body: SyntheticOrganisation, total: int) -> list[SyntheticOrganisation]:
    """Split the provincial police into divisions and one post per commune (no district police now)."""
    divisions, posts = _offices("CAT"), commune_units()
    weights = [float(o["weight"]) for o in divisions]
    weights += [(8.5 if c.urban else 6.5) * rng.lognormvariate(0, 0.2) for c in posts]
    shares = apportion(weights, total, _LEAST)
    children = []
    for office, people in zip(divisions, shares, strict=False):
        names = (
            f"{office['name_vi']} - Công an tỉnh",
            f"{office['name_fr']} – Police provinciale",
            f"{office['name_en']} – Provincial Public Security",
        )
        if "Công an tỉnh" in office["name_vi"]:
            names = (office["name_vi"], names[1], names[2])
        children.append(child(body, f"CAT-{office['code']}", names, people, "police_division"))
    for commune, people in zip(posts, shares[len(divisions) :], strict=True):
        names = (f"Công an {commune.vi}", f"Poste de police – {commune.fr}", f"Police post – {commune.en}")
        post = child(body, f"P{commune.code}", names, people, "police_post")
        children.append(replace(post, level="commune", locality=commune.district))
    return children


def _commune_shares(rng: Random) -> dict[str, int]:
    """Vary the flat invented headcount of the communes inside each district, keeping the district's sum."""
    by_district: dict[str, list[sources.Row]] = {}
    for row in sources.rows("agencies"):
        if row["kind"] == "commune":
            by_district.setdefault(_parent_of(row), []).append(row)
    shares: dict[str, int] = {}
    for members in by_district.values():
        given = [int(row["synthetic_headcount"]) for row in members]
        varied = apportion([g * rng.lognormvariate(0, 0.15) for g in given], sum(given), 12)
        shares.update(zip((row["code"] for row in members), varied, strict=True))
    return shares


def _with_staying(rng: Random, organisations: list[SyntheticOrganisation]) -> list[SyntheticOrganisation]:
    """Add the staff who stay: exactly the share of all nominated people, drawn person by person."""
    pool = [i for i, o in enumerate(organisations) for _ in range(o.nominated)]
    extra = [0] * len(organisations)
    for index in rng.sample(pool, round(STAYING_SHARE * len(pool))):
        extra[index] += 1
    return [replace(o, headcount=o.nominated + more) for o, more in zip(organisations, extra, strict=True)]


def full_tree(seed: int) -> list[SyntheticOrganisation]:
    """Return all organisations before the merger: 561 agencies in person, 900 online; parents first.

    The nominated people sum to 9,892 in person and 24,783 online, whatever the seed.
    """
    tree = roots("2025-06", STATE_SINCE)
    communes = _commune_shares(stream(seed, "communes"))
    # Districts before communes and school blocs, departments before the groups of schools and health units.
    order = sorted(sources.rows("agencies"), key=lambda row: (row["kind"] == "commune", row["mode"] == "online"))
    for row in order:
        code, total = row["code"], int(row["synthetic_headcount"])
        rng = stream(seed, "tree", code)
        if row["kind"] == "commune":
            tree.append(_body(row, communes[code]))
        elif row["kind"] == "district":
            body = _body(row, 0)
            tree += [body, *_district_offices(rng, body, total)]
        elif row["kind"] == "police":
            body = _body(row, 0)
            tree += [body, *_police(rng, body, total)]
        elif row["mode"] == "online":
            body = _body(row, 0)
            tree += [body, *online_units(rng, body, total)]
        elif offices := _offices(code):
            body = _body(row, 0)
            tree += [body, *_body_offices(body, offices, total)]
        else:
            tree.append(_body(row, total))
    return _with_staying(stream(seed, "staying"), tree)
