"""Administrative papers: one content, printed as .docx and as PDF in the layout of Decree 30/2020/NĐ-CP.

An app fills a :class:`PaperContent` and asks for the file it wants::

    content = PaperContent(
        superior="Bộ Giáo dục và Đào tạo", issuer="Trường Đại học Quy Nhơn", symbol="QĐ-ĐHQN",
        place="Bình Định", kind="Quyết định", summary="Về việc mở lớp …", authority="Hiệu trưởng …",
        bases=("Nghị định số …", "Kế hoạch số …"), order="Quyết định:",
        blocks=(Article(1, "Mở lớp …"), Article(2, "…"), PageBreak(), Heading("Danh sách"), Grid(…)),
        signature=Signature("Hiệu trưởng"), recipients=("Như Điều 3", "Lưu: VT, PĐT"),
    )
    to_docx(content), to_pdf(content)

Capitals, italics, semicolons after legal bases, leading zeros of dates, the closing "./." and the blank for
a number not yet given are the layout's work: write plain sentences. Papers are in Vietnamese by law.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Literal

COUNTRY = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TEMPLATE = "ui/typst/administrative.typ"
Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    text: str
    bold: bool = False
    italic: bool = False
    align: Align = "justify"
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the body; level 1 for I., II.; level 2 for 1., 2."""

    text: str
    level: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a decision: "Điều 1." in bold, then its text; ``clauses`` are its numbered paragraphs."""

    number: int
    text: str
    clauses: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """Lines that each start with a dash."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with ruled cells; its head is repeated on each page.

    ``widths`` are shares of the line, ``align`` per column, ``totals`` bold rows at the end, ``row_mm``
    the least height of a row (for sheets to be signed by hand), ``size`` of the letters in points.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    align: Sequence[Align] = ()
    totals: Sequence[Sequence[str]] = ()
    caption: str = ""
    row_mm: float = 0
    size: float = 11.5


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of label and value, one line each, without rules (class, dates, room …)."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page, e.g. the list that goes with a decision."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: ``above`` holds lines such as "TM. Ủy ban nhân dân" and "KT. Chủ tịch"."""

    title: str
    name: str = ""
    above: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Several places to sign, side by side, inside the body (mark sheets, minutes)."""

    columns: Sequence[Signature]


Block = Paragraph | Heading | Article | Items | Grid | Facts | PageBreak | Signatures


@dataclass(frozen=True, slots=True)
class PaperContent:
    """Everything a paper says; see the module's docstring for an example.

    ``number`` empty leaves room for the registry's hand, ``on`` none leaves the day open. ``bare`` papers
    (lists, sheets) have neither number nor date of their own.
    """

    issuer: str
    kind: str
    summary: str = ""
    superior: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    on: date | None = None
    year: int | None = None
    authority: str = ""
    bases: Sequence[str] = ()
    order: str = ""
    blocks: Sequence[Block] = ()
    signature: Signature | None = None
    recipients: Sequence[str] = ()
    landscape: bool = False
    bare: bool = False
    size: float = 14
    keywords: Sequence[str] = field(default=())


def date_line(place: str, on: date | None, year: int | None = None) -> str:
    """Return "Bình Định, ngày 07 tháng 6 năm 2025": zeros before days 1-9 and months 1 and 2 only."""
    if on is None:
        return f"{place}, ngày …… tháng …… năm {year or '………'}"
    month = f"{on.month:02d}" if on.month in {1, 2} else str(on.month)
    return f"{place}, ngày {on.day:02d} tháng {month} năm {on.year}"


def number_line(number: str, symbol: str) -> str:
    """Return "Số: 109/KH-UBND"; a number not yet given is left blank; a whole number stays as it is."""
    if number and "/" in number:
        return f"Số: {number}"
    shown = number or "\u00a0" * 10
    return f"Số: {shown}/{symbol}" if symbol else f"Số: {shown}"


def base_lines(bases: Sequence[str]) -> list[str]:
    """Return the legal bases as printed: each begins with "Căn cứ" or "Theo" and ends with ";" (last: ".")."""
    lines = []
    for at, text in enumerate(bases):
        plain = text.strip().rstrip(";.")
        if not plain.startswith(("Căn cứ", "Theo", "Xét")):
            plain = f"Căn cứ {plain}"
        lines.append(plain + ("." if at == len(bases) - 1 else ";"))
    return lines


