"""The staff of the agencies: invented people, one head and one focal point in each agency.

Every agency has its own stream of chance, so its people are the same at every scale. Phone numbers lie in
ranges that no operator uses and e-mail ends in ``.example``: nothing sent by mistake reaches anyone.
National numbers follow the rule (province, century and sex, year, six digits) and are fictitious.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from hocvu.kernel.vietnamese import fold
from hocvu.rehearsal.domain import positions
from hocvu.rehearsal.domain.chance import stream
from hocvu.rehearsal.domain.names import MINORITY_SHARE, draw_group, majority_name, minority_name
from hocvu.rehearsal.domain.types import Role, Sex, SyntheticOrganisation, SyntheticPerson

UNAVAILABLE_SHARE = 0.04
ACCESS_SHARE = 0.008  # in person
BAHNAR_SHARE = 0.03  # of commune staff in the districts below
BAHNAR_DISTRICTS = frozenset({"546", "551"})
EMAIL_DOMAIN = "binhdinh.example"
_BANA_SHARE = {"546": 1.0, "551": 0.4}  # of the ethnic minorities of the district, as in names.py
_EMAIL_SHARE = {
    "state": 0.85,
    "party": 0.75,
    "commune": 0.45,
    "education": 0.65,
    "health": 0.5,
    "police": 0.0,
}
_FREE_PREFIXES = ("030", "031", "051", "053", "054", "057", "072", "073", "074", "075")  # unused (unverified)
_LOCAL_KINDS = {"kindergarten", "primary_school", "lower_secondary_school", "health_station", "polyclinic",
                "commune", "police_post", "district_office"}  # fmt: skip
_TIGHT = 10  # agencies up to this size have at most one person with unavailable days: their cap is tight


class Registry:
    """What must be unique over the whole population: national numbers, phones, mailboxes."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._stems: dict[str, int] = {}

    def number(self, rng: Random, prefix: str, digits: int) -> str:
        """Return ``prefix`` and random digits that nobody has yet."""
        while (value := f"{prefix}{rng.randrange(10**digits):0{digits}d}") in self._taken:
            pass
        self._taken.add(value)
        return value

    def mailbox(self, full_name: str) -> str:
        """Return a mailbox after the name: given name, initials, and a number from the second one on."""
        *rest, given = ["".join(c for c in word if c.isalnum()) for word in fold(full_name).split()]
        stem = f"{given}.{''.join(word[0] for word in rest)}"
        count = self._stems[stem] = self._stems.get(stem, 0) + 1
        return f"{stem}{count if count > 1 else ''}@{EMAIL_DOMAIN}"


def draw_birth_date(rng: Random, *, senior: bool) -> date:
    """Return a birth date from 1965 to 2002, leaders older."""
    year = int(rng.triangular(1965, 1992, 1977) if senior else rng.triangular(1965, 2002.99, 1986))
    return date(year, 1, 1) + timedelta(days=rng.randrange(365))


def national_id(rng: Random, registry: Registry, sex: Sex, birth_date: date) -> str:
    """Return a fictitious 12-digit number: 052, century and sex, year, six digits."""
    century = (2 if birth_date.year >= 2000 else 0) + (sex == "nữ")
    return registry.number(rng, f"052{century}{birth_date.year % 100:02d}", 6)


def draw_absence(rng: Random, days: tuple[date, ...], lengths: tuple[int, ...]) -> tuple[date, ...]:
    """Return some consecutive working days."""
    length = rng.choice(lengths)
    first = rng.randrange(len(days) - length + 1)
    return days[first : first + length]


def _job_groups(rng: Random, agency: SyntheticOrganisation) -> list[str]:
    """Return the job groups: the nominated first, leaders in front; those who stay come after."""
    lead = positions.leader_share(rng, agency.nominated)
    groups = ["leader"] * lead
    groups += [positions.draw_job_group(rng, agency.sector) for _ in range(agency.nominated - lead)]
    return groups + [rng.choice(groups[1:] or groups) for _ in range(agency.headcount - agency.nominated)]


def _roles(groups: list[str], nominated: int) -> dict[int, Role]:
    """Choose head and focal point: the first leader, and a clerk if there is one."""
    others = [i for i in range(1, nominated) if groups[i] != "leader"] or list(range(1, len(groups)))
    clerks = [i for i in others if groups[i] == "clerk"]
    roles: dict[int, Role] = {0: "head"}
    if others:
        roles[(clerks or others)[0]] = "focal_point"
    return roles


def _language(rng: Random, agency: SyntheticOrganisation, group: str) -> bool:
    if agency.sector != "commune" or group != "Bana" or agency.locality not in BAHNAR_DISTRICTS:
        return False
    return rng.random() < BAHNAR_SHARE / (MINORITY_SHARE[agency.locality] * _BANA_SHARE[agency.locality])


def staff(
    seed: int, agency: SyntheticOrganisation, days: tuple[date, ...], registry: Registry
) -> Iterable[SyntheticPerson]:
    """Yield the staff of one agency, head first; ``days`` are the working days of the campaign."""
    rng = stream(seed, "people", agency.code)
    groups = _job_groups(rng, agency)
    roles = _roles(groups, agency.nominated)
    absent = 0
    for index, job_group in enumerate(groups):
        sex: Sex = "nam" if rng.random() < positions.male_share(agency) else "nữ"
        group = draw_group(rng, agency.locality) if agency.kind in _LOCAL_KINDS else ""
        name = minority_name(rng, sex, group) if group else majority_name(rng, sex)
        born = draw_birth_date(rng, senior=job_group == "leader")
        away: tuple[date, ...] = ()
        if rng.random() < UNAVAILABLE_SHARE and (agency.headcount > _TIGHT or absent == 0):
            away = draw_absence(rng, days, (1, 2, 2, 3, 5))
            absent += 1
        yield SyntheticPerson(
            key=f"{agency.code}-{index + 1:03d}",
            full_name=name,
            birth_date=born,
            sex=sex,
            position_vi=positions.position_of(rng, agency, job_group, head=index == 0),
            job_group=job_group,
            organisation_code=agency.code,
            phone=registry.number(rng, rng.choice(_FREE_PREFIXES), 7),
            email=registry.mailbox(name) if rng.random() < _EMAIL_SHARE[agency.sector] else None,
            national_id=national_id(rng, registry, sex, born),
            nominated=index < agency.nominated,
            target_group=positions.target_group_of(agency.sector, job_group),
            track=positions.track_of(agency.sector, job_group),
            need="access" if agency.mode == "in_person" and rng.random() < ACCESS_SHARE else "",
            language="bahnar" if _language(rng, agency, group) else "vi",
            unavailable=away,
            role=roles.get(index),
        )
