"""From what a roster says to what will be done: new, known and changed, known as is, to be asked, in error."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hocvu.kernel.actor import Actor
from hocvu.kernel.vietnamese import clean, fold, same_spelling

from ..domain.findings import Finding, error, note, warning
from ..domain.names import masked_name
from ..models import Organisation, Person, Posting
from ..queries.organisations import in_being, organisations_under
from ..rules import EVERYWHERE
from .roster import Reading, ReadPerson

_ABBREVIATIONS = ((r"\bubnd\b", "ủy ban nhân dân"), (r"\bhđnd\b", "hội đồng nhân dân"))
_SHOWN = ("full_name", "sex", "national_id", "phone", "email")


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be done, row by row as JSON, and all findings."""

    rows: list[dict[str, Any]]
    findings: list[Finding]


@dataclass(slots=True)
class _Ground:
    """What is known of the bodies and people a list may speak of."""

    organisation: Organisation
    scope: set[int]  # the body and those below it
    may_see: set[int] | None  # none: everyone
    homes: dict[str, int]  # name of a body in scope -> id
    above: set[str]
    elsewhere: set[str]
    by_id: dict[str, tuple[Person, Posting | None]] = field(default_factory=dict)
    by_name: dict[str, list[tuple[Person, Posting]]] = field(default_factory=lambda: defaultdict(list))


def plan_roster(reading: Reading, *, actor: Actor, organisation: Organisation, today: date) -> Plan:
    """Return what entering a list would do; nothing is written."""
    ground = _ground(reading.people, actor, organisation, today)
    findings = list(reading.findings)
    units: Counter[str] = Counter()
    rows = [_row(person, ground, findings, units) for person in reading.people]
    for unit, count in units.items():
        finding = note("unit_kept", unit=unit, count=count, organisation=organisation.name_vi)
        findings.append(finding)
    rows += [{"action": "skip", **skipped} for skipped in reading.skipped]
    order = {"error": 0, "warning": 1, "note": 2}
    findings.sort(key=lambda f: order[f.severity])
    return Plan(rows, findings)


def _plain(name: str) -> str:
    text = same_spelling(clean(name)).lower()
    for pattern, words in _ABBREVIATIONS:
        text = re.sub(pattern, words, text)
    return text


def _ground(people: Sequence[ReadPerson], actor: Actor, organisation: Organisation, today: date) -> _Ground:
    scope = set(organisations_under(organisation.pk, today))
    own = Organisation.objects.filter(pk__in=scope).values_list("name_vi", "pk")
    names = Counter(_plain(name) for name, _ in own)
    ground = _Ground(
        organisation=organisation,
        scope=scope,
        may_see=None if actor.role in EVERYWHERE else set(organisations_under(actor.organisation_id)),
        homes={_plain(name): pk for name, pk in own if names[_plain(name)] == 1},
        above=_names_above(organisation),
        elsewhere=_names_elsewhere({person.unit for person in people if person.unit}, scope, today),
    )
    _find_known(people, ground)
    return ground


def _names_above(organisation: Organisation) -> set[str]:
    names: set[str] = set()
    body = organisation.parent
    while body is not None and len(names) < 12:
        names.add(_plain(body.name_vi))
        body = body.parent
    return names


def _names_elsewhere(units: set[str], scope: set[int], today: date) -> set[str]:
    folded = {fold(_plain(unit)) for unit in units}
    found: set[str] = set()
    for part in _parts(sorted(folded)):
        rows = in_being(today).filter(folded__in=part).exclude(pk__in=scope)
        found |= {_plain(name) for name in rows.values_list("name_vi", flat=True)}
    return found


def _parts(items: Sequence[Any], size: int = 400) -> Iterable[Sequence[Any]]:
    return (items[at : at + size] for at in range(0, len(items), size))


def _find_known(people: Sequence[ReadPerson], ground: _Ground) -> None:
    numbers = sorted({person.national_id for person in people if person.national_id})
    found: list[Person] = []
    for part in _parts(numbers):
        found += Person.objects.filter(national_id__in=part)
    posts: dict[int, Posting] = {}
    for ids in _parts([person.pk for person in found]):
        posts |= {post.person_id: post for post in Posting.objects.filter(person__in=ids, ends_on=None)}
    ground.by_id = {person.national_id: (person, posts.get(person.pk)) for person in found}
    for part in _parts(sorted({fold(person.full_name) for person in people if person.full_name})):
        rows = Posting.objects.filter(organisation__in=ground.scope, ends_on__isnull=True, person__folded__in=part)
        for post in rows.select_related("person"):
            ground.by_name[post.person.folded].append((post.person, post))


