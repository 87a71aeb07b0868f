"""What stands in a file, before anything is made of it: paragraphs with their hands and places, tables, rules, sheets.

A DOCX and a PDF are seen as the same kind of value, so that one reading (``vanban.parse``) and one measuring
(``vanban.lint``) serve both. Lengths are millimetres from the upper left corner of the sheet, sizes points.
"""

from __future__ import annotations

import dataclasses
from typing import Literal

Column = Literal["full", "left", "right"]
SeenAlign = Literal["left", "center", "right", "justify", ""]
FileKind = Literal["docx", "pdf"]


@dataclasses.dataclass(frozen=True, slots=True)
class Hand:
    """How text is set. ``font``: the family's name as the file gives it; ``colour``: "RRGGBB", "" for black."""

    font: str
    size: float
    bold: bool = False
    italic: bool = False
    colour: str = ""
    underlined: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class SeenRun:
    """Text in one hand."""

    text: str
    hand: Hand


@dataclasses.dataclass(frozen=True, slots=True)
class SeenLine:
    """A printed line: its page, its number on it (from 1), its edges and its baseline. Blanks at its ends do not count."""

    page: int
    number: int
    x0: float
    x1: float
    top: float
    base: float


@dataclasses.dataclass(frozen=True, slots=True)
class SeenParagraph:
    """A paragraph. ``mark``: the number that the file itself computes; ``style``: the DOCX style's name; ``level``: of a
    heading, 0 for text; ``lines``: PDF only; ``rules``: the widths of the rules that a DOCX paragraph bears, from the
    left; ``inset``: how far in from the left it begins (mm); ``first_line``, ``gap`` (pt before and after), ``spacing``
    (lines): None where not known; ``glued``: a line that ends without a blank goes on without one."""

    runs: tuple[SeenRun, ...]
    sheet: int
    number: int
    column: Column = "full"
    align: SeenAlign = ""
    mark: str = ""
    style: str = ""
    level: int = 0
    lines: tuple[SeenLine, ...] = ()
    rules: tuple[float, ...] = ()
    inset: float = 0.0
    first_line: float | None = None
    gap: float | None = None
    spacing: float | None = None
    new_page: bool = False
    glued: bool = False

    @property
    def text(self) -> str:
        """All its text, blanks joined; breaks within it are blanks."""
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def hand(self) -> Hand | None:
        """The hand of most of its letters; None for a paragraph without any."""
        count: dict[Hand, int] = {}
        for run in self.runs:
            letters = sum(1 for sign in run.text if not sign.isspace())
            if letters:
                count[run.hand] = count.get(run.hand, 0) + letters
        return max(count, key=lambda hand: count[hand]) if count else None


@dataclasses.dataclass(frozen=True, slots=True)
class SeenCell:
    """A cell of a table: its paragraphs, the columns and rows that it covers."""

    paragraphs: tuple[SeenParagraph, ...]
    columns: int = 1
    rows: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class SeenTable:
    """A table. ``widths``: of its columns. ``ruled``: it has visible lines (one without only places things)."""

    rows: tuple[tuple[SeenCell, ...], ...]
    widths: tuple[float, ...]
    head_rows: int
    sheet: int
    number: int
    ruled: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class SeenPicture:
    """A picture and the words that stand for it."""

    alt: str
    sheet: int
    number: int


SeenBlock = SeenParagraph | SeenTable | SeenPicture


@dataclasses.dataclass(frozen=True, slots=True)
class SeenRule:
    """A level line drawn on a page of a PDF."""

    page: int
    x0: float
    x1: float
    y: float


@dataclasses.dataclass(frozen=True, slots=True)
class PageNumber:
    """A page's number in its margin: what is printed, how large, and where (None: not known)."""

    sheet: int
    text: str
    size: float | None
    align: SeenAlign
    at_top: bool
    on_first: bool  # it stands on the first page of the sheet too (DOCX: of the section)
    start: int | None = None  # DOCX: with which number the section begins; None: it goes on


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF, or a section of a DOCX: its size, and where its text may stand (PDF: stands)."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    has_text: bool = True


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """A file as seen: ``sheets`` are counted from 1 in ``sheet`` of its blocks."""

    kind: FileKind
    name: str
    sheets: tuple[Sheet, ...]
    blocks: tuple[SeenBlock, ...]
    rules: tuple[SeenRule, ...] = ()
    page_numbers: tuple[PageNumber, ...] = ()
    tagged: bool = False
