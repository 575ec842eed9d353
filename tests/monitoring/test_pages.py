"""Pages of monitoring: who may open them, what they show, where their figures lead."""

import io
import re
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.monitoring.api import escalate, make_report, number_report, propose, report_difficulty
from hocvu.monitoring.models import Difficulty, Report
from hocvu.monitoring.web.views.figures import OPENABLE
from hocvu.people.models import Person
from tests.monitoring.test_difficulties import photo
from tests.world import World

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
PEOPLE = [role for role in Role if role is not Role.SYSTEM]


def made(world: World, role: Role = Role.OFFICE, level: int = 1, **more) -> Difficulty:
    asked = {"category": "network", "place": "Phòng M1", "text": "Mạng chậm cả buổi."} | more
    found = report_difficulty(actor=world.actor(role), campaign_id=world.campaign.pk, **asked)
    for _ in range(level - 1):
        escalate(actor=world.actor(Role.MANAGER), difficulty_id=found.pk)
    found.refresh_from_db()
    return found


# --- reporting -----------------------------------------------------------------------------------------------


def test_everyone_who_is_signed_in_can_report(world: World, sign_in: SignIn) -> None:
    for role in PEOPLE:
        assert sign_in(role).get(reverse("monitoring:report_difficulty")).status_code == 200, role
    assert Client().get(reverse("monitoring:report_difficulty")).status_code in {302, 401, 403}


def test_the_page_one_came_from_fills_in_the_place(world: World, sign_in: SignIn) -> None:
    session = world.session("TT-002", 3)
    for path in (f"/sessions/{session.uuid}/", f"/cohorts/{world.cohorts['TT-002'].uuid}/"):
        form = sign_in(Role.INSTRUCTOR).get(reverse("monitoring:report_difficulty"), {"from": path}).context["form"]
        assert form["place"].value() == "TT-002, Hội trường A1, Trường Đại học Quy Nhơn"
        assert form["cohort_code"].value() == "TT-002"


def test_a_class_of_others_does_not_fill_in_the_place(world: World, sign_in: SignIn) -> None:
    path = f"/cohorts/{world.cohorts['TT-003'].uuid}/"
    page = sign_in(Role.TRAINEE).get(reverse("monitoring:report_difficulty"), {"from": path})

    assert page.context["form"]["place"].value().startswith("TT-002")  # the trainee's own class of today
    assert "TT-003" not in page.content.decode()


@pytest.mark.parametrize(
    "path", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "", "/", "/x?y=<b>"]
)
def test_strange_origins_do_no_harm(world: World, sign_in: SignIn, path: str) -> None:
    page = sign_in(Role.MANAGER).get(reverse("monitoring:report_difficulty"), {"from": path})

    assert page.context["form"]["place"].value() in {"", "/x"}


def test_a_report_with_a_photo_is_kept_and_shown_to_its_reporter(world: World, sign_in: SignIn) -> None:
    client = sign_in(Role.TRAINEE)
    response = client.post(
        reverse("monitoring:report_difficulty"),
        {
            "category": "computer", "text": "Máy không lên.", "place": "Bàn 4", "cohort_code": "TT-002",
            "photo": SimpleUploadedFile("anh.jpg", photo().read(), "image/jpeg"),
        },
    )  # fmt: skip
    found = Difficulty.objects.get()

    assert response.headers["Location"] == reverse("monitoring:difficulty", args=[found.uuid])
    assert (found.cohort_code, found.reported_by) == ("TT-002", world.accounts[Role.TRAINEE].label)
    kept = client.get(reverse("monitoring:photo", args=[found.uuid]))
    assert kept.headers["Content-Type"] == "image/jpeg" and b"PhoneMaker" not in b"".join(kept.streaming_content)
    assert "Máy không lên." in client.get(reverse("monitoring:my_difficulties")).content.decode()
    assert sign_in(Role.INVIGILATOR).get(reverse("monitoring:photo", args=[found.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("anh.gif", b"GIF89a"), ("anh.jpg", b"<svg onload=alert(1)>"), ("anh.jpg", b"\xff\xd8\xff cut"), ("anh.png", b"")],
)
def test_a_bad_photo_is_refused_and_the_words_stay(world: World, sign_in: SignIn, name: str, content: bytes) -> None:
    response = sign_in(Role.TRAINEE).post(
        reverse("monitoring:report_difficulty"),
        {"category": "computer", "text": "Giữ nguyên chữ này", "photo": SimpleUploadedFile(name, content)},
    )

    assert response.status_code == 422
    assert "Giữ nguyên chữ này" in response.content.decode()
    assert Difficulty.objects.count() == 0


def test_an_empty_report_says_what_is_missing(world: World, sign_in: SignIn) -> None:
    response = sign_in(Role.TRAINEE).post(reverse("monitoring:report_difficulty"), {})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"category", "text"}


