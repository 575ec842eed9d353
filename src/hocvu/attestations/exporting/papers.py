"""The papers around issuing: mark sheet, recognition decision with its list, register book."""

from collections.abc import Sequence
from typing import Any

from hocvu.campaigns.api import ActCited, campaign_acts
from hocvu.kernel import clock
from hocvu.kernel.texts import pick
from hocvu.planning.models import Cohort
from hocvu.ui.papers import (
    Article,
    Facts,
    Grid,
    Heading,
    PageBreak,
    PaperContent,
    Paragraph,
    Signature,
    Signatures,
)

from ..domain import words
from ..models import Attestation, MarkSheet, Recognition, Revocation
from ..queries.printed import programme_of

SIGN_HERE = "(Ký, ghi rõ họ tên)"


def mark_sheet(sheet: MarkSheet) -> PaperContent:
    """Return the mark sheet as the examiners confirmed it."""
    cohort = sheet.cohort
    passed = sum(row["verdict"] == "eligible" for row in sheet.rows)
    grid = Grid(
        headings=(
            "STT", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Bài thu hoạch", "Bài kiểm tra", "Bằng chữ",
            "Xếp loại", "Ghi chú",
        ),
        rows=[_mark_row(row) for row in sheet.rows],
        widths=(5, 20, 10, 26, 8, 8, 13, 10, 16),
        align=("center", "left", "center", "left", "center", "center", "left", "center", "left"),
        size=10.5,
    )  # fmt: skip
    return PaperContent(
        superior=_wording(cohort, "superior"),
        issuer=_wording(cohort, "issuer"),
        kind="Bảng điểm tổng hợp",
        summary=f"Lớp {cohort.code}",
        landscape=True,
        bare=True,
        blocks=(
            _class_facts(cohort),
            grid,
            Paragraph(
                f"Danh sách này có {len(sheet.rows)} học viên, trong đó {passed} học viên đủ điều kiện. "
                f"Bản số {sheet.version}, xác nhận ngày {words.day(clock.local(sheet.confirmed_at).date())}.",
                indent=False,
            ),
            Signatures(
                (
                    Signature("Người chấm thứ nhất", sheet.first_examiner, note=SIGN_HERE),
                    Signature("Người chấm thứ hai", sheet.second_examiner, note=SIGN_HERE),
                )
            ),
        ),
    )


def _mark_row(row: dict[str, Any]) -> list[str]:
    band = pick(row["band"], "vi") if row["band"] else ""
    return [
        str(row["number"]),
        row["name"],
        row["birth"],
        row["organisation"],
        words.mark(row["assignment"]),
        words.mark(row["mark"]),
        row["mark_words"],
        band or ("Không đạt" if row["verdict"] == "refused" else ""),
        words.reasons(row["reasons"]),
    ]


def recognition_decision(decision: Recognition) -> PaperContent:
    """Return the decision that recognises results, with its list; number and day are blank until entered."""
    cohort, sheet = decision.cohort, decision.sheet
    campaign = cohort.plan.campaign
    issuer = pick(campaign.attestation.get("issuer", {}), "vi")
    named = [row for row in sheet.rows if row["recognised"]]
    further = " (bổ sung)" if decision.ordinal > 1 else ""
    confirmed = words.day(clock.local(sheet.confirmed_at).date())
    head = decision.signer_title or "Hiệu trưởng"
    return PaperContent(
        superior=_wording(cohort, "superior"),
        issuer=_wording(cohort, "issuer"),
        number=decision.number,
        symbol=campaign.attestation.get("decision_symbol", "QĐ"),
        place=pick(campaign.attestation.get("place", {}), "vi"),
        on=decision.decided_on,
        year=cohort.ends_on.year,
        kind="Quyết định",
        summary=f"Về việc công nhận kết quả và cấp giấy chứng nhận cho học viên lớp {cohort.code}{further}",
        authority=f"Hiệu trưởng {issuer}",
        bases=(
            *(act_line(act) for act in campaign_acts(campaign.pk)),
            f"Căn cứ Bảng điểm tổng hợp lớp {cohort.code} do hai người chấm xác nhận ngày {confirmed}",
            "Theo đề nghị của Trưởng phòng Đào tạo",
        ),
        order="Quyết định:",
        blocks=(*_articles(cohort, len(named)), PageBreak(), *_list(decision, named)),
        signature=Signature(head, decision.signer_name, above=_above(head)),
        recipients=("Như Điều 3", "Sở Nội vụ (để báo cáo)", "Lưu: VT, ĐT"),
    )


