"""The books of the office as they are printed and bound (Nghị định 30/2020/NĐ-CP, Phụ lục IV): a title page, and a table on
lying pages. A book is an official record, so its words are Vietnamese whatever language the reader uses."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import importlib.resources
import json
import re
from collections.abc import Iterable, Sequence
from typing import Literal

from vanban.official import OfficialDocument, Table, TableCell, plain
from vanban.write.docx.looks import FIRST_LINE, linked_styles, styles_xml
from vanban.write.docx.marks import numbering_xml
from vanban.write.docx.parts import package, section
from vanban.write.docx.tables import ruled
from vanban.write.docx.xml import tag, text
from vanban.write.laying import laid, text_room
from vanban.write.pdf.fonts import folder, fonts
from vanban.write.pdf.printing import Refused, printed

_NO_GLYPH = re.compile(r"the text (.+?) could not be displayed", re.DOTALL)
_MOST_SIGNS = 30
_NOWHERE = str(importlib.resources.files(__package__).joinpath("static"))  # the template reads no file


MOST_PRINTED = 5000  # lines of one PDF: more take more memory than a server has to spare


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, where its words stand."""

    head: str
    width: float
    side: Literal["left", "center", "right"] = "left"


@dataclasses.dataclass(frozen=True, slots=True)
class PrintedBook:
    """A book to print. ``about``: the lines under the title (year, from which number to which); ``closing``: what is said
    below the table (how many numbers, of which void); ``signed``: the post of who signs there."""

    parent: str
    issuer: str
    title: str
    about: Sequence[str]
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]
    closing: Sequence[str] = ()
    signed: str = ""


def book_pdf(book: PrintedBook, on: dt.date) -> bytes:
    """The book as PDF (A4 lying, tagged, PDF/A), which says that it was printed on this day."""
    values = json.dumps(
        dataclasses.asdict(dataclasses.replace(book, rows=[list(row) for row in book.rows])), ensure_ascii=False
    )
    for _attempt in range(_MOST_SIGNS):
        try:
            return printed(_template(), values, on, _NOWHERE, fonts(), folder())
        except Refused as refused:  # a sign that the font does not have: nobody's book stops for it
            if (missing := _NO_GLYPH.search(str(refused))) is None:
                raise
            values = values.replace(missing[1].strip('`"'), "?")
    raise ValueError("more strange signs than a book may have")


def book_docx(book: PrintedBook, on: dt.date) -> bytes:
    """The same book as DOCX: a title page and the table on lying pages, its head on each."""
    written = [
        *(_line(said, 26) for said in (book.parent,) if said),
        _line(book.issuer, 26, bold=True),
        *(_line("", 26) for _n in range(6)),
        _line(book.title, 44, bold=True),
        *(_line(said, 28) for said in book.about),
        tag("w:p", tag("w:pPr", section(landscape=True))),
        ruled(_table(book), text_room(landscape=True), kept=False),
        *(_line(said, 22, side="left") for said in book.closing),
        *(_line(said, 22, bold=True, side="right") for said in (book.signed,) if said),
        section(landscape=True, annex=True),
    ]
    named = OfficialDocument(
        type=book.title, issuer=book.issuer, subject=", ".join(book.about), code="SDK", place="", date=on
    )  # what the file says of itself: title, author, day
    numbering = numbering_xml(0, FIRST_LINE, linked_styles())
    return package(named, laid(named), "".join(written), styles_xml(), numbering, [])


def _line(said: str, half_points: int, *, bold: bool = False, side: str = "center") -> str:
    look = tag("w:rPr", "<w:b/>" if bold else "", tag("w:sz", val=half_points))
    run = tag("w:r", look, f'<w:t xml:space="preserve">{text(said)}</w:t>') if said else ""
    return tag("w:p", tag("w:pPr", tag("w:spacing", before=60, after=60), tag("w:jc", val=side)), run)


def _table(book: PrintedBook) -> Table:
    heads = (
        tuple(TableCell((plain(one.head),), align="center") for one in book.columns),
        tuple(TableCell((plain(f"({n})"),), align="center") for n in range(1, len(book.columns) + 1)),
    )
    rows = (
        tuple(
            TableCell((plain(said),) if said else (), align=column.side)
            for said, column in zip(row, book.columns, strict=True)
        )
        for row in book.rows
    )
    return Table((*heads, *rows), tuple(column.width for column in book.columns), head_rows=2)


@functools.cache
def _template() -> str:
    return importlib.resources.files(__package__).joinpath("book.typ").read_text("utf-8")