# --- following and working -----------------------------------------------------------------------------------


def test_who_follows_difficulties(world: World, sign_in: SignIn) -> None:
    made(world, organisation_id=world.organisations["TH1"].pk)
    follows = {Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER, Role.FOCAL_POINT, Role.HEAD}
    for role in PEOPLE:
        assert sign_in(role).get(reverse("monitoring:difficulties")).status_code == (200 if role in follows else 403)
    assert "Mạng chậm" in sign_in(Role.LEADER).get(reverse("monitoring:difficulties")).content.decode()
    assert "Mạng chậm" not in sign_in(Role.HEAD).get(reverse("monitoring:difficulties")).content.decode()


def test_other_peoples_difficulties_are_not_found(world: World, sign_in: SignIn) -> None:
    found = made(world)
    for role in (Role.TRAINEE, Role.INSTRUCTOR, Role.INVIGILATOR, Role.OPERATOR, Role.FOCAL_POINT, Role.HEAD):
        client = sign_in(role)
        assert client.get(reverse("monitoring:difficulty", args=[found.uuid])).status_code == 404
        step = reverse("monitoring:step", args=[found.uuid, "decide"])
        assert client.post(step, {"text": "x"}).status_code == 404
    found.refresh_from_db()
    assert found.state == "open"


def test_late_is_said_in_words_and_red(world: World, sign_in: SignIn) -> None:
    found = made(world)
    clock.set_source(lambda: clock.at(date(2025, 6, 19), 9))
    page = sign_in(Role.MANAGER).get(reverse("monitoring:difficulty", args=[found.uuid])).content.decode()

    assert page.count("govuk-tag--red") >= 1
    assert len(sign_in(Role.MANAGER).get(reverse("monitoring:difficulties"), {"late": "1"}).context["lines"]) == 1


def test_the_life_of_a_difficulty_on_its_page(world: World, sign_in: SignIn) -> None:
    found = made(world)
    office, manager = sign_in(Role.OFFICE), sign_in(Role.MANAGER)

    def step(client: Client, deed: str, text: str = "") -> int:
        return client.post(reverse("monitoring:step", args=[found.uuid, deed]), {"text": text}).status_code

    assert step(office, "take") == 302
    assert step(office, "propose", "Lắp thêm bộ phát.") == 302
    assert step(manager, "note", "Đã báo Sở KH&CN.") == 302
    assert step(office, "escalate", "Cần kinh phí.") == 302
    assert step(office, "decide", "Đồng ý.") == 422  # no longer its level
    assert step(manager, "decide") == 302
    assert step(manager, "close", "Đã lắp.") == 302
    found.refresh_from_db()
    assert (found.state, found.level, found.decision) == ("closed", 2, "Lắp thêm bộ phát.")
    page = manager.get(reverse("monitoring:difficulty", args=[found.uuid])).content.decode()
    assert "Cần kinh phí." in page and "Đã lắp." in page
    assert [s.kind for s in found.steps.all()] == [
        "reported", "taken", "proposed", "note", "escalated", "decided", "closed",
    ]  # fmt: skip