def _row(read: ReadPerson, ground: _Ground, findings: list[Finding], units: Counter[str]) -> dict[str, Any]:
    home, trouble = _home(read, ground, units)
    row: dict[str, Any] = {
        "sheet": read.sheet, "row": read.row, "action": "error", "person_id": None,
        "organisation_id": home,
        "values": {
            "full_name": read.full_name, "sex": read.sex, "national_id": read.national_id,
            "birth_date": read.birth.day.isoformat() if read.birth.day else None,
            "birth_year": read.birth.year, "phone": read.phone, "email": read.email,
            "position": read.position, "job_group": read.job_group,
        },
    }  # fmt: skip
    if read.broken or trouble:
        findings += [f.at(read.cell("unit"), read.sheet) for f in trouble]
        return row
    action, known, said = _match(read, ground)
    findings += [f.at(read.cell("national_id" if f.code.startswith("id_") else "full_name"), read.sheet) for f in said]
    row["action"] = action
    if known:
        person, post = known
        row["person_id"] = person.pk
        row["changes"] = _changes(person, post, row)
        if action == "update" and not row["changes"]:
            row["action"] = "same"
    return row


def _home(read: ReadPerson, ground: _Ground, units: Counter[str]) -> tuple[int, list[Finding]]:
    """Return the body a person is entered under: one of those in scope that the row names, else the agency."""
    name = _plain(read.unit)
    if not name or name in ground.homes or name in ground.above:
        return ground.homes.get(name, ground.organisation.pk), []
    if name in ground.elsewhere:
        return ground.organisation.pk, [error("unit_elsewhere", unit=read.unit)]
    units[read.unit] += 1
    return ground.organisation.pk, []


_Known = tuple[Person, Posting | None]


def _match(read: ReadPerson, ground: _Ground) -> tuple[str, _Known | None, list[Finding]]:
    """Return what to do with a person read, who it is if known, and what to say."""
    known = ground.by_id.get(read.national_id) if read.national_id else None
    if known:
        return _match_by_id(read, known, ground)
    for person, post in ground.by_name.get(fold(read.full_name), []):
        if person.national_id and read.national_id:
            continue  # two numbers: two people
        same_day = bool(person.birth_date) and person.birth_date == read.birth.day
        if same_day and person.full_name == read.full_name and person.phone and person.phone == read.phone:
            return "update", (person, post), []
        unknown = not person.birth_year or not read.birth.year
        only_year = person.birth_year == read.birth.year and not (person.birth_date and read.birth.day)
        if same_day or unknown or only_year:
            return "ask", (person, post), [warning("known_perhaps", name=person.full_name)]
    return "new", None, []


def _match_by_id(read: ReadPerson, known: _Known, ground: _Ground) -> tuple[str, _Known | None, list[Finding]]:
    person, post = known
    home = post.organisation_id if post else None
    if home is not None and ground.may_see is not None and home not in ground.may_see:
        return "error", None, [error("known_elsewhere")]
    if person.folded != fold(read.full_name):
        return "error", None, [error("id_other_name", name=masked_name(person.full_name))]
    if home is not None and home not in ground.scope:
        return "ask", known, [warning("known_moves", name=person.full_name)]
    return "update", known, []


def _changes(person: Person, post: Posting | None, row: dict[str, Any]) -> dict[str, list[str]]:
    """Return what a known person would get anew: {field: [before, after]}."""
    values = row["values"]
    changes = {
        name: [getattr(person, name), values[name]]
        for name in _SHOWN
        if values[name] and values[name] != getattr(person, name)
    }
    born = f"{person.birth_date:%d/%m/%Y}" if person.birth_date else str(person.birth_year or "")
    day = date.fromisoformat(values["birth_date"]) if values["birth_date"] else None
    told = f"{day:%d/%m/%Y}" if day else str(values["birth_year"] or "")
    if told and told != born and not (len(told) == 4 and born.endswith(told)):
        changes["birth_date"] = [born, told]
    if post is None or post.organisation_id != row["organisation_id"]:
        changes["organisation"] = ["", ""]
    if post is not None and values["position"] and values["position"] != post.position:
        changes["position"] = [post.position, values["position"]]
    return changes
