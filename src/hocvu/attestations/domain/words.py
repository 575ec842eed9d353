"""Words and figures as papers print them: dates, marks, forms of address, bands."""

from collections.abc import Iterable, Mapping
from datetime import date

TITLES: Mapping[str, Mapping[str, str]] = {
    "f": {"vi": "Bà", "fr": "Madame", "en": "Ms"},
    "m": {"vi": "Ông", "fr": "Monsieur", "en": "Mr"},
    "": {"vi": "Ông/Bà", "fr": "Madame/Monsieur", "en": "Mr/Ms"},
}
# Bands in tenths, common practice of political schools and universities: unverified for this campaign.
BANDS: tuple[tuple[int, Mapping[str, str]], ...] = (
    (90, {"vi": "Xuất sắc", "fr": "Excellent", "en": "Excellent"}),
    (80, {"vi": "Giỏi", "fr": "Très bien", "en": "Very good"}),
    (70, {"vi": "Khá", "fr": "Bien", "en": "Good"}),
    (50, {"vi": "Đạt", "fr": "Satisfaisant", "en": "Satisfactory"}),
)
FAILED_BAND: Mapping[str, str] = {"vi": "Không đạt", "fr": "Insuffisant", "en": "Not passed"}
# The offices that sign attestations; another office is printed in Vietnamese on both sides.
SIGNER_TITLES: Mapping[str, Mapping[str, str]] = {
    "hiệu trưởng": {"vi": "Hiệu trưởng", "fr": "Le Recteur", "en": "Rector"},
    "phó hiệu trưởng": {"vi": "Phó Hiệu trưởng", "fr": "Le Vice-recteur", "en": "Vice-Rector"},
    "giám đốc": {"vi": "Giám đốc", "fr": "Le Directeur", "en": "Director"},
    "phó giám đốc": {"vi": "Phó Giám đốc", "fr": "Le Directeur adjoint", "en": "Deputy Director"},
}


def day(value: date | None) -> str:
    """Return 11/06/2025."""
    return value.strftime("%d/%m/%Y") if value else ""


def birth(value: date | None, year: int | None) -> str:
    """Return the birth date, or the year where only the year is known."""
    return day(value) or (str(year) if year else "")


def mark(tenths: int | None) -> str:
    """Return a mark with its decimal comma: 85 -> "8,5"."""
    return "" if tenths is None else f"{tenths // 10},{tenths % 10}"


def band(tenths: int) -> Mapping[str, str]:
    """Return the band of a mark in three languages."""
    return next((words for least, words in BANDS if tenths >= least), FAILED_BAND)


def signer_title(title: str, chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a signer's title in three languages; ``chosen`` is the campaign's own wording of its usual one."""
    if chosen and chosen.get("vi", "").lower() == title.strip().lower():
        return dict(chosen)
    known = SIGNER_TITLES.get(title.strip().lower())
    return dict(known) if known else {"vi": title, "fr": title, "en": title}


def title_of(sex: str) -> dict[str, str]:
    """Return the form of address."""
    return dict(TITLES.get(sex, TITLES[""]))


# What a mark sheet notes beside a name (papers are in Vietnamese).
REASONS_VI: Mapping[str, str] = {
    "conduct.upheld": "vi phạm nội quy",
    "conduct.undecided": "chờ xem xét việc chấp hành nội quy",
    "presence.short": "chưa tham gia đầy đủ",
    "presence.pending": "còn học bù",
    "test.low": "bài kiểm tra chưa đạt",
    "test.missing": "chưa kiểm tra",
    "test.pending": "chờ kết quả kiểm tra",
    "assignment.low": "bài thu hoạch chưa đạt",
    "assignment.missing": "chưa nộp bài thu hoạch",
    "assignment.pending": "chưa nộp bài thu hoạch",
    "assignment.not_graded": "bài thu hoạch chờ chấm",
}
KINDS_VI: Mapping[str, str] = {
    "NQ": "Nghị quyết", "NĐ": "Nghị định", "TT": "Thông tư", "QĐ": "Quyết định", "KH": "Kế hoạch", "LU": "Luật",
    "CT": "Chỉ thị", "HD": "Hướng dẫn", "TTr": "Tờ trình", "CV": "Công văn",
}  # fmt: skip
CAUSES_VI: Mapping[str, str] = {
    "fraud": "gian lận trong học tập, kiểm tra",
    "false_file": "hồ sơ dự học giả mạo",
    "not_entitled": "cấp cho người không đủ điều kiện",
    "wrong_authority": "cấp không đúng thẩm quyền",
    "altered": "bị tẩy xóa, sửa chữa hoặc cho người khác sử dụng",
}


def reasons(codes: Iterable[str]) -> str:
    """Return what stands against an attestation, in Vietnamese, worst first."""
    return "; ".join(REASONS_VI.get(code, code) for code in codes)
