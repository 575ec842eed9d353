"""The .docx side of administrative papers: Decree 30/2020 layout, coded with python-docx."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from hocvu.kernel import clock

from .papers import (
    COUNTRY,
    MOTTO,
    Align,
    Article,
    Block,
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
    grid_align,
    grid_widths,
    number_line,
    recipient_lines,
)

FONT = "Times New Roman"
LEFT, RIGHT, TOP, BOTTOM = 30, 20, 20, 20  # millimetres
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


class AdministrativePaper:
    """A paper being written: made from its content at once, read with :meth:`bytes`."""

    def __init__(self, content: PaperContent) -> None:
        self.content = content
        self.document = Document()
        self.width = (297 if content.landscape else 210) - LEFT - RIGHT
        self._page()
        self._head()
        self._title()
        blocks = list(content.blocks) if content.bare else closed(content.blocks)
        cut = next((at for at, block in enumerate(blocks) if isinstance(block, PageBreak)), len(blocks))
        for block in blocks[:cut]:
            self._block(block)
        self._foot()  # what goes with a decision stands after its signature
        for block in blocks[cut:]:
            self._block(block)

    def bytes(self) -> bytes:
        """Return the file."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def _page(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(self.content.size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "vi-VN")
        style.element.get_or_add_rPr().append(language)
        style.paragraph_format.space_after = Pt(0)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if self.content.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
        section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = _ALIGN["center"]
        _page_number(number)
        properties = self.document.core_properties
        properties.title = f"{self.content.kind} {self.content.summary}".strip()[:250]
        properties.author = self.content.issuer[:250]
        properties.language = "vi-VN"
        properties.created = properties.modified = clock.now().replace(tzinfo=None)

    def _head(self) -> None:
        """Issuing body at left, name of the country at right, number and date below."""
        share = self.width * 0.41
        table = self._plain_table((share, self.width - share), 1 if self.content.bare else 2)
        left, right = table.rows[0].cells
        if self.content.superior:
            self._line(left, self.content.superior.upper(), size=12)
        self._line(left, self.content.issuer.upper(), size=12, bold=True)
        self._rule(left, share, share * 0.4)
        self._line(right, COUNTRY.upper(), size=12, bold=True)
        self._line(right, MOTTO, size=13, bold=True)
        self._rule(right, self.width - share, 58)
        if not self.content.bare:
            left, right = table.rows[1].cells
            self._line(left, number_line(self.content.number, self.content.symbol), size=13)
            dated = date_line(self.content.place, self.content.on, self.content.year)
            self._line(right, dated, size=13, italic=True)

    def _title(self) -> None:
        content = self.content
        self._text(content.kind.upper(), bold=True, align="center", size=14, before=14, keep=True)
        if content.summary:
            self._text(content.summary, bold=True, align="center", size=14, keep=True)
        line = self.document.add_paragraph()
        _bottom_line(line, (self.width - 45) / 2)
        if content.authority:
            self._text(content.authority.upper(), bold=True, align="center", size=14, before=10)
        for base in base_lines(content.bases):
            self._text(base, italic=True, indent=True, before=6)
        if content.order:
            self._text(content.order.upper(), bold=True, align="center", size=14, before=10, keep=True)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._text(
                    block.text, bold=block.bold, italic=block.italic, align=block.align,
                    indent=block.indent and block.align == "justify", before=6,
                )  # fmt: skip
            case Heading():
                self._text(block.text, bold=True, italic=block.level > 2, align=block.align, before=10, keep=True)
            case Article():
                self._article(block)
            case Items():
                for line in block.lines:
                    self._text(f"- {line}", indent=True, before=4)
            case Facts():
                self._facts(block)
            case Grid():
                self._grid(block)
            case Signatures():
                self._signatures(block.columns)
            case PageBreak():
                self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _article(self, article: Article) -> None:
        paragraph = self._text("", indent=True, before=6)
        self._run(paragraph, f"Điều {article.number}. ", bold=True)
        self._run(paragraph, article.text)
        for clause in article.clauses:
            self._text(clause, indent=True, before=6)

    def _facts(self, facts: Facts) -> None:
        for label, value in facts.pairs:
            paragraph = self._text("", before=2, align="left")
            self._run(paragraph, f"{label}: ")
            self._run(paragraph, value, bold=True)

    def _grid(self, grid: Grid) -> None:
        if grid.caption:
            self._text(grid.caption, bold=True, align="center", before=8, keep=True, size=13)
        else:
            self._text("", size=4)
        widths = grid_widths(grid)
        total = sum(widths)
        every = [grid.headings, *grid.rows, *grid.totals]
        table = self.document.add_table(rows=len(every), cols=len(grid.headings))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        last = len(grid.rows)
        columns = list(zip(widths, grid_align(grid), strict=True))
        # ``table.rows[i].cells`` walks the whole table each time: take each row's cells once from the XML.
        for at, (row, texts) in enumerate(zip(table.rows, every, strict=True)):
            _keep_row(row, repeat=at == 0)
            if grid.row_mm and 0 < at <= last:
                row.height, row.height_rule = Mm(grid.row_mm), WD_ROW_HEIGHT_RULE.AT_LEAST
            head, foot = at == 0, at > last
            for cell, text, (width, align) in zip(row.cells, texts, columns, strict=True):
                cell.width = Mm(self.width * width / total)
                paragraph = cell.paragraphs[0]
                paragraph.alignment = _ALIGN["center" if head else align]
                self._run(paragraph, str(text), bold=head or foot, size=grid.size)

    def _signatures(self, columns: Sequence[Signature]) -> None:
        self._text("", size=6)
        table = self._plain_table([self.width / len(columns)] * len(columns), 1)
        tall = max(len(one.above) + bool(one.note) for one in columns)
        for cell, signature in zip(table.rows[0].cells, columns, strict=True):
            self._sign(cell, signature, room=4 + tall - len(signature.above) - bool(signature.note))

    def _sign(self, cell: Any, signature: Signature, *, room: int = 4) -> None:
        for line in (*signature.above, signature.title):
            self._line(cell, line.upper(), size=13, bold=True)
        if signature.note:
            self._line(cell, signature.note, size=12, italic=True)
        for _ in range(room):
            self._line(cell, "", size=13)
        self._line(cell, signature.name, size=14, bold=True)

    def _foot(self) -> None:
        """Receivers at left, signer at right."""
        content = self.content
        if not content.signature and not content.recipients:
            return
        self._text("", size=8)
        table = self._plain_table((self.width * 0.48, self.width * 0.52), 1)
        left, right = table.rows[0].cells
        if content.recipients:
            self._line(left, "Nơi nhận:", size=12, bold=True, italic=True, align="left")
            for line in recipient_lines(content.recipients):
                self._line(left, line, size=11, align="left")
        if content.signature:
            self._sign(right, content.signature)

    def _plain_table(self, widths: Sequence[float], rows: int) -> Any:
        table = self.document.add_table(rows=rows, cols=len(widths))
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for row in table.rows:
            _keep_row(row)
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        return table

    def _text(
        self, text: str, *, bold: bool = False, italic: bool = False, align: Align = "justify",
        indent: bool = False, size: float = 0, before: float = 0, keep: bool = False,
    ) -> Any:  # fmt: skip
        paragraph = self.document.add_paragraph()
        shape = paragraph.paragraph_format
        paragraph.alignment = _ALIGN[align]
        shape.space_before, shape.keep_with_next = Pt(before), keep
        if indent:
            shape.first_line_indent = Mm(12.7)
        if text or size:
            self._run(paragraph, text, bold=bold, italic=italic, size=size)
        return paragraph

    def _line(
        self, cell: Any, text: str, *, size: float,
        bold: bool = False, italic: bool = False, align: Align = "center",
    ) -> None:  # fmt: skip
        paragraphs = cell.paragraphs
        fresh = len(paragraphs) == 1 and not paragraphs[0].runs
        paragraph = paragraphs[0] if fresh else cell.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        self._run(paragraph, text, bold=bold, italic=italic, size=size)

    def _rule(self, cell: Any, width: float, length: float) -> None:
        # A short line is a paragraph with a lower border and wide indents: it survives every office suite.
        _bottom_line(cell.add_paragraph(), (width - length) / 2)

    def _run(self, paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 0) -> None:
        run = paragraph.add_run(text)
        run.bold, run.italic = bold, italic
        if size:
            run.font.size = Pt(size)


def _bottom_line(paragraph: Any, indent: float) -> None:
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(0.0, indent))
    paragraph.add_run("").font.size = Pt(2)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no public border API
    mark = OxmlElement("w:rPr")
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), "4")
    mark.append(size)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")):
        line.set(qn(name), value)
    borders.append(line)
    # The order of elements inside w:pPr is fixed by the schema: borders before spacing and indents.
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.append(mark)


def _keep_row(row: Any, *, repeat: bool = False) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - no public API for these two
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind in ("begin", "text", "end"):
        if kind == "text":
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = "PAGE"
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001 - fields have no public API
