"""A DOCX read without our own code: what every paragraph is printed as, through the chain of its styles."""

import dataclasses
import io

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def opened(data: bytes):
    """The file as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def paragraphs(file) -> list[Paragraph]:
    """All paragraphs with text, tables included, each once, in the order of the text."""
    found = [Paragraph(element, file) for element in file.element.body.iter(qn("w:p"))]
    return [paragraph for paragraph in found if paragraph.text.strip()]


def tables(file) -> list[Table]:
    """The ruled tables."""
    return [table for table in file.tables if table.style.name == "Bảng kẻ"]


@dataclasses.dataclass(frozen=True)
class Look:
    """How a run is printed."""

    font: str
    size: float
    bold: bool
    italic: bool
    align: str


def look(paragraph: Paragraph, run=None) -> Look:
    """How a paragraph, or one of its runs, is printed: from its own settings, its style's, its style's base's …"""
    run = run or paragraph.runs[0]
    fonts = [run.font, *(style.font for style in _chain(paragraph.style))]
    defaults = paragraph.part.document.styles.element.find(qn("w:docDefaults"))
    font = next((f.name for f in fonts if f.name), None) or defaults.find(".//" + qn("w:rFonts")).get(qn("w:ascii"))
    size = (
        next((f.size.pt for f in fonts if f.size), None) or int(defaults.find(".//" + qn("w:sz")).get(qn("w:val"))) / 2
    )
    return Look(
        font,
        size,
        any(f.bold for f in fonts),
        any(f.italic for f in fonts),
        str(setting(paragraph, "alignment") or "LEFT").split(" ")[0],
    )


def setting(paragraph: Paragraph, name: str):
    """A setting of the paragraph itself, or of the nearest style that has it."""
    formats = [paragraph.paragraph_format, *(style.paragraph_format for style in _chain(paragraph.style))]
    return next((value for value in (getattr(f, name) for f in formats) if value is not None), None)


def _chain(style):
    while style is not None:
        yield style
        style = style.base_style
