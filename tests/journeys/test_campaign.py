"""Those who run the campaign and the installation: manager, leader, operator."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from .serving import Served
from .visiting import Visitor

pytestmark = pytest.mark.browser

JOB_SECONDS = 180


def test_manager_moves_the_clock_and_reports(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach", jobs=True)
    closed = "SELECT COUNT(*) FROM delivery_sessiondiary WHERE closed_at IS NOT NULL"
    before = served.one(closed)
    manager = visit(served, "manager")
    assert manager.path.startswith("/dashboard/")
    assert manager.find("main table").count() >= 3
    manager.find('.hv-demo a[href="/rehearsal/clock/"]').click()
    manager.send("/rehearsal/clock/move/")
    wait_for(lambda: served.one("SELECT busy FROM rehearsal_stage") == "")

    manager.go("/dashboard/?fresh=1")
    assert "15:" in manager.find(".hv-demo").inner_text()
    assert served.one(closed) > before
    make_report(served, manager)


def make_report(served: Served, manager: Visitor) -> None:
    """Let the manager make the day's report and take it home in both forms."""
    manager.find('nav a[href="/reports/"]').click()
    manager.find("main details summary").first.click()
    manager.find('main input[name="kind"][value="daily"]').check(force=True)
    manager.find("#id_day").fill("18/06/2025")
    manager.send()
    wait_for(lambda: served.one("SELECT COUNT(*) FROM monitoring_report WHERE day = '2025-06-18'") == 1)
    report = served.text("uuid", "SELECT uuid FROM monitoring_report WHERE day = '2025-06-18'")
    wait_for(lambda: bool(manager.go(f"/reports/{report}/")) and manager.link(f"/reports/{report}/files/").count() > 0)
    assert manager.take(f"/reports/{report}/files/pdf/").startswith(b"%PDF-")
    paper = zipfile.ZipFile(io.BytesIO(manager.take(f"/reports/{report}/files/docx/")))
    assert "word/document.xml" in paper.namelist()
    manager.sound()


def test_leader_decides_a_difficulty(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    leader = visit(served, "leader")
    assert leader.path.startswith("/overview/")
    form = leader.find('main form[action$="/steps/decide/"]').first
    action = form.get_attribute("action")
    assert action
    form.locator("textarea").fill("Đồng ý; Sở Nội vụ báo cáo kết quả trước 20/6.")
    leader.send(action)

    row = served.rows(
        "SELECT state, decision FROM monitoring_difficulty WHERE uuid = ?", action.split("/")[2].replace("-", "")
    )
    assert row == [("decided", "Đồng ý; Sở Nội vụ báo cáo kết quả trước 20/6.")]
    assert leader.path.startswith("/overview/")
    answer = leader.page.goto(f"{served.url}/places/")
    assert answer is not None
    assert answer.status == 403, "a leader reads the names of people"


def test_operator_opens_an_account_and_checks_the_ledger(
    demo: Callable[..., Served], visit: Callable[..., Visitor]
) -> None:
    served = demo("teach")
    operator = visit(served, "operator")
    operator.follow("/accounts/")
    operator.follow("/accounts/new/")
    operator.find("#id_label").fill("Chuyên viên mới")
    operator.find("#id_username").fill("chuyenvien.moi")
    operator.find("#id_role").select_option("leader")
    operator.find("#id_organisation").fill(
        served.one(
            "SELECT o.code FROM people_organisation o JOIN people_rolegrant g ON g.organisation_id = o.id AND g.role = 'leader'"
        )
    )
    operator.find('main form[method="post"] button').click()
    operator.sound()
    password = operator.find("main .govuk-panel__title").inner_text().strip()
    operator.find('nav a[href="/ledger/"]').click()
    operator.send()
    assert operator.find("main .govuk-notification-banner--success").count() == 1

    newcomer = visit(served)
    newcomer.go("/sign-in/")
    newcomer.find("#id_username").fill("chuyenvien.moi")
    newcomer.find("#id_password").fill("not the password")
    newcomer.send()
    assert newcomer.refused()
    newcomer.find("#id_password").fill(password)
    newcomer.send()
    assert newcomer.path.startswith("/overview/")


def test_operator_notices_a_changed_ledger(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    for (guard,) in served.rows("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_line'"):
        served.change(f"DROP TRIGGER {guard}")  # as somebody would who holds the file
    served.change("UPDATE ledger_line SET actor_label = 'somebody else' WHERE sequence = 5")
    operator = visit(served, "operator")
    operator.find('nav a[href="/ledger/"]').click()
    operator.send()

    assert operator.find("main .govuk-error-summary").count() == 1
    assert "5" in operator.find("main .govuk-error-summary").inner_text()


def wait_for(done: Callable[[], bool]) -> None:
    """Wait until a background job has done its work."""
    limit = time.monotonic() + JOB_SECONDS
    while time.monotonic() < limit:
        if done():
            return
        time.sleep(0.5)
    raise AssertionError("the job did not end")
