"""The web addresses that a file keeps behind its words come with the line that bears them."""

import io

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.pdfgen import canvas

from vanban.model import Link
from vanban.source import load

ADDRESS = "https://vanban.example.vn/ke-hoach-12"


def test_links_of_a_pdf_stand_at_the_line_whose_words_bear_them():
    file = io.BytesIO()
    page = canvas.Canvas(file)
    page.drawString(72, 700, "dong mot")
    page.drawString(72, 650, "xem van ban 12")
    page.linkURL(ADDRESS, (70, 645, 200, 664))
    page.linkURL("mailto:a@example.vn", (70, 695, 200, 714))
    page.save()
    assert load(file.getvalue()).links == (Link(2, ADDRESS),)


def test_links_of_a_page_and_never_scripts_or_mail():
    text = (
        f'<p>một</p><table><tr><td><a href="{ADDRESS}">hai</a></td></tr></table><p><a href="javascript:x()">ba</a></p>'
    )
    assert load(f"<html><body>{text}</body></html>".encode()).links == (Link(2, ADDRESS),)


def test_links_of_a_word_file_by_relation_and_by_field():
    document = Document()
    document.add_paragraph("một")
    paragraph = document.add_paragraph("hai ")
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "tại đây"
    run.append(words)
    link.append(run)
    paragraph._p.append(link)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f' HYPERLINK "{ADDRESS}-13" ')
    document.add_paragraph("ba")._p.append(field)
    file = io.BytesIO()
    document.save(file)
    source = load(file.getvalue())
    assert [line.text for line in source.lines] == ["một", "hai tại đây", "ba"]
    assert source.links == (Link(2, ADDRESS), Link(3, f"{ADDRESS}-13"))
