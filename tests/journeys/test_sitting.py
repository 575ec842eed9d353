"""The test: sat on a phone without JavaScript, moved to another device, and closed by the invigilator."""

import io
import re
from collections.abc import Callable

import pypdf
import pytest

from .serving import Served
from .visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

# Somebody of the demo's agency who has not yet begun the test that is open.
WAITING = """SELECT person.full_name, attempt.id, organisation.uuid FROM assessment_attempt attempt
    JOIN assessment_sitting sitting ON sitting.id = attempt.sitting_id
    JOIN planning_placement place ON place.id = attempt.placement_id
    JOIN people_person person ON person.id = place.person_id
    JOIN people_organisation organisation ON organisation.id = place.organisation_id
    JOIN people_rolegrant focal ON focal.organisation_id = organisation.id AND focal.role = 'focal_point'
    JOIN people_account demo ON demo.id = focal.account_id AND demo.username = 'demo-focal'
    WHERE sitting.state = 'open' AND attempt.state = 'assigned'"""
STARTED = """SELECT attempt.id FROM assessment_attempt attempt
    JOIN planning_placement place ON place.id = attempt.placement_id
    JOIN people_account account ON account.person_id = place.person_id
    WHERE account.username = 'demo-head' AND attempt.state = 'started'"""
MARK = 'SELECT state, "right", mark FROM assessment_attempt WHERE id = ?'
ANSWERS = "SELECT COUNT(*) FROM assessment_answer WHERE attempt_id = ? AND value <> ''"
OPTION = "main input[name=value]"


def slip_code(served: Served, visit: Callable[..., Visitor], organisation: str, name: str) -> str:
    """Let the focal point print the agency's slips; return the code on the slip of this name."""
    focal = visit(served, "focal")
    focal.follow(f"/organisations/{organisation}/slips/")
    with focal.page.expect_download() as waiting:
        focal.find('main form[method="post"] button').click()
    pages = pypdf.PdfReader(io.BytesIO(waiting.value.path().read_bytes())).pages
    words = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
    found = re.search(re.escape(name) + r".*?\b([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})\b", words)
    assert found, words[:800]
    return found.group(1)


def test_enters_with_a_slip_and_sits_without_javascript(demo: Callable[..., Served], visit: Callable[..., Visitor]):
    served = demo("test")
    name, attempt, organisation = served.rows(WAITING)[0]
    code = slip_code(served, visit, served.dashed(organisation), name)

    trainee = visit(served, size=PHONE, java_script_enabled=False)
    trainee.go("/slips/")
    trainee.find("#id_code").fill(code.lower())
    trainee.send()
    trainee.find("#id_pin").fill("123456")
    trainee.find("#id_again").fill("123456")
    trainee.send()
    assert trainee.refused(), "an easy PIN was taken"
    trainee.find("#id_pin").fill("740283")
    trainee.find("#id_again").fill("740283")
    trainee.send()
    trainee.follow("/test/")
    trainee.send("/test/start/")

    for position in range(1, 31):
        assert trainee.path == f"/test/questions/{position}/"
        if position != 7:  # one is left open, to be told of it
            trainee.find(OPTION).nth(position % 3).check(force=True)
        trainee.find('#question-form button[value="next"]').click()
        trainee.sound()
        assert served.one(ANSWERS, attempt) == position - (position >= 7)
    assert trainee.path == "/test/review/"
    trainee.follow("/test/questions/7/")
    trainee.find(OPTION).first.check(force=True)
    trainee.find('#question-form button[value="next"]').click()
    trainee.go("/test/review/")
    trainee.send()
    assert trainee.path == "/test/review/", "handed in without being sure"
    trainee.find("#sure").check(force=True)
    trainee.send()

    assert trainee.path == "/test/result/"
    state, right, mark = served.rows(MARK, attempt)[0]
    assert (state, mark) == ("scored", (200 * right + 30) // 60)
    assert f"{mark // 10},{mark % 10}" in trainee.find("main .hv-figure").inner_text()


def test_goes_on_from_another_device_and_loses_nothing(demo: Callable[..., Served], visit: Callable[..., Visitor]):
    served = demo("test")
    attempt = served.one(STARTED)
    before = served.one(ANSWERS, attempt)
    head = visit(served, "head", size=PHONE)
    head.go("/me/")
    head.find('main form[action^="/me/roles/"] button').first.click()
    head.go("/test/")
    head.follow("/test/questions/1/")
    head.send("/test/take-over/")
    head.go("/test/questions/30/")

    with head.page.expect_response(lambda answer: answer.url.endswith("/answers/")):
        head.find(OPTION).first.check(force=True)
    head.find("#save-state:not(.govuk-error-message)").wait_for()
    assert served.one(ANSWERS, attempt) == before + 1

    head.context.set_offline(True)
    head.find(OPTION).nth(1).check(force=True)
    head.find("#save-state.govuk-error-message").wait_for()
    head.context.set_offline(False)
    head.find("#save-state:not(.govuk-error-message)").wait_for()
    second = head.find(OPTION).nth(1).get_attribute("value")
    assert served.one("SELECT value FROM assessment_answer WHERE attempt_id = ? AND position = 30", attempt) == second


def test_invigilator_watches_and_closes(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("test")
    sitting = served.text("uuid", "SELECT uuid FROM assessment_sitting WHERE state = 'open'")
    number = served.one("SELECT id FROM assessment_sitting WHERE state = 'open'")
    invigilator = visit(served, "invigilator")
    invigilator.follow(f"/sittings/{sitting}/")
    everyone = served.one("SELECT COUNT(*) FROM assessment_attempt WHERE sitting_id = ?", number)
    assert invigilator.find("main tbody tr").count() == everyone
    invigilator.follow(f"/sittings/{sitting}/close/")
    invigilator.send()
    assert invigilator.refused(), "closed although people still write"
    invigilator.find("#end-running").check(force=True)
    invigilator.send()

    states = dict(served.rows("SELECT state, COUNT(*) FROM assessment_attempt WHERE sitting_id = ? GROUP BY 1", number))
    assert states == {"scored": 12, "absent": everyone - 12}
    assert served.one("SELECT state FROM assessment_sitting WHERE id = ?", number) == "closed"
