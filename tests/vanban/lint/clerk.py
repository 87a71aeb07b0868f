"""Official documents as clerks make them in a word processor: direct formatting, heads in tables or with tabs, rules drawn,
bordered, underlined or typed. Nothing of ours is used, so that nothing of ours is taken for granted."""

from __future__ import annotations

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from tests.vanban.lint.clerk_drawn import DRAWING, measured, text_box
from tests.vanban.lint.clerk_hand import ALIGN, STAMP, Box, Hand, set_widths, unborder
from tests.vanban.lint.clerk_paper import Paper


def docx_of(paper: Paper) -> bytes:
    """The paper as DOCX."""
    made = _Maker(paper)
    made.write()
    content = io.BytesIO()
    made.docx.save(content)
    return content.getvalue()


class _Maker(Hand):
    def write(self) -> None:
        paper = self.paper
        section = self.docx.sections[0]
        section.page_width, section.page_height = Mm(paper.page[0]), Mm(paper.page[1])
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, paper.margins)
        section.header_distance = Mm(10)
        normal = self.docx.styles["Normal"]
        for close in self.docx.styles.element.iter(qn("w:contextualSpacing")):
            close.set(qn("w:val"), "0")
        if paper.styled:
            normal.font.name, normal.font.size = paper.font, Pt(14)
            normal.element.rPr.rFonts.set(qn("w:eastAsia"), paper.font)
        if paper.stamp == "top":
            for line in STAMP:
                self._line("stamp", line)
        getattr(self, f"_head_{paper.head}")()
        self._title()
        self._text()
        getattr(self, f"_foot_{paper.foot}")()
        self._page_number(section)  # sections of annexes have the same
        for annex in paper.annexes:
            self._annex(annex)

    # --- lines

    def _head_table(self, style: str | None = None) -> None:
        table = self.docx.add_table(2, 2, style)
        widths = (self._room() * 0.4, self._room() * 0.6)
        set_widths(table, widths[::-1] if self.paper.swapped else widths)
        left, right = (1, 0) if self.paper.swapped else (0, 1)
        self._left(table.cell(0, left))
        self._right(table.cell(0, right))
        self._below(table.cell(1, left), "left")
        self._below(table.cell(1, right), "right")

    def _head_row(self) -> None:
        """All in one row."""
        table = self.docx.add_table(1, 2)
        set_widths(table, (self._room() * 0.4, self._room() * 0.6))
        paper = self.paper
        left, right = table.cell(0, 0), table.cell(0, 1)
        self._left(left)
        self._lines("symbol", (paper.symbol,), left, {})
        self._lines("about", paper.about, left, {})
        self._right(right)
        self._lines("place_date", (paper.place_date,), right, {})

    def _head_grid(self) -> None:
        """A table of the style with rules, whose borders are taken away in each cell."""
        self._head_table("Table Grid")
        unborder(self.docx.tables[-1])

    def _head_tabs(self) -> None:
        """Two columns by tabs that centre."""
        paper = self.paper
        rows = [
            (("parent", paper.parent[0] if paper.parent else ""), ("country", paper.country)),
            (("issuer", paper.issuer[0]), ("motto", paper.motto)),
            (("symbol", paper.symbol), ("place_date", paper.place_date)),
        ]
        for left, right in rows:
            paragraph = self.docx.add_paragraph()
            form = paragraph.paragraph_format
            form.space_before = form.space_after = Pt(0)
            form.tab_stops.add_tab_stop(Mm(self._room() * 0.2), WD_TAB_ALIGNMENT.CENTER)
            form.tab_stops.add_tab_stop(Mm(self._room() * 0.7), WD_TAB_ALIGNMENT.CENTER)
            self._add(paragraph, left[0], f"\t{left[1]}")
            self._add(paragraph, right[0], f"\t{right[1]}")
            if right[0] == "motto" and paper.rule != "none":
                self._two_rules(paragraph)
        if paper.about:
            for text in paper.about:
                paragraph = self.docx.add_paragraph()
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self._room() * 0.2), WD_TAB_ALIGNMENT.CENTER)
                self._add(paragraph, "about", f"\t{text}")

    def _head_blanks(self) -> None:
        """Two columns by long blanks."""
        paper = self.paper
        rows = ((paper.parent, "parent", paper.country, "country"), (paper.issuer, "issuer", paper.motto, "motto"))
        for left, part, right, other in (*rows, ((paper.symbol,), "symbol", paper.place_date, "place_date")):
            paragraph = self.docx.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            self._add(paragraph, part, f"   {' '.join(left)}{' ' * 16}")
            self._add(paragraph, other, right)
            if other == "motto" and paper.rule != "none":
                self._two_rules(paragraph)
        for text in paper.about:
            self._add(self.docx.add_paragraph(), "about", f"     {text}")

    def _head_boxes(self) -> None:
        """Two text boxes beside one another."""
        paragraph, room = self.docx.add_paragraph(), self._room()
        for start, width in ((0, room * 0.4), (room * 0.4, room * 0.6)):
            run = text_box(start, width)
            paragraph._p.append(run)
            box = Box(next(run.iter(qn("w:txbxContent"))))
            if start:
                self._right(box)
                self._lines("place_date", (self.paper.place_date,), box, {})
            else:
                self._left(box)
                self._lines("symbol", (self.paper.symbol,), box, {})
                self._lines("about", self.paper.about, box, {})
        for _ in range(6):
            self._line("body", "")

    def _two_rules(self, paragraph) -> None:
        """Lines drawn under both halves."""
        room = self._room()
        for part, text, share, centre in (
            ("issuer", self.paper.issuer[-1], self.paper.issuer_rule, 0.2),
            ("motto", self.paper.motto, self.paper.motto_rule, 0.7),
        ):
            if share:
                look = self.paper.look(part)
                width = measured(text, look.size, bold=look.bold) * share
                at = room * centre - width / 2
                drawing = DRAWING.format(width=int(width * 36000), down=int(6.2 * 36000), at=int(at * 36000))
                paragraph.add_run()._element.append(parse_xml(drawing))

    # --- the text

    def _title(self) -> None:
        paper = self.paper
        if paper.type:
            self._line("type", paper.type).paragraph_format.space_before = Pt(12)
        if paper.subject:
            self._lines("subject", paper.subject, self.docx, {})
            self._rule("subject", self.docx, paper.subject_rule, self._room())
        if paper.authority:
            self._line("authority", paper.authority).paragraph_format.space_before = Pt(6)
        for n, text in enumerate(paper.addressees):
            line = self._line("addressees", text)
            line.paragraph_format.left_indent = Mm(25 if n == 0 else 45)
            line.paragraph_format.space_before = Pt(6)
        for text in paper.bases:
            self._running("basis", text)
        if paper.decides:
            self._line("authority", paper.decides).paragraph_format.space_before = Pt(6)

    def _running(self, part: str, text: str, style: str | None = None):
        paper = self.paper
        paragraph = self.docx.add_paragraph(style=style)
        self._add(paragraph, part, text)
        form = paragraph.paragraph_format
        form.alignment = ALIGN[paper.look(part).align]
        if style is None and form.alignment != ALIGN["center"]:
            form.first_line_indent = Mm(paper.first_line)
        form.space_before, form.space_after = Pt(0), Pt(paper.gap)
        form.line_spacing = Pt(paper.exactly) if paper.exactly else paper.spacing
        return paragraph

    def _text(self) -> None:
        paper = self.paper
        for n, (part, text) in enumerate(paper.body):
            if n == len(paper.body) - 1 and paper.table:
                self._table(paper.table)
            if part == "list" and paper.lists == "word":
                self._running("body", text.lstrip("- "), "List Bullet")
            else:
                paragraph = self._running("body" if part == "list" else part, text)
                if paper.tracked and part == "body":
                    self._track(paragraph)

    def _track(self, paragraph) -> None:
        """A word that was put in and one that was taken out, not accepted yet."""
        self._changes += 1
        added = OxmlElement("w:ins")
        gone = OxmlElement("w:del")
        for mark in (added, gone):
            mark.set(qn("w:id"), str(100 + self._changes))
            mark.set(qn("w:author"), "Văn thư")
            mark.set(qn("w:date"), "2026-01-08T08:00:00Z")
        run = paragraph.runs[0]._element
        other = docx.oxml.parse_xml(
            f'<w:r {nsdecls("w")}><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="40"/></w:rPr><w:delText xml:space="preserve">đoạn cũ </w:delText></w:r>'
        )
        gone.append(other)
        run.addprevious(gone)
        run.addprevious(added)
        added.append(run)

    def _table(self, rows) -> None:
        table = self.docx.add_table(len(rows), len(rows[0]), "Table Grid")
        for n, row in enumerate(rows):
            for m, text in enumerate(row):
                self._line("table", text, table.cell(n, m), first=True)

    # --- the foot

    def _foot_table(self) -> None:
        paper = self.paper
        self.docx.add_paragraph().paragraph_format.space_after = Pt(0)
        table = self.docx.add_table(2 if paper.foot_rows else 1, 2)
        set_widths(table, (self._room() * 0.5, self._room() * 0.5))
        left, right = (1, 0) if paper.turned else (0, 1)
        here = table.cell(0, left)
        state = {"first": True}
        if paper.secretary:
            self._lines("signature", ("THƯ KÝ",), here, state)
            for _ in range(4):
                self._line("body", "", here)
            self._lines("signer", (paper.secretary,), here, state)
        self._lines("recipients_label", (paper.recipients_label,), here, state)
        self._lines("recipients", paper.recipients, here, state)
        state = {"first": True}
        here = table.cell(0, right)
        self._lines("signature", paper.signature, here, state)
        if paper.foot_rows:
            here, state = table.cell(1, right), {"first": True}
        if paper.stamp == "foot":
            for line in STAMP:
                self._line("stamp", line, here, first=state.pop("first", False))
        else:
            for _ in range(5):
                self._line("signer", "", here, first=state.pop("first", False))
        self._lines("signer", (paper.signer,), here, state)

    def _foot_tabs(self) -> None:
        """The signature beside the recipients by tabs."""
        paper = self.paper
        left = [("recipients_label", paper.recipients_label), *(("recipients", text) for text in paper.recipients)]
        right = [*(("signature", text) for text in paper.signature), *[("signer", "")] * 5, ("signer", paper.signer)]
        for n in range(max(len(left), len(right))):
            paragraph = self.docx.add_paragraph()
            form = paragraph.paragraph_format
            form.space_before = form.space_after = Pt(0)
            form.tab_stops.add_tab_stop(Mm(self._room() * 0.75), WD_TAB_ALIGNMENT.CENTER)
            if n < len(left):
                self._add(paragraph, *left[n])
            if n < len(right) and right[n][1]:
                self._add(paragraph, right[n][0], f"\t{right[n][1]}")

    def _foot_indents(self) -> None:
        """The signature far in, the recipients above it."""
        paper = self.paper
        self._line("recipients_label", paper.recipients_label)
        for text in paper.recipients:
            self._line("recipients", text)
        for part, text in (
            *(("signature", text) for text in paper.signature),
            *[("body", "")] * 5,
            ("signer", paper.signer),
        ):
            if text or part == "body":
                self._line(part, text).paragraph_format.left_indent = Mm(80)

    # --- annexes, pages

    def _annex(self, annex) -> None:
        paper = self.paper
        if paper.annex_sections:
            section = self.docx.add_section()
            if paper.landscape_annex:
                section.orientation = WD_ORIENT.LANDSCAPE
                section.page_width, section.page_height = Mm(paper.page[1]), Mm(paper.page[0])
            start = section._sectPr.find(qn("w:pgNumType"))
            if start is None:
                start = OxmlElement("w:pgNumType")
                section._sectPr.append(start)
            start.set(qn("w:start"), "1")
        mark, title, attached, *lines = annex
        opening = self._line("annex_mark", mark)
        opening.paragraph_format.page_break_before = not paper.annex_sections
        if title:
            self._line("annex_title", title)
        if attached:
            self._line("annex_attached", attached)
        for text in lines:
            self._running("body", text)

    def _page_number(self, section) -> None:
        paper = self.paper
        section.different_first_page_header_footer = paper.numbered != "first"
        if paper.numbered == "none":
            return
        part = section.footer if paper.numbered == "bottom" else section.header
        paragraph = part.paragraphs[0]
        paragraph.alignment = ALIGN["right" if paper.numbered == "right" else "center"]
        for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
            run = paragraph.add_run(text if kind == "text" else "")
            self._set(run, "page_number")
            if kind in ("begin", "separate", "end"):
                mark = OxmlElement("w:fldChar")
                mark.set(qn("w:fldCharType"), kind)
                run._element.append(mark)
            elif not kind:
                mark = OxmlElement("w:instrText")
                mark.text = text
                run._element.append(mark)
