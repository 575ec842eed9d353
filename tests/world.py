"""A small world made row by row, with people on both sides of every scope.

Two in-person agencies (one restricted: police) and one online school; four classes: one done (11-12 June),
two under way (17-18 June, one in person and one online), one to come (23-24 June). Six trainees a class.
``own`` things belong to the accounts, ``other`` things to nobody signed in.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count

from hocvu.campaigns.models import Campaign, Rule, TargetGroup
from hocvu.enrolment.models import AgencyList, Nomination, Quota
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.vietnamese import fold, name_sort_key, sort_key
from hocvu.people.models import Account, Organisation, Person, Posting, RoleGrant
from hocvu.planning.models import (
    Cohort,
    CohortInstructor,
    Instructor,
    Lab,
    LabGroup,
    Placement,
    Room,
    RoomLab,
    Session,
    TimetablePlan,
    Venue,
)

HALF_DAYS = ((0, (7, 30), (10, 30)), (0, (13, 30), (16, 30)), (1, (7, 30), (10, 30)), (1, (13, 30), (17, 0)))
NAMES = (
    "Nguyễn Thị Ánh Nguyệt", "Trần Văn Đức", "Lê Hoàng Ân", "Đinh Thị H'Loan", "Võ Minh Quý", "Huỳnh Thị Thủy",
)  # fmt: skip


@dataclass
class World:
    """Everything a test may reach for."""

    campaign: Campaign
    plan: TimetablePlan
    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[Role, Account] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    placements: dict[str, list[Placement]] = field(default_factory=dict)
    instructors: list[Instructor] = field(default_factory=list)

    def actor(self, role: Role) -> Actor:
        """Return the world's actor of a role."""
        account = self.accounts[role]
        grant = RoleGrant.objects.get(account=account, role=role)
        return Actor(role, account.label, account.pk, account.person_id, grant.organisation_id)

    def session(self, cohort: str, half_day: int) -> Session:
        """Return a half-day of a class."""
        return Session.objects.get(cohort=self.cohorts[cohort], half_day=half_day)


def organisation(code: str, name: str, **fields: object) -> Organisation:
    """Make an organisation with its keys."""
    defaults: dict[str, object] = {
        "kind": "state_department", "level": "province", "sector": "state", "valid_from": date(2020, 1, 1),
        "name_fr": name, "name_en": name,
    }  # fmt: skip
    return Organisation.objects.create(
        code=code, name_vi=name, sort_key=sort_key(name), folded=fold(name), **(defaults | fields)
    )


_ids = count(1)


def person(full_name: str, home: Organisation, job_group: str = "specialist", **fields: object) -> Person:
    """Make a person posted to an organisation."""
    number = next(_ids)
    made = Person.objects.create(
        full_name=full_name, sort_key=name_sort_key(full_name), folded=fold(full_name),
        birth_date=date(1975, 1, 1) + timedelta(days=37 * number), sex="f" if " Thị " in full_name else "m",
        national_id=f"052175{number:06d}", phone=f"+849051{number:05d}", **fields,
    )  # fmt: skip
    Posting.objects.create(
        person=made,
        organisation=home,
        job_group=job_group,
        position="Chuyên viên",
        starts_on=date(2020, 1, 1),
    )
    return made


def account(role: Role, home: Organisation | None, who: Person | None = None) -> Account:
    """Make an account in one role."""
    made = Account.objects.create(
        username=f"demo-{role}",
        label=who.full_name if who else f"Tài khoản {role}",
        person=who,
        created_at=clock.now(),
    )
    RoleGrant.objects.create(account=made, role=role, organisation=home, starts_on=date(2025, 1, 1))
    return made