def test_a_refused_step_keeps_what_was_typed(world: World, sign_in: SignIn) -> None:
    found = made(world)
    response = sign_in(Role.LEADER).post(reverse("monitoring:step", args=[found.uuid, "decide"]), {"text": "Chữ đã gõ"})

    assert response.status_code == 422
    assert not response.context["can_work"]
    long = sign_in(Role.OFFICE).post(reverse("monitoring:step", args=[found.uuid, "propose"]), {"text": "dài " * 1500})
    assert long.status_code == 422 and "dài dài" in long.content.decode()


def test_unknown_steps_are_not_found(world: World, sign_in: SignIn) -> None:
    found = made(world)
    assert sign_in(Role.MANAGER).post(reverse("monitoring:step", args=[found.uuid, "explode"])).status_code == 404
    assert sign_in(Role.MANAGER).get(reverse("monitoring:step", args=[found.uuid, "decide"])).status_code == 302


def test_the_leader_decides_from_the_first_page(world: World, sign_in: SignIn) -> None:
    found = made(world, level=3)
    propose(actor=world.actor(Role.MANAGER), difficulty_id=found.pk, text="Mượn máy phát.")
    made(world, text="Ở cấp hai", level=2)
    client = sign_in(Role.LEADER)
    page = client.get(reverse("monitoring:leader")).content.decode()

    assert page.count("hv-figure__label") == 5
    assert "Mượn máy phát." in page and "Ở cấp hai" not in page
    step = reverse("monitoring:step", args=[found.uuid, "decide"])
    response = client.post(step, {"text": "", "back": "leader"})
    assert response.headers["Location"] == reverse("monitoring:leader")
    found.refresh_from_db()
    assert (found.state, found.decision) == ("decided", "Mượn máy phát.")


# --- figures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("monitoring:dashboard", {Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER}),
        ("monitoring:leader", {Role.LEADER, Role.MANAGER}),
        ("monitoring:agency", {Role.FOCAL_POINT, Role.HEAD, Role.MANAGER, Role.OFFICE}),
        ("monitoring:reports", {Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER}),
    ],
)
def test_who_opens_which_page(busy: World, sign_in: SignIn, name: str, allowed: set[Role]) -> None:
    for role in PEOPLE:
        assert sign_in(role).get(reverse(name)).status_code == (200 if role in allowed else 403), role


def test_the_campaign_page_shows_planned_and_actual(busy: World, sign_in: SignIn) -> None:
    response = sign_in(Role.MANAGER).get(reverse("monitoring:dashboard"))
    page = response.content.decode()

    assert page.count("<svg") == 3 and page.count("<caption") >= 4
    assert "73,3 %" in page  # 22 of 30 entries came
    texts = " ".join(one.text for one in response.context["alarms"])
    assert "376" in texts  # places short of the 400 planned
    codes = {one.href for one in response.context["alarms"]}
    assert any("figure-sessions" in href and "missing" in href for href in codes)  # TT-002 has no register of the 17th


def test_every_link_of_the_campaign_page_opens(busy: World, sign_in: SignIn) -> None:
    made(busy)
    for role in (Role.MANAGER, Role.LEADER):
        client = sign_in(role)
        page = client.get(reverse("monitoring:dashboard")).content.decode().split("<main")[1]
        links = set(re.findall(r'href="(/[^"#]+)"', page))
        assert len(links) > 10
        for href in links:
            assert client.get(href.replace("&amp;", "&")).status_code == 200, (role, href)


