"""The trainee, on a phone 360 px wide."""

import re
from collections.abc import Callable

import pytest

from .serving import Served
from .visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

NOW = """SELECT s.id FROM planning_session s JOIN delivery_sessiondiary d ON d.session_id = s.id
    JOIN planning_placement p ON p.cohort_id = s.cohort_id JOIN people_account a ON a.person_id = p.person_id
    WHERE a.username = 'demo-trainee' AND d.closed_at IS NULL"""
PLACE = """SELECT p.id FROM planning_placement p JOIN people_account a ON a.person_id = p.person_id
    WHERE a.username = 'demo-trainee'"""
SIGNS = "SELECT channel, kind FROM delivery_observation WHERE session_id = ? AND placement_id = ?"
MESSAGE = 'main a[href^="/practice/"][href*="/messages/"]'


@pytest.fixture
def late_comer(demo: Callable[..., Served]) -> Served:
    """Serve the morning of 18 June in which nobody has seen our trainee yet."""
    served = demo("teach")
    session, place = served.one(NOW), served.one(PLACE)
    for table in ("delivery_observation", "delivery_attendance"):
        served.change(f"DELETE FROM {table} WHERE session_id = ? AND placement_id = ?", session, place)
    return served


def test_comes_late_checks_in_by_code_and_asks(late_comer: Served, visit: Callable[..., Visitor]) -> None:
    trainee = visit(late_comer, "trainee", size=PHONE)
    assert trainee.find(".hv-next").count() == 1
    trainee.follow("/check-in/")

    trainee.find("#id_code").fill("ZZZ-ZZZ")
    trainee.send()
    assert trainee.refused()
    assert trainee.find("#id_code").input_value() == "ZZZ-ZZZ"

    trainee.find("#id_code").fill(code_on_the_wall(late_comer, visit))
    trainee.send()

    assert not trainee.refused()
    assert late_comer.rows(SIGNS, late_comer.one(NOW), late_comer.one(PLACE)) == [("qr", "present")]
    trainee.go("/my/class/")
    words = "Làm sao biết một bức thư là giả?"
    trainee.find('main form[action$="/questions/ask/"] textarea').fill(words)
    trainee.find('main form[action$="/questions/ask/"]:has(textarea) button').click()
    assert trainee.says(words)
    instructor = visit(late_comer, "instructor")
    instructor.follow("/sessions/")
    instructor.find('main a[href$="/questions/"]').first.click()
    assert instructor.says(words)
    trainee.sound()
    instructor.sound()


def code_on_the_wall(served: Served, visit: Callable[..., Visitor]) -> str:
    """Return the code that the instructor's screen shows now."""
    instructor = visit(served, "instructor")
    instructor.find('main a[href$="/code/"]').first.click()
    shown = instructor.find("#picture .hv-figure").inner_text()
    assert re.fullmatch(r"[A-Z0-9]{3}-?[A-Z0-9]{3}", shown.strip()), shown
    return shown.strip()


def test_reads_a_lesson_and_does_the_inbox_task(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    trainee = visit(served, "trainee", size=PHONE)
    trainee.find('nav a[href="/programme/"]').click()
    trainee.follow("/lessons/2.2/")
    assert trainee.find("article h2").count() >= 3
    trainee.follow("/practice/")
    trainee.find('main form[action$="/start/"] button').click()
    assert trainee.find(MESSAGE).count() == 12

    frauds = 0
    for place in range(12):
        trainee.find(MESSAGE).nth(place).click()
        trap = trainee.find('main button[value="open_link"], main button[value="open_attachment"]').count() > 0
        frauds += trap
        trainee.find(f'main button[value="{"report" if trap else "keep"}"]').click()
        if "/messages/" in trainee.path:
            trainee.follow("/practice/")
    trainee.find('main form[action$="/finish/"] button').click()

    trainee.sound()
    assert frauds
    assert trainee.path.endswith("/result/")
    score, most = served.rows("SELECT score, max_score FROM delivery_practiceattempt WHERE finished_at IS NOT NULL")[-1]
    assert 0 < score <= most
    assert trainee.says(str(score))


def test_takes_a_practice_test(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    trainee = visit(served, "trainee", size=PHONE)
    trainee.follow("/practice-test/")
    trainee.send()
    trainee.send()  # nothing chosen: told so, and the question stays
    assert trainee.refused() or trainee.find("main .govuk-error-message").count()
    for _ in range(60):
        if trainee.path.endswith("/result/"):
            break
        trainee.find("main input[type=radio]").first.check(force=True)
        trainee.send()
        assert trainee.find("main .govuk-inset-text").count() == 1, "no explanation"
        trainee.find('main a.govuk-button[href^="/practice-test/"]').click()
        trainee.sound()

    assert trainee.path.endswith("/result/")
    right = served.one('SELECT "right" FROM assessment_practicetest WHERE finished_at IS NOT NULL')
    assert trainee.says(str(right))
