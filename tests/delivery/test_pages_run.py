"""Pages of those who run a class."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.delivery import api
from hocvu.delivery.models import Attendance, ConductNote, Excuse, Observation, Poll, Question, SessionDiary
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)
OTHERS = (Role.TRAINEE, Role.INVIGILATOR, Role.FOCAL_POINT, Role.HEAD, Role.REVIEWER, Role.LEADER, Role.OPERATOR)


def url(name: str, *args: object) -> str:
    return reverse(f"delivery:{name}", args=args)


@pytest.fixture
def teacher(sign_in):
    return sign_in(Role.INSTRUCTOR)


class TestToday:
    @pytest.mark.parametrize("role", RUN)
    def test_shows_the_classes_of_the_day(self, sign_in, role) -> None:
        page = sign_in(role).get(url("today")).content.decode()
        assert "TT-002" in page
        assert "TR-001" in page
        assert "TT-001" not in page

    @pytest.mark.parametrize("role", OTHERS)
    def test_others_may_not(self, sign_in, role) -> None:
        assert sign_in(role).get(url("today")).status_code == 403

    def test_instructor_sees_no_class_of_others(self, world, sign_in) -> None:
        page = sign_in(Role.INSTRUCTOR).get(url("today") + "?day=2025-06-23").content.decode()
        assert "TT-003" not in page
        assert "TT-003" in sign_in(Role.OFFICE).get(url("today") + "?day=2025-06-23").content.decode()

    def test_day_that_is_none_shows_today(self, sign_in) -> None:
        assert "TT-002" in sign_in(Role.MANAGER).get(url("today") + "?day=2025-99-99").content.decode()


class TestClassScreen:
    @pytest.mark.parametrize("role", RUN)
    def test_roster_is_shown(self, world, sign_in, now_half_day, role) -> None:
        page = sign_in(role).get(url("class_session", now_half_day.uuid)).content.decode()
        for place in world.placements["TT-002"]:
            assert place.person.full_name.replace("'", "&#x27;") in page

    @pytest.mark.parametrize("role", OTHERS)
    def test_others_may_not(self, sign_in, now_half_day, role) -> None:
        assert sign_in(role).get(url("class_session", now_half_day.uuid)).status_code == 403

    @pytest.mark.parametrize(
        "name", ["class_session", "roll_call", "code", "code_picture", "questions", "polls", "close_session", "log"]
    )
    def test_class_of_another_instructor_is_not_found(self, world, teacher, name) -> None:
        assert teacher.get(url(name, world.session("TT-003", 1).uuid)).status_code == 404

    def test_open_then_close(self, world, teacher) -> None:
        session = world.session("TT-002", 3)
        answer = teacher.post(url("open_session", session.uuid))
        assert answer.headers["Location"] == url("class_session", session.uuid)
        page = teacher.get(url("close_session", session.uuid))
        assert page.status_code == 200
        assert teacher.post(url("close_session", session.uuid), {"text": ""}).status_code == 200
        teacher.post(url("close_session", session.uuid), {"text": "Thực hành hộp thư"})

        assert SessionDiary.objects.get(session=session).text == "Thực hành hộp thư"
        assert Attendance.objects.filter(session=session, status="absent").count() == 6

    def test_opening_needs_a_post(self, world, teacher) -> None:
        assert teacher.get(url("open_session", world.session("TT-002", 3).uuid)).status_code == 405

    def test_closing_too_early_is_refused_and_the_words_stay(self, world, teacher) -> None:
        session = world.session("TT-002", 4)
        teacher.post(url("open_session", session.uuid))
        page = teacher.post(url("close_session", session.uuid), {"text": "Đã xong cả rồi"})
        assert page.status_code == 200
        assert "Đã xong cả rồi" in page.content.decode()
        assert SessionDiary.objects.get(session=session).closed_at is None

    def test_only_who_is_missing(self, world, teacher, now_half_day) -> None:
        here, gone = world.placements["TT-002"][:2]
        rows = [
            api.PresenceRow(here.pk, "present", "qr", now_half_day.starts_at),
            api.PresenceRow(gone.pk, "absent", "roll_call", now_half_day.starts_at),
        ]
        api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=rows)
        people = teacher.get(url("class_session", now_half_day.uuid) + "?show=missing").context["people"]
        assert {p.placement_id for p in people} == {p.pk for p in world.placements["TT-002"]} - {here.pk}


class TestRollCall:
    def test_absent_and_late_are_kept_and_nothing_is_written_twice(self, world, teacher, now_half_day) -> None:
        one, two = world.placements["TT-002"][:2]
        form = {f"absent_{one.pk}": "1", f"late_{two.pk}": "25"}
        teacher.post(url("roll_call", now_half_day.uuid), form)

        found = dict(Attendance.objects.filter(session=now_half_day).values_list("placement_id", "status"))
        assert found[one.pk] == "absent"
        assert found[two.pk] == "late"
        assert sorted(found.values()) == ["absent", "late", *["present"] * 4]
        assert Observation.objects.count() == 6

        page = teacher.get(url("roll_call", now_half_day.uuid)).content.decode()
        assert re.search(rf'name="absent_{one.pk}" value="1" checked', page)
        assert re.search(rf'name="late_{two.pk}" value="25"', page)
        teacher.post(url("roll_call", now_half_day.uuid), form)
        assert Observation.objects.count() == 6

    @pytest.mark.parametrize("typed", ["muộn", "-5", "9999", "٣"])
    def test_minutes_that_are_none_are_named_and_kept(self, world, teacher, now_half_day, typed) -> None:
        place = world.placements["TT-002"][0]
        page = teacher.post(url("roll_call", now_half_day.uuid), {f"late_{place.pk}": typed})
        assert page.status_code == 200
        assert f'value="{typed}"' in page.content.decode()
        assert not Observation.objects.exists()

    def test_before_opening_it_says_so(self, world, teacher) -> None:
        page = teacher.post(url("roll_call", world.session("TT-002", 3).uuid), {})
        assert page.status_code == 200
        assert "TT-002" in page.content.decode()
        assert not Observation.objects.exists()


class TestPerson:
    def test_left_early(self, world, teacher, now_half_day) -> None:
        place = world.placements["TT-002"][0]
        form = {"state": "left", "minutes_late": "5", "left_at": "08:00", "reason": "Xin về sớm"}
        with clock.frozen(now_half_day.ends_at - timedelta(minutes=1)):
            teacher.post(url("person", now_half_day.uuid, place.uuid), form)
        entry = Attendance.objects.get(placement=place, session=now_half_day)
        assert (entry.status, entry.credit) == ("absent", 0)  # 25 minutes of 180

    def test_leaving_needs_an_hour(self, world, teacher, now_half_day) -> None:
        place = world.placements["TT-002"][0]
        page = teacher.post(url("person", now_half_day.uuid, place.uuid), {"state": "left"})
        assert page.status_code == 200
        assert page.context["form"].errors["left_at"]

    def test_manager_puts_a_closed_day_right(self, world, sign_in, missed) -> None:
        place, session = missed
        client = sign_in(Role.MANAGER)
        client.post(url("person", session.uuid, place.uuid), {"state": "present", "reason": "Phiếu ký"})
        entry = Attendance.objects.get(placement=place, session=session)
        assert (entry.status, entry.contradicted) == ("present", False)
        assert "Phiếu ký" in client.get(url("person", session.uuid, place.uuid)).content.decode()

    def test_person_of_another_class_is_not_found(self, world, teacher, now_half_day) -> None:
        stranger = world.placements["TR-001"][0]
        assert teacher.get(url("person", now_half_day.uuid, stranger.uuid)).status_code == 404


class TestCode:
    def test_picture_and_letters(self, world, teacher, now_half_day) -> None:
        page = teacher.get(url("code", now_half_day.uuid)).content.decode()
        code = api.make_check_in_code(now_half_day).code
        assert f"{code[:3]}-{code[3:]}" in page
        assert "<svg" in page
        assert "style=" not in page
        assert "hx-get" in page
        part = teacher.get(url("code_picture", now_half_day.uuid)).content.decode()
        assert "<html" not in part
        assert "<svg" in part

    def test_changes_with_time(self, teacher, now_half_day) -> None:
        first = teacher.get(url("code_picture", now_half_day.uuid)).context["letters"]
        with clock.frozen(clock.now() + timedelta(seconds=30)):
            assert teacher.get(url("code_picture", now_half_day.uuid)).context["letters"] != first

    def test_not_open_shows_no_code(self, world, teacher) -> None:
        assert "<svg" not in teacher.get(url("code", world.session("TT-002", 3).uuid)).content.decode()


class TestQuestionsAndPolls:
    def test_help_queue(self, world, teacher, now_half_day, trainee) -> None:
        asker = trainee(world.placements["TT-002"][0])
        question = api.ask_question(actor=asker, session_id=now_half_day.pk, kind="help")
        assert asker.label in teacher.get(url("questions", now_half_day.uuid)).content.decode()
        teacher.post(url("answer", question.uuid), {"do": "take"})
        question.refresh_from_db()
        assert question.state == "taken"
        teacher.post(url("answer", question.uuid), {"text": "Đã chỉ tại chỗ"})
        assert Question.objects.get().state == "answered"
        assert teacher.get(url("answer", question.uuid)).status_code == 200

    def test_poll_is_opened_shown_and_closed(self, world, teacher, now_half_day) -> None:
        teacher.post(url("polls", now_half_day.uuid), {"text": "Khó không?", "options": "Khó\nVừa\nDễ"})
        poll = Poll.objects.get()
        api.vote_many(actor=SYSTEM, poll_id=poll.pk, votes={p.pk: 1 for p in world.placements["TT-002"][:4]})
        page = teacher.get(url("polls", now_half_day.uuid)).content.decode()
        assert "<svg" in page
        assert "100,0 %" in page
        teacher.post(url("end_poll", poll.uuid))
        poll.refresh_from_db()
        assert poll.state == "closed"

    def test_poll_with_one_choice_is_refused_and_the_words_stay(self, teacher, now_half_day) -> None:
        page = teacher.post(url("polls", now_half_day.uuid), {"text": "Khó không nhỉ?", "options": "Khó"})
        assert page.status_code == 200
        assert "Khó không nhỉ?" in page.content.decode()
        assert not Poll.objects.exists()


class TestConduct:
    def test_written_listed_and_decided(self, world, sign_in, teacher, now_half_day) -> None:
        place = world.placements["TT-002"][0]
        form = {"category": "disorder", "severity": "minor", "text": "Nói chuyện riêng nhiều lần."}
        teacher.post(url("write_note", now_half_day.uuid, place.uuid), form)
        note = ConductNote.objects.get()
        assert place.person.full_name in teacher.get(url("conduct_notes")).content.decode()
        assert teacher.post(url("conduct_note", note.uuid), {"decision": "clear", "text": "x"}).status_code == 404

        manager = sign_in(Role.MANAGER)
        refused = manager.post(url("conduct_note", note.uuid), {"decision": "uphold", "text": "Có căn cứ"})
        assert refused.status_code == 200
        assert "Có căn cứ" in refused.content.decode()
        manager.post(url("conduct_note", note.uuid), {"decision": "clear", "text": "Nhắc nhở"})
        note.refresh_from_db()
        assert (note.state, note.decision) == ("cleared", "Nhắc nhở")

    def test_empty_note_is_refused(self, world, teacher, now_half_day) -> None:
        place = world.placements["TT-002"][0]
        page = teacher.post(url("write_note", now_half_day.uuid, place.uuid), {"text": ""})
        assert page.context["form"].errors.keys() == {"category", "severity", "text"}


class TestGrading:
    def test_rubric_gives_the_mark(self, world, teacher) -> None:
        place = world.placements["TT-002"][0]
        api.hand_in_many(actor=SYSTEM, cohort_id=place.cohort_id, rows=[api.HandInRow(place.pk, "Bài của tôi")])
        page = teacher.get(url("ungraded"))
        assert place.person.full_name in page.content.decode()
        (submission,) = page.context["page"].rows
        assert "Bài của tôi" in teacher.get(url("grade", submission.uuid)).content.decode()
        teacher.post(
            url("grade", submission.uuid),
            {"done": "2,5", "right": "2.0", "work": "1,8", "clear": "1", "comment": "Tốt"},
        )
        assert api.latest_grades([place.pk]) == {place.pk: 73}
        assert place.person.full_name not in teacher.get(url("ungraded")).content.decode()

    @pytest.mark.parametrize("points", ["2,6", "-1", "hai", ""])
    def test_points_out_of_range_are_refused(self, world, teacher, points) -> None:
        place = world.placements["TT-002"][0]
        api.hand_in_many(actor=SYSTEM, cohort_id=place.cohort_id, rows=[api.HandInRow(place.pk, "Bài")])
        (submission,) = teacher.get(url("ungraded")).context["page"].rows
        form = {"done": points, "right": "2", "work": "2", "clear": "2"}
        page = teacher.post(url("grade", submission.uuid), form)
        assert list(page.context["form"].errors) == ["done"]
        assert api.latest_grades([place.pk]) == {place.pk: None}

    def test_other_classes_stay_hidden(self, world, teacher) -> None:
        place = world.placements["TT-003"][0]
        api.hand_in_many(actor=SYSTEM, cohort_id=place.cohort_id, rows=[api.HandInRow(place.pk, "Bài")])
        assert place.person.full_name not in [
            r.placement.person.full_name for r in teacher.get(url("ungraded")).context["page"].rows
        ]


class TestRegisterAndDiary:
    def test_signs_of_the_register(self, world, sign_in, missed, target) -> None:
        place, session = missed
        asked = api.ask_make_up(actor=SYSTEM, placement_id=place.pk, missed_id=session.pk, target_id=target.pk)
        api.decide_make_up(actor=SYSTEM, make_up_id=asked.pk, confirm=True)
        api.open_sessions(actor=SYSTEM, session_ids=[target.pk])
        row = api.PresenceRow(place.pk, "present", "roll_call", target.starts_at)
        api.record_presence(actor=SYSTEM, session_id=target.pk, rows=[row])

        page = sign_in(Role.OFFICE).get(url("register", world.cohorts["TT-002"].uuid)).content.decode()
        assert "B TT-003" in page
        assert page.count("✓") == 5 + 1  # five people, and the legend
        sheet = sign_in(Role.OFFICE).get(f"/exports/register/?cohort={world.cohorts['TT-002'].uuid}")
        assert sheet.status_code == 200
        assert sheet.content.startswith(b"PK")
        guests = sign_in(Role.OFFICE).get(url("class_session", target.uuid)).context["people"]
        assert (guests[-1].guest_from, guests[-1].status) == ("TT-002", "present")

    def test_diary(self, world, teacher, missed) -> None:
        page = teacher.get(url("diary", world.cohorts["TT-002"].uuid))
        assert page.status_code == 200
        assert [c.state for c in page.context["cards"]] == ["closed", "waiting", "waiting", "waiting"]
        assert teacher.get(url("diary", world.cohorts["TT-003"].uuid)).status_code == 404

    def test_excuse_is_granted_on_its_page(self, world, teacher, missed) -> None:
        place, session = missed
        excuse = api.ask_excuse(actor=SYSTEM, placement_id=place.pk, session_id=session.pk, category="sick")
        assert teacher.get(url("excuse", excuse.uuid)).status_code == 200
        teacher.post(url("excuse", excuse.uuid), {"do": "grant"})
        assert Excuse.objects.get().state == "granted"
        assert teacher.post(url("excuse", excuse.uuid), {"do": "dance"}).status_code == 404


PAGES = ["class_session", "roll_call", "close_session", "code", "questions", "polls"]


@pytest.mark.parametrize("name", PAGES)
def test_as_many_queries_for_one_as_for_many(world, teacher, now_half_day, trainee, name) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert teacher.get(url(name, now_half_day.uuid)).status_code == 200
        return len(queries)

    def fill(places) -> None:
        rows = [api.PresenceRow(p.pk, "present", "qr", now_half_day.starts_at) for p in places]
        api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=rows)
        for place in places:
            api.ask_question(actor=trainee(place), session_id=now_half_day.pk, text="Hỏi")
            api.open_poll(actor=SYSTEM, session_id=now_half_day.pk, text=f"Câu {place.pk}", options=["a", "b"])

    fill(world.placements["TT-002"][:1])
    teacher.get(url(name, now_half_day.uuid))
    few = count()
    fill(world.placements["TT-002"][1:])
    assert count() == few