def test_figures_lead_to_as_many_rows_as_they_say(busy: World, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)

    def rows(name: str, **query: str) -> int:
        return client.get(reverse("monitoring:figure", args=[name]), query).context["page"].total

    assert rows("people-results") == 24
    assert rows("people-results", group="XA") == 12
    assert rows("people-results", mode="online") == 6
    assert rows("people-results", verdict="refused") == 2
    assert rows("people-results", verdict="refused", reason="presence.short") == 2
    assert rows("people-results", verdict="refused", reason="test.low") == 0  # not the gravest
    assert rows("people-results", verdict="eligible", attested="no") == 1
    assert rows("people-results", attested="yes") == 2
    assert rows("people-results", passed="tested") == 6
    assert rows("people-results", passed="yes") == 5
    assert rows("people-results", passed="no") == 1
    assert [rows("people-results", mark=str(n)) for n in range(11)] == [0, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1]
    assert rows("people-results", due="1") == 1
    assert rows("figure-presence") == 30
    assert rows("figure-presence", status="came") == 22
    assert rows("figure-presence", status="absent", day="2025-06-11") == 2
    assert rows("figure-sessions") == 16
    assert rows("figure-sessions", state="held") == 5
    assert rows("figure-sessions", state="closed") == 4
    assert rows("figure-sessions", state="unclosed") == 1
    assert rows("figure-sessions", state="missing") == 3
    assert rows("figure-classes", state="begun") == 3
    assert rows("figure-classes", state="done") == 1
    assert rows("figure-agencies") == 3
    assert rows("figure-lists") == 3
    assert rows("figure-sittings", state="closed") == 2
    assert rows("figure-attestations", state="revoked") == 1
    assert rows("figure-make-ups", state="asked") == 1


def test_each_row_says_what_happened(busy: World, sign_in: SignIn) -> None:
    place = busy.placements["TT-001"][3]  # absent, 45 then 60 in the resit, refused, a make-up asked
    page = sign_in(Role.MANAGER).get(
        reverse("monitoring:figure", args=["people-results"]), {"verdict": "refused", "due": "1"}
    )
    cells = [str(cell) for _, cell in page.context["lines"][0]]

    assert cells[0] == place.person.full_name.replace("'", "&#x27;")
    assert "K K K K" in cells and "6,0" in cells
    assert any("TT-003" in cell for cell in cells)


@pytest.mark.parametrize("name", sorted(OPENABLE))
def test_rows_with_names_stay_with_those_who_may_see_them(busy: World, sign_in: SignIn, name: str) -> None:
    with_names = name in {"people-results", "figure-presence", "figure-attestations", "figure-make-ups"}
    allowed = (
        {Role.MANAGER, Role.OFFICE, Role.FOCAL_POINT, Role.HEAD}
        if with_names
        else {Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER}
    )
    names = set(Person.objects.values_list("full_name", flat=True))
    for role in PEOPLE:
        for address in (reverse("monitoring:figure", args=[name]), f"/exports/{name}/"):
            response = sign_in(role).get(address)
            assert response.status_code == (200 if role in allowed else 403), (role, address)
        if role in {Role.LEADER, Role.REVIEWER} and role in allowed:
            page = sign_in(role).get(reverse("monitoring:figure", args=[name])).content.decode().split("<main")[1]
            assert not [n for n in names if n in page]


@pytest.mark.parametrize("name", ["people-results", "figure-presence", "figure-attestations", "figure-make-ups"])
def test_an_agency_sees_only_its_own_people(busy: World, sign_in: SignIn, name: str) -> None:
    export = sign_in(Role.FOCAL_POINT).get(f"/exports/{name}/")
    book = openpyxl.load_workbook(io.BytesIO(export.content), read_only=True)
    cells = [str(c) for row in book.worksheets[0].iter_rows(min_row=2, values_only=True) for c in row]
    book.close()

    assert any("Nhơn Lý" in cell for cell in cells)
    assert not any("Phước Sơn" in cell or "PA05" in cell for cell in cells)