def recipient_lines(recipients: Sequence[str]) -> list[str]:
    """Return the receivers as printed: a dash before, ";" after, the last (the archive) ends with "."."""
    plain = [text.strip().lstrip("- ").rstrip(";.") for text in recipients]
    return [f"- {text}{'.' if at == len(plain) - 1 else ';'}" for at, text in enumerate(plain)]


def closed(blocks: Sequence[Block]) -> list[Block]:
    """Return the body whose last sentence ends with "./.", as Decree 30 asks; tables end as they are."""
    shown = list(blocks)
    end = next((at for at, block in enumerate(shown) if isinstance(block, PageBreak)), len(shown))
    if end == 0:
        return shown
    last = shown[end - 1]
    if isinstance(last, Paragraph):
        shown[end - 1] = replace(last, text=_ended(last.text))
    elif isinstance(last, Items) and last.lines:
        shown[end - 1] = replace(last, lines=(*last.lines[:-1], _ended(last.lines[-1])))
    elif isinstance(last, Article):
        if last.clauses:
            shown[end - 1] = replace(last, clauses=(*last.clauses[:-1], _ended(last.clauses[-1])))
        else:
            shown[end - 1] = replace(last, text=_ended(last.text))
    return shown


def _ended(text: str) -> str:
    plain = text.rstrip()
    return plain if plain.endswith("./.") else plain.rstrip(".;") + "./."


def to_docx(content: PaperContent) -> bytes:
    """Return the paper as .docx (Times New Roman by name: the reader's machine has it)."""
    from .papers_docx import AdministrativePaper  # noqa: PLC0415 - python-docx is slow to load

    return AdministrativePaper(content).bytes()


def to_pdf(content: PaperContent) -> bytes:
    """Return the paper as tagged PDF/A, in Tinos (free, same widths as Times New Roman)."""
    from .pdf import render_pdf  # noqa: PLC0415 - typst is slow to load

    return render_pdf(TEMPLATE, as_data(content))


def as_data(content: PaperContent) -> dict[str, Any]:
    """Return the paper as the plain data its typst template reads."""
    return {
        "country": COUNTRY.upper(),
        "motto": MOTTO,
        "superior": content.superior.upper(),
        "issuer": content.issuer.upper(),
        "number": "" if content.bare else number_line(content.number, content.symbol),
        "date": "" if content.bare else date_line(content.place, content.on, content.year),
        "kind": content.kind.upper(),
        "summary": content.summary,
        "authority": content.authority.upper(),
        "bases": base_lines(content.bases),
        "order": content.order.upper(),
        "blocks": [_block_data(block) for block in _body(content)],
        "signature": _signature_data(content.signature) if content.signature else None,
        "recipients": recipient_lines(content.recipients),
        "landscape": content.landscape,
        "size": content.size,
        "title": " ".join(part for part in (content.kind, content.summary) if part),
        "keywords": list(content.keywords),
    }


def _body(content: PaperContent) -> Sequence[Block]:
    return content.blocks if content.bare else closed(content.blocks)


def _signature_data(signature: Signature) -> dict[str, Any]:
    return {
        "above": [line.upper() for line in signature.above],
        "title": signature.title.upper(),
        "name": signature.name,
        "note": signature.note,
    }


_TYPES: dict[type[Block], str] = {
    Paragraph: "paragraph", Heading: "heading", Article: "article", Items: "items", Grid: "grid",
    Facts: "facts", PageBreak: "break", Signatures: "signatures",
}  # fmt: skip


def _block_data(block: Block) -> dict[str, Any]:
    data = {"type": _TYPES[type(block)], **asdict(block)}
    if isinstance(block, Signatures):
        data["columns"] = [_signature_data(one) for one in block.columns]
    if isinstance(block, Grid):
        data |= {"widths": grid_widths(block), "align": grid_align(block)}
    return data


def grid_widths(grid: Grid) -> list[float]:
    """Return the share of each column, one each where none were given."""
    return list(grid.widths) or [1.0] * len(grid.headings)


def grid_align(grid: Grid) -> list[Align]:
    """Return the alignment of each column, left where none were given."""
    return list(grid.align) or ["left"] * len(grid.headings)