def build_world() -> World:
    """Make the world; about 120 rows."""
    root = organisation("52", "Ủy ban nhân dân tỉnh Bình Định", kind="province")
    bodies = {
        "52": root,
        "SNV": organisation("SNV", "Sở Nội vụ", parent=root),
        "SKHCN": organisation("SKHCN", "Sở Khoa học và Công nghệ", parent=root),
        "QNU": organisation("QNU", "Trường Đại học Quy Nhơn", parent=root, kind="university"),
        "XA1": organisation("XA1", "Ủy ban nhân dân xã Nhơn Lý", parent=root, kind="commune", sector="commune", level="grassroots"),
        "CA1": organisation("CA1", "Công an tỉnh, phòng PA05", parent=root, kind="police", sector="police", restricted=True),
        "TH1": organisation("TH1", "Trường Tiểu học số 1 Phước Sơn", parent=root, kind="education", sector="education", level="school"),
    }  # fmt: skip
    campaign = Campaign.objects.create(
        code="binh-dinh-2025", name={"vi": "Bồi dưỡng kỹ năng số", "fr": "Compétences numériques", "en": "Digital skills"},
        owner=root, organiser=bodies["SNV"], reviewer=bodies["SKHCN"], institution=bodies["QNU"],
        programme_code="digital-skills-2025", starts_on=date(2025, 6, 11), ends_on=date(2025, 6, 24), state="running",
        attestation={"issuer": {"vi": "Trường Đại học Quy Nhơn", "fr": "Université de Quy Nhon", "en": "Quy Nhon University"},
                     "superior": {"vi": "Bộ Giáo dục và Đào tạo", "fr": "Ministère de l’Éducation et de la Formation", "en": "Ministry of Education and Training"},
                     "place": {"vi": "Bình Định", "fr": "Binh Dinh", "en": "Binh Dinh"}, "number_pattern": "{register:05d}/GCN-ĐHQN"},
    )  # fmt: skip
    groups = {
        code: TargetGroup.objects.create(
            campaign=campaign, code=code, name={"vi": code, "fr": code, "en": code}, mode=mode, quota=100,
            restricted=code == "CA", ordinal=at,
        )
        for at, (code, mode) in enumerate((("LD", "in_person"), ("XA", "in_person"), ("CA", "in_person"), ("GD", "online")))
    }  # fmt: skip
    _rules(campaign)
    plan = TimetablePlan.objects.create(
        campaign=campaign, number=1, state="published", started_at=clock.now(), published_at=clock.now()
    )
    world = World(campaign, plan, organisations=bodies)
    rooms = _resources(world)
    for code, mode, room, day, agency, group in (
        ("TT-001", "in_person", rooms[0], date(2025, 6, 11), "XA1", "XA"),
        ("TT-002", "in_person", rooms[0], date(2025, 6, 17), "XA1", "XA"),
        ("TT-003", "in_person", rooms[1], date(2025, 6, 23), "CA1", "CA"),
        ("TR-001", "online", None, date(2025, 6, 17), "TH1", "GD"),
    ):
        _cohort(world, code, mode, room, day, bodies[agency], groups[group])
    _accounts(world)
    return world


def _rules(campaign: Campaign) -> None:
    for key, value, unit in (
        ("attendance_pct", 100, "%"), ("late_minutes", 15, "min"), ("late_credit", Decimal("0.5"), "half_day"),
        ("pass_mark", 5, "/10"), ("assignment_pass_mark", 5, "/10"), ("resits", 1, "count"),
        ("release_cap_pct", 34, "%"), ("invalid_blank_pct", 5, "%"),
    ):  # fmt: skip
        Rule.objects.create(
            campaign=campaign, key=key, value=Decimal(value), unit=unit, label={"vi": key, "fr": key, "en": key},
            in_force_from=date(2025, 1, 1), source="test", certainty="invented", chosen=True,
        )  # fmt: skip