def test_an_agencys_page(busy: World, sign_in: SignIn) -> None:
    own, other = busy.organisations["XA1"], busy.organisations["TH1"]
    head = sign_in(Role.HEAD)
    page = head.get(reverse("monitoring:agency"))

    found = page.context["found"]
    assert (found.people, found.presence.came, found.presence.entries) == (12, 16, 24)
    assert (found.tested, found.passed, found.issued, found.refused, found.open, found.make_ups_due) == (
        6,
        5,
        2,
        2,
        1,
        1,
    )
    assert page.context["page"].total == 12
    assert head.get(reverse("monitoring:agency_of", args=[own.uuid])).status_code == 200
    assert head.get(reverse("monitoring:agency_of", args=[other.uuid])).status_code == 404
    for role in (Role.LEADER, Role.REVIEWER):
        response = sign_in(role).get(reverse("monitoring:agency_of", args=[own.uuid]))
        assert response.status_code == 200 and "table" not in response.context
    assert sign_in(Role.TRAINEE).get(reverse("monitoring:agency_of", args=[own.uuid])).status_code == 403
    refused = head.get(reverse("monitoring:agency"), {"verdict": "refused"})
    assert refused.context["page"].total == 2
    assert f"under={own.uuid}" in refused.content.decode()  # the export keeps the agency


def test_a_scope_in_the_address_does_not_widen_what_one_sees(busy: World, sign_in: SignIn) -> None:
    other = busy.organisations["TH1"]
    page = sign_in(Role.HEAD).get(
        reverse("monitoring:figure", args=["people-results"]), {"under": str(other.uuid), "organisation": ""}
    )

    assert page.context["page"].total == 0


@pytest.mark.parametrize(
    "query", ["under=x", "mark=999", "mark=-1", "day=2025-99-99", "reason=%27", "page=x", "sort=zzz"]
)
def test_nonsense_in_the_address_does_no_harm(busy: World, sign_in: SignIn, query: str) -> None:
    for name in sorted(OPENABLE):
        assert sign_in(Role.MANAGER).get(reverse("monitoring:figure", args=[name]) + "?" + query).status_code == 200


@pytest.mark.parametrize("name", [*sorted(OPENABLE), "difficulties"])
def test_lists_ask_the_same_number_of_queries(busy: World, sign_in: SignIn, name: str) -> None:
    client = sign_in(Role.MANAGER)
    made(busy)
    address = (
        reverse("monitoring:difficulties") if name == "difficulties" else reverse("monitoring:figure", args=[name])
    )
    if name == "figure-agencies":
        address += "?sort=-name"  # the commune first: its people have sat the test

    def queries(per_page: int) -> int:
        from hocvu.ui.tables import table_named

        table = type(table_named(name))
        before, table.per_page = table.per_page, per_page
        try:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
        finally:
            table.per_page = before
        return len(seen)

    least = {"people-results": 7, "figure-classes": 2}.get(name, 1)  # so many that one has sat the test
    queries(least)
    few = queries(least)
    made(busy)
    assert queries(50) == few


def test_every_sort_and_search_works(busy: World, sign_in: SignIn) -> None:
    from hocvu.ui.tables import table_named

    client = sign_in(Role.MANAGER)
    for name in sorted(OPENABLE):
        table = table_named(name)
        assert table is not None
        for column in table.columns:
            for sign in ("", "-"):
                address = reverse("monitoring:figure", args=[name])
                assert client.get(address, {"sort": sign + column.key, "q": "nguyen"}).status_code == 200


# --- reports -------------------------------------------------------------------------------------------------


def daily(world: World) -> Report:
    return make_report(
        actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk, kind="daily", day=date(2025, 6, 18)
    )