def _articles(cohort: Cohort, count: int) -> tuple[Article, ...]:
    programme = pick(programme_of(cohort.plan.campaign)[0], "vi")
    return (
        Article(
            1,
            f"Công nhận kết quả chương trình “{programme}”, lớp {cohort.code}, tổ chức từ ngày "
            f"{words.day(cohort.starts_on)} đến ngày {words.day(cohort.ends_on)}, cho {count} học viên "
            "(danh sách kèm theo).",
        ),
        Article(
            2,
            "Cấp giấy chứng nhận cho các học viên có tên trong danh sách tại Điều 1. Phòng Đào tạo vào sổ gốc, "
            "phát giấy chứng nhận và lưu hồ sơ theo quy định.",
        ),
        Article(
            3,
            "Các Trưởng phòng Đào tạo, Hành chính - Tổng hợp, các đơn vị liên quan và các học viên có tên tại "
            "Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        ),
    )


def _list(decision: Recognition, named: Sequence[dict[str, Any]]) -> tuple[Any, ...]:
    entries = {
        row.placement_id: row
        for row in Attestation.objects.filter(placement_id__in=[one["placement_id"] for one in named])
    }
    given = f"{decision.number} ngày {words.day(decision.decided_on)}" if decision.number else "……………"
    rows = []
    for at, one in enumerate(named, start=1):
        entry = entries.get(one["placement_id"])
        rows.append(
            [
                str(at), one["name"], one["birth"], one["organisation"], words.mark(one["mark"]),
                pick(one["band"], "vi"), entry.number if entry else "",
                str(entry.register_number) if entry else "",
            ]
        )  # fmt: skip
    return (
        Heading("DANH SÁCH HỌC VIÊN ĐƯỢC CẤP GIẤY CHỨNG NHẬN", align="center"),
        Paragraph(f"(Kèm theo Quyết định số {given})", italic=True, align="center", indent=False),
        _class_facts(decision.cohort),
        Grid(
            ("STT", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Điểm", "Xếp loại", "Số hiệu", "Số vào sổ"),
            rows,
            widths=(5, 19, 12, 18, 6, 9, 22, 7),
            align=("center", "left", "center", "left", "center", "center", "center", "center"),
            size=10.5,
        ),
    )


def register_book(entries: Sequence[Attestation], *, title: str) -> PaperContent:
    """Return pages of the register (sổ gốc) for the entries given, in their order."""
    revoked = {
        row.attestation_id: row for row in Revocation.objects.filter(attestation_id__in=[entry.pk for entry in entries])
    }
    issuer = entries[0].payload if entries else {}
    return PaperContent(
        issuer=pick(issuer.get("issuer", {}), "vi"),
        superior=pick(issuer.get("superior", {}), "vi"),
        kind="Sổ gốc cấp giấy chứng nhận",
        summary=title,
        landscape=True,
        bare=True,
        blocks=(
            Grid(
                (
                    "Số vào sổ", "Số hiệu", "Họ và tên", "Ngày sinh", "Đơn vị công tác", "Lớp", "Kết quả",
                    "Quyết định", "Người nhận ký", "Ghi chú",
                ),
                [_register_row(entry, revoked.get(entry.pk)) for entry in entries],
                widths=(6, 19, 19, 11, 22, 8, 10, 17, 11, 14),
                align=("center", "left", "left", "center", "left", "center", "center", "left", "left", "left"),
                row_mm=10,
                size=10,
            ),
        ),
    )  # fmt: skip


def _register_row(entry: Attestation, revoked: Revocation | None) -> list[str]:
    printed = entry.payload
    note = ""
    if revoked:
        cause = words.CAUSES_VI[revoked.cause]
        note = f"Thu hồi: {cause} (QĐ {revoked.decision_number} ngày {words.day(revoked.decided_on)})"
    return [
        str(entry.register_number),
        entry.number,
        printed["name"],
        printed["birth"],
        pick(printed["organisation"], "vi"),
        printed["class"],
        f"{printed['mark']} ({pick(printed['band'], 'vi')})",
        f"{printed['decision']['number']} ngày {printed['decision']['on']}",
        "",
        note,
    ]


def act_line(act: ActCited) -> str:
    """Return an act as a legal basis cites it."""
    kind = words.KINDS_VI.get(act.kind, act.kind)
    day = words.day(act.issued_on)
    return f"Căn cứ {kind} số {act.number} ngày {day} của {pick(act.issuer, 'vi')} {pick(act.subject, 'vi')}"


def _wording(cohort: Cohort, key: str) -> str:
    return pick(cohort.plan.campaign.attestation.get(key, {}), "vi")


def _class_facts(cohort: Cohort) -> Facts:
    programme, periods = programme_of(cohort.plan.campaign)
    return Facts(
        (
            ("Chương trình", pick(programme, "vi")),
            (
                "Lớp",
                (
                    f"{cohort.code}, từ ngày {words.day(cohort.starts_on)} đến ngày {words.day(cohort.ends_on)}, "
                    f"{periods} tiết"
                ),
            ),
        )
    )


def _above(title: str) -> tuple[str, ...]:
    # A deputy signs for the head: "KT. HIỆU TRƯỞNG" over "PHÓ HIỆU TRƯỞNG".
    plain = title.strip()
    return (f"KT. {plain[4:]}",) if plain.lower().startswith("phó ") else ()
