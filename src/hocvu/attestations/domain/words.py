"""Words and figures as papers print them: dates, marks, forms of address, bands."""

from collections.abc import Mapping
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
