"""The instructor's half-day: roll call, poll, question, mark, closing; and a half-day made up by three roles."""

from collections.abc import Callable

import pytest

from .serving import Served
from .visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

# People of the demo's agency in the class that is open now, but for those with a demo account.
COLLEAGUES = """SELECT place.id, place.uuid, session.id, session.uuid FROM planning_placement place
    JOIN planning_session session ON session.cohort_id = place.cohort_id
    JOIN delivery_sessiondiary diary ON diary.session_id = session.id AND diary.closed_at IS NULL
    JOIN people_rolegrant focal ON focal.organisation_id = place.organisation_id AND focal.role = 'focal_point'
    JOIN people_account demo ON demo.id = focal.account_id AND demo.username = 'demo-focal'
    WHERE place.person_id NOT IN (SELECT person_id FROM people_account WHERE is_demo AND person_id IS NOT NULL)
    AND place.cohort_id = (SELECT cohort_id FROM planning_cohortinstructor
        JOIN planning_instructor ON planning_instructor.id = instructor_id
        JOIN people_account ON people_account.person_id = planning_instructor.person_id
        WHERE username = 'demo-instructor' ORDER BY cohort_id LIMIT 1)
    ORDER BY place.id"""
STATUS = "SELECT status, credit, minutes_late FROM delivery_attendance WHERE placement_id = ? AND session_id = ?"


def test_runs_a_half_day(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    (absent, _, session, uuid), (late, *_) = served.rows(COLLEAGUES)[:2]
    page = f"/sessions/{served.dashed(uuid)}/"
    instructor = visit(served, "instructor")
    instructor.follow(page)

    instructor.follow(f"{page}roll-call/")
    instructor.find(f"#absent_{absent}").check(force=True)
    instructor.find(f"#late_{late}").fill("viele")
    instructor.send()
    assert instructor.refused()
    assert instructor.find(f"#absent_{absent}").is_checked(), "what was ticked is lost"
    instructor.find(f"#late_{late}").fill("20")
    instructor.send()
    assert not instructor.refused()

    ask_and_vote(served, visit, instructor, page)

    instructor.go(page)
    instructor.follow(f"{page}close/")
    instructor.find("#id_text").fill("Học bài 2.2; nhiều người lần đầu thấy thư giả.")
    instructor.send()
    assert served.rows(STATUS, absent, session) == [("absent", 0, 0)]
    assert served.rows(STATUS, late, session) == [("late", 1, 20)]
    diary = served.rows("SELECT closed_at, text FROM delivery_sessiondiary WHERE session_id = ?", session)[0]
    assert diary[0]
    assert "2.2" in diary[1]


def ask_and_vote(served: Served, visit: Callable[..., Visitor], instructor: Visitor, page: str) -> None:
    """Open a poll in which a trainee votes, and answer the trainee's question."""
    instructor.go(f"{page}polls/")
    instructor.find("#id_text").fill("Anh chị đã từng nhận tin nhắn lừa đảo chưa?")
    instructor.find("#id_options").fill("Rồi\nChưa")
    instructor.send()
    trainee = visit(served, "trainee", size=PHONE)
    trainee.go("/my/class/")
    trainee.find('main form[action$="/vote/"] input[type=radio]').nth(1).check(force=True)
    trainee.find('main form[action$="/vote/"] button').click()
    trainee.find('main form[action$="/questions/ask/"] textarea').fill("Thư này có thật không?")
    trainee.find('main form[action$="/questions/ask/"]:has(textarea) button').click()
    trainee.sound()
    assert served.one("SELECT COUNT(*) FROM delivery_pollvote WHERE option = 1") >= 1

    question = served.text("uuid", "SELECT uuid FROM delivery_question WHERE text = 'Thư này có thật không?'")
    instructor.go(f"{page}questions/")
    instructor.follow(f"/questions/{question}/")
    instructor.find("#id_text").fill("Xem địa chỉ người gửi trước.")
    instructor.send()
    trainee.go("/my/class/")
    assert trainee.says("Xem địa chỉ người gửi trước.")


def test_missed_half_day_is_made_up(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    place, place_uuid, session, uuid = served.rows(COLLEAGUES)[0]
    instructor = visit(served, "instructor")
    instructor.go(f"/sessions/{served.dashed(uuid)}/roll-call/")
    instructor.find(f"#absent_{place}").check(force=True)
    instructor.send()
    instructor.go(f"/sessions/{served.dashed(uuid)}/close/")
    instructor.find("#id_text").fill("Vắng một người.")
    instructor.send()

    focal = visit(served, "focal")
    focal.find('nav a[href="/presence/missed/"]').click()
    focal.follow(f"/presence/{served.dashed(place_uuid)}/make-up/3/")
    focal.send()
    assert focal.refused(), "no class was chosen"
    focal.find("input[name=target]").first.check(force=True)
    focal.find("#id_reason").fill("Đi cơ sở cả buổi sáng.")
    focal.send()
    asked = "SELECT uuid FROM delivery_makeup WHERE placement_id = ? AND missed_id = ?"
    wish = served.text("uuid", asked, place, session)

    manager = visit(served, "manager")
    manager.find('nav a[href="/make-ups/"]').click()
    manager.follow(f"/make-ups/{wish}/")
    manager.find('main button[value="confirm"]').click()
    manager.sound()
    assert served.one("SELECT state FROM delivery_makeup WHERE placement_id = ? AND missed_id = ?", place, session) == (
        "confirmed"
    )


def test_grades_an_assignment(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    trainee = visit(served, "trainee", size=PHONE)
    trainee.go("/my/assignment/")
    trainee.find("#id_text").fill("Tôi sẽ ký số văn bản đi và kiểm tra người gửi trước khi mở tệp. " * 8)
    trainee.send()
    work = served.text("uuid", "SELECT uuid FROM delivery_submission ORDER BY id DESC LIMIT 1")

    instructor = visit(served, "instructor")
    instructor.find('nav a[href="/assignments/"]').click()
    instructor.follow(f"/assignments/{work}/")
    points = instructor.find('main form[method="post"] input[inputmode="decimal"]')
    for number in range(points.count()):
        points.nth(number).fill("2,5" if number else "2")
    instructor.send()

    assert served.one("SELECT mark FROM delivery_grade ORDER BY id DESC LIMIT 1") == 20 + 25 * (points_of(served) - 1)
    trainee.go("/my/assignment/")
    assert trainee.says("9,5")


def points_of(served: Served) -> int:
    """Return how many criteria the last grade holds."""
    return len(served.json("SELECT rubric FROM delivery_grade ORDER BY id DESC LIMIT 1"))
