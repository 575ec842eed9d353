"""A report as an administrative paper, in Vietnamese, from its frozen figures and words only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from hocvu.campaigns.api import ActCited, campaign_acts
from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.errors import Refused
from hocvu.ui.papers import (
    Block,
    Grid,
    Heading,
    Items,
    PageBreak,
    PaperContent,
    Paragraph,
    Signature,
    to_docx,
    to_pdf,
)

from ..domain import vietnamese_words as words
from ..domain.numbers import day, decimal, moment, percent, whole
from ..models import Report


def report_docx(report: Report) -> bytes:
    """Return a report as .docx."""
    return to_docx(report_content(report))


def report_pdf(report: Report) -> bytes:
    """Return a report as tagged PDF/A."""
    return to_pdf(report_content(report))


def report_content(report: Report) -> PaperContent:
    """Return what a report says, in the order administrative reports have."""
    if "totals" not in report.figures:
        raise Refused("monitoring.report_not_ready")
    campaign = report.campaign
    quick = report.kind == Report.Kind.DAILY
    organiser, owner = campaign.organiser or campaign.owner, campaign.owner
    head = "Kết quả" if not quick else f"Tình hình ngày {day(report.day)}"
    return PaperContent(
        superior="" if organiser.pk == owner.pk else owner.name_vi,
        issuer=organiser.name_vi,
        number=report.number,
        symbol=f"BC-{organiser.code}",
        place=campaign.attestation.get("place", {}).get("vi", ""),
        on=report.day,
        kind="Báo cáo nhanh" if quick else "Báo cáo",
        summary=f"{head} {campaign.name['vi'][0].lower()}{campaign.name['vi'][1:]}",
        blocks=(
            *_situation(report, campaign, campaign_acts(campaign.pk)),
            *_results(report, quick=quick),
            *_seal(report),
            *_difficulties(report),
            *_proposals(report),
            Paragraph(f"Trên đây là báo cáo {head[0].lower()}{head[1:]}; {organiser.name_vi} kính báo cáo."),
            *_annex(report, quick=quick),
        ),
        signature=Signature(title="Giám đốc"),
        recipients=(
            f"{owner.name_vi} (để báo cáo)",
            *(body.name_vi for body in (campaign.reviewer, campaign.institution) if body),
            "Lưu: VT, CCVC",
        ),
        size=13.5,
    )


def _situation(report: Report, campaign: Campaign, acts: Sequence[ActCited]) -> list[Block]:
    t = report.figures["totals"]
    cited = "; ".join(f"{words.act_kind(a.kind)} số {a.number} ngày {day(a.issued_on)}" for a in acts)
    blocks: list[Block] = [Heading("I. Tình hình triển khai")]
    if cited:
        blocks.append(Paragraph(f"Đợt bồi dưỡng được tổ chức theo các văn bản: {cited}."))
    blocks += [
        Paragraph(
            f"Thời gian: từ ngày {day(campaign.starts_on)} đến ngày {day(campaign.ends_on)}. "
            f"Chỉ tiêu {whole(t['planned'])} người; các cơ quan, đơn vị, địa phương đã cử {whole(t['nominated'])} "
            f"người, đã xếp lớp {whole(t['placed'])} người ({percent(t['placed'], t['planned'])} chỉ tiêu). "
            f"Trong số {whole(sum(t['lists'].values()))} danh sách, {whole(t['lists']['approved'])} danh sách đã được "
            f"thủ trưởng cơ quan, đơn vị duyệt."
        ),
        _modes(t),
        _groups(t),
    ]
    if said := report.words.get("course"):
        blocks += _paragraphs(said)
    return blocks


def _modes(t: Mapping[str, Any]) -> Grid:
    return Grid(
        caption="Bảng 1. Chỉ tiêu và thực hiện theo hình thức",
        headings=("Hình thức", "Chỉ tiêu", "Đã cử", "Đã xếp lớp", "Lớp theo kế hoạch", "Lớp đã mở", "Lớp đã xong"),
        rows=[
            (
                words.MODES[m["mode"]], whole(m["planned"]), whole(m["nominated"]), whole(m["placed"]),
                whole(m["classes_planned"]), whole(m["classes_begun"]), whole(m["classes_done"]),
            )
            for m in t["modes"]
        ],
        totals=[
            (
                "Cộng", whole(t["planned"]), whole(t["nominated"]), whole(t["placed"]),
                *(whole(sum(m[k] for m in t["modes"])) for k in ("classes_planned", "classes_begun", "classes_done")),
            )
        ],
        widths=(2, 1.2, 1.2, 1.2, 1.2, 1.1, 1.1),
        align=("left", *("right",) * 6),
    )  # fmt: skip


def _groups(t: Mapping[str, Any]) -> Grid:
    return Grid(
        caption="Bảng 2. Theo nhóm đối tượng",
        headings=("Nhóm đối tượng", "Chỉ tiêu", "Xếp lớp", "Dự học", "Đạt kiểm tra", "Giấy chứng nhận"),
        rows=[
            (
                g["name"].get("vi", g["code"]), whole(g["planned"]), whole(g["placed"]),
                percent(_came(g["presence"]), g["presence"]["entries"]), whole(g["passed"]), whole(g["attested"]),
            )
            for g in t["groups"]
        ],
        widths=(3.4, 1.1, 1.1, 1.1, 1.1, 1.2),
        align=("left", *("right",) * 5),
    )  # fmt: skip


def _results(report: Report, *, quick: bool) -> list[Block]:
    t = report.figures["totals"]
    return [
        Heading("II. Kết quả"),
        Heading("1. Tổ chức lớp và chuyên cần", level=2),
        *_presence(report, t, quick=quick),
        Heading("2. Kiểm tra trên máy tính", level=2),
        *_tests(t),
        Heading("3. Công nhận kết quả, cấp giấy chứng nhận", level=2),
        *_attestations(t),
        Heading("4. Đánh giá chất lượng bồi dưỡng", level=2),
        *_forms(t),
    ]


def _presence(report: Report, t: Mapping[str, Any], *, quick: bool) -> list[Block]:
    p = t["presence"]
    days = [d for d in t["days"] if d["presence"]["expected"]]
    shown = [d for d in days if d["day"] == report.day.isoformat()] if quick else days
    blocks: list[Block] = [
        Paragraph(
            f"Đã tổ chức {whole(t['sessions_held'])} trên {whole(t['sessions_planned'])} buổi theo thời khóa biểu. "
            f"Sổ điểm danh có {whole(p['entries'])} lượt, trong đó đúng giờ {whole(p['present'])}, đi muộn "
            f"{whole(p['late'])}, học bù {whole(p['made_up'])}, vắng có phép {whole(p['excused'])}, vắng không phép "
            f"{whole(p['absent'])}; tỷ lệ dự học {percent(_came(p), p['entries'])}."
        )
    ]
    if shown:
        blocks.append(
            Grid(
                caption="Bảng 3. Chuyên cần trong ngày" if quick else "Bảng 3. Chuyên cần theo ngày",
                headings=("Ngày", "Số buổi", "Đã khóa sổ", "Lượt phải dự", "Lượt dự", "Đi muộn", "Vắng P", "Vắng K"),
                rows=[_day_row(d) for d in shown],
                align=("left", *("right",) * 7),
            )
        )
    elif quick:
        blocks.append(Paragraph("Trong ngày không có lớp học."))
    return blocks


def _day_row(d: Mapping[str, Any]) -> tuple[str, ...]:
    p = d["presence"]
    numbers = (d["sessions"], d["closed"], p["expected"], _came(p), p["late"], p["excused"], p["absent"])
    return (day(d["day"]), *(whole(n) for n in numbers))


def _tests(t: Mapping[str, Any]) -> list[Block]:
    if not t["tested"]:
        return [Paragraph("Chưa có kết quả kiểm tra.")]
    return [
        Paragraph(
            f"{whole(t['tested'])} người đã có điểm, điểm trung bình {decimal(t['mark_mean'], 2)}; "
            f"{whole(t['passed'])} người đạt ({percent(t['passed'], t['tested'])}), "
            f"{whole(t['tested'] - t['passed'])} người chưa đạt. Mỗi người tính một lần theo điểm cao nhất còn giá trị."
        ),
        Grid(
            caption="Bảng 4. Phân bố điểm",
            headings=("Điểm", *(words.bucket(n) for n in range(11))),
            rows=[("Số người", *(whole(n) for n in t["marks"]))],
            widths=(1.6, *(1,) * 11),
            align=("left", *("right",) * 11),
            size=10,
        ),
    ]


def _attestations(t: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(
            f"Đã cấp {whole(t['issued'])} giấy chứng nhận, thu hồi {whole(t['revoked'])}; "
            f"{whole(t['refused'])} người không đủ điều kiện, {whole(t['open'])} người đang chờ xét."
        )
    ]
    if t["refused_by_reason"]:
        blocks.append(Items([f"{words.reason(code)}: {whole(n)} người" for code, n in t["refused_by_reason"].items()]))
    return blocks


def _forms(t: Mapping[str, Any]) -> list[Block]:
    sent = [f for f in t["forms"] if f["sent"]]
    if not sent:
        return [Paragraph("Chưa gửi phiếu đánh giá.")]
    return [
        Grid(
            caption="Bảng 5. Phiếu đánh giá",
            headings=("Phiếu", "Gửi đi", "Trả lời", "Tỷ lệ trả lời", "Không hợp lệ"),
            rows=[
                (
                    words.form_name(f["kind"], f["month"]), whole(f["sent"]), whole(f["answered"]),
                    percent(f["answered"], f["sent"]), whole(f["invalid"]),
                )
                for f in sent
            ],
            widths=(3.6, 1, 1, 1.2, 1.2),
            align=("left", *("right",) * 4),
        ),
        Paragraph("Người không trả lời không được tính là hài lòng hay đạt yêu cầu."),
    ]  # fmt: skip


def _difficulties(report: Report) -> list[Block]:
    told = report.words.get("difficulties", [])
    blocks: list[Block] = [Heading("III. Hạn chế, khó khăn, vướng mắc, nguyên nhân")]
    if told:
        t = report.figures["totals"]
        blocks += [
            Paragraph(
                f"Tiếp nhận {whole(sum(t['difficulties'].values()))} khó khăn, vướng mắc; đã quyết định hoặc đã xong "
                f"{whole(t['difficulties']['decided'] + t['difficulties']['closed'])}, quá hạn xử lý "
                f"{whole(t['difficulties_late'])}. Cụ thể:"
            ),
            Items([words.difficulty_line(one) for one in told]),
        ]
    else:
        blocks.append(Paragraph("Không có khó khăn, vướng mắc trong kỳ báo cáo."))
    if causes := report.words.get("causes"):
        blocks.append(Paragraph("Nguyên nhân:", bold=True))
        blocks += _paragraphs(causes)
    return blocks


def _proposals(report: Report) -> list[Block]:
    told = report.words.get("difficulties", [])
    lines = [
        f"Khó khăn số {one['number']}: {one['proposal']}"
        for one in told
        if one["level"] == 3 and one["state"] in {"open", "proposed"} and one["proposal"]
    ]
    blocks: list[Block] = [Heading("IV. Đề xuất, kiến nghị")]
    if lines:
        blocks += [Paragraph("Kính đề nghị Ủy ban nhân dân tỉnh xem xét, quyết định:"), Items(lines)]
    if said := report.words.get("proposals"):
        blocks += _paragraphs(said)
    if len(blocks) == 1:
        blocks.append(Paragraph("Không có đề xuất, kiến nghị."))
    return blocks


def _seal(report: Report) -> list[Block]:
    until = clock.local(datetime.fromisoformat(report.figures["totals"]["until"]))
    lines = [f"Số liệu tính đến {moment(until)}; mỗi số liệu mở được thành danh sách trên hệ thống."]
    if report.ledger_head:
        lines.append(f"Mã đối chiếu với nhật ký hệ thống: {report.ledger_head}.")
    return [Heading("5. Nguồn số liệu", level=2), *(Paragraph(line, align="left") for line in lines)]


def _annex(report: Report, *, quick: bool) -> list[Block]:
    tables = report.figures["tables"]
    classes = tables["classes"]
    if quick:
        today = report.day.isoformat()
        classes = [c for c in classes if c["starts_on"] <= today <= c["ends_on"]]
    blocks: list[Block] = []
    if classes:
        blocks += [PageBreak(), Heading("Phụ lục I. Kết quả theo lớp"), _annex_grid("Lớp", classes, "code")]
    if not quick and tables["agencies"]:
        grid = _annex_grid("Cơ quan, đơn vị", tables["agencies"], "name")
        blocks += [PageBreak(), Heading("Phụ lục II. Kết quả theo cơ quan, đơn vị"), grid]
    return blocks


def _annex_grid(first: str, rows: Sequence[Mapping[str, Any]], name: str) -> Grid:
    keys = ("people", "entries", "came", "tested", "passed", "issued", "refused")
    return Grid(
        headings=("TT", first, "Số người", "Lượt ghi", "Lượt dự", "Có điểm", "Đạt", "Giấy CN", "Không đủ ĐK"),
        rows=[(str(at), str(row[name]), *(whole(row[key]) for key in keys)) for at, row in enumerate(rows, start=1)],
        totals=[("", "Cộng", *(whole(sum(row[key] for row in rows)) for key in keys))],
        widths=(0.6, 1.2 if name == "code" else 4.2, *(1,) * 7),
        align=("center", "left", *("right",) * 7),
        size=10,
    )


def _came(p: Mapping[str, int]) -> int:
    return p["present"] + p["late"] + p["made_up"]


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]
