"""The fixed words of an attestation in its languages, and how each language writes a day."""

from collections.abc import Callable, Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "heading": "GIẤY CHỨNG NHẬN",
        "certifies": "Chứng nhận",
        "birth": "Ngày sinh",
        "organisation": "Đơn vị công tác",
        "done": "Đã hoàn thành chương trình bồi dưỡng",
        "period": "từ ngày {since} đến ngày {until}",
        "length": "{periods} tiết",
        "when": "Thời gian",
        "how_long": "Thời lượng",
        "result": "Kết quả",
        "class": "Lớp",
        "decision": "Quyết định số {number} ngày {on}",
        "number": "Số hiệu",
        "register": "Số vào sổ",
        "verify": "Quét mã QR hoặc vào địa chỉ dưới đây để kiểm tra",
        "code": "Mã",
    },
    "fr": {
        "heading": "ATTESTATION",
        "certifies": "Atteste que",
        "birth": "Date de naissance",
        "organisation": "Organisme",
        "done": "a accompli le programme de formation",
        "period": "du {since} au {until}",
        "length": "{periods} périodes de 45 minutes",
        "when": "Dates",
        "how_long": "Durée",
        "result": "Résultat",
        "class": "Classe",
        "decision": "Décision nº {number} du {on}",
        "number": "Numéro",
        "register": "Inscription au registre",
        "verify": "Vérifier par le code QR ou à cette adresse",
        "code": "Code",
    },
    "en": {
        "heading": "ATTESTATION",
        "certifies": "This certifies that",
        "birth": "Date of birth",
        "organisation": "Organisation",
        "done": "has completed the training programme",
        "period": "from {since} to {until}",
        "length": "{periods} periods of 45 minutes",
        "when": "Dates",
        "how_long": "Length",
        "result": "Result",
        "class": "Class",
        "decision": "Decision no. {number} of {on}",
        "number": "Number",
        "register": "Register entry",
        "verify": "Check it by the QR code or at this address",
        "code": "Code",
    },
}
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def _parts(day: str) -> tuple[int, int, str]:
    number, month, year = day.split("/")
    return int(number), int(month), year


def _vietnamese(place: str, day: str) -> str:
    number, month, year = _parts(day)
    shown = f"{month:02d}" if month < 3 else str(month)
    return f"{place}, ngày {number:02d} tháng {shown} năm {year}"


def _french(place: str, day: str) -> str:
    number, month, year = _parts(day)
    first = "1er" if number == 1 else str(number)
    return f"{place}, le {first} {_FRENCH_MONTHS[month - 1]} {year}"


def _english(place: str, day: str) -> str:
    number, month, year = _parts(day)
    return f"{place}, {number} {_ENGLISH_MONTHS[month - 1]} {year}"


DATES: Mapping[str, Callable[[str, str], str]] = {"vi": _vietnamese, "fr": _french, "en": _english}
