"""The first scenes: organisations, people, accounts, the campaign, its content, its means, the call for names."""

from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files

from hocvu.assessment.api import approve_items, load_items, set_blueprint, shipped_items
from hocvu.campaigns.api import create_campaign, read_plan_file, sign_campaign
from hocvu.curriculum.api import load_programme
from hocvu.enrolment.api import QuotaRow, set_quotas
from hocvu.evaluation.api import make_forms
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.people.api import (
    AccountRow,
    OrganisationRow,
    PersonRow,
    SuccessionRow,
    open_accounts,
    organisation_by_code,
    record_successions,
    register_organisations,
    register_people,
)
from hocvu.people.models import Organisation, Person
from hocvu.planning.api import InstructorRow, LabRow, RoomRow, VenueRow, register_resources
from hocvu.planning.models import Instructor

from ..domain.types import Population, SyntheticPerson
from .playing import Play, Scene

MERGER = date(2025, 7, 1)
SIGNED = date(2025, 6, 7)
LISTS_DUE = date(2025, 6, 9)


def founding_scenes() -> list[Scene]:
    """Return the scenes up to the signed plan and the call for names."""
    morning = clock.at(SIGNED, 8)
    return [
        Scene("organisations", morning, "organisations", found_organisations),
        Scene("people", morning, "people and their posts", found_people),
        Scene("accounts", morning, "accounts of the organisers", found_accounts),
        Scene("campaign", morning, "the plan, its acts and rules", found_campaign),
        Scene("content", morning, "lessons and items", found_content),
        Scene("means", morning, "rooms, computers, instructors", found_means),
        Scene("signature", clock.at(SIGNED, 10), "the plan is signed", sign),
        Scene("call", clock.at(SIGNED, 11), "agencies are called to name people", call_for_names),
    ]


def organisation_rows(population: Population) -> list[OrganisationRow]:
    """Return the dated tree as rows; a body that goes on under another parent is two rows of one code."""
    moved = {change.organisation_code: change for change in population.parent_changes}
    rows = []
    for o in population.organisations:
        row = OrganisationRow(
            code=o.code, name_vi=o.name_vi, name_fr=o.name_fr, name_en=o.name_en, kind=o.kind, level=o.level,
            sector=o.sector, locality=o.locality, parent_code=o.parent_code, restricted=o.restricted,
            synthetic=o.synthetic, valid_from=o.valid_from, valid_to=o.valid_to,
        )  # fmt: skip
        change = moved.get(o.code)
        if change is None:
            rows.append(row)
        else:
            rows.append(replace(row, valid_to=change.on))
            rows.append(replace(row, parent_code=change.parent_code, valid_from=change.on))
    return rows


def found_organisations(play: Play) -> None:
    """Register every organisation, those of after the merger too, and who succeeds whom."""
    population = play.population
    register_organisations(actor=SYSTEM, rows=organisation_rows(population))
    merged = [
        SuccessionRow(s.predecessor_code, s.successor_code, s.on, s.kind, "57-NQ/TW; plo.vn")
        for s in population.successions
    ]
    moved = [SuccessionRow(c.organisation_code, c.organisation_code, c.on, "rename") for c in population.parent_changes]
    record_successions(actor=SYSTEM, rows=merged + moved)


def organisations_today() -> dict[str, int]:
    """Return ``{code: id}`` of the organisations in being on the clock's day."""
    today = clock.today()
    found = Organisation.objects.filter(valid_from__lte=today).exclude(valid_to__lte=today)
    return dict(found.values_list("code", "pk"))


def found_people(play: Play) -> None:
    """Register the staff of every agency and the instructors."""
    ids = organisations_today()
    restricted = set(Organisation.objects.filter(restricted=True).values_list("code", flat=True))
    rows = [
        _person_row(p, ids[p.organisation_code], p.organisation_code in restricted) for p in play.population.persons
    ]
    for teacher in play.population.instructors:
        rows.append(
            PersonRow(
                key=teacher.key, full_name=teacher.full_name, birth_date=teacher.birth_date,
                sex="f" if teacher.sex == "nữ" else "m", organisation_id=ids[teacher.home_venue],
                position=teacher.academic_title, job_group="instructor", synthetic=True,
            )
        )  # fmt: skip
    register_people(actor=SYSTEM, rows=rows)


def _person_row(person: SyntheticPerson, organisation_id: int, restricted: bool) -> PersonRow:
    return PersonRow(
        key=person.key, full_name=person.full_name, birth_date=person.birth_date,
        sex="f" if person.sex == "nữ" else "m", organisation_id=organisation_id, position=person.position_vi,
        job_group=person.job_group, national_id=person.national_id, phone=f"+84{person.phone[1:]}",
        email=person.email or "", language=person.language, need=person.need, restricted=restricted, synthetic=True,
    )  # fmt: skip


def person_ids(play: Play) -> dict[str, int]:
    """Return ``{key of the synthetic person: id}``; synthetic national ids are unique."""
    if "person_ids" not in play.memory:
        by_number = dict(Person.objects.exclude(national_id="").values_list("national_id", "pk"))
        play.memory["person_ids"] = {p.key: by_number[p.national_id] for p in play.population.persons}
    found: dict[str, int] = play.memory["person_ids"]
    return found


def _org(code: str) -> int:
    found = organisation_by_code(code, clock.today())
    if found is None:
        raise LookupError(code)
    return found.pk


