"""Pages of trainees and agencies; lists and their scopes."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hocvu.curriculum.api import practice_task
from hocvu.delivery import api
from hocvu.delivery.models import (
    Attendance,
    ConductNote,
    Excuse,
    LessonReading,
    MakeUp,
    Observation,
    PollVote,
    PracticeAttempt,
    Question,
    Submission,
)
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.people.models import Account, RoleGrant


def url(name: str, *args: object) -> str:
    return reverse(f"delivery:{name}", args=args)


@pytest.fixture
def me(world):
    return world.placements["TT-002"][0]


@pytest.fixture
def phone(sign_in):
    return sign_in(Role.TRAINEE)


@pytest.fixture
def online_phone(world) -> Client:
    """Someone of the online class."""
    place = world.placements["TR-001"][0]
    account = Account.objects.create(
        username="online", label=place.person.full_name, person=place.person, created_at=clock.now()
    )
    RoleGrant.objects.create(
        account=account, role=Role.TRAINEE, organisation=place.organisation, starts_on=clock.today()
    )
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


TRAINEE_PAGES = ["my_class", "my_presence", "my_conduct", "my_assignment", "check_in"]


@pytest.mark.parametrize("name", TRAINEE_PAGES)
def test_trainee_pages_are_for_trainees(world, sign_in, name) -> None:
    assert sign_in(Role.TRAINEE).get(url(name)).status_code == 200
    assert sign_in(Role.MANAGER).get(url(name)).status_code == 403
    assert Client().get(url(name)).status_code == 302


@pytest.mark.parametrize("name", ["my_class", "my_presence", "my_assignment"])
def test_trainee_without_a_place_is_told_so(world, phone, me, name) -> None:
    world.plan.state = "draft"
    world.plan.save()
    assert phone.get(url(name)).status_code == 200


class TestCheckIn:
    def test_typed_code(self, phone, me, now_half_day) -> None:
        code = api.make_check_in_code(now_half_day).code
        answer = phone.post(url("check_in"), {"code": f"{code[:3]}-{code[3:]}".lower()}, follow=True)
        assert answer.redirect_chain == [(url("my_class"), 302)]
        assert "TT-002" in answer.content.decode()
        assert Observation.objects.get().placement == me

    def test_wrong_code_keeps_what_was_typed(self, phone, now_half_day) -> None:
        page = phone.post(url("check_in"), {"code": "ABC-234"})
        assert page.status_code == 200
        assert "ABC-234" in page.content.decode()
        assert page.context["form"].errors
        assert not Observation.objects.exists()

    def test_scan_confirm(self, phone, me, now_half_day) -> None:
        code = api.make_check_in_code(now_half_day).code
        page = phone.get(url("check_in_code", code), follow=True)
        assert page.context["scanned"].id == now_half_day.pk
        assert not Observation.objects.exists()
        phone.post(url("check_in"))
        assert Observation.objects.get().placement == me

    def test_scan_then_sign_in_keeps_the_moment_of_scanning(self, world, sign_in, me, now_half_day) -> None:
        client = Client()
        scanned = clock.now()
        code = api.make_check_in_code(now_half_day).code
        answer = client.get(url("check_in_code", code))
        assert client.get(answer.headers["Location"]).status_code == 302  # to sign-in
        client.force_login(world.accounts[Role.TRAINEE], backend="django.contrib.auth.backends.ModelBackend")
        with clock.frozen(scanned + timedelta(minutes=7)):
            client.post(url("check_in"))
        assert Observation.objects.get().observed_at == scanned

    def test_forged_scan_and_forged_cookie_do_nothing(self, phone, now_half_day) -> None:
        page = phone.get(url("check_in_code", "ZZZZZZ"), follow=True)
        assert page.context["scanned"] is None
        phone.cookies["hocvu_scan"] = f"{now_half_day.pk}:{clock.now().timestamp():.0f}"
        page = phone.post(url("check_in"))
        assert page.status_code == 200
        assert not Observation.objects.exists()

    def test_scanned_code_of_another_class_is_refused(self, world, phone) -> None:
        session = world.session("TR-001", 3)
        api.open_sessions(actor=SYSTEM, session_ids=[session.pk])
        phone.get(url("check_in_code", api.make_check_in_code(session).code))
        page = phone.post(url("check_in"))
        assert page.status_code == 200
        assert "TR-001" in page.content.decode()
        assert not Observation.objects.exists()


class TestMyClass:
    def test_ask_call_vote_withdraw(self, world, phone, me, now_half_day) -> None:
        poll = api.open_poll(actor=SYSTEM, session_id=now_half_day.pk, text="Rõ chưa?", options=["Rõ", "Chưa"])
        assert "Rõ chưa?" in phone.get(url("my_class")).content.decode()
        phone.post(url("ask", now_half_day.uuid), {"text": "Ký số ở đâu?"})
        phone.post(url("ask", now_half_day.uuid), {"kind": "help"})
        phone.post(url("vote", poll.uuid), {"option": "1"})
        assert {q.kind for q in Question.objects.all()} == {"question", "help"}
        assert PollVote.objects.get().option == 1
        question = Question.objects.get(kind="question")
        phone.post(url("withdraw", question.uuid))
        question.refresh_from_db()
        assert question.state == "withdrawn"

    @pytest.mark.parametrize("option", ["", "7", "-1", "x", "9" * 400])
    def test_vote_that_is_none_is_refused(self, phone, now_half_day, option) -> None:
        poll = api.open_poll(actor=SYSTEM, session_id=now_half_day.pk, text="Rõ chưa?", options=["Rõ", "Chưa"])
        assert phone.post(url("vote", poll.uuid), {"option": option}, follow=True).status_code == 200
        assert not PollVote.objects.exists()

    def test_other_classes_are_not_found(self, world, phone) -> None:
        other = world.session("TR-001", 3)
        api.open_sessions(actor=SYSTEM, session_ids=[other.pk])
        poll = api.open_poll(actor=SYSTEM, session_id=other.pk, text="Câu", options=["a", "b"])
        assert phone.post(url("ask", other.uuid), {"text": "x"}).status_code == 404
        assert phone.post(url("vote", poll.uuid), {"option": "0"}).status_code == 404
        assert phone.get(url("join", other.uuid)).status_code == 404
        assert phone.post(url("leave", other.uuid)).status_code == 404

    def test_another_persons_question_stays(self, world, phone, now_half_day, trainee) -> None:
        theirs = api.ask_question(
            actor=trainee(world.placements["TT-002"][1]), session_id=now_half_day.pk, text="Của họ"
        )
        assert phone.post(url("withdraw", theirs.uuid)).status_code == 404
        assert "Của họ" not in phone.get(url("my_class")).content.decode()

    def test_online_join_and_leave(self, world, online_phone) -> None:
        session = world.session("TR-001", 3)
        assert url("join", session.uuid) in online_phone.get(url("my_class")).content.decode()
        assert online_phone.get(url("join", session.uuid)).headers["Location"] == "https://meet.example/tr-001"
        assert url("leave", session.uuid) in online_phone.get(url("my_class")).content.decode()
        online_phone.post(url("leave", session.uuid))
        assert [o.kind for o in Observation.objects.all()] == ["present", "left"]

    def test_online_outside_hours_is_refused_kindly(self, world, online_phone) -> None:
        answer = online_phone.get(url("join", world.session("TR-001", 4).uuid), follow=True)
        assert answer.status_code == 200
        assert not Observation.objects.exists()

    def test_as_many_queries_with_much_as_with_little(self, world, phone, me, now_half_day, trainee) -> None:
        def fill(times: int) -> None:
            for number in range(times):
                api.open_poll(actor=SYSTEM, session_id=now_half_day.pk, text=f"Câu {number}", options=["a", "b"])
                api.ask_question(actor=trainee(me), session_id=now_half_day.pk, text="Hỏi")

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                phone.get(url("my_class"))
            return len(queries)

        fill(1)
        phone.get(url("my_class"))
        few = count()
        fill(8)
        assert count() == few


class TestMyThings:
    def test_note_is_read_and_answered_and_others_hidden(self, world, phone, me, now_half_day) -> None:
        mine, theirs = (
            api.note_conduct(
                actor=SYSTEM, placement_id=p.pk, session_id=now_half_day.pk, category="other", severity="minor", text="Đi ra ngoài"
            )
            for p in world.placements["TT-002"][:2]
        )  # fmt: skip
        assert phone.get(url("conduct_note", theirs.uuid)).status_code == 404
        assert url("conduct_note", mine.uuid) in phone.get(url("my_conduct")).content.decode()
        assert phone.post(url("conduct_note", mine.uuid), {"text": ""}).context["form"].errors
        phone.post(url("conduct_note", mine.uuid), {"text": "Nghe điện thoại của cơ quan."})
        mine.refresh_from_db()
        assert (mine.state, mine.reply) == ("replied", "Nghe điện thoại của cơ quan.")
        assert ConductNote.objects.get(pk=theirs.pk).state == "open"

    def test_assignment_by_text_then_by_file_then_the_mark(self, world, phone, me) -> None:
        phone.post(url("my_assignment"), {"text": "Tôi sẽ số hóa hồ sơ."})
        phone.post(url("my_assignment"), {"text": "", "upload": SimpleUploadedFile("bài.docx", b"PK\x03\x04rest")})
        assert [(s.version, s.file_name) for s in Submission.objects.order_by("version")] == [(1, ""), (2, "bài.docx")]
        newest = Submission.objects.get(version=2)
        download = phone.get(url("submission_file", newest.uuid))
        assert b"".join(download.streaming_content) == b"PK\x03\x04rest"
        assert download.headers["Content-Disposition"].startswith("attachment")
        row = api.GradeRow(me.pk, dict.fromkeys(api.RUBRIC_CRITERIA, 21), "Cụ thể, tốt.")
        api.grade_many(actor=SYSTEM, cohort_id=me.cohort_id, rows=[row])
        page = phone.get(url("my_assignment")).content.decode()
        assert "8,4" in page
        assert "Cụ thể, tốt." in page

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("virus.exe", b"MZ"),
            ("bài.pdf", b"MZ not a pdf"),
            ("lớn.png", b"\x89PNG\r\n\x1a\n" + b"0" * (10 * 1024 * 1024)),
        ],
    )
    def test_wrong_files_are_refused_and_the_text_stays(self, phone, name, content) -> None:
        page = phone.post(url("my_assignment"), {"text": "Lời tôi viết", "upload": SimpleUploadedFile(name, content)})
        assert page.context["form"].errors["upload"]
        assert "Lời tôi viết" in page.content.decode()
        assert not Submission.objects.exists()

    def test_files_of_others_are_not_found(self, world, phone, sign_in) -> None:
        other = world.placements["TT-002"][1]
        handed = api.hand_in(actor=SYSTEM, placement_id=other.pk, upload=SimpleUploadedFile("x.pdf", b"%PDF-1.7"))
        assert phone.get(url("submission_file", handed.uuid)).status_code == 404
        download = sign_in(Role.INSTRUCTOR).get(url("submission_file", handed.uuid))
        assert b"".join(download.streaming_content) == b"%PDF-1.7"
        assert sign_in(Role.FOCAL_POINT).get(url("submission_file", handed.uuid)).status_code == 403

    def test_reason_for_own_absence(self, world, phone, missed) -> None:
        place, session = missed
        assert url("give_excuse", place.uuid) in phone.get(url("my_presence")).content.decode()
        phone.post(url("give_excuse", place.uuid), {"half_day": "1", "category": "sick", "reason": ""})
        assert Excuse.objects.get().session == session
        stranger = world.placements["TT-002"][1]
        assert phone.get(url("give_excuse", stranger.uuid)).status_code == 404

    def test_reading_is_counted(self, phone, me) -> None:
        answer = phone.post(url("reading"), {"lesson": "1.1", "version": "2", "seconds": "30"})
        assert answer.status_code == 204
        assert LessonReading.objects.get().seconds == 30
        for wrong in (
            {},
            {"lesson": "1.1", "version": "x", "seconds": "1"},
            {"lesson": "1" * 40, "version": "1", "seconds": "1"},
        ):
            assert phone.post(url("reading"), wrong).status_code == 400


class TestPracticePages:
    CODE = "2.2-inbox"

    def test_whole_task_without_script(self, phone, me) -> None:
        task = practice_task(self.CODE)
        assert phone.get(url("practice", self.CODE)).status_code == 200
        phone.post(url("start_practice", self.CODE))
        for message in task.messages:
            page = phone.get(url("practice_message", self.CODE, message.id))
            assert message.sender_address in page.content.decode().replace("&#x27;", "'")
            phone.post(url("practice_message", self.CODE, message.id), {"deed": message.best})
        page = phone.post(url("finish_practice", self.CODE), follow=True)
        assert page.context["scored"].score == task.max_score
        attempt = PracticeAttempt.objects.get()
        assert attempt.placement == me
        assert attempt.score == task.max_score

    def test_no_feedback_before_the_end(self, phone) -> None:
        task = practice_task(self.CODE)
        phone.post(url("start_practice", self.CODE))
        message = next(m for m in task.messages if m.kind == "fraud")
        page = phone.get(url("practice_message", self.CODE, message.id)).content.decode()
        assert message.feedback_right["vi"] not in page
        assert message.signs["vi"][0] not in page

    def test_unknown_task_message_or_deed(self, phone) -> None:
        assert phone.get(url("practice", "9.9-none")).status_code == 404
        phone.post(url("start_practice", self.CODE))
        assert phone.get(url("practice_message", self.CODE, "m99")).status_code == 404
        phone.post(url("practice_message", self.CODE, "m01"), {"deed": "explode"})
        assert PracticeAttempt.objects.get().deeds == []

    def test_without_a_try_there_is_no_mailbox(self, phone) -> None:
        assert phone.get(url("practice_message", self.CODE, "m01")).status_code == 302
        assert phone.post(url("finish_practice", self.CODE)).status_code == 302
        assert phone.get(url("practice_result", self.CODE)).status_code == 302

    def test_figures_by_agency(self, world, sign_in, me) -> None:
        good = tuple((m.id, m.best, "") for m in practice_task(self.CODE).messages)
        online = world.placements["TR-001"][0]
        rows = [api.PracticeRow(p.pk, good) for p in (me, online)]
        api.practise_many(actor=SYSTEM, task_code=self.CODE, rows=rows)

        page = sign_in(Role.MANAGER).get(url("practice_figures", self.CODE)).content.decode()
        assert "100,0 %" in page
        own = sign_in(Role.FOCAL_POINT).get(url("practice_figures", self.CODE)).content.decode()
        assert "Nhơn Lý" in own
        assert "Phước Sơn" not in own
        assert sign_in(Role.TRAINEE).get(url("practice_figures", self.CODE)).status_code == 403


class TestAgency:
    def test_make_up_from_list_to_confirmation(self, world, sign_in, missed, target) -> None:
        place, session = missed
        focal = sign_in(Role.FOCAL_POINT)
        ask = url("ask_make_up", place.uuid, 1)
        assert ask in focal.get(url("missed")).content.decode()
        page = focal.get(ask)
        assert "TT-003" in page.content.decode()
        assert focal.post(ask, {}).context["form"].errors["target"]
        assert focal.post(ask, {"target": str(session.uuid)}).context["form"].non_field_errors()
        focal.post(ask, {"target": str(target.uuid), "reason": "Đi công tác"})
        make_up = MakeUp.objects.get()
        assert focal.post(url("settle_make_up", make_up.uuid), {"do": "confirm"}).status_code == 403
        manager = sign_in(Role.MANAGER)
        assert place.person.full_name in manager.get(url("make_ups")).content.decode()
        manager.post(url("settle_make_up", make_up.uuid), {"do": "confirm"})
        make_up.refresh_from_db()
        assert make_up.state == "confirmed"
        assert focal.get(url("make_up", make_up.uuid)).status_code == 200

    def test_agency_sees_its_own_people_only(self, world, sign_in, missed, now_half_day) -> None:
        police = world.placements["TT-003"][0]
        session = world.session("TT-003", 1)
        api.open_sessions(actor=SYSTEM, session_ids=[session.pk])
        api.close_sessions(actor=SYSTEM, session_ids=[session.pk])
        note = api.note_conduct(
            actor=SYSTEM, placement_id=police.pk, session_id=session.pk, category="other", severity="minor", text="x"
        )
        excuse = api.ask_excuse(actor=SYSTEM, placement_id=police.pk, session_id=session.pk, category="sick")
        for role in (Role.FOCAL_POINT, Role.HEAD):
            client = sign_in(role)
            assert client.get(url("register", world.cohorts["TT-003"].uuid)).status_code == 404
            assert client.get(url("ask_make_up", police.uuid, 1)).status_code == 404
            assert client.get(url("conduct_note", note.uuid)).status_code == 404
            assert client.get(url("excuse", excuse.uuid)).status_code == 404
            assert client.get(url("missed")).context["page"].total == 1
            assert client.get(url("presence_by_agency")).context["page"].total == 1
            assert client.get(url("register", world.cohorts["TT-002"].uuid)).context["page"].total == 6
            for name in ("register", "missed-half-days", "conduct-notes", "excuses"):
                sheet = client.get(f"/exports/{name}/?cohort={world.cohorts['TT-003'].uuid}")
                assert sheet.status_code == 200, name

    def test_export_of_a_foreign_register_is_empty(self, world, sign_in) -> None:
        for code, rows in (("TT-003", 1), ("TT-002", 7)):
            sheet = sign_in(Role.FOCAL_POINT).get(f"/exports/register/?cohort={world.cohorts[code].uuid}")
            assert load_workbook(io.BytesIO(sheet.content)).active.max_row == rows, code
        sheet = sign_in(Role.FOCAL_POINT).get("/exports/register/?cohort=nothing")
        assert load_workbook(io.BytesIO(sheet.content)).active.max_row == 1

    def test_leader_sees_figures_without_names(self, world, sign_in, missed) -> None:
        page = sign_in(Role.LEADER).get(url("presence_by_agency")).content.decode()
        assert "Nhơn Lý" in page
        assert missed[0].person.full_name not in page
        assert sign_in(Role.LEADER).get(url("missed")).status_code == 403


LISTS = ["missed", "make_ups", "excuses", "conduct_notes", "presence_by_agency", "ungraded"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("query", ["", "?q=Nguyễn", "?q=%27&sort=-name&page=99", "?state=asked", "?sort=nothing"])
def test_lists_stand_any_query(world, sign_in, missed, name, query) -> None:
    assert sign_in(Role.MANAGER).get(url(name) + query).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_as_often_for_one_as_for_many(world, sign_in, target, name) -> None:
    manager = sign_in(Role.MANAGER)
    first = world.session("TT-002", 1)

    def fill(places) -> None:
        for place in places:
            row = api.PresenceRow(place.pk, "absent", "roll_call", first.starts_at)
            api.record_presence(actor=SYSTEM, session_id=first.pk, rows=[row])
            api.ask_make_up(actor=SYSTEM, placement_id=place.pk, missed_id=first.pk, target_id=target.pk)
            api.ask_excuse(actor=SYSTEM, placement_id=place.pk, session_id=first.pk, category="sick")
            api.note_conduct(
                actor=SYSTEM, placement_id=place.pk, session_id=first.pk, category="other", severity="minor", text="x"
            )
            api.hand_in(actor=SYSTEM, placement_id=place.pk, text="Bài")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert manager.get(url(name)).status_code == 200
        return len(queries)

    fill(world.placements["TT-002"][:1])
    manager.get(url(name))
    few = count()
    fill(world.placements["TT-002"][1:])
    assert Attendance.objects.filter(session=first).count() == 6
    assert count() == few
