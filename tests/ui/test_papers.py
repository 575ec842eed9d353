"""Administrative papers: the layout's own words, the same content in .docx and in PDF."""

import io
from datetime import date

import pytest
from docx import Document
from docx.shared import Mm
from pypdf import PdfReader

from hocvu.ui.papers import (
    Article,
    Facts,
    Grid,
    Heading,
    Items,
    PageBreak,
    PaperContent,
    Paragraph,
    Signature,
    Signatures,
    base_lines,
    closed,
    date_line,
    number_line,
    recipient_lines,
    to_docx,
    to_pdf,
)

DECISION = PaperContent(
    superior="Bộ Giáo dục và Đào tạo", issuer="Trường Đại học Quy Nhơn", symbol="QĐ-ĐHQN", place="Bình Định",
    on=date(2025, 2, 7), kind="Quyết định", summary="Về việc công nhận kết quả lớp TT-001",
    authority="Hiệu trưởng Trường Đại học Quy Nhơn",
    bases=("Nghị quyết số 57-NQ/TW ngày 22/12/2024;", "Theo đề nghị của Trưởng phòng Đào tạo"), order="Quyết định:",
    blocks=(
        Article(1, "Công nhận kết quả của 45 học viên."), Article(2, "Các đơn vị chịu trách nhiệm thi hành."),
        PageBreak(), Heading("Danh sách", align="center"), Facts((("Lớp", "TT-001"),)),
        Grid(
            ("STT", "Họ và tên", "Điểm"), [[str(n), f"Học viên {n}", "8,5"] for n in range(1, 60)],
            widths=(1, 5, 1), align=("center", "left", "center"), totals=(("", "Cộng", "59"),),
        ),
        Items(("một", "hai")), Paragraph("Hết"),
        Signatures((Signature("Người chấm 1", "Mai Thị Đào"), Signature("Người chấm 2", note="(Ký)"))),
    ),
    signature=Signature("Phó Hiệu trưởng", "Trần Thị Ví Dụ", above=("KT. Hiệu trưởng",)),
    recipients=("Như Điều 2", "Lưu: VT, ĐT"),
)  # fmt: skip
WANTED = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BỘ GIÁO DỤC VÀ ĐÀO TẠO",
    "TRƯỜNG ĐẠI HỌC QUY NHƠN", "/QĐ-ĐHQN", "Bình Định, ngày 07 tháng 02 năm 2025", "QUYẾT ĐỊNH",
    "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024;", "Theo đề nghị của Trưởng phòng Đào tạo.", "Điều 1.",
    "chịu trách nhiệm thi hành./.", "Nơi nhận:", "- Lưu: VT, ĐT.", "KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG",
    "Trần Thị Ví Dụ", "Học viên 59", "NGƯỜI CHẤM 2",
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        (date(2025, 6, 7), "Bình Định, ngày 07 tháng 6 năm 2025"),
        (date(2025, 2, 28), "Bình Định, ngày 28 tháng 02 năm 2025"),
        (date(2025, 11, 9), "Bình Định, ngày 09 tháng 11 năm 2025"),
        (None, "Bình Định, ngày …… tháng …… năm 2025"),
    ],
)
def test_date_line(on: date | None, shown: str) -> None:
    assert date_line("Bình Định", on, 2025) == shown


def test_number_line() -> None:
    assert number_line("109", "KH-UBND") == "Số: 109/KH-UBND"
    assert number_line("109/KH-UBND", "KH-UBND") == "Số: 109/KH-UBND"
    assert number_line("", "QĐ-ĐHQN").endswith("/QĐ-ĐHQN")


def test_lines_are_closed_as_the_decree_asks() -> None:
    assert base_lines(["A.", "Căn cứ B"]) == ["Căn cứ A;", "Căn cứ B."]
    assert recipient_lines(["Như trên", "- Lưu: VT."]) == ["- Như trên;", "- Lưu: VT."]
    assert closed([Paragraph("Xong.")])[0] == Paragraph("Xong./.")
    assert closed([Paragraph("Xong./.")])[0] == Paragraph("Xong./.")
    assert closed([Items(("a", "b;"))])[0] == Items(("a", "b./."))
    assert closed([Article(1, "a", ("b", "c"))])[0] == Article(1, "a", ("b", "c./."))
    assert closed([Paragraph("Xong"), PageBreak(), Paragraph("Phụ lục")])[2] == Paragraph("Phụ lục")
    assert closed([]) == []


def all_text(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    parts = [p.text for p in document.paragraphs]
    for table in document.tables:
        parts += [p.text for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return "\n".join(parts)


def test_docx() -> None:
    data = to_docx(DECISION)
    text = all_text(data)
    for wanted in WANTED:
        assert wanted in text, wanted
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    near = pytest.approx(Mm(20), abs=Mm(0.1))
    assert section.left_margin == pytest.approx(Mm(30), abs=Mm(0.1))
    assert (section.right_margin, section.top_margin, section.bottom_margin) == (near, near, near)
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert document.styles["Normal"].font.name == "Times New Roman"
    bases = [p for p in document.paragraphs if p.text.startswith(("Căn cứ", "Theo đề nghị"))]
    assert [run.italic for p in bases for run in p.runs] == [True, True]


def test_pdf() -> None:
    reader = PdfReader(io.BytesIO(to_pdf(DECISION)))
    pages = [page.extract_text() for page in reader.pages]
    text = " ".join(" ".join(pages).split())
    for wanted in WANTED:
        assert wanted in text, wanted
    assert len(pages) == 3
    assert pages[1].lstrip().startswith("2")
    assert "Trần Thị Ví Dụ" in pages[0]  # the signature stands before what goes with the decision
    fonts = {
        str(f)
        for p in reader.pages
        for f in (p["/Resources"]["/Font"] or {}).values()
        for f in [f.get_object()["/BaseFont"]]
    }
    assert all("Tinos" in font for font in fonts), fonts


@pytest.mark.parametrize("landscape", [False, True])
def test_bare_and_landscape(landscape: bool) -> None:
    sheet = PaperContent(
        issuer="Trường Đại học Quy Nhơn", kind="Bảng điểm", landscape=landscape, bare=True,
        blocks=(Grid(("STT", "Chữ ký"), [["1", ""]], row_mm=12),),
    )  # fmt: skip
    page = PdfReader(io.BytesIO(to_pdf(sheet))).pages[0]
    assert (page.mediabox.width > page.mediabox.height) is landscape
    assert "Số:" not in page.extract_text()
    assert "Số:" not in all_text(to_docx(sheet))


def test_hostile_text_stays_text() -> None:
    text = '#let x = 1 <b>&amp; "quoted" $math$ */ // \\ @ref'
    paper = PaperContent(issuer=text, kind="Báo cáo", blocks=(Paragraph(text), Grid((text,), [[text]])))
    assert "#let x = 1 <b>&amp;" in all_text(to_docx(paper))
    assert "#let x = 1 <b>&amp;" in " ".join(PdfReader(io.BytesIO(to_pdf(paper))).pages[0].extract_text().split())
