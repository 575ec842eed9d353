"""Pages of enrolment: own and other scope, what goes through, what is said when it does not."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.enrolment.api import NameRow, QuotaRow, approve_lists, name_people, set_quotas, submit_lists
from hocvu.enrolment.models import AgencyList, Nomination, Quota
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.people.models import Person, Posting
from hocvu.post.models import Letter
from tests.world import World, organisation, person

SignIn = Callable[[Role], Client]
BEFORE = datetime(2025, 6, 8, 2, tzinfo=UTC)


@pytest.fixture
def agency(world: World) -> AgencyList:
    """An open list of XA1 with two seats for XA and one for LD; nobody named."""
    clock.set_source(lambda: BEFORE)
    home = world.organisations["XA1"]
    Nomination.objects.filter(organisation=home).update(state="withdrawn")
    AgencyList.objects.filter(organisation=home).delete()
    Quota.objects.filter(organisation=home).delete()
    world.campaign.calendar = {"working_days": ["2025-06-11", "2025-06-12", "2025-06-13"]}
    world.campaign.save()
    rows = [QuotaRow(home.pk, "XA", 2, 20), QuotaRow(home.pk, "LD", 1, 20)]
    set_quotas(actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=rows)
    return AgencyList.objects.get(organisation=home)


@pytest.fixture
def people(world: World, agency: AgencyList) -> list[Person]:
    names = ("Nguyễn Văn Mốt", "Trần Thị Hải", "Lê Văn Bá")
    return [person(name, world.organisations["XA1"]) for name in names]


@pytest.fixture
def named(world: World, agency: AgencyList, people: list[Person]) -> Nomination:
    rows = [NameRow(people[0].pk, agency.organisation_id, "XA")]
    name_people(actor=SYSTEM, campaign_id=world.campaign.pk, rows=rows)
    return Nomination.objects.get(person=people[0])


def other_list(world: World) -> AgencyList:
    return AgencyList.objects.get(organisation=world.organisations["TH1"])


def test_who_may_open(world: World, agency: AgencyList, sign_in: SignIn) -> None:
    roles = {
        "enrolment:agency_list": {Role.FOCAL_POINT: 302, Role.HEAD: 302, Role.MANAGER: 302, Role.LEADER: 403, Role.TRAINEE: 403},
        "enrolment:approval": {Role.HEAD: 302, Role.MANAGER: 302, Role.FOCAL_POINT: 403},
        "enrolment:progress": {Role.MANAGER: 200, Role.LEADER: 200, Role.FOCAL_POINT: 403, Role.OFFICE: 403},
        "enrolment:remind": {Role.MANAGER: 200, Role.LEADER: 403, Role.HEAD: 403},
        "enrolment:call": {Role.MANAGER: 200, Role.LEADER: 403},
        "enrolment:quotas": {Role.MANAGER: 200, Role.LEADER: 403, Role.FOCAL_POINT: 403},
    }  # fmt: skip
    for name, expected in roles.items():
        for role, status in expected.items():
            assert sign_in(role).get(reverse(name)).status_code == status, (name, role)


PAGES_OF_A_LIST = ("list", "add_names", "submit", "release", "decide")


@pytest.mark.parametrize("page", PAGES_OF_A_LIST)
def test_another_agencys_list_is_not_found(world: World, agency: AgencyList, sign_in: SignIn, page: str) -> None:
    theirs = reverse(f"enrolment:{page}", args=[other_list(world).uuid])
    own = reverse(f"enrolment:{page}", args=[agency.uuid])
    before = list(AgencyList.objects.order_by("id").values_list("state", flat=True))
    for role in (Role.FOCAL_POINT, Role.HEAD):
        client = sign_in(role)
        if client.get(own).status_code == 403:
            continue  # the page belongs to the other of the two
        assert client.get(theirs).status_code == 404
        assert client.post(theirs, {"deed": "approve"}).status_code == 404
    assert sign_in(Role.MANAGER).get(theirs).status_code == 200
    assert list(AgencyList.objects.order_by("id").values_list("state", flat=True)) == before


@pytest.mark.parametrize("page", ["nomination", "withdraw", "replace"])
def test_another_agencys_person_is_not_found(world: World, agency: AgencyList, sign_in: SignIn, page: str) -> None:
    theirs = Nomination.objects.filter(organisation=world.organisations["TH1"]).first()
    url = reverse(f"enrolment:{page}", args=[theirs.uuid])
    client = sign_in(Role.FOCAL_POINT)
    assert client.get(url).status_code == 404
    assert client.post(url, {"reason": "x", "person": "1"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == "approved"


def test_the_focal_point_names_releases_and_hands_in(
    world: World, agency: AgencyList, people: list[Person], sign_in: SignIn
) -> None:
    client, url = sign_in(Role.FOCAL_POINT), reverse("enrolment:list", args=[agency.uuid])
    assert client.get(reverse("enrolment:agency_list")).url == url
    assert client.get(url).context["next"] == "name"
    names = reverse("enrolment:add_names", args=[agency.uuid])
    page = client.get(names, {"q": "hai"})
    assert [p.full_name for p, _position, _ticked in page.context["people"]] == ["Trần Thị Hải"]
    assert client.post(names, {"group": "XA", "person": [people[0].pk, people[1].pk]}).status_code == 302
    assert client.post(names, {"group": "LD", "person": [people[2].pk]}).status_code == 302
    assert client.get(url).context["next"] == "release"
    client.post(reverse("enrolment:release", args=[agency.uuid]))
    assert client.get(url).context["next"] == "submit"
    client.post(reverse("enrolment:submit", args=[agency.uuid]))
    agency.refresh_from_db()
    assert agency.state == "submitted"
    assert client.get(url).context["next"] == "wait"
    head = sign_in(Role.HEAD)
    decide = head.get(reverse("enrolment:approval")).url
    assert decide == reverse("enrolment:decide", args=[agency.uuid])
    assert "Trần Thị Hải" in head.get(decide).content.decode()
    assert head.post(decide, {"deed": "return", "reason": ""}).status_code == 200
    head.post(decide, {"deed": "approve"})
    agency.refresh_from_db()
    assert agency.state == "approved"
    assert Nomination.objects.filter(organisation_id=agency.organisation_id, state="approved").count() == 3


def test_the_head_gives_the_list_back(world: World, agency: AgencyList, named: Nomination, sign_in: SignIn) -> None:
    submit_lists(actor=SYSTEM, campaign_id=world.campaign.pk, organisation_ids=[agency.organisation_id])
    sign_in(Role.HEAD).post(reverse("enrolment:decide", args=[agency.uuid]), {"deed": "return", "reason": "Thiếu tên"})
    body = sign_in(Role.FOCAL_POINT).get(reverse("enrolment:list", args=[agency.uuid])).content.decode()
    assert "Thiếu tên" in body


@pytest.mark.parametrize(
    "data",
    [{}, {"group": "XA"}, {"group": "XA", "person": ["x", "99999999999999999999"]}, {"group": "ZZ", "person": ["1"]}],
)
def test_naming_nobody_or_nonsense_is_explained(
    world: World, agency: AgencyList, people: list[Person], sign_in: SignIn, data: dict
) -> None:
    answer = sign_in(Role.FOCAL_POINT).post(reverse("enrolment:add_names", args=[agency.uuid]), data)
    assert answer.status_code == 200 and b"govuk-error-summary" in answer.content
    assert not Nomination.objects.filter(person__in=people).exists()


def test_over_quota_keeps_what_was_ticked(
    world: World, agency: AgencyList, people: list[Person], sign_in: SignIn
) -> None:
    answer = sign_in(Role.FOCAL_POINT).post(
        reverse("enrolment:add_names", args=[agency.uuid]), {"group": "XA", "person": [p.pk for p in people]}
    )
    assert answer.status_code == 200
    assert [p.pk for p, _position, ticked in answer.context["people"] if ticked] == [
        p.pk for p, _position, _ticked in answer.context["people"] if p in people
    ]


def test_a_stranger_cannot_be_slipped_in(world: World, agency: AgencyList, sign_in: SignIn) -> None:
    stranger = person("Phạm Văn Lạ", world.organisations["TH1"])
    url = reverse("enrolment:add_names", args=[agency.uuid])
    assert "Phạm Văn Lạ" not in sign_in(Role.FOCAL_POINT).get(url).content.decode()
    answer = sign_in(Role.FOCAL_POINT).post(url, {"group": "XA", "person": [stranger.pk]})
    assert answer.status_code == 200
    assert not Nomination.objects.filter(person=stranger).exists()


def test_after_the_deadline_the_page_says_whom_to_ask(
    world: World, agency: AgencyList, people: list[Person], sign_in: SignIn
) -> None:
    clock.set_source(lambda: datetime(2025, 6, 12, 2, tzinfo=UTC))
    url = reverse("enrolment:add_names", args=[agency.uuid])
    answer = sign_in(Role.FOCAL_POINT).post(url, {"group": "XA", "person": [people[0].pk]})
    assert "09/06/2025" in answer.content.decode()
    assert sign_in(Role.MANAGER).post(url, {"group": "XA", "person": [people[0].pk]}).status_code == 302


def test_days_withdrawal_and_replacement(
    world: World, agency: AgencyList, named: Nomination, people: list[Person], sign_in: SignIn
) -> None:
    client = sign_in(Role.FOCAL_POINT)
    url = reverse("enrolment:nomination", args=[named.uuid])
    client.post(url, {"days": ["2025-06-12"]})
    named.refresh_from_db()
    assert named.unavailable == ["2025-06-12"]
    assert client.post(url, {"days": ["2025-07-12"]}).status_code == 200
    replace = reverse("enrolment:replace", args=[named.uuid])
    assert client.post(replace, {"person": people[1].pk, "reason": ""}).status_code == 200
    assert client.post(replace, {"person": "", "reason": "x"}).status_code == 200
    assert client.post(replace, {"person": people[1].pk, "reason": "Đi công tác"}).status_code == 302
    body = client.get(url).content.decode()
    assert "Trần Thị Hải" in body and "Đi công tác" in body
    new = Nomination.objects.get(person=people[1])
    withdraw = reverse("enrolment:withdraw", args=[new.uuid])
    assert client.post(withdraw, {"reason": " "}).status_code == 200
    assert client.post(withdraw, {"reason": "Ốm"}).status_code == 302
    assert client.post(withdraw, {"reason": "Ốm"}).status_code == 200
    new.refresh_from_db()
    assert new.state == "withdrawn"


def test_the_head_sees_a_person_and_changes_nothing(
    world: World, agency: AgencyList, named: Nomination, sign_in: SignIn
) -> None:
    client = sign_in(Role.HEAD)
    url = reverse("enrolment:nomination", args=[named.uuid])
    assert client.get(url).status_code == 200
    client.post(url, {"days": ["2025-06-12"]})
    assert client.get(reverse("enrolment:withdraw", args=[named.uuid])).status_code == 403
    named.refresh_from_db()
    assert named.unavailable == []


def test_replacing_after_approval_tells_that_the_head_must_approve(
    world: World, agency: AgencyList, named: Nomination, people: list[Person], sign_in: SignIn
) -> None:
    org = [agency.organisation_id]
    submit_lists(actor=SYSTEM, campaign_id=world.campaign.pk, organisation_ids=org)
    approve_lists(actor=SYSTEM, campaign_id=world.campaign.pk, organisation_ids=org)
    client = sign_in(Role.FOCAL_POINT)
    client.post(reverse("enrolment:replace", args=[named.uuid]), {"person": people[1].pk, "reason": "Ốm"})
    agency.refresh_from_db()
    assert agency.state == "submitted"


def test_progress_and_reminders(world: World, agency: AgencyList, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    page = client.get(reverse("enrolment:progress"), {"state": "waiting"})
    assert page.context["waiting"] == 1 and page.context["page"].total == 1
    assert "XA1" in page.content.decode()
    client.post(reverse("enrolment:remind"))
    assert Letter.objects.filter(kind="enrolment.reminder").count() == 1
    AgencyList.objects.update(state="approved")
    answer = client.post(reverse("enrolment:remind"), follow=True)
    assert b"hv-message--error" in answer.content
    client.post(reverse("enrolment:call"))
    assert Letter.objects.filter(kind="enrolment.call").count() == AgencyList.objects.count()


def test_the_leader_sees_counts_without_a_way_to_names(world: World, agency: AgencyList, sign_in: SignIn) -> None:
    client = sign_in(Role.LEADER)
    body = client.get(reverse("enrolment:progress")).content.decode()
    assert reverse("enrolment:list", args=[agency.uuid]) not in body
    assert client.get(reverse("enrolment:list", args=[agency.uuid])).status_code == 403


def sheet(*rows: tuple) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return SimpleUploadedFile("quotas.xlsx", held.getvalue())


def test_quotas_from_a_spreadsheet(world: World, agency: AgencyList, sign_in: SignIn) -> None:
    client, url = sign_in(Role.MANAGER), reverse("enrolment:quotas")
    file = sheet(("Mã", "Nhóm", "Số lượng", "Biên chế"), ("XA1", "XA", 7, 30), (None,) * 4, ("TH1", "GD", "12", 40.0))
    assert client.post(url, {"file": file, "due_on": "10/06/2025"}).status_code == 302
    found = dict(Quota.objects.values_list("organisation__code", "seats").filter(target_group__code__in=["XA", "GD"]))
    assert found == {"XA1": 7, "TH1": 12}
    agency.refresh_from_db()
    assert (agency.due_on, agency.headcount) == (date(2025, 6, 10), 30)


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (("XXX", "XA", 1, 9), "A2"),
        (("XA1", "ZZ", 1, 9), "B2"),
        (("XA1", "XA", 1.5, 9), "C2"),
        (("XA1", "XA", 1, "chín"), "D2"),
        (("XA1", "XA", -1, 9), "C2"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_set(
    world: World, agency: AgencyList, sign_in: SignIn, row: tuple, cell: str
) -> None:
    file = sheet(("Mã", "Nhóm", "Số lượng", "Biên chế"), row, ("XA1", "LD", 9, 30))
    answer = sign_in(Role.MANAGER).post(reverse("enrolment:quotas"), {"file": file, "due_on": "10/06/2025"})
    assert answer.status_code == 422 and cell in answer.content.decode()
    assert Quota.objects.get(organisation=agency.organisation, target_group__code="LD").seats == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"not a workbook", b""])
def test_a_file_that_is_no_workbook(world: World, agency: AgencyList, sign_in: SignIn, content: bytes) -> None:
    file = SimpleUploadedFile("quotas.xlsx", content)
    answer = sign_in(Role.MANAGER).post(reverse("enrolment:quotas"), {"file": file, "due_on": "10/06/2025"})
    assert answer.status_code in {200, 422} and b"govuk-error" in answer.content


def test_several_bodies_under_one_agency_are_a_list(world: World, agency: AgencyList, sign_in: SignIn) -> None:
    below = organisation("XA1-1", "Trạm Nhơn Lý", parent=world.organisations["XA1"], kind="commune", sector="commune")
    set_quotas(
        actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=[QuotaRow(below.pk, "XA", 3, 9)]
    )
    page = sign_in(Role.FOCAL_POINT).get(reverse("enrolment:agency_list"))
    assert page.status_code == 200 and page.context["page"].total == 2


def test_export_of_names_keeps_to_the_scope(
    world: World, agency: AgencyList, named: Nomination, sign_in: SignIn
) -> None:
    client, url = sign_in(Role.FOCAL_POINT), reverse("web:export", args=["agency-names"])

    def names(list_uuid: object) -> list[str]:
        book = openpyxl.load_workbook(io.BytesIO(client.get(url, {"list": str(list_uuid)}).content))
        return [row[0].value for row in book.active.iter_rows(min_row=2)]

    assert "Nguyễn Văn Mốt" in names(agency.uuid)
    assert names(other_list(world).uuid) == []
    assert names("nonsense") == []
    assert client.get(reverse("web:export", args=["agency-progress"])).status_code == 403
    assert client.get(reverse("web:export", args=["quotas"])).status_code == 403


def _queries(client: Client, url: str, **params: str) -> int:
    client.get(url, params)
    with CaptureQueriesContext(connection) as held:
        assert client.get(url, params).status_code == 200
    return len(held)


def test_equal_queries_at_one_and_many_rows(
    world: World, agency: AgencyList, named: Nomination, sign_in: SignIn
) -> None:
    home = world.organisations["XA1"]
    focal, manager = sign_in(Role.FOCAL_POINT), sign_in(Role.MANAGER)
    pages = [
        (focal, reverse("enrolment:list", args=[agency.uuid])),
        (focal, reverse("enrolment:add_names", args=[agency.uuid])),
        (focal, reverse("enrolment:replace", args=[named.uuid])),
        (manager, reverse("enrolment:progress")),
        (manager, reverse("enrolment:quotas")),
        (manager, reverse("enrolment:decide", args=[agency.uuid])),
    ]
    before = [_queries(client, url) for client, url in pages]
    more = [person(f"Nguyễn Văn {n}", home) for n in range(40)]
    set_quotas(
        actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=[QuotaRow(home.pk, "XA", 99, 120)]
    )
    rows = [NameRow(p.pk, home.pk, "XA") for p in more[:20]]
    name_people(actor=SYSTEM, campaign_id=world.campaign.pk, rows=rows)
    for n in range(12):
        body = organisation(f"Y{n}", f"Xã {n}")
        set_quotas(
            actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=[QuotaRow(body.pk, "XA", 3, 9)]
        )
    after = [_queries(client, url) for client, url in pages]
    assert after == before
    assert max(after) <= 16


def test_a_key_over_999_is_written_without_separators(world: World, agency: AgencyList, sign_in: SignIn) -> None:
    """In Vietnamese 12345 reads 12.345: in a checkbox that would name nobody."""
    home = world.organisations["XA1"]
    far = person("Nguyễn Văn Xa", home)
    Posting.objects.filter(person=far).delete()
    Person.objects.filter(pk=far.pk).update(id=12345)
    Posting.objects.create(person_id=12345, organisation=home, job_group="clerk", starts_on=date(2020, 1, 1))
    client, url = sign_in(Role.FOCAL_POINT), reverse("enrolment:add_names", args=[agency.uuid])
    body = client.get(url).content.decode()
    assert 'value="12345"' in body and 'for="person-12345"' in body
    assert client.post(url, {"group": "XA", "person": ["12345"]}).status_code == 302
