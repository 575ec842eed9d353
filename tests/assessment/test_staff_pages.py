"""Pages of the invigilator, the instructor, the office, the reviewer and the manager."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.assessment.api import close_sitting, plan_resit, start_attempt, submit_attempt
from hocvu.assessment.models import Attempt, Blueprint, Item, ItemVersion, Sitting
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.ledger.models import Line

from .bank import SECRET, entry

pytestmark = pytest.mark.django_db
MIN = timedelta(minutes=1)


def url(name: str, *args) -> str:
    return reverse(f"assessment:{name}", args=args)


def item_data(code: str = "N-1", **change) -> dict:
    made = entry(code)
    data = {
        "code": code,
        "lesson": "1.1",
        "axis": 1,
        "competence": "1.1",
        "difficulty": "easy",
        "pool": "test",
        "right": "b",
    }
    for lang in ("vi", "fr", "en"):
        data[f"stem-{lang}"] = made["stem"][lang]
        data[f"explanation-{lang}"] = made["explanation"][lang]
        data |= {f"option-{o['key']}-{lang}": o[lang] for o in made["options"]}
    return data | change


PAGES = {
    "sittings": {Role.INVIGILATOR, Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER},
    "marks": {Role.OFFICE, Role.MANAGER, Role.INSTRUCTOR, Role.FOCAL_POINT, Role.HEAD},
    "resits": {Role.OFFICE, Role.MANAGER},
    "new_resit": {Role.OFFICE, Role.MANAGER},
    "items": {Role.OFFICE, Role.REVIEWER},
    "new_item": {Role.OFFICE},
    "blueprint": {Role.OFFICE, Role.REVIEWER},
}


@pytest.mark.parametrize("name", PAGES)
def test_who_opens_which_list(hall, sign_in, name):
    for role in set(Role) - {Role.SYSTEM}:
        assert sign_in(role).get(url(name)).status_code == (200 if role in PAGES[name] else 403), role


@pytest.mark.parametrize("table", ["sittings", "test-marks", "not-passed", "items"])
def test_every_list_exports(hall, sign_in, table):
    assert sign_in(Role.OFFICE).get(reverse("web:export", args=[table])).status_code == 200
    assert sign_in(Role.TRAINEE).get(reverse("web:export", args=[table])).status_code == 403


def test_an_instructor_sees_own_rooms_only(hall, sign_in):
    client = sign_in(Role.INSTRUCTOR)
    body = client.get(url("sittings")).content.decode()
    assert "TT-002" in body
    assert "TT-003" not in body
    assert client.get(url("sitting", hall.sitting("TT-002").uuid)).status_code == 200
    other = hall.sitting("TT-003")
    assert client.get(url("sitting", other.uuid)).status_code == 404
    assert client.post(url("sitting_open", other.uuid)).status_code == 404
    assert client.get(url("attempt", hall.attempt("TT-003").uuid)).status_code == 404


def test_the_manager_watches_but_does_not_run(hall, sign_in):
    client = sign_in(Role.MANAGER)
    sitting = hall.sitting("TT-002")
    assert url("sitting_open", sitting.uuid) not in client.get(url("sitting", sitting.uuid)).content.decode()
    assert client.post(url("sitting_open", sitting.uuid)).status_code == 403
    assert client.post(url("sitting_minutes", sitting.uuid), {"text": "x"}).status_code == 403
    assert client.post(url("attempt", hall.attempt().uuid), {"deed": "let_in"}).status_code == 403


def test_a_room_is_opened_watched_and_closed(hall, sign_in, at):
    client = sign_in(Role.INVIGILATOR)
    sitting = hall.sitting("TT-002")
    early = client.post(url("sitting_open", sitting.uuid), follow=True)
    assert "hv-message--error" in early.content.decode()
    at(sitting.opens_at)
    client.post(url("sitting_open", sitting.uuid))
    start_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    at(sitting.opens_at + 7 * MIN)
    body = client.get(url("sitting", sitting.uuid)).content.decode()
    assert "hx-get" in body
    assert "0/9" in body
    assert hall.attempt().placement.person.full_name in body.replace("&#x27;", "'")
    assert SECRET not in body
    refused = client.post(url("sitting_close", sitting.uuid), follow=True).content.decode()
    assert "hv-message--error" in refused
    assert "end_running" in refused
    client.post(url("sitting_close", sitting.uuid), {"end_running": "yes"})
    sitting.refresh_from_db()
    assert (sitting.state, sitting.opened_by, sitting.closed_at) == (
        "closed",
        "Tài khoản invigilator",
        sitting.opens_at + 7 * MIN,
    )
    assert "hx-get" not in client.get(url("sitting", sitting.uuid)).content.decode()


def test_the_invigilator_lets_in_gives_time_moves_and_voids(during, at, sign_in):
    hall = during(minutes=20)
    client, attempt = sign_in(Role.INVIGILATOR), hall.attempt()
    seat = url("attempt", attempt.uuid)
    client.post(seat, {"deed": "let_in"})
    attempt.refresh_from_db()
    assert attempt.let_in_by == "Tài khoản invigilator"
    start_attempt(actor=SYSTEM, attempt_uuid=attempt.uuid)
    wrong = client.post(seat, {"deed": "extra", "extra-minutes": "0", "extra-reason": ""})
    assert wrong.status_code == 200
    assert "govuk-error-summary" in wrong.content.decode()
    client.post(seat, {"deed": "extra", "extra-minutes": "10", "extra-reason": "Máy khởi động lại"})
    attempt.refresh_from_db()
    assert attempt.deadline == attempt.sitting.closes_at + 10 * MIN
    client.post(seat, {"deed": "device"})
    client.post(seat, {"deed": "void", "void-reason": "Thi hộ"})
    attempt.refresh_from_db()
    assert (attempt.token_number, attempt.state, attempt.void_reason) == (2, "void", "Thi hộ")
    minutes = client.get(url("sitting_minutes", attempt.sitting.uuid)).content.decode()
    assert "Thi hộ" in minutes
    client.post(url("sitting_minutes", attempt.sitting.uuid), {"text": "Mất điện 5 phút."})
    assert Sitting.objects.get(pk=attempt.sitting_id).note == "Mất điện 5 phút."
    assert "Mất điện 5 phút." in client.get(url("sitting_minutes", attempt.sitting.uuid)).content.decode()


def test_restricted_names_are_whole_for_the_invigilator_on_the_day_only(hall, sign_in, at):
    sitting = hall.sitting("TT-003")
    name = hall.attempt("TT-003").placement.person.full_name
    client = sign_in(Role.INVIGILATOR)
    assert name not in client.get(url("sitting", sitting.uuid)).content.decode()
    assert name not in client.get(url("attempt", hall.attempt("TT-003").uuid)).content.decode()
    assert name in sign_in(Role.OFFICE).get(url("sitting", sitting.uuid)).content.decode()
    at(sitting.opens_at)
    assert name in client.get(url("sitting", sitting.uuid)).content.decode()


def test_a_sitting_is_cancelled_with_a_reason(hall, sign_in):
    sitting = hall.sitting("TT-003")
    client = sign_in(Role.OFFICE)
    assert "govuk-error-summary" in client.post(url("sitting_cancel", sitting.uuid), {"reason": ""}).content.decode()
    client.post(url("sitting_cancel", sitting.uuid), {"reason": "Bão"})
    sitting.refresh_from_db()
    assert sitting.state == "cancelled"


def test_marks_keep_to_the_agency(during, sign_in):
    hall = during(minutes=25)
    hall.sat("TT-002", right=6)
    online = hall.world.placements["TR-001"][0].organisation.name_vi
    body = sign_in(Role.HEAD).get(url("marks"), {"cohort": "TT-002"}).content.decode()
    assert body.count("6,7") == 6
    everything = sign_in(Role.HEAD).get(url("marks")).content.decode()
    assert online not in everything
    assert "TT-003" not in everything
    assert online in sign_in(Role.OFFICE).get(url("marks")).content.decode()


def test_a_resit_is_planned_from_the_list(during, sign_in):
    hall = during(minutes=25)
    hall.sat("TT-002", right=9, people=3)
    Attempt.objects.filter(placement=hall.world.placements["TT-002"][0]).update(mark=40)
    close_sitting(actor=SYSTEM, sitting_id=hall.sitting("TT-002").pk)
    client = sign_in(Role.MANAGER)
    listed = client.get(url("resits")).content.decode()
    assert "govuk-tag--red" in listed
    form = client.get(url("new_resit")).content.decode()
    assert form.count('name="people"') == 4  # one failed, three absent
    cohort = hall.world.cohorts["TT-003"].pk
    people = [hall.world.placements["TT-002"][n].pk for n in (0, 4)]
    passed = hall.world.placements["TT-002"][1].pk
    bad = client.post(url("new_resit"), {"day": "31/02/2025", "hour": "08:00", "cohort": cohort, "people": people})
    assert "31/02/2025" in bad.content.decode()
    done = client.post(
        url("new_resit"), {"day": "26/06/2025", "hour": "08:00", "cohort": cohort, "people": [*people, passed, 999999]}
    )
    resit = Sitting.objects.get(kind="resit")
    assert done.url == url("sitting", resit.uuid)
    assert set(Attempt.objects.filter(sitting=resit).values_list("placement_id", flat=True)) == set(people)
    assert resit.cohort_id == cohort
    assert client.get(url("new_resit")).content.decode().count('name="people"') == 2


def test_lists_cost_the_same_at_one_row_and_at_many(during, sign_in, hall):
    during(minutes=25)
    hall.sat("TT-002", right=2)
    close_sitting(actor=SYSTEM, sitting_id=hall.sitting("TT-002").pk)
    client = sign_in(Role.OFFICE)
    rooms = {n: url("sitting", hall.sitting(n).uuid) for n in ("TT-002", "TT-003")}
    Attempt.objects.filter(sitting=hall.sitting("TT-003")).exclude(pk=hall.attempt("TT-003").pk).delete()
    pages = [
        (url("sittings") + "?day=2025-06-12", url("sittings")),
        (url("marks") + "?cohort=TT-003", url("marks")),
        (url("resits") + "?q=Nguyet", url("resits")),
        (url("items") + "?q=T1e0", url("items")),
        (url("new_resit") + "?q=Nguyet", url("new_resit")),
        (rooms["TT-003"], rooms["TT-002"]),
    ]
    for few, many in pages:
        counts = []
        for address in (few, many):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1], (few, many)
        assert counts[1] <= 20


# --- the bank


def test_the_bank_is_filtered(hall, sign_in):
    client = sign_in(Role.OFFICE)
    body = client.get(
        url("items"), {"axis": "2", "difficulty": "hard", "pool": "test", "state": "approved", "lesson": "2.1"}
    ).content.decode()
    assert body.count("T2h") >= 4
    assert "T1e0" not in body
    assert "P2h0" not in body


def test_the_office_writes_and_the_reviewer_decides(hall, sign_in):
    office, reviewer = sign_in(Role.OFFICE), sign_in(Role.REVIEWER)
    incomplete = office.post(url("new_item"), item_data(**{"stem-fr": ""}))
    assert incomplete.status_code == 422
    assert "Item N-1?" in incomplete.content.decode()
    twins = office.post(url("new_item"), item_data(**{"option-a-vi": "N-1 chọn b"}))
    assert twins.status_code == 422
    assert office.post(url("new_item"), item_data("T1e0")).status_code == 422
    made = office.post(url("new_item"), item_data())
    item = Item.objects.get(code="N-1")
    assert made.url == url("item", item.uuid)
    version = ItemVersion.objects.get(item=item)
    decide = url("decide_version", version.uuid)
    assert reviewer.post(decide, {"deed": "submit"}).status_code == 403
    office.post(decide, {"deed": "submit"})
    assert office.post(decide, {"deed": "approve"}).status_code == 403
    reviewer.post(decide, {"deed": "remark", "text": "Phương án C quá dễ."})
    assert "Phương án C quá dễ." in office.get(url("item", item.uuid)).content.decode()
    office.post(url("edit_item", item.uuid), item_data(**{"option-c-vi": "Câu khó hơn", "hand_in": "yes"}))
    second = ItemVersion.objects.get(item=item, number=2)
    reviewer.post(url("decide_version", second.uuid), {"deed": "approve"})
    second.refresh_from_db()
    assert (second.state, second.decided_by) == ("approved", "Tài khoản reviewer")
    actions = list(Line.objects.filter(object_key="N-1").values_list("action", flat=True))
    assert actions == [
        "assessment.item_written", "assessment.item_submitted", "assessment.item_remarked",
        "assessment.item_written", "assessment.item_submitted",
    ]  # fmt: skip


def test_the_reviewer_sees_what_changed(hall, sign_in):
    item = Item.objects.get(code="T1e0")
    version = ItemVersion.objects.get(item=item)
    data = item_data("T1e0", right="c") | {f"explanation-{lang}": "Vì mới" for lang in ("vi", "fr", "en")}
    sign_in(Role.OFFICE).post(url("edit_item", item.uuid), data | {"hand_in": "yes"})
    body = sign_in(Role.REVIEWER).get(url("item", item.uuid)).content.decode()
    assert "<ins>" in body
    assert "<del>" in body
    version.refresh_from_db()
    assert version.state == "approved"
    sign_in(Role.REVIEWER).post(url("approvals"))
    version.refresh_from_db()
    assert version.state == "retired"


def test_the_blueprint_is_set_checked_and_a_paper_looked_at(hall, sign_in):
    office = sign_in(Role.OFFICE)
    body = office.get(url("blueprint"), {"seed": "5", "group": "XA"}).content.decode()
    assert body.count("✓") == 9
    data = {"minutes": 20} | {f"c{a}-{d}": 5 for a in (1, 2, 3) for d in ("easy", "medium", "hard")}
    assert sign_in(Role.REVIEWER).post(url("blueprint"), data).status_code == 403
    assert "govuk-error-summary" in office.post(url("blueprint"), data | {"minutes": 0}).content.decode()
    office.post(url("blueprint"), data)
    final = Blueprint.objects.get(code="final")
    assert (final.minutes, sum(c["count"] for c in final.cells)) == (20, 45)
    assert final.title["en"] == "Trial"
    short = office.get(url("blueprint"), {"seed": "x", "group": "XA"}).content.decode()
    assert "govuk-tag--red" in short
    assert "✓" not in short
    assert office.get(url("blueprint"), {"code": "other"}).status_code == 404


def test_a_resit_room_shows_people_of_several_classes(during, sign_in):
    hall = during(minutes=25)
    close_sitting(actor=SYSTEM, sitting_id=hall.sitting("TT-002").pk)
    start = hall.sitting("TT-002").opens_at + timedelta(days=7)
    sitting = plan_resit(
        actor=SYSTEM,
        placement_ids=[hall.attempt().placement_id],
        opens_at=start,
        cohort_id=hall.world.cohorts["TR-001"].pk,
    )
    body = sign_in(Role.OFFICE).get(url("sitting", sitting.uuid)).content.decode()
    assert "TT-002/" in body


def test_handing_in_shows_the_mark_in_the_room(during, sign_in):
    hall = during(minutes=1)
    start_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    submit_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    assert "0,0" in sign_in(Role.INVIGILATOR).get(url("sitting", hall.sitting("TT-002").uuid)).content.decode()
