"""Scenes of what goes wrong and what is asked: difficulties, conduct notes, questions, polls."""

from collections.abc import Iterator
from datetime import date

from hocvu.delivery.api import (
    answer_question,
    ask_question,
    close_poll,
    decide_note,
    note_conduct,
    open_poll,
    vote_many,
)
from hocvu.delivery.models import Attendance, ConductNote
from hocvu.kernel import clock
from hocvu.monitoring.api import decide_difficulty, escalate_late, propose, report_difficulty
from hocvu.monitoring.models import Difficulty
from hocvu.planning.models import Session

from ..domain.behaviour import chance
from .actors import trainee_actor
from .playing import Play, Scene, SceneFunction
from .teaching import lead_actors

# (day, hour, category, place, text, proposal, decision); invented.
DIFFICULTIES = (
    (date(2025, 6, 11), 8, "computer", "Phòng máy QNU-PM03", "Bốn máy tính không khởi động được.", "Mượn bốn máy từ phòng dự phòng.", ""),
    (date(2025, 6, 12), 9, "network", "Lớp trực tuyến", "Đường truyền của một số trường vùng cao chập chờn.",
     "Mở thêm điểm học tập trung tại trung tâm huyện.", "Đồng ý. Giao UBND các huyện bố trí phòng họp trực tuyến."),
    (date(2025, 6, 13), 10, "time", "Trung tâm Y tế", "Lịch trực trùng buổi học của một số điều dưỡng.", "Cho học bù cùng buổi ở lớp sau.", ""),
    (date(2025, 6, 16), 14, "content", "Lớp công chức xã", "Học viên đề nghị thêm thời gian thực hành một cửa.", "Tăng 15 phút thực hành mỗi lớp.", ""),
    (date(2025, 6, 17), 8, "room", "Hội trường QNU-05", "Mất điện cục bộ 20 phút đầu buổi.", "", ""),
    (date(2025, 6, 17), 15, "people", "Phòng máy CDKTCN", "Thiếu một trợ giảng cho hai phòng máy.",
     "Điều chuyển trợ giảng từ Trường Đại học Quy Nhơn.", ""),
    (date(2025, 6, 19), 9, "network", "Trường Đại học Quy Nhơn", "Mạng không dây quá tải khi điểm danh bằng mã QR.",
     "Lắp thêm hai bộ phát; điểm danh bằng danh sách khi cần.", "Đồng ý. Giao Sở Khoa học và Công nghệ hỗ trợ thiết bị."),
)  # fmt: skip


def incident_scenes(play: Play) -> Iterator[Scene]:
    """Return the incidents of the campaign."""
    for number, row in enumerate(DIFFICULTIES):
        day, hour = row[0], row[1]
        yield Scene(
            f"difficulty-{number}", clock.at(day, hour), f"{day:%d/%m}: a difficulty is reported", _report(number)
        )
        yield Scene(
            f"difficulty-{number}-on", clock.at(day, hour + 2), f"{day:%d/%m}: a solution is proposed", _go_on(number)
        )
    for day in sorted({row[0] for row in DIFFICULTIES}):
        yield Scene(f"{day}-escalate", clock.at(day, 17), f"{day:%d/%m}: late difficulties climb", _escalate)
    yield Scene("difficulty-decided", clock.at(date(2025, 6, 13), 11), "a difficulty is decided", _decide(1))
    yield Scene("difficulty-decided-2", clock.at(date(2025, 6, 20), 9), "a difficulty is decided", _decide(6))
    for day in (date(2025, 6, 11), date(2025, 6, 12), date(2025, 6, 16), date(2025, 6, 17), date(2025, 6, 19)):
        yield Scene(f"{day}-talk", clock.at(day, 9), f"{day:%d/%m}: questions and polls", _talk)
    yield Scene("notes", clock.at(date(2025, 6, 12), 16), "conduct is noted", _note)
    yield Scene("notes-decided", clock.at(date(2025, 6, 16), 9), "notes on conduct are decided", _decide_notes)


