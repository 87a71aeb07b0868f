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

from vanban.write.pdf.fonts import folder, fonts
from vanban.write.pdf.printing import Refused, printed

_NO_GLYPH = re.compile(r"the text (.+?) could not be displayed", re.DOTALL)
_MOST_SIGNS = 30
_NOWHERE = str(importlib.resources.files(__package__).joinpath("static"))  # the template reads no file


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


@functools.cache
def _template() -> str:
    return importlib.resources.files(__package__).joinpath("book.typ").read_text("utf-8")