def found_accounts(play: Play) -> None:
    """Open the demo accounts of the organisers; those of agencies and classes come with them."""
    staff = (
        ("manager", "Phòng Công chức, viên chức – Sở Nội vụ", Role.MANAGER, _org("SNV")),
        ("office", "Phòng Đào tạo – Trường Đại học Quy Nhơn", Role.OFFICE, _org("QNU")),
        ("invigilator", "Giám thị – Trường Đại học Quy Nhơn", Role.INVIGILATOR, _org("QNU")),
        ("reviewer", "Phòng Chuyển đổi số – Sở Khoa học và Công nghệ", Role.REVIEWER, _org("SKHCN")),
        ("leader", "Lãnh đạo Ủy ban nhân dân tỉnh", Role.LEADER, _org("UBND")),
        ("operator", "Người vận hành hệ thống", Role.OPERATOR, None),
    )
    rows = [
        AccountRow(username=f"demo-{name}", label=label, role=role, organisation_id=home, is_demo=True)
        for name, label, role, home in staff
    ]
    open_accounts(actor=SYSTEM, rows=rows)


def found_campaign(play: Play) -> None:
    """Make the campaign from the shipped plan file."""
    text = (files("hocvu.campaigns") / "data" / "binh-dinh-2025.yaml").read_text(encoding="utf-8")
    plan = read_plan_file(text)
    people = play.population
    quotas = Counter(p.target_group for p in people.persons if p.nominated)
    plan = plan.with_quotas(dict(quotas), source="synthetic: the people of the demo")
    if people.scale < 1:
        classes = {f"classes_{mode}": rules.classes for mode, rules in people.plan_rules.modes.items()}
        plan = plan.with_facts(classes, source="synthetic: a demo at a smaller scale")
    create_campaign(actor=play.actor("manager"), plan=plan)


def found_content(play: Play) -> None:
    """Load lessons and items as the university wrote them and the department approved them; make the forms."""
    office, reviewer = play.actor("office"), play.actor("reviewer")
    load_programme(actor=office, approve_as=reviewer)
    load_items(actor=office, entries=shipped_items())
    approve_items(actor=reviewer)
    set_blueprint(actor=office, campaign_id=play.campaign.pk)
    make_forms(actor=play.actor("manager"), campaign_id=play.campaign.pk)


def found_means(play: Play) -> None:
    """Register venues, labs, teaching places and instructors."""
    population = play.population
    number = {(p.full_name, p.birth_date): pk for pk, p in Person.objects.filter(national_id="").in_bulk().items()}
    register_resources(
        actor=play.actor("office"),
        campaign_id=play.campaign.pk,
        venues=[VenueRow(code=code, organisation_id=_org(code)) for code in ("QNU", "CDKTCN")],
        labs=[LabRow(code=lab.code, venue_code=lab.venue, computers=lab.computers) for lab in population.labs],
        rooms=[
            RoomRow(
                code=r.code, venue_code=r.venue, name=r.name, seats=r.seats, computers=r.computers, labs=list(r.labs),
                accessible=r.accessible, unavailable=[d.isoformat() for d in r.unavailable], synthetic=True,
            )
            for r in population.rooms
        ],
        instructors=[
            InstructorRow(
                code=t.key, person_id=number[t.full_name, t.birth_date], tracks=list(t.tracks),
                languages=list(t.languages), home_venue_code=t.home_venue, max_classes=t.max_classes,
                unavailable=[d.isoformat() for d in t.unavailable], synthetic=True,
            )
            for t in population.instructors
        ],
    )  # fmt: skip
    _open_instructor_accounts()


def _open_instructor_accounts() -> None:
    teachers = Instructor.objects.select_related("person", "home_venue__organisation").order_by("code")
    open_accounts(
        actor=SYSTEM,
        rows=[
            AccountRow(
                username=f"gv-{t.code.lower()}", label=t.person.full_name, person_id=t.person_id,
                role=Role.INSTRUCTOR, organisation_id=t.home_venue.organisation_id if t.home_venue else None,
            )
            for t in teachers
        ],
    )  # fmt: skip


def sign(play: Play) -> None:
    """The manager signs the plan in the name of the People's Committee."""
    sign_campaign(actor=play.actor("manager"), campaign_id=play.campaign.pk)
    play.memory.pop("campaign", None)


def call_for_names(play: Play) -> None:
    """Quotas go out to the agencies, and accounts to their focal points and heads."""
    ids = organisations_today()
    quotas: dict[tuple[str, str], int] = {}
    staff: dict[str, dict[str, int]] = {}
    for p in play.population.persons:
        groups = staff.setdefault(p.organisation_code, {})
        groups[p.job_group] = groups.get(p.job_group, 0) + 1
        if p.nominated:
            key = (p.organisation_code, p.target_group)
            quotas[key] = quotas.get(key, 0) + 1
    set_quotas(
        actor=play.actor("manager"),
        campaign_id=play.campaign.pk,
        due_on=LISTS_DUE,
        rows=[
            QuotaRow(
                organisation_id=ids[code], group_code=group, seats=seats, headcount=sum(staff[code].values()),
                job_groups=staff[code],
            )
            for (code, group), seats in quotas.items()
        ],
    )  # fmt: skip
    _open_agency_accounts(play, ids)


def _open_agency_accounts(play: Play, ids: dict[str, int]) -> None:
    people = person_ids(play)
    rows = []
    for p in play.population.persons:
        if p.role is None:
            continue
        roles = [Role.HEAD] if p.role == "head" else [Role.FOCAL_POINT]
        rows += [
            AccountRow(
                username=f"cq-{p.organisation_code.lower()}-{p.role}", label=p.full_name, person_id=people[p.key],
                role=role, organisation_id=ids[p.organisation_code],
            )
            for role in roles
        ]  # fmt: skip
    open_accounts(actor=SYSTEM, rows=rows)
