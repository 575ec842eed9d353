"""Papers of a class: opening decision with its list, class list, sign-in sheets, door sheet, convocation."""

from collections.abc import Sequence
from datetime import date

from hocvu.campaigns.api import campaign_acts
from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.texts import pick
from hocvu.ui.papers import (
    Align,
    Article,
    Block,
    Facts,
    Grid,
    Heading,
    PageBreak,
    PaperContent,
    Paragraph,
    Signature,
    Signatures,
)

from ..models import Cohort, Placement, Session
from ..queries.grids import teacher_names

HALVES = {1: "Ngày 1, buổi sáng", 2: "Ngày 1, buổi chiều", 3: "Ngày 2, buổi sáng", 4: "Ngày 2, buổi chiều"}
MODES = {"in_person": "trực tiếp", "online": "trực tuyến"}


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def members(cohort: Cohort) -> list[Placement]:
    """Return the class list in its order, with what papers print."""
    rows = Placement.objects.filter(cohort=cohort).select_related(
        "person", "organisation", "lab_group__lab", "nomination"
    )
    return list(rows.order_by("number"))


def _issuer(campaign: Campaign) -> tuple[str, str]:
    settings = campaign.attestation
    return pick(settings.get("issuer", {}), "vi"), pick(settings.get("superior", {}), "vi")


def _place(cohort: Cohort) -> str:
    if cohort.room is None:
        return f"Trực tuyến: {cohort.join_url}"
    return f"{cohort.room.name}, {pick(cohort.room.venue.name, 'vi')}, {cohort.room.venue.address}"


def _facts(cohort: Cohort) -> Facts:
    names = teacher_names([cohort.pk]).get(cohort.pk, ())
    return Facts(
        (
            ("Lớp", f"{cohort.code} ({MODES[cohort.mode]})"),
            ("Thời gian", f"{_day(cohort.starts_on)} và {_day(cohort.ends_on)}"),
            ("Địa điểm", _place(cohort)),
            ("Giảng viên", "; ".join(names)),
            ("Số học viên", str(cohort.size)),
        )
    )


def _list_grid(rows: Sequence[Placement], *, extra: Sequence[str] = (), row_mm: float = 0) -> Grid:
    named: tuple[Align, ...] = ("center", "left", "center", "left")
    middle: Align = "center"
    centred = (middle,) * len(extra)
    return Grid(
        headings=("STT", "Họ và tên", "Ngày sinh", "Cơ quan, đơn vị", *extra),
        rows=[
            (
                str(p.number),
                p.person.full_name,
                _day(p.person.birth_date) if p.person.birth_date else str(p.person.birth_year or ""),
                p.organisation.name_vi,
                *("" for _ in extra),
            )
            for p in rows
        ],
        widths=(1, 5, 2.4, 6, *(2.5 for _ in extra)),
        align=named + centred,
        row_mm=row_mm,
        size=10.5,
    )


def opening_decision(cohort: Cohort) -> PaperContent:
    """Return the decision that opens a class, with its list."""
    campaign = cohort.plan.campaign
    issuer, superior = _issuer(campaign)
    name = pick(campaign.name, "vi")
    acts = [f"{act.number} ngày {_day(act.issued_on)}: {pick(act.subject, 'vi')}" for act in campaign_acts(campaign.pk)]
    place = pick(campaign.attestation.get("place", {}), "vi")
    return PaperContent(
        issuer=issuer, superior=superior, symbol="QĐ-ĐHQN", place=place, year=cohort.starts_on.year,
        kind="Quyết định", summary=f"Về việc mở lớp {cohort.code}: {name}", authority=f"Hiệu trưởng {issuer}",
        bases=acts, order="Quyết định:",
        blocks=(
            Article(1, f"Mở lớp {cohort.code} ({MODES[cohort.mode]}) gồm {cohort.size} học viên, từ ngày "
                       f"{_day(cohort.starts_on)} đến ngày {_day(cohort.ends_on)}, tại {_place(cohort)} (kèm theo danh sách)."),
            Article(2, "Phòng Đào tạo tổ chức lớp học, quản lý học viên, kiểm tra và đánh giá theo quy định."),
            Article(3, "Quyết định có hiệu lực từ ngày ký. Trưởng các đơn vị liên quan và học viên có tên trong danh sách "
                       "chịu trách nhiệm thi hành Quyết định này."),
            PageBreak(),
            Heading(f"Danh sách học viên lớp {cohort.code}", align="center"),
            _facts(cohort),
            _list_grid(members(cohort)),
        ),
        signature=Signature("Hiệu trưởng"), recipients=("Như Điều 3", "Sở Nội vụ (để báo cáo)", "Lưu: VT, PĐT"),
    )  # fmt: skip


