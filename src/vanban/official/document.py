"""The value itself. Everything is written as it is printed (capitals included), in NFC, without the punctuation that the
layout adds ("- …;" of recipients, the final "./.", brackets of the line under an annex's title).

The body is a flat sequence, as a reader meets it: headings and paragraphs bear their mark ("I.", "1.", "a)", "-"), so that
what is printed, edited as plain text and read back is the same. ``vanban.official.outline`` numbers a tree of sections.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Literal

HeadingKind = Literal["part", "chapter", "section", "subsection", "roman", "article", "arabic", "letter"]
Align = Literal["left", "center", "right", "justify"]
# Their titles stand on a line of their own under the mark (Phụ lục I, phần I, mục II, khoản 6, điểm đ).
TITLED_BELOW: tuple[HeadingKind, ...] = ("part", "chapter", "section", "subsection")


@dataclasses.dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one hand."""

    text: str
    bold: bool = False
    italic: bool = False


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """Plain text as runs; no text, no run."""
    return (Run(text),) if text else ()


def text_of(runs: Runs) -> str:
    """The text of runs without their hands."""
    return "".join(run.text for run in runs)


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its mark as printed: "Phần I", "Chương II", "Mục 1", "Tiểu mục 2" (title on a line of its own,
    centred), "I.", "Điều 1.", "1.", "a)". Titles of parts, chapters, sections and Roman sections are in capitals."""

    kind: HeadingKind
    mark: str
    title: str


@dataclasses.dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``mark``: what stands before it: "" for running text, "Điều 1.", "1.", "a)", "-" or "+".

    An article with a title is a heading; one that says its sentence at once ("Điều 1. Ban hành kèm theo …") is a paragraph,
    of which only the mark is bold (Phụ lục III, mẫu 1.2)."""

    runs: Runs
    mark: str = ""
    align: Align = "justify"


@dataclasses.dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its paragraphs, and how many columns and rows it covers. A merged cell stands once, where it begins."""

    lines: tuple[Runs, ...] = ()
    columns: int = 1
    rows: int = 1
    align: Align = "left"


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. ``widths``: shares of the width of the text, one a column (they add up to 1 after scaling);
    the first ``head_rows`` are repeated on every page and stand in bold."""

    rows: tuple[tuple[TableCell, ...], ...]
    widths: tuple[float, ...]
    head_rows: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG, without scripts or outside references) with the words that stand for it where it cannot be seen.

    ``height``: its height where it is as wide as the text, as a share of that width. Two pictures with the same words
    are equal: the drawing itself is not read back from a file."""

    alt: str
    svg: str = dataclasses.field(compare=False, default="")
    height: float = dataclasses.field(compare=False, default=0.5)


Block = Heading | Paragraph | Table | Picture


@dataclasses.dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. ``lines``: authority and post, in capitals, a line each: ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH") or ("GIÁM ĐỐC",). ``name``: without academic titles (Phụ lục I, phần I, mục II, khoản 7)."""

    lines: tuple[str, ...]
    name: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its title (capitals), the line under it ("Kèm theo Kế hoạch số 08/KH-UBND ngày 08 tháng 01 năm 2024 của
    Ủy ban nhân dân tỉnh …", printed in brackets), and its body. Several annexes are numbered by Roman figures."""

    title: str
    attached: str
    body: tuple[Block, ...]
    landscape: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document. ``type``: a name of ``Knowledge.types`` ("Kế hoạch", "Công văn").

    ``parent``, ``issuer``: capitals; ``parent`` is "" for a body that prints none. ``number`` None: not numbered yet.
    ``code``: what follows the number in the symbol ("KH-UBND"; công văn: "UBND-VX"). ``date`` None: not dated yet.
    ``subject``: the title of a named document, what a công văn is about (printed after "V/v").
    ``authority``: who decides, in capitals, above the bases of a decision ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …").
    ``bases``: without ";" and "."; ``addressees``: "Kính gửi". ``recipients``: without "- " and ";";
    ``archive``: what follows "Lưu:" ("VT, VX (02)"); "" prints no such line.
    """

    type: str
    issuer: str
    subject: str
    code: str
    place: str
    parent: str = ""
    number: int | None = None
    date: dt.date | None = None
    urgency: Literal["", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"] = ""
    authority: str = ""
    bases: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = ""
    signature: Signature = Signature(())
    annexes: tuple[Annex, ...] = ()
