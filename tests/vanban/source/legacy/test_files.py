"""A plan in TCVN3 or VNI gives the same register as the plan in Unicode, from every kind of file."""

import html
import io
import pathlib

import pytest
from docx import Document
from docx.oxml.ns import qn
from reportlab.pdfgen.canvas import Canvas

from vanban.plan import read
from vanban.source import load

from .writing import as_bytes, written

TEXT = (pathlib.Path(__file__).parents[4] / "data" / "demo" / "province_plan_08_kh_ubnd.txt").read_text("utf-8")
FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}


def register(data):
    plan = read(load(data)).to_dict()
    return {key: value for key, value in plan.items() if key not in ("source", "doubts")}


def paragraphs(text, font=None):
    document = Document()
    for line in text.splitlines():
        run = document.add_paragraph().add_run(line)
        if font:
            run.font.name = font
            run._r.rPr.rFonts.set(qn("w:hAnsi"), font)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def page(text, font=None):
    begin, end = (f'<font face="{font}">', "</font>") if font else ("", "")
    body = "".join(f"<p>{begin}{html.escape(line)}{end}</p>" for line in text.splitlines() if line.strip())
    return f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize("name", sorted(FONTS))
def test_a_plain_text(name):
    source = load(as_bytes(written(TEXT, name)))
    assert source.quality == "legacy"
    assert [line.text for line in source.lines] == [line.text for line in load(TEXT.encode()).lines]


@pytest.mark.parametrize("make", [paragraphs, page])
@pytest.mark.parametrize("name", sorted(FONTS))
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_file_with_and_without_fonts(make, name, is_declared):
    shown = make(written(TEXT, name), FONTS[name] if is_declared else None)
    assert load(shown).quality == "legacy"
    assert register(shown) == register(make(TEXT))


def test_a_text_without_capitals_gives_the_same_register():
    assert register(as_bytes(written(TEXT, "TCVN3", with_capitals=False))) == register(TEXT.encode())


def test_a_font_of_capitals():
    document = Document()
    run = document.add_paragraph().add_run("uû ban nh©n d©n tØnh")
    run.font.name = ".VnTimeH"
    file = io.BytesIO()
    document.save(file)
    assert [line.text for line in load(file.getvalue()).lines] == ["UỶ BAN NHÂN DÂN TỈNH"]


def test_a_unicode_plan_is_not_taken_for_legacy():
    assert load(TEXT.encode()).quality == "good"


@pytest.mark.parametrize("name", sorted(FONTS))
def test_a_pdf_whose_fonts_draw_other_letters(name):
    """Its text says Windows-1252, as that of every PDF printed from Word in such a font; "ư" has become a hyphen."""
    file = io.BytesIO()
    canvas = Canvas(file)
    lines = TEXT.splitlines()
    for first in range(0, len(lines), 60):
        for at, line in enumerate(lines[first : first + 60]):
            canvas.setFont("Times-Roman", 9)
            canvas.drawString(40, 800 - 12 * at, written(line, name))
        canvas.showPage()
    canvas.save()
    source = load(file.getvalue())
    assert source.quality == "legacy"
    wanted = [" ".join(line.split()) for line in lines if line.strip()]
    assert [line.text for line in source.lines if line.text] == wanted


def test_fonts_that_the_styles_of_a_page_give():
    style = "<style><!-- /* Word */ p.MsoNormal, div .To{margin:0;font-family:'.VnTime', serif} .Hoa{font:13pt \".VnTimeH\"} --></style>"
    body = "<p class=MsoNormal>kÕ ho¹ch</p><div><b class='x To'>tØnh</b></div><p class=Hoa>uû ban</p><p>mét café</p>"
    table = "<table><tr><td class=Hoa>tØnh</td></tr></table><p style='font-family: .VnTime, serif'>ho¹ch</p>"
    source = load(f"<html><head><meta charset=utf-8>{style}</head><body>{body}{table}</body></html>".encode())
    assert [line.text for line in source.lines] == ["kế hoạch", "tỉnh", "UỶ BAN", "mét café", "TỈNH", "hoạch"]
