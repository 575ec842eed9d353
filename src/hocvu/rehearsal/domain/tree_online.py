"""Schools and health units: about 700 and 200, synthesised inside the published groups."""

from dataclasses import replace
from random import Random

from hocvu.rehearsal.domain import sources
from hocvu.rehearsal.domain.chance import apportion
from hocvu.rehearsal.domain.types import SyntheticOrganisation
from hocvu.rehearsal.domain.unit_names import Commune, District, commune_units, districts, of

_UPPER_SECONDARY = 41  # lycées; 3 boarding schools and 11 continuing-education centres make it 55 schools
_EXTRA_KINDERGARTENS = 25  # in wards and townships, on top of four schools per commune: 645 local schools
_POLYCLINICS = 20

Unit = tuple[str, tuple[str, str, str], str, str, float]  # code, names, kind, locality, weight


def _number(vi: str, index: int, *, of_many: bool) -> str:
    return f"{vi} số {index}" if of_many else vi


def _local_schools(commune: Commune, kindergartens: int) -> list[Unit]:
    code, name, at = commune.code, commune.short, commune.district
    units: list[Unit] = []
    for i in range(1, kindergartens + 1):
        many = kindergartens > 1
        names = (
            f"{_number('Trường Mầm non', i, of_many=many)} {name}",
            f"École maternelle{f' n° {i}' if many else ''} {of(name)}",
            f"{name} Kindergarten{f' No. {i}' if many else ''}",
        )
        units.append((f"S{code}-MN{i}", names, "kindergarten", at, 23))
    for i in (1, 2):
        names = (
            f"Trường Tiểu học số {i} {name}",
            f"École primaire n° {i} {of(name)}",
            f"{name} Primary School No. {i}",
        )
        units.append((f"S{code}-TH{i}", names, "primary_school", at, 25))
    names = (f"Trường THCS {name}", f"Collège {of(name)}", f"{name} Lower Secondary School")
    units.append((f"S{code}-THCS", names, "lower_secondary_school", at, 30))
    return units


def _local_bloc(rng: Random, district: str) -> list[Unit]:
    communes = [c for c in commune_units() if c.district == district]
    extra = _spread_over_districts("extra")[district]
    urban = [c.code for c in communes if c.urban]
    doubled = set(rng.sample(urban, min(extra, len(urban))))
    return [unit for c in communes for unit in _local_schools(c, 2 if c.code in doubled else 1)]


def _spread_over_districts(what: str) -> dict[str, int]:
    """Share provincial totals over the districts: by towns for kindergartens, by communes otherwise."""
    if what == "extra":
        weights = {d: sum(c.urban for c in commune_units() if c.district == d) for d in districts()}
        return dict(zip(weights, apportion(list(weights.values()), _EXTRA_KINDERGARTENS, 0), strict=True))
    total = _UPPER_SECONDARY if what == "lycée" else _POLYCLINICS
    weights = {d: sum(c.district == d for c in commune_units()) for d in districts()}
    return dict(zip(weights, apportion(list(weights.values()), total, 1), strict=True))


def _provincial_school(district: District, index: int, *, many: bool) -> Unit:
    names = (
        f"{_number('Trường THPT', index, of_many=many)} {district.short}",
        f"Lycée{f' n° {index}' if many else ''} {of(district.short)}",
        f"{district.short} Upper Secondary School{f' No. {index}' if many else ''}",
    )
    return f"S{district.code}-THPT{index}", names, "upper_secondary_school", district.code, 55


def _provincial_schools() -> list[Unit]:
    units: list[Unit] = []
    for district, count in _spread_over_districts("lycée").items():
        d = districts()[district]
        units += [_provincial_school(d, i, many=count > 1) for i in range(1, count + 1)]
        centre = (
            f"Trung tâm GDNN - GDTX {d.vi}",
            f"Centre de formation professionnelle et continue – {d.fr}",
            f"Vocational and Continuing Education Centre – {d.en}",
        )
        units.append((f"S{district}-GDTX", centre, "education_centre", district, 26))
        if d.upland:
            boarding = (
                f"Trường PTDTNT THCS&THPT {d.short}",
                f"Internat des minorités ethniques {of(d.short)}",
                f"{d.short} Ethnic Boarding School",
            )
            units.append((f"S{district}-NT", boarding, "upper_secondary_school", district, 32))
    return units


def _hospitals() -> list[Unit]:
    sites = {"02": "543", "03": "547"}  # the two regional hospitals stand in Bồng Sơn and Phú Phong
    return [
        (
            f"H-BV-{row['code']}",
            (row["name_vi"], row["name_fr"], row["name_en"]),
            "hospital",
            sites.get(row["code"], "540"),
            float(row["weight"]),
        )
        for row in sources.rows("offices")
        if row["owner"] == "H-BV"
    ]


def _district_health(rng: Random, district: str) -> list[Unit]:
    d = districts()[district]
    communes = [c for c in commune_units() if c.district == district]
    units: list[Unit] = []
    for c in communes:
        names = (f"Trạm Y tế {c.vi}", f"Station sanitaire – {c.fr}", f"Health station – {c.en}")
        units.append((f"H{c.code}", names, "health_station", district, 8))
    for c in rng.sample(communes, _spread_over_districts("clinic")[district]):
        clinic = (
            f"Phòng khám đa khoa khu vực {c.short}",
            f"Polyclinique intercommunale {of(c.short)}",
            f"{c.short} Regional Polyclinic",
        )
        units.append((f"H{c.code}-PK", clinic, "polyclinic", district, 11))
    centre = (f"Trung tâm Y tế {d.vi}", f"Centre de santé – {d.fr}", f"Health Centre – {d.en}")
    return [(f"H{district}-TT", centre, "health_centre", district, 0.95 * sum(u[4] for u in units)), *units]


def online_units(rng: Random, body: SyntheticOrganisation, total: int) -> list[SyntheticOrganisation]:
    """Return the schools or health units of a group, whose nominated people sum to ``total``."""
    if body.code == "E-THPT":
        units = _provincial_schools()
    elif body.code == "H-BV":
        units = _hospitals()
    elif body.sector == "education":
        units = _local_bloc(rng, body.locality)
    else:
        units = _district_health(rng, body.locality)
    spread = 0.1 if body.code == "H-BV" else 0.25
    weights = [weight * rng.lognormvariate(0, spread) for *_, weight in units]
    least = 9 if body.sector == "education" else 4
    return [
        replace(
            body,
            code=code,
            name_vi=names[0],
            name_fr=names[1],
            name_en=names[2],
            kind=kind,
            parent_code=body.code,
            level="province" if body.level == "province" else ("district" if kind == "health_centre" else "commune"),
            locality=locality,
            headcount=people,
            nominated=people,
            synthetic=True,
        )
        for (code, names, kind, locality, _), people in zip(units, apportion(weights, total, least), strict=True)
    ]
