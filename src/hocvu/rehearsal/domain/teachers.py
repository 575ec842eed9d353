"""Invented instructors: 215 at scale 1, so that teams of two carry every class.

68 are published, at least 138 are needed. Two pools, in person and online, each with two to four tracks; a
few teach in both modes. Some in person speak Bahnar, teach every in-person track and have no absence, so
that each slot has at least two of them.
"""

from collections.abc import Mapping
from datetime import date
from math import ceil
from random import Random

from hocvu.rehearsal.domain.chance import stream
from hocvu.rehearsal.domain.names import majority_name
from hocvu.rehearsal.domain.people import draw_absence, draw_birth_date
from hocvu.rehearsal.domain.plan_rules import SESSIONS
from hocvu.rehearsal.domain.types import PlanRules, Sex, SyntheticInstructor

AT_SCALE_ONE = 215
IN_PERSON = ("IP-LEAD", "IP-ADMIN", "IP-COMM", "IP-PARTY", "IP-POL")
ONLINE = ("ON-TEACH", "ON-SCHMGT", "ON-DOC", "ON-NURSE")
_IN_PERSON_SHARE = 0.3
_SMALL_POOL = 24  # below this everybody teaches every track of the mode
# Academic titles by the last year of birth that can hold them.
_TITLES = ((1980, ("TS.", "TS.", "ThS.", "ThS.", "PGS.TS.")), (1992, ("ThS.", "ThS.", "ThS.", "TS.", "KS.")))
_YOUNG_TITLES = ("ThS.", "CN.", "KS.")


def pool_sizes(scale: float, rooms: int, licences: int) -> tuple[int, int]:
    """Return how many teach in person and online: two for each class at once and four to spare."""
    total = round(AT_SCALE_ONE * scale)
    here = max(ceil(_IN_PERSON_SHARE * total), 2 * rooms + 4)
    return here, max(total - ceil(_IN_PERSON_SHARE * total), 2 * licences + 4)


def _draw_tracks(rng: Random, size: int, *, online: bool) -> set[str]:
    pool, other = (ONLINE, IN_PERSON) if online else (IN_PERSON, ONLINE)
    if size < _SMALL_POOL:
        return set(pool)
    tracks = set(rng.sample(pool, rng.choice((2, 3, 4))))
    if online and rng.random() < 0.75:
        tracks.add("ON-TEACH")
    if rng.random() < 0.15:
        tracks |= {track for track in other if rng.random() < 0.5}
    return tracks


def _cover(
    competences: list[set[str]], tracks: tuple[str, ...], people: Mapping[str, int], target: int
) -> list[set[str]]:
    """Widen competences until every track has three instructors for each of its classes at once."""
    for track in tracks:
        at_once = ceil(people.get(track, 0) / target / SESSIONS) + 1
        wanted = min(len(competences), 3 * at_once)
        able = sum(track in c for c in competences)
        for competence in sorted(competences, key=len):
            if able >= wanted:
                break
            if track not in competence:
                competence.add(track)
                able += 1
    return competences


def _title(rng: Random, born: date) -> str:
    return rng.choice(next((titles for year, titles in _TITLES if born.year <= year), _YOUNG_TITLES))


def _instructor(
    rng: Random, number: int, tracks: set[str], days: tuple[date, ...], *, bilingual: bool
) -> SyntheticInstructor:
    sex: Sex = "nam" if rng.random() < 0.55 else "nữ"
    speaks = ("vi", "bahnar") if bilingual else ("vi",)
    born = draw_birth_date(rng, senior=rng.random() < 0.4)
    away = draw_absence(rng, days, (1, 2, 3)) if rng.random() < 0.15 and not bilingual else ()
    return SyntheticInstructor(
        key=f"I{number:04d}",
        full_name=majority_name(rng, sex),
        sex=sex,
        birth_date=born,
        tracks=tuple(sorted(tracks)),
        languages=speaks,
        home_venue="CDKTCN" if number % 5 == 0 else "QNU",
        max_classes=rng.choice((4, 4, 5)),
        unavailable=away,
        academic_title=_title(rng, born),
    )


def make_instructors(
    seed: int, scale: float, rules: PlanRules, rooms: int, people: Mapping[str, int]
) -> tuple[SyntheticInstructor, ...]:
    """Return the instructors; ``people`` counts the nominated by track."""
    made: list[SyntheticInstructor] = []
    sizes = pool_sizes(scale, rooms, rules.online.concurrent_max or 0)
    for online, size, mode in ((False, sizes[0], rules.in_person), (True, sizes[1], rules.online)):
        rng = stream(seed, "instructors", "online" if online else "in person")
        tracks = ONLINE if online else IN_PERSON
        bilingual = 0 if online else max(4, round(0.12 * size))
        competences = [set(IN_PERSON) for _ in range(bilingual)]
        competences += [_draw_tracks(rng, size, online=online) for _ in range(size - bilingual)]
        competences = _cover(competences, tracks, people, mode.target)
        for index, competence in enumerate(competences):
            made.append(_instructor(rng, len(made) + 1, competence, rules.working_days, bilingual=index < bilingual))
    return tuple(made)
