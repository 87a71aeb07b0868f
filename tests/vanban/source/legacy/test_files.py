"""A plan in TCVN3 or VNI gives the same register as the plan in Unicode, from every kind of file."""

import html
import io
import pathlib

import pytest
from docx import Document
from docx.oxml.ns import qn

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
