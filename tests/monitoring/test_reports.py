"""Reports: frozen figures, words, files."""

import io
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line
from hocvu.monitoring.api import (
    begin_report,
    escalate,
    fill_report,
    make_report,
    number_report,
    propose,
    report_difficulty,
    report_docx,
    report_pdf,
    write_report,
)
from hocvu.monitoring.models import Report
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 18)


def made(world: World, kind: str = "daily", day: date = DAY) -> Report:
    return make_report(actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk, kind=kind, day=day)


def difficulty(world: World, level: int = 1) -> None:
    found = report_difficulty(
        actor=world.actor(Role.OFFICE), campaign_id=world.campaign.pk, category="network", place="Phòng M1",
        text="Mạng chậm.",
    )  # fmt: skip
    propose(actor=world.actor(Role.OFFICE), difficulty_id=found.pk, text="Lắp thêm hai bộ phát.")
    for _ in range(level - 1):
        escalate(actor=world.actor(Role.MANAGER), difficulty_id=found.pk)


def text_of(docx: bytes) -> str:
    paper = Document(io.BytesIO(docx))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


def test_figures_are_frozen_with_the_ledger_head(busy: World) -> None:
    difficulty(busy)
    head = Line.objects.latest("sequence").hash
    report = made(busy)

    assert report.ledger_head == head
    assert report.figures["totals"]["presence"]["entries"] == 30
    assert [row["code"] for row in report.figures["tables"]["classes"]] == ["TR-001", "TT-001", "TT-002", "TT-003"]
    first = next(row for row in report.figures["tables"]["classes"] if row["code"] == "TT-001")
    assert {k: first[k] for k in ("people", "entries", "came", "tested", "passed", "issued", "revoked", "refused")} == {
        "people": 6, "entries": 24, "came": 16, "tested": 6, "passed": 5, "issued": 2, "revoked": 1, "refused": 2,
    }  # fmt: skip
    difficulty(busy)
    report.refresh_from_db()
    assert sum(report.figures["totals"]["difficulties"].values()) == 1


def test_made_again_it_counts_anew_and_keeps_what_people_wrote(busy: World) -> None:
    report = made(busy)
    write_report(actor=busy.actor(Role.MANAGER), report_id=report.pk, words={"causes": "Thiết bị cũ."})
    difficulty(busy)
    again = made(busy)

    assert again.pk == report.pk
    assert again.words["causes"] == "Thiết bị cũ."
    assert len(again.words["difficulties"]) == 1


def test_a_numbered_report_no_longer_changes(busy: World) -> None:
    report = made(busy)
    number_report(actor=busy.actor(Role.MANAGER), report_id=report.pk, number="215/BC-SNV")

    for change in (
        lambda: made(busy),
        lambda: write_report(actor=busy.actor(Role.MANAGER), report_id=report.pk, words={"causes": "x"}),
        lambda: number_report(actor=busy.actor(Role.MANAGER), report_id=report.pk, number="1"),
        lambda: fill_report(actor=busy.actor(Role.MANAGER), report_id=report.pk),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "monitoring.report_numbered"
    assert "Số: 215/BC-SNV" in text_of(report_docx(Report.objects.get()))


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "weekly"}, "monitoring.no_report_kind"),
        ({"day": date(2025, 6, 19)}, "monitoring.report_too_soon"),
    ],
)
def test_reports_that_cannot_be_made(busy: World, more, code: str) -> None:
    with pytest.raises(Refused) as refused:
        made(busy, **more)
    assert refused.value.code == code


@pytest.mark.parametrize("role", [Role.OFFICE, Role.LEADER, Role.TRAINEE, Role.HEAD])
def test_only_the_manager_makes_reports(busy: World, role: Role) -> None:
    with pytest.raises(NotAllowed):
        make_report(actor=busy.actor(role), campaign_id=busy.campaign.pk, kind="daily", day=DAY)


def test_a_report_begun_says_how_far_it_is_and_cannot_be_printed(busy: World) -> None:
    report = begin_report(actor=busy.actor(Role.MANAGER), campaign_id=busy.campaign.pk, kind="daily", day=DAY)

    assert report.figures == {"progress": {"done": 0, "of": 3}}
    with pytest.raises(Refused):
        report_docx(report)
    assert "totals" in fill_report(actor=busy.actor(Role.MANAGER), report_id=report.pk).figures


def test_the_paper_has_its_four_parts_in_order_and_its_figures(busy: World) -> None:
    difficulty(busy, level=3)
    clock.set_source(lambda: clock.at(date(2025, 6, 30), 15))
    report = made(busy, "final", date(2025, 6, 30))
    write_report(
        actor=busy.actor(Role.MANAGER), report_id=report.pk,
        words={"causes": "Thiết bị cũ.\nĐường truyền yếu.", "proposals": "Bổ sung kinh phí."},
    )  # fmt: skip
    paper = text_of(report_docx(Report.objects.get()))

    parts = [
        "I. Tình hình triển khai", "II. Kết quả", "III. Hạn chế, khó khăn, vướng mắc, nguyên nhân",
        "IV. Đề xuất, kiến nghị", "Phụ lục I", "Phụ lục II",
    ]  # fmt: skip
    places = [paper.index(part) for part in parts]
    assert places == sorted(places)
    for wanted in (
        "BÁO CÁO", "SỞ NỘI VỤ", "Chỉ tiêu 400 người", "đã xếp lớp 24 người", "vắng không phép 4", "6,92",
        "Đã cấp 2 giấy chứng nhận, thu hồi 1", "Chưa dự đủ số buổi quy định: 2 người", "Mạng chậm", "Bổ sung kinh phí",
        "Khó khăn số 1: Lắp thêm hai bộ phát.", report.ledger_head, "15 giờ 00 phút ngày 30/06/2025",
    ):  # fmt: skip
        assert wanted in paper, wanted


def test_the_daily_paper_tells_of_its_day_only(busy: World) -> None:
    paper = text_of(report_docx(made(busy)))

    assert "BÁO CÁO NHANH" in paper
    assert "18/06/2025" in paper and "11/06/2025\n" not in paper
    assert "TT-002" in paper and "TT-003" not in paper  # the annex has the classes of the day
    assert "Không có khó khăn, vướng mắc" in paper


def test_the_pdf_says_the_same(busy: World) -> None:
    difficulty(busy)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(report_pdf(made(busy)))).pages)

    assert "BÁO CÁO NHANH" in text
    assert "Mã đối chiếu" in " ".join(text.split())
