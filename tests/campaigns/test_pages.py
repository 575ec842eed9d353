"""Pages of campaigns: who may open them, what they do, what they say when it goes wrong."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.campaigns.api import (
    add_event,
    add_task,
    create_campaign,
    issue_directive,
    read_plan_file,
    shipped_plan,
)
from hocvu.campaigns.models import Campaign, Directive, EventGuest, Rule, Task
from hocvu.enrolment.models import AgencyList, Nomination, Quota
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.planning.models import CohortInstructor, Instructor, LabGroup, Placement, Session, TimetablePlan
from tests.world import World

SignIn = Callable[[Role], Client]
TEXT = {"vi": "Việc cần làm", "fr": "À faire", "en": "To do"}
ORGANISERS = {Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER}
AGENCY = {Role.FOCAL_POINT, Role.HEAD}


@pytest.fixture
def shipped(world: World) -> Campaign:
    """The shipped campaign as the one in view."""
    world.campaign.state = "closed"
    world.campaign.code = "old"
    world.campaign.save()
    return create_campaign(actor=SYSTEM, plan=read_plan_file(shipped_plan()))


PAGES = {
    "campaigns:campaign": ORGANISERS,
    "campaigns:create": {Role.MANAGER},
    "campaigns:create_quick": {Role.MANAGER},
    "campaigns:quotas": {Role.MANAGER},
    "campaigns:acts": ORGANISERS,
    "campaigns:events": ORGANISERS,
    "campaigns:event_new": {Role.MANAGER},
    "campaigns:directives": ORGANISERS | AGENCY,
    "campaigns:directive_new": {Role.MANAGER, Role.LEADER},
    "campaigns:tasks": ORGANISERS,
    "campaigns:task_new": {Role.MANAGER},
    "web:feasibility": ORGANISERS,
}


@pytest.mark.parametrize("name", PAGES)
def test_who_may_open(shipped: Campaign, sign_in: SignIn, name: str) -> None:
    for role in (Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER, Role.HEAD, Role.TRAINEE, Role.OPERATOR):
        expected = 200 if role in PAGES[name] else 403
        assert sign_in(role).get(reverse(name)).status_code == expected, role
    assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("language", ["vi", "fr", "en"])
def test_public_page_for_everyone(shipped: Campaign, language: str) -> None:
    client = Client()
    client.cookies["hocvu_language"] = language
    body = client.get(reverse("web:campaign_public")).content.decode()
    assert shipped.name[language] in body.replace("&#x27;", "'")
    for part in ("109/KH-UBND", "34,675" if language == "en" else "675", "boiduong@hocvu.example"):
        assert part in body


def test_public_page_before_there_is_a_campaign(db: None) -> None:
    assert Client().get(reverse("web:campaign_public")).status_code == 200


def test_manager_without_a_campaign_is_sent_to_make_one(world: World, sign_in: SignIn) -> None:
    manager, leader = sign_in(Role.MANAGER), sign_in(Role.LEADER)
    for model in (
        Placement,
        CohortInstructor,
        LabGroup,
        Session,
        TimetablePlan,
        Instructor,
        Nomination,
        Quota,
        AgencyList,
    ):
        model.objects.all().delete()
    Campaign.objects.all().delete()
    assert manager.get(reverse("campaigns:campaign")).url == reverse("campaigns:create")
    assert leader.get(reverse("campaigns:campaign")).status_code == 404
    assert leader.get(reverse("campaigns:directives")).status_code == 404


def test_campaign_page_marks_what_is_not_verified(shipped: Campaign, sign_in: SignIn) -> None:
    body = sign_in(Role.MANAGER).get(reverse("campaigns:campaign")).content.decode()
    assert body.count("hv-unverified") > 15
    assert "9.892" in body and "24.783" in body
    assert reverse("campaigns:rule", args=["attendance_pct"]) in body
    reader = sign_in(Role.REVIEWER).get(reverse("campaigns:campaign")).content.decode()
    assert reverse("campaigns:rule", args=["attendance_pct"]) not in reader
    assert reverse("campaigns:move", args=["sign"]) not in reader


def test_choose_another_rule_with_confirmation(shipped: Campaign, sign_in: SignIn) -> None:
    client, url = sign_in(Role.MANAGER), reverse("campaigns:rule", args=["attendance_pct"])
    lower = Rule.objects.get(campaign=shipped, key="attendance_pct", value=80)
    answer = client.post(url, {"rule": lower.pk})
    assert answer.status_code == 200 and b"govuk-error-summary" in answer.content
    lower.refresh_from_db()
    assert not lower.chosen
    assert client.post(url, {"rule": lower.pk, "confirm": "on"}).status_code == 302
    lower.refresh_from_db()
    assert lower.chosen
    other = Rule.objects.filter(campaign=shipped, key="pass_mark").first()
    assert client.post(url, {"rule": other.pk, "confirm": "on"}).status_code == 200
    assert client.get(reverse("campaigns:rule", args=["nothing"])).status_code == 404


def test_sign_start_close_on_the_page(shipped: Campaign, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    for deed, state in (("sign", "signed"), ("start", "running"), ("close", "closed")):
        url = reverse("campaigns:move", args=[deed])
        assert client.get(url).status_code == 200
        shipped.refresh_from_db()
        assert shipped.state != state
        client.post(url)
        shipped.refresh_from_db()
        assert shipped.state == state
    assert client.get(reverse("campaigns:move", args=["burn"])).status_code == 404


def test_a_deed_out_of_order_is_explained(shipped: Campaign, sign_in: SignIn) -> None:
    answer = sign_in(Role.MANAGER).post(reverse("campaigns:move", args=["close"]), follow=True)
    assert b"hv-message--error" in answer.content


def test_create_from_a_file_or_a_text(world: World, sign_in: SignIn) -> None:
    client, url = sign_in(Role.MANAGER), reverse("campaigns:create")
    text = shipped_plan().replace("code: binh-dinh-2025", "code: from-file", 1)
    upload = SimpleUploadedFile("plan.yaml", text.encode(), "text/yaml")
    assert client.post(url, {"file": upload}).status_code == 302
    assert client.post(url, {"text": text.replace("from-file", "from-text")}).status_code == 302
    assert {"from-file", "from-text"} <= set(Campaign.objects.values_list("code", flat=True))


def test_a_broken_plan_is_shown_with_all_its_errors_and_not_lost(world: World, sign_in: SignIn) -> None:
    text = shipped_plan().replace("quota: 1191", "quota: nhiều", 1).replace("organiser: SNV", "organiser: ", 1)
    answer = sign_in(Role.MANAGER).post(reverse("campaigns:create"), {"text": text})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "target_groups[0].quota" in body and "organiser" in body and "quota: nhiều" in body
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content"), [("plan.pdf", b"code: x"), ("plan.yaml", b"\xff\xfe\x00x"), ("plan.yaml", b"")]
)
def test_a_file_that_is_no_plan(world: World, sign_in: SignIn, name: str, content: bytes) -> None:
    answer = sign_in(Role.MANAGER).post(reverse("campaigns:create"), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code in {200, 422} and b"govuk-error" in answer.content
    assert Campaign.objects.count() == 1


QUICK = {
    "code": "quick-2026", "name_vi": "Đợt nhanh", "starts_on": "05/01/2026", "ends_on": "16/01/2026", "owner": "52",
    "organiser": "SNV", "reviewer": "SKHCN", "institution": "QNU", "act_number": "9/KH", "act_issued_on": "02/01/2026",
    "in_person": "100", "online": "33", "computers": "40", "staff": "6",
}  # fmt: skip


def test_create_from_the_form(world: World, sign_in: SignIn) -> None:
    assert sign_in(Role.MANAGER).post(reverse("campaigns:create_quick"), QUICK).status_code == 302
    made = Campaign.objects.get(code="quick-2026")
    sums = {mode: sum(g.quota for g in made.target_groups.all() if g.mode == mode) for mode in ("in_person", "online")}
    assert sums == {"in_person": 100, "online": 33}
    assert len(made.calendar["working_days"]) == 10
    assert made.facts["computers"] | {"label": ""} == {
        "value": 40, "label": "", "source": "Typed when the campaign was created", "certainty": "unverified", "verified": False,
    }  # fmt: skip
    assert Rule.objects.filter(campaign=made, chosen=True, key="attendance_pct", value=100).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("owner", "XXX"),
        ("ends_on", "01/01/2026"),
        ("code", "Có Dấu"),
        ("in_person", "-3"),
        ("code", "binh-dinh-2025"),
        ("starts_on", "5 tháng 1"),
    ],
)
def test_the_form_says_what_is_wrong(world: World, sign_in: SignIn, field: str, value: str) -> None:
    answer = sign_in(Role.MANAGER).post(reverse("campaigns:create_quick"), QUICK | {field: value})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert Campaign.objects.count() == 1


def test_events_and_guests(shipped: Campaign, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    form = {
        "kind": "meeting",
        "title_vi": "Họp",
        "day": "12/06/2025",
        "starts": "8:00",
        "ends": "09:30",
        "place_vi": "Sở Nội vụ",
    }
    page = client.post(reverse("campaigns:event_new"), form)
    client.post(page.url, {"office_vi": "Giám đốc Sở Y tế"})
    guest = EventGuest.objects.get(event__kind="meeting")
    assert guest.office == dict.fromkeys(("vi", "fr", "en"), "Giám đốc Sở Y tế")
    client.post(f"{page.url}answer/", {"guest": guest.pk, "state": "coming", "name": "A"})
    guest.refresh_from_db()
    assert guest.state == "coming"
    elsewhere = EventGuest.objects.exclude(event=guest.event).first()
    assert client.post(f"{page.url}answer/", {"guest": elsewhere.pk, "state": "came"}).status_code == 404
    assert client.post(reverse("campaigns:event_new"), form | {"ends": "07:00"}).status_code == 200
    assert sign_in(Role.LEADER).get(page.url).status_code == 200
    assert sign_in(Role.LEADER).post(page.url, {"office_vi": "x"}).status_code == 200
    assert EventGuest.objects.filter(event=guest.event).count() == 1


def test_directives_from_issue_to_end(world: World, sign_in: SignIn) -> None:
    leader, head = sign_in(Role.LEADER), sign_in(Role.HEAD)
    form = {"text_vi": "Báo cáo tình hình", "body": "XA1", "due_on": "20/06/2025"}
    url = leader.post(reverse("campaigns:directive_new"), form).url
    assert leader.post(reverse("campaigns:directive_new"), form | {"due_on": "01/06/2025"}).status_code == 200
    assert leader.post(reverse("campaigns:directive_new"), form | {"body": "??"}).status_code == 200
    assert "Báo cáo tình hình" in head.get(reverse("campaigns:directives")).content.decode()
    assert head.post(url, {"text": "Đã báo cáo", "state": "reported"}).status_code == 302
    assert head.post(url, {"text": "Xong", "state": "done"}).status_code == 200
    assert leader.post(url, {"text": "Đạt", "state": "done"}).status_code == 302
    assert Directive.objects.get().state == "done"


def test_a_directive_to_another_body_is_not_found(world: World, sign_in: SignIn) -> None:
    row = issue_directive(actor=SYSTEM, campaign_id=world.campaign.pk, text=TEXT,
                          organisation_id=world.organisations["TH1"].pk, due_on=date(2025, 6, 20))  # fmt: skip
    url = reverse("campaigns:directive", args=[row.uuid])
    for role in (Role.HEAD, Role.FOCAL_POINT, Role.OFFICE, Role.REVIEWER):
        client = sign_in(role)
        assert client.get(url).status_code == 404, role
        assert client.post(url, {"text": "x", "state": "reported"}).status_code == 404
        assert TEXT["vi"] not in client.get(reverse("campaigns:directives")).content.decode()
    assert row.steps.count() == 0


def test_late_directives_and_tasks_say_so(world: World, sign_in: SignIn) -> None:
    issue_directive(actor=SYSTEM, campaign_id=world.campaign.pk, text=TEXT, issued_on=date(2025, 6, 11),
                    organisation_id=world.organisations["XA1"].pk, due_on=date(2025, 6, 17))  # fmt: skip
    add_task(
        actor=SYSTEM,
        campaign_id=world.campaign.pk,
        title=TEXT,
        organisation_id=world.organisations["QNU"].pk,
        due_on=date(2025, 6, 17),
    )
    assert b"govuk-tag--red" in sign_in(Role.HEAD).get(reverse("campaigns:directives")).content
    assert b"govuk-tag--red" in sign_in(Role.OFFICE).get(reverse("campaigns:tasks")).content


def test_tasks(world: World, sign_in: SignIn) -> None:
    form = {"title_vi": "Chuẩn bị phòng máy", "body": "QNU", "due_on": "19/06/2025"}
    assert sign_in(Role.MANAGER).post(reverse("campaigns:task_new"), form).status_code == 302
    task = Task.objects.get()
    url = reverse("campaigns:task", args=[task.uuid])
    assert sign_in(Role.REVIEWER).get(url).status_code == 404
    assert sign_in(Role.OFFICE).post(url, {"note": "Đã xong"}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.note) == ("done", "Đã xong")


def _queries(client: Client, name: str) -> int:
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as held:
        assert client.get(reverse(name)).status_code == 200
    return len(held)


@pytest.mark.parametrize("name", ["campaigns:events", "campaigns:directives", "campaigns:tasks"])
def test_lists_ask_the_same_number_of_queries(world: World, sign_in: SignIn, name: str) -> None:
    client, home = sign_in(Role.MANAGER), world.organisations["QNU"].pk

    def more(times: int) -> None:
        for _ in range(times):
            add_event(
                actor=SYSTEM,
                campaign_id=world.campaign.pk,
                kind="meeting",
                title=TEXT,
                starts_at=clock.now(),
                place=TEXT,
                guests=[TEXT, TEXT],
            )
            add_task(
                actor=SYSTEM, campaign_id=world.campaign.pk, title=TEXT, organisation_id=home, due_on=date(2025, 6, 20)
            )
            issue_directive(
                actor=SYSTEM, campaign_id=world.campaign.pk, text=TEXT, organisation_id=home, due_on=date(2025, 6, 20)
            )

    more(1)
    one = _queries(client, name)
    more(12)
    assert _queries(client, name) == one
    assert one <= 10


@pytest.mark.parametrize("table", ["acts", "events", "directives", "tasks"])
def test_exports(shipped: Campaign, sign_in: SignIn, table: str) -> None:
    answer = sign_in(Role.MANAGER).get(reverse("web:export", args=[table]))
    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    assert sign_in(Role.TRAINEE).get(reverse("web:export", args=[table])).status_code == 403


def test_quotas_of_the_groups(shipped: Campaign, sign_in: SignIn) -> None:
    client, url = sign_in(Role.MANAGER), reverse("campaigns:quotas")
    values = {g.code: g.quota for g in shipped.target_groups.all()}
    assert 'value="19400"' in client.get(url).content.decode()
    assert client.post(url, values | {"LD": "-1"}).status_code == 200
    assert client.post(url, values | {"LD": "1200"}).status_code == 302
    assert shipped.target_groups.get(code="LD").quota == 1200
