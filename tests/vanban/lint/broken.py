"""Official documents with one thing wrong each: our DOCX, edited as a clerk may edit it."""

import io

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from tests.vanban.write.samples import document

from vanban.official import STYLES
from vanban.write import to_docx

ALIGN = WD_ALIGN_PARAGRAPH


class Edited:
    """A DOCX of ours that is edited, then measured as ``bytes``."""

    def __init__(self, doc_type="Kế hoạch", **changes):
        self.docx = docx.Document(io.BytesIO(to_docx(document(doc_type, **changes))))

    @property
    def bytes(self):
        made = io.BytesIO()
        self.docx.save(made)
        return made.getvalue()

    def all(self):
        """Every paragraph, those in tables too, in order."""
        return [docx.text.paragraph.Paragraph(found, self.docx) for found in self.docx.element.body.iter(qn("w:p"))]

    def of(self, element, at=0):
        """A paragraph by its element; one of several counted from ``at``."""
        return [found for found in self.all() if found.style.name == STYLES[element]][at]

    def style(self, element):
        """The style of an element."""
        return next(style for style in self.docx.styles if style.name == STYLES[element])

    def write(self, element, text, at=0):
        """Replace the words of an element."""
        paragraph = self.of(element, at)
        first, *rest = paragraph.runs
        for run in rest:
            run._element.getparent().remove(run._element)
        first.text = text
        return self

    def remove(self, element, at=0):
        """Take a paragraph out."""
        found = self.of(element, at)._element
        found.getparent().remove(found)
        return self

    def rule_after(self, element):
        """The drawn rule under an element."""
        return self.of(element)._element.getnext()


def letter_paper():
    edited = Edited()
    for section in edited.docx.sections:
        section.page_width, section.page_height = Mm(215.9), Mm(279.4)
    return edited


def narrow_margin():
    edited = Edited()
    for section in edited.docx.sections:
        section.left_margin = Mm(20)
    return edited


def other_font():
    edited = Edited()
    for run in edited.of("body").runs:
        run.font.name = "Arial"
    return edited


def red():
    edited = Edited()
    edited.of("subject").runs[0].font.color.rgb = RGBColor(255, 0, 0)
    return edited


def numbered_at_right():
    edited = Edited()
    edited.docx.sections[0].header.paragraphs[0].alignment = ALIGN.RIGHT
    return edited


def number_on_first_page():
    edited = Edited()
    for section in edited.docx.sections:
        section.different_first_page_header_footer = False
    return edited


def sized(element, points):
    edited = Edited()
    edited.style(element).font.size = Pt(points)
    return edited


def not_bold():
    edited = Edited()
    edited.style("subject").font.bold = False
    return edited


def not_italic():
    edited = Edited()
    edited.style("place_date").font.italic = False
    return edited


def swapped_columns():
    edited = Edited()
    for row in edited.docx.tables[0].rows:
        left, right = row._tr.findall(qn("w:tc"))
        row._tr.remove(left)
        right.addnext(left)
    return edited


def swapped_titles():
    edited = Edited()
    kind, subject = edited.of("type")._element, edited.of("subject")._element
    subject.addnext(kind)
    return edited


def ruleless():
    edited = Edited()
    rule = edited.rule_after("motto")
    rule.getparent().remove(rule)
    return edited


def long_rule():
    edited = Edited()
    indent = edited.rule_after("subject").find(qn("w:pPr")).find(qn("w:ind"))
    indent.set(qn("w:left"), "1000")
    indent.set(qn("w:right"), "1000")
    return edited


def left_subject():
    edited = Edited()
    edited.of("subject").alignment = ALIGN.LEFT
    return edited


def body_style(change):
    def made():
        edited = Edited()
        for style in edited.docx.styles:
            if style.name in (STYLES["body"], "Khoản", "Điểm", "Gạch đầu dòng", "Dấu cộng"):
                change(style.paragraph_format)
        return edited

    return made


def ragged(found):
    found.alignment = ALIGN.LEFT


def unindented(found):
    found.first_line_indent = Mm(0)


def close(found):
    found.space_before = found.space_after = Pt(0)


def double(found):
    found.line_spacing = 2.0


def written(element, text, doc_type="Kế hoạch", at=0, **changes):
    return lambda: Edited(doc_type, **changes).write(element, text, at)


def without(element):
    return lambda: Edited().remove(element)


def unlisted_recipient():
    edited = Edited()
    found = edited.of("recipients")
    numbering = found._element.get_or_add_pPr().get_or_add_numPr()
    numbering.get_or_add_numId().val = 0
    return edited