def _resources(world: World) -> list[Room]:
    venue = Venue.objects.create(
        campaign=world.campaign, organisation=world.organisations["QNU"], code="QNU",
        name={"vi": "Trường Đại học Quy Nhơn", "fr": "Université de Quy Nhon", "en": "Quy Nhon University"},
        address="170 An Dương Vương",
    )  # fmt: skip
    rooms = []
    for number in (1, 2):
        lab = Lab.objects.create(venue=venue, code=f"M{number}", computers=36)
        room = Room.objects.create(
            venue=venue, code=f"QNU-{number:02d}", name=f"Hội trường A{number}", seats=120, computers=36
        )
        RoomLab.objects.create(room=room, lab=lab, computers=36)
        rooms.append(room)
    for number, name in enumerate(("Phan Quốc Bảo", "Mai Thị Đào", "Hồ Văn Ý"), start=1):
        who = person(name, world.organisations["QNU"], job_group="teacher")
        world.instructors.append(
            Instructor.objects.create(
                campaign=world.campaign,
                person=who,
                code=f"GV-{number:03d}",
                tracks=["IP-COMM"],
                languages=["vi"],
                home_venue=venue,
            )
        )
    return rooms


def _cohort(
    world: World, code: str, mode: str, room: Room | None, day: date, agency: Organisation, group: TargetGroup
) -> None:
    cohort = Cohort.objects.create(
        plan=world.plan, code=code, mode=mode, theme="IP-COMM", wave=1 + (day - date(2025, 6, 11)).days // 2, room=room,
        starts_on=day, ends_on=day + timedelta(days=1), size=len(NAMES),
        join_url="" if room else "https://meet.example/tr-001",
    )  # fmt: skip
    team = world.instructors[:2] if code != "TT-003" else world.instructors[1:]
    for ordinal, teacher in enumerate(team, start=1):
        CohortInstructor.objects.create(cohort=cohort, instructor=teacher, ordinal=ordinal)
    for number, (offset, begin, end) in enumerate(HALF_DAYS, start=1):
        on = day + timedelta(days=offset)
        Session.objects.create(
            cohort=cohort, half_day=number, starts_at=clock.at(on, *begin), ends_at=clock.at(on, *end)
        )
    lab_group = None
    if room:
        lab_group = LabGroup.objects.create(cohort=cohort, ordinal=1, turn=1, lab=room.labs.get().lab, size=len(NAMES))
    AgencyList.objects.get_or_create(
        campaign=world.campaign,
        organisation=agency,
        defaults={"due_on": date(2025, 6, 9), "state": "approved", "headcount": 30},
    )
    Quota.objects.get_or_create(
        campaign=world.campaign, organisation=agency, target_group=group, defaults={"seats": 30}
    )
    world.cohorts[code] = cohort
    world.placements[code] = []
    for number, name in enumerate(sorted(NAMES, key=name_sort_key), start=1):
        who = person(name, agency, restricted=agency.restricted)
        nomination = Nomination.objects.create(
            campaign=world.campaign, organisation=agency, person=who, target_group=group, track="IP-COMM",
            job_group="specialist", state="approved", named_at=clock.now(), named_by="test",
        )  # fmt: skip
        world.placements[code].append(
            Placement.objects.create(
                plan=world.plan, cohort=cohort, nomination=nomination, person=who, organisation=agency,
                group_code=group.code, number=number, lab_group=lab_group,
            )
        )  # fmt: skip


def _accounts(world: World) -> None:
    bodies = world.organisations
    trainee = world.placements["TT-002"][0].person
    teacher = world.instructors[0].person
    world.accounts = {
        Role.TRAINEE: account(Role.TRAINEE, bodies["XA1"], trainee),
        Role.INSTRUCTOR: account(Role.INSTRUCTOR, bodies["QNU"], teacher),
        Role.INVIGILATOR: account(Role.INVIGILATOR, bodies["QNU"]),
        Role.FOCAL_POINT: account(Role.FOCAL_POINT, bodies["XA1"]),
        Role.HEAD: account(Role.HEAD, bodies["XA1"]),
        Role.OFFICE: account(Role.OFFICE, bodies["QNU"]),
        Role.REVIEWER: account(Role.REVIEWER, bodies["SKHCN"]),
        Role.MANAGER: account(Role.MANAGER, bodies["SNV"]),
        Role.LEADER: account(Role.LEADER, bodies["52"]),
        Role.OPERATOR: account(Role.OPERATOR, None),
    }
