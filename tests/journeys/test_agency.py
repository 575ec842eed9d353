"""An agency: its focal point replaces somebody and prints slips, its head approves and sees who came."""

from collections.abc import Callable

import pytest

from .serving import Served
from .visiting import Visitor

pytestmark = pytest.mark.browser

LIST = """SELECT list.uuid FROM enrolment_agencylist list
    JOIN people_rolegrant grantt ON grantt.organisation_id = list.organisation_id
    JOIN people_account demo ON demo.id = grantt.account_id AND demo.username = 'demo-focal'"""
# Somebody of the agency whose class is still to come.
TO_COME = """SELECT nomination.uuid, nomination.id FROM enrolment_nomination nomination
    JOIN planning_placement place ON place.nomination_id = nomination.id
    JOIN planning_cohort cohort ON cohort.id = place.cohort_id AND cohort.starts_on > '2025-06-20'
    JOIN people_rolegrant focal ON focal.organisation_id = nomination.organisation_id
    JOIN people_account demo ON demo.id = focal.account_id AND demo.username = 'demo-focal'"""
HERE = """SELECT COUNT(*) FROM planning_placement place
    JOIN people_rolegrant head ON head.organisation_id = place.organisation_id AND head.role = 'head'
    JOIN people_account demo ON demo.id = head.account_id AND demo.username = 'demo-head'"""


def test_replaces_somebody_and_the_head_approves(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    nomination, number = served.rows(TO_COME)[0]
    page = f"/nominations/people/{served.dashed(nomination)}/"
    focal = visit(served, "focal")
    focal.find('nav a[href="/nominations/"]').click()
    focal.go(page)
    focal.follow(f"{page}replace/")
    focal.find('main input[name="person"]').first.check(force=True)
    focal.send()
    assert focal.refused(), "replaced without a reason"
    assert focal.find('main input[name="person"]').first.is_checked(), "who was chosen is lost"
    focal.find("#id_reason").fill("Nghỉ ốm dài ngày.")
    focal.send()

    new = served.rows("SELECT person_id, state FROM enrolment_nomination WHERE replaces_id = ?", number)
    assert [state for _, state in new] == ["named"]
    head = visit(served, "head")
    listed = served.text("uuid", LIST)
    head.follow("/nominations/approval/")
    if not head.path.endswith("/decision/"):
        head.go(f"/nominations/{listed}/decision/")
    head.find('main form:has(input[value="approve"]) button').click()
    head.sound()
    assert served.one("SELECT state FROM enrolment_nomination WHERE replaces_id = ?", number) == "approved"


def test_head_sees_who_came(shown: Callable[[str], Served], visit: Callable[..., Visitor]) -> None:
    served = shown("teach")
    head = visit(served, "head")
    head.follow("/agency/")

    assert head.find("main .hv-figure").first.inner_text() == str(served.one(HERE))
    assert head.find("main tbody tr").count() > 0
    for staff in ("/dashboard/", "/accounts/", "/assignments/"):
        answer = head.page.goto(served.url + staff)
        assert answer is not None
        assert answer.status == 403, staff
        assert head.find("h1").count() == 1
