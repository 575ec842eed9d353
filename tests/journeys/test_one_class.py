"""One class and one trainee, followed through: what was planned, taught, tested, attested, and asked months later."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.campaign.conftest import run

from .serving import Served
from .test_campaign import wait_for
from .visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

CLASS = """SELECT cohort.id, cohort.uuid, cohort.code FROM planning_cohort cohort
    JOIN planning_placement place ON place.cohort_id = cohort.id
    JOIN people_account demo ON demo.person_id = place.person_id AND demo.username = 'demo-trainee'"""
ENTRY = """SELECT entry.uuid, entry.number FROM attestations_attestation entry
    JOIN people_account demo ON demo.person_id = entry.person_id AND demo.username = 'demo-trainee'"""
MARK = """SELECT MAX(attempt.mark) FROM assessment_attempt attempt
    JOIN planning_placement place ON place.id = attempt.placement_id
    JOIN people_account demo ON demo.person_id = place.person_id AND demo.username = 'demo-trainee'"""
FOLLOW_UPS = """SELECT invitation.uuid, organisation.code, organisation.valid_from FROM evaluation_invitation invitation
    JOIN evaluation_form form ON form.id = invitation.form_id
    JOIN people_organisation organisation ON organisation.id = invitation.organisation_id
    JOIN people_account demo ON demo.person_id = invitation.respondent_id AND demo.username = 'demo-trainee'
    WHERE form.kind = 'follow_up_self' ORDER BY form.month"""


def test_office_attests_the_class(demo: Callable[..., Served], visit: Callable[..., Visitor], tmp_path: Path) -> None:
    served = demo("test", jobs=True)
    number, uuid, code = served.rows(CLASS)[0]
    page = f"/attestations/classes/{served.dashed(uuid)}/"
    office = visit(served, "office")
    office.find('nav a[href="/attestations/"]').click()
    office.go(page)
    office.send(f"{page}find/")
    office.follow(f"{page}mark-sheet/")
    office.find("#id_first_examiner").fill("Nguyễn Văn Một")
    office.find("#id_second_examiner").fill("Trần Thị Hai")
    office.send()
    office.follow(f"{page}number/")
    assert served.one("SELECT COUNT(*) FROM attestations_attestation") == 0
    office.find("#id_number").fill("1234/QĐ-ĐHQN")
    office.find("#id_decided_on").fill("20/06/2025")
    office.find("#id_signer_name").fill("Lê Văn Ký")
    office.send()
    office.send(f"{page}issue/")
    verdicts = dict(
        served.rows(
            "SELECT verdict, COUNT(*) FROM attestations_eligibilityfinding f JOIN planning_placement p"
            " ON p.id = f.placement_id WHERE p.cohort_id = ? GROUP BY 1",
            number,
        )
    )
    wait_for(lambda: served.one("SELECT COUNT(*) FROM attestations_attestation") == verdicts["eligible"])

    trainee = visit(served, "trainee", size=PHONE)
    trainee.follow("/my/attestation/")
    entry, printed = served.rows(ENTRY)[0]
    pdf = trainee.take(f"/attestations/register/{served.dashed(entry)}/file.pdf")
    check_file(served, tmp_path, pdf, printed)
    office.go(f"/attestations/register/?cohort={code}")
    assert office.says(printed)
    office.sound()


def check_file(served: Served, folder: Path, pdf: bytes, printed: str) -> None:
    """Hold a file to the command line: whole it is valid, with one byte changed it is not."""
    whole, changed = folder / "whole.pdf", folder / "changed.pdf"
    whole.write_bytes(pdf)
    done = run("verify", str(whole), data=served.data, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert printed in done.stdout
    for place in (len(pdf) // 3, len(pdf) - 2):
        content = bytearray(pdf)
        content[place] ^= 0x01
        changed.write_bytes(content)
        assert run("verify", str(changed), data=served.data, check=False).returncode != 0, (
            f"byte {place} changed, and valid"
        )


def test_trainee_sees_the_whole_way(demo: Callable[..., Served], visit: Callable[..., Visitor], tmp_path: Path) -> None:
    served = demo("followup")
    trainee = visit(served, "trainee", size=PHONE)
    code = served.rows(CLASS)[0][2]
    trainee.go("/my/place/")
    assert trainee.says(code)
    trainee.go("/my/presence/")
    assert trainee.find("main .hv-cards > li .govuk-tag--green").count() == 4
    trainee.go("/test/result/")
    mark = served.one(MARK)
    assert f"{mark // 10},{mark % 10}" in trainee.find("main .hv-figure").inner_text()

    entry, printed = served.rows(ENTRY)[0]
    trainee.go("/my/attestation/")
    assert trainee.says(printed)
    pdf = trainee.take(f"/attestations/register/{served.dashed(entry)}/file.pdf")
    check_file(served, tmp_path, pdf, printed)
    by_upload(visit(served, size=PHONE), tmp_path)

    answer_follow_up(served, trainee)


def by_upload(anybody: Visitor, folder: Path) -> None:
    """Check the two files on the public page."""
    for name, good in (("whole.pdf", 1), ("changed.pdf", 0)):
        anybody.go("/verify/")
        anybody.find("main input[type=file]").set_input_files(folder / name)
        anybody.send("/verify/file/")
        assert anybody.find("main .govuk-panel--confirmation").count() == good, name
        assert anybody.find("main .govuk-warning-text").count() == 1 - good, name


def answer_follow_up(served: Served, trainee: Visitor) -> None:
    """Answer the form that came after the merger: it was sent to the body that came after."""
    since = served.rows(FOLLOW_UPS)[-1][2]
    assert since >= "2025-07-01", "asked in a body that had ended"
    page = f"/forms/{served.dashed(served.rows(FOLLOW_UPS)[-1][0])}/"
    trainee.go("/forms/")
    trainee.go(page)
    trainee.send()
    assert trainee.refused(), "an empty form was taken"
    for group in trainee.find("main fieldset").all():
        group.locator("input[type=radio]").nth(7).check(force=True)
    for words in trainee.find("main textarea").all():
        words.fill("Tôi ký số mọi văn bản đi từ tháng 7.")
    trainee.send()

    state = served.one("SELECT state FROM evaluation_invitation WHERE uuid = ?", page.split("/")[2].replace("-", ""))
    assert state == "answered"
    assert trainee.path.endswith("/thanks/")
