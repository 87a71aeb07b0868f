"""How a clerk's hand puts lines and rules where they belong: the ground of ``clerk``."""

from __future__ import annotations

import unicodedata

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from tests.vanban.lint.clerk_drawn import DRAWING, VML, measured
from tests.vanban.lint.clerk_paper import Paper

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
STAMP = (
    "Ký bởi: Ủy ban nhân dân xã Tân An",
    "Email: ubndtanan@lamdong.gov.vn",
    "Cơ quan: Tỉnh Lâm Đồng",
    "Thời gian ký: 08.01.2026 10:12:13 +07:00",
)


class Hand:
    """A paper being typed."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.docx = docx.Document()
        self._changes = 0

    def _set(self, run, part: str) -> None:
        look = self.paper.look(part)
        run.font.size = Pt(look.size)
        run.bold, run.italic = look.bold or None, look.italic or None
        font = look.font or self.paper.font
        if look.font or not self.paper.styled:
            run.font.name = font
            run._element.rPr.rFonts.set(qn("w:hAnsi"), font)
        if look.colour:
            run.font.color.rgb = RGBColor.from_string(look.colour)

    def _said(self, text: str) -> str:
        if self.paper.smart:
            text = text.replace(" - ", " – ") if "Độc lập" in text else text
            text = text.replace('"', "“", 1).replace('"', "”", 1)
        return unicodedata.normalize("NFD", text) if self.paper.nfd else text

    def _add(self, paragraph, part: str, text: str):
        run = paragraph.add_run(self._said(text))
        self._set(run, part)
        return run

    def _line(self, part: str, text: str, where=None, *, first=False):
        where = where or self.docx
        paragraph = where.paragraphs[0] if first and where.paragraphs else where.add_paragraph()
        self._add(paragraph, part, text)
        form = paragraph.paragraph_format
        form.alignment = ALIGN[self.paper.look(part).align]
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = 1.0
        return paragraph

    def _lines(self, part: str, texts, where, state) -> None:
        texts = [text for text in texts if text]
        if self.paper.breaks and len(texts) > 1:
            paragraph = self._line(part, texts[0], where, first=state.pop("first", False))
            for text in texts[1:]:
                paragraph.runs[-1].add_break()
                self._add(paragraph, part, text)
            return
        for text in texts:
            self._line(part, text, where, first=state.pop("first", False))

    def _rule(self, part: str, where, share: float, room: float) -> None:
        """A rule under the last paragraph, as long as a share of its last line."""
        paper = self.paper
        if not share or paper.rule == "none":
            return
        last = where.paragraphs[-1]
        text = last.text.split("\n")[-1]
        look = paper.look(part)
        width = measured(text, look.size, bold=look.bold) * share
        down = 1 + look.size * 0.41 * (last.text.count("\n") + 1)  # the room of the paragraph's lines
        if paper.rule == "underline" and share == 1:
            for run in last.runs:
                run.underline = True
        elif paper.rule == "drawing":
            last.add_run()._element.append(
                parse_xml(
                    DRAWING.format(width=int(width * 36000), down=int(down * 36000), at=int((room - width) / 2 * 36000))
                )
            )
        elif paper.rule == "vml":
            last.add_run()._element.append(
                parse_xml(
                    VML.format(start=(room - width) * 72 / 50.8, end=(room + width) * 72 / 50.8, down=down * 72 / 25.4)
                )
            )
        elif paper.rule == "typed":
            count = max(3, round(width / (10 * 0.5 * 25.4 / 72)))
            paragraph = where.add_paragraph()
            run = paragraph.add_run("_" * count)
            run.font.size, run.font.name = Pt(10), paper.font
            paragraph.alignment = ALIGN["center"]
            paragraph.paragraph_format.space_after = Pt(0)
        else:
            paragraph = where.add_paragraph()
            form = paragraph.paragraph_format
            form.space_before = form.space_after = Pt(0)
            side = max(0, (room - width) / 2)
            form.left_indent = form.right_indent = Mm(side)
            border = parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
            )
            paragraph._p.get_or_add_pPr().append(border)
            paragraph.add_run().font.size = Pt(2)

    # --- the head

    def _room(self) -> float:
        return self.paper.page[0] - self.paper.margins[2] - self.paper.margins[3]

    def _left(self, where) -> None:
        paper, state, room = self.paper, {"first": True}, self._room() * 0.4
        self._lines("parent", paper.parent, where, state)
        self._lines("issuer", paper.issuer, where, state)
        if paper.issuer:
            self._rule("issuer", where, paper.issuer_rule, room)

    def _right(self, where) -> None:
        paper, state, room = self.paper, {"first": True}, self._room() * 0.6
        self._lines("country", (paper.country,), where, state)
        self._lines("motto", (paper.motto,), where, state)
        if paper.motto:
            self._rule("motto", where, paper.motto_rule, room)

    def _below(self, where, side: str) -> None:
        paper, state = self.paper, {"first": True}
        if side == "left":
            self._lines("symbol", (paper.symbol,), where, state)
            self._lines("about", paper.about, where, state)
        else:
            self._lines("place_date", (paper.place_date,), where, state)
            if paper.stamp == "head":
                for line in STAMP:
                    self._line("stamp", line, where)


class Box:
    """A text box as a place for paragraphs."""

    def __init__(self, content) -> None:
        self.content = content
        self.paragraphs: list[Paragraph] = []

    def add_paragraph(self) -> Paragraph:
        """A new paragraph at its end."""
        self.content.append(OxmlElement("w:p"))
        self.paragraphs.append(Paragraph(self.content[-1], docx.Document()))
        return self.paragraphs[-1]


def set_widths(table, widths) -> None:
    table.autofit = False
    sides = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    table._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def unborder(table) -> None:
    for cell in table._cells:
        sides = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
        cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{sides}</w:tcBorders>"))