def class_list(cohort: Cohort) -> PaperContent:
    """Return the class list with lab groups."""
    rows = members(cohort)
    groups: dict[str, int] = {}
    for p in rows:
        if p.lab_group:
            key = f"Lượt {p.lab_group.turn}, phòng máy {p.lab_group.lab.code}"
            groups[key] = groups.get(key, 0) + 1
    issuer, superior = _issuer(cohort.plan.campaign)
    blocks: list[Block] = [_facts(cohort), _list_grid(rows)]
    if groups:
        blocks += [Heading("Nhóm phòng máy"), Facts(tuple((k, f"{n} học viên") for k, n in groups.items()))]
    return PaperContent(
        issuer=issuer,
        superior=superior,
        kind="Danh sách lớp",
        summary=f"Lớp {cohort.code}",
        blocks=blocks,
        bare=True,
        size=13,
    )


def sign_in_sheet(session: Session) -> PaperContent:
    """Return the sheet that people of a class sign in one half-day."""
    cohort = session.cohort
    issuer, superior = _issuer(cohort.plan.campaign)
    start = clock.local(session.starts_at)
    return PaperContent(
        issuer=issuer, superior=superior, kind="Bảng điểm danh",
        summary=f"Lớp {cohort.code} – {HALVES[session.half_day]}, {start:%H:%M} ngày {start:%d/%m/%Y}",
        blocks=(
            _facts(cohort),
            _list_grid(members(cohort), extra=("Ký tên", "Ghi chú"), row_mm=7),
            Paragraph("Tổng số: …… Có mặt: …… Vắng có phép (P): …… Vắng không phép (K): …… Đi muộn: ……", indent=False),
            Signatures((Signature("Giảng viên"), Signature("Cán bộ quản lý lớp"))),
        ),
        bare=True, size=12,
    )  # fmt: skip


def door_sheet(cohort: Cohort) -> PaperContent:
    """Return the sheet for the door of the room: class, hours, teachers, names in order."""
    issuer, superior = _issuer(cohort.plan.campaign)
    hours = [
        (
            HALVES[s.half_day],
            f"{clock.local(s.starts_at):%H:%M}–{clock.local(s.ends_at):%H:%M}, {_day(clock.local(s.starts_at).date())}",
        )
        for s in Session.objects.filter(cohort=cohort).order_by("half_day")
    ]
    return PaperContent(
        issuer=issuer, superior=superior, kind=f"Lớp {cohort.code}", summary=_place(cohort), bare=True, size=14,
        blocks=(Facts(tuple(hours)), _facts(cohort), _list_grid(members(cohort))),
    )  # fmt: skip


def convocation(placement: Placement) -> PaperContent:
    """Return the letter that calls one person to class."""
    cohort = placement.cohort
    campaign = cohort.plan.campaign
    issuer, superior = _issuer(campaign)
    hours = [
        (
            HALVES[s.half_day],
            f"{clock.local(s.starts_at):%H:%M}–{clock.local(s.ends_at):%H:%M} ngày {_day(clock.local(s.starts_at).date())}",
        )
        for s in Session.objects.filter(cohort=cohort).order_by("half_day")
    ]
    return PaperContent(
        issuer=issuer, superior=superior, symbol="TB-ĐHQN", place=pick(campaign.attestation.get("place", {}), "vi"),
        year=cohort.starts_on.year, kind="Giấy triệu tập", summary=f"Tham dự lớp {cohort.code}: {pick(campaign.name, 'vi')}",
        blocks=(
            Paragraph(f"Kính gửi: Ông/Bà {placement.person.full_name}, {placement.organisation.name_vi}."),
            Paragraph(f"Trân trọng triệu tập Ông/Bà tham dự lớp {cohort.code} theo lịch sau:"),
            Facts((*hours, ("Địa điểm", _place(cohort)), ("Số thứ tự", str(placement.number)))),
            Paragraph("Đề nghị mang theo phiếu đăng nhập, đến trước giờ học 15 phút, tham dự đầy đủ các buổi và chấp hành nội quy lớp học. "
                      "Nếu có việc đột xuất, báo ngay cho cán bộ đầu mối của cơ quan."),
        ),
        signature=Signature("Trưởng phòng Đào tạo", above=("TL. Hiệu trưởng",)),
        recipients=("Như trên", placement.organisation.name_vi, "Lưu: VT, PĐT"),
    )  # fmt: skip