def _report(number: int) -> SceneFunction:
    def play_scene(play: Play) -> None:
        _, _, category, place, text, _, _ = DIFFICULTIES[number]
        who = play.actor("instructor") if number % 2 else play.actor("office")
        report_difficulty(
            actor=who, campaign_id=play.campaign.pk, category=category, place=place, text=text,
        )  # fmt: skip

    return play_scene


def _find(number: int) -> Difficulty:
    return Difficulty.objects.get(text=DIFFICULTIES[number][4])


def _go_on(number: int) -> SceneFunction:
    def play_scene(play: Play) -> None:
        proposal = DIFFICULTIES[number][5]
        if proposal:
            propose(actor=play.actor("office"), difficulty_id=_find(number).pk, text=proposal)

    return play_scene


def _escalate(play: Play) -> None:
    escalate_late(actor=play.actor("manager"))


def _decide(number: int) -> SceneFunction:
    def play_scene(play: Play) -> None:
        found = _find(number)
        names = {1: "office", 2: "manager", 3: "leader"}
        decide_difficulty(actor=play.actor(names[found.level]), difficulty_id=found.pk, text=DIFFICULTIES[number][6])

    return play_scene


def _talk(play: Play) -> None:
    """In three running classes people ask, get answers, and vote in a poll."""
    sessions = list(
        Session.objects.filter(starts_at__lte=clock.now(), ends_at__gt=clock.now(), cohort__plan__state="published")
        .select_related("cohort").order_by("cohort__code")[:3]
    )  # fmt: skip
    leads = lead_actors([s.cohort_id for s in sessions])
    for session in sessions:
        present = list(
            Attendance.objects.filter(session=session, credit__gt=0)
            .select_related("placement")
            .order_by("placement__number")
        )
        lead = leads[session.cohort_id]
        for row, kind, text in zip(
            present[3:6], ("question", "help", "question"),
            ("Tệp PDF có ký số thì sửa được không ạ?", "", "Bộ gõ ở máy tôi ra chữ không dấu, cài lại thế nào?"), strict=False,
        ):  # fmt: skip
            asked = ask_question(
                actor=trainee_actor(row.placement.person_id), session_id=session.pk, text=text, kind=kind
            )
            if kind == "question":
                answer_question(actor=lead, question_id=asked.pk, text="Xem lại bài 3.4 và bài 1.3, mục gõ Unicode.")
        poll = open_poll(
            actor=lead, session_id=session.pk, text="Anh/chị đã bật xác thực hai lớp cho thư công vụ chưa?",
            options=["Đã bật", "Chưa bật", "Chưa biết cách"],
        )  # fmt: skip
        votes = {
            row.placement_id: chance(play.seed, row.placement_id, "poll").choices((0, 1, 2), (3, 4, 3))[0]
            for row in present
        }
        vote_many(actor=lead, poll_id=poll.pk, votes=votes)
        close_poll(actor=lead, poll_id=poll.pk)


def _note(play: Play) -> None:
    """Two trainees in a thousand are noted for something personal in class; one case is serious."""
    rows = Attendance.objects.filter(session__ends_at__lte=clock.now(), session__half_day=2, credit=2)
    serious = True
    for row in rows.select_related("session", "placement").order_by("pk"):
        if chance(play.seed, row.placement_id, "conduct").random() > 0.0015:
            continue
        lead = lead_actors([row.session.cohort_id])[row.session.cohort_id]
        note_conduct(
            actor=lead, placement_id=row.placement_id, session_id=row.session_id,
            category="disorder" if serious else "personal_activity", severity="serious" if serious else "minor",
            text="Gây ồn, không chấp hành nhắc nhở." if serious else "Làm việc riêng trong giờ học.",
        )  # fmt: skip
        serious = False


def _decide_notes(play: Play) -> None:
    for note in ConductNote.objects.filter(state__in=("open", "replied")).order_by("pk"):
        decide_note(actor=play.actor("manager"), note_id=note.pk, uphold=note.severity == "serious", text="Đã xem xét.")