def test_a_report_is_made_from_the_page(busy: World, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    response = client.post(reverse("monitoring:reports"), {"kind": "daily", "day": "18/06/2025"})
    report = Report.objects.get()

    assert response.headers["Location"] == reverse("monitoring:report", args=[report.uuid])
    assert "73,3 %" in client.get(response.headers["Location"]).content.decode()
    assert (
        sign_in(Role.LEADER).post(reverse("monitoring:reports"), {"kind": "daily", "day": "17/06/2025"}).status_code
        == 302
    )
    assert Report.objects.count() == 1


@pytest.mark.parametrize("day", ["19/06/2025", "x", "", "31/02/2025"])
def test_a_report_of_a_wrong_day_is_refused(busy: World, sign_in: SignIn, day: str) -> None:
    response = sign_in(Role.MANAGER).post(reverse("monitoring:reports"), {"kind": "daily", "day": day})

    assert response.context["form"].errors
    assert Report.objects.count() == 0


def test_every_link_of_a_report_opens(busy: World, sign_in: SignIn) -> None:
    made(busy)
    report = daily(busy)
    for role in (Role.MANAGER, Role.LEADER):
        client = sign_in(role)
        page = client.get(reverse("monitoring:report", args=[report.uuid])).content.decode().split("<main")[1]
        links = set(re.findall(r'href="(/[^"#]+)"', page))
        assert len(links) > 10
        for href in links:
            assert client.get(href.replace("&amp;", "&")).status_code == 200, (role, href)


def test_a_report_being_counted_shows_its_progress(busy: World, sign_in: SignIn) -> None:
    report = daily(busy)
    Report.objects.update(figures={"progress": {"done": 1, "of": 3}})
    client = sign_in(Role.LEADER)

    assert "<progress" in client.get(reverse("monitoring:report", args=[report.uuid])).content.decode()
    assert client.get(reverse("monitoring:report_file", args=[report.uuid, "pdf"])).status_code == 302


@pytest.mark.parametrize(("kind", "head"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_report_files(busy: World, sign_in: SignIn, kind: str, head: bytes) -> None:
    report = daily(busy)
    response = sign_in(Role.LEADER).get(reverse("monitoring:report_file", args=[report.uuid, kind]))

    assert response.content.startswith(head)
    assert f"2025-06-18.{kind}" in response.headers["Content-Disposition"]
    assert sign_in(Role.HEAD).get(reverse("monitoring:report_file", args=[report.uuid, kind])).status_code == 403
    assert sign_in(Role.LEADER).get(reverse("monitoring:report_file", args=[report.uuid, "exe"])).status_code == 404


def test_words_and_number_of_a_report(busy: World, sign_in: SignIn) -> None:
    report = daily(busy)
    client = sign_in(Role.MANAGER)
    client.post(reverse("monitoring:report_words", args=[report.uuid]), {"causes": "Thiết bị cũ."})
    assert "Thiết bị cũ." in client.get(reverse("monitoring:report", args=[report.uuid])).content.decode()
    assert client.post(reverse("monitoring:report_number", args=[report.uuid]), {"number": ""}).status_code == 422
    client.post(reverse("monitoring:report_number", args=[report.uuid]), {"number": "215/BC-SNV"})
    late = client.post(reverse("monitoring:report_words", args=[report.uuid]), {"causes": "Khác"})
    assert late.status_code == 422
    report.refresh_from_db()
    assert (report.number, report.words["causes"]) == ("215/BC-SNV", "Thiết bị cũ.")
    for role in (Role.LEADER, Role.OFFICE):
        assert (
            sign_in(role).post(reverse("monitoring:report_number", args=[report.uuid]), {"number": "1"}).status_code
            == 403
        )


def test_the_leader_finds_the_newest_report(busy: World, sign_in: SignIn) -> None:
    number_report(actor=busy.actor(Role.MANAGER), report_id=daily(busy).pk, number="1/BC-SNV")

    page = sign_in(Role.LEADER).get(reverse("monitoring:leader"))
    assert page.context["report"] == Report.objects.get()


@pytest.mark.parametrize("name", ["monitoring:dashboard", "monitoring:leader", "monitoring:agency"])
def test_pages_of_figures_ask_the_same_number_of_queries(busy: World, sign_in: SignIn, name: str) -> None:
    client = sign_in(
        Role.LEADER if name == "monitoring:leader" else Role.HEAD if name.endswith("agency") else Role.MANAGER
    )

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(name)).status_code == 200
        return len(seen)

    made(busy, level=3)
    queries()
    few = queries()
    for _ in range(4):
        made(busy, level=3)
    assert queries() == few
