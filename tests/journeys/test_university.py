"""The university's office: papers, marks, attestations; a lesson that the reviewer remarks on and approves."""

import io
import zipfile
from collections.abc import Callable

import pytest

from .serving import Served
from .visiting import PHONE, Visitor

pytestmark = pytest.mark.browser


def test_prints_the_papers_of_a_class(shown: Callable[[str], Served], visit: Callable[..., Visitor]) -> None:
    served = shown("teach")
    cohort = served.text("uuid", "SELECT uuid FROM planning_cohort WHERE code = 'TT-003'")
    office = visit(served, "office")
    office.find('nav a[href="/cohorts/"]').click()
    office.follow(f"/cohorts/{cohort}/")

    for paper in ("opening-decision.docx", "opening-decision.pdf", "sign-in-1.pdf", "door-sheet.pdf"):
        content = office.take(f"/cohorts/{cohort}/papers/{paper}")
        if paper.endswith(".docx"):
            assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()
        else:
            assert content.startswith(b"%PDF-")


def test_opens_a_sitting_only_in_its_time(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("test")
    sitting = served.text("uuid", "SELECT uuid FROM assessment_sitting WHERE state = 'planned' ORDER BY opens_at DESC")
    office = visit(served, "office")
    office.find('nav a[href="/sittings/"]').click()
    office.go(f"/sittings/{sitting}/")
    office.find(f'main form[action="/sittings/{sitting}/open/"] button').click()

    assert office.refused(), "a test of another day was opened"
    assert served.one("SELECT state FROM assessment_sitting WHERE uuid = ?", sitting.replace("-", "")) == "planned"


def test_lesson_is_written_remarked_and_approved(demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served = demo("teach")
    words = "Câu này được viết thêm trong lần duyệt mới."
    office, reviewer = visit(served, "office"), visit(served, "reviewer")
    version = write(served, office, words)

    reviewer.follow("/review/")
    reviewer.follow(f"/lesson-versions/{version}/")
    assert words in reviewer.find("main ins").all_inner_texts()[-1] or reviewer.says(words)
    reviewer.find('main form[action$="/remarks/"] textarea').fill("Xin nêu rõ nguồn.")
    reviewer.send(f"/lesson-versions/{version}/remarks/")

    office.go(f"/lesson-versions/{version}/")
    assert office.says("Xin nêu rõ nguồn.")
    office.find('main form[action^="/lesson-remarks/"] textarea').fill("Nguồn đã có ở cuối bài.")
    office.find('main form[action^="/lesson-remarks/"] button').click()
    office.sound()
    again = write(served, office, words + " Nguồn ở cuối bài.")

    reviewer.go(f"/lesson-versions/{again}/")
    reviewer.follow(f"/lesson-versions/{again}/approval/")
    reviewer.send()
    assert reviewer.refused(), "approved without having read"
    reviewer.find("#id_confirmed").check(force=True)
    reviewer.send()
    assert served.one("SELECT state FROM curriculum_lessonversion WHERE uuid = ?", again.replace("-", "")) == "approved"

    trainee = visit(served, "trainee", size=PHONE)
    trainee.go("/lessons/2.2/")
    assert trainee.says("Nguồn ở cuối bài.")


def write(served: Served, office: Visitor, words: str) -> str:
    """Let the office add words to lesson 2.2 in Vietnamese and submit them; return the version."""
    office.go("/authoring/2.2/vi/")
    body = office.find("#id_body")
    body.fill(f"{body.input_value()}\n\n{words}\n")
    office.find('main button[type="submit"]:not([name])').click()
    office.sound()
    version = served.text(
        "uuid",
        "SELECT v.uuid FROM curriculum_lessonversion v JOIN curriculum_lesson l ON l.id = v.lesson_id"
        " WHERE l.code = '2.2' ORDER BY v.number DESC LIMIT 1",
    )
    office.go(f"/lesson-versions/{version}/")
    office.find('main form[action$="/submission/"] button').click()
    office.sound()
    assert served.one("SELECT state FROM curriculum_lessonversion WHERE uuid = ?", version.replace("-", "")) == (
        "submitted"
    )
    return version
