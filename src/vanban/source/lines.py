"""From blocks (paragraphs and tables, as a reader of one format finds them) to numbered lines and ``Table`` values."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from vanban.model import Cell, Line, Lines, Link, Table
from vanban.text import nfc

# Invisible characters that only tell where a word may be broken or which way it runs.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufffe"))


_WEB = re.compile(r"https?://[^\s<>\"']{4,2000}", re.IGNORECASE)


@dataclasses.dataclass(slots=True)
class Paragraph:
    """A block of text; a line feed in it begins a new line. ``links`` are the web addresses behind its words, ``box`` its
    place on the page (left, top, right, bottom) where that is known."""

    text: str
    page: int | None = None
    links: tuple[str, ...] = ()
    is_converted: bool = False  # set in a font of a legacy encoding, and converted
    box: tuple[float, float, float, float] | None = None


@dataclasses.dataclass(slots=True)
class CellBlock:
    """A cell as found: its blocks and how many columns and rows it covers."""

    blocks: list[Block]
    column_span: int = 1
    row_span: int = 1


@dataclasses.dataclass(slots=True)
class TableBlock:
    """A table as found. A row may be empty when all its cells begin in rows above it."""

    rows: list[list[CellBlock]]


Block = Paragraph | TableBlock


def clean(text: str) -> str:
    """``text`` in NFC with plain blanks, without invisible characters; line feeds and tabs are kept."""
    return nfc(text.translate(_INVISIBLE))


SOFT_HYPHEN = "\u00ad"  # invisible too, but a letter in TCVN3: dropped when the text is known to be in Unicode


def web_address(text: str | None) -> str | None:
    """The web address in what a file gives as a link's target; None for mail, bookmarks, files and scripts."""
    match = _WEB.fullmatch((text or "").strip())
    return match[0] if match else None


class Numberer:
    """Numbers lines from 1 as blocks are added, and notes where the tables stand."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.links: list[Link] = []
        self.converted: set[int] = set()  # numbers of the lines that came from a legacy encoding
        self.boxes: dict[int, tuple[float, float, float, float]] = {}  # by line, as the blocks give them

    def add(self, blocks: Iterable[Block]) -> None:
        """Append ``blocks`` in order; a table gives its lines row by row, cell by cell."""
        for block in blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            else:
                self._table(block)

    def _paragraph(self, block: Paragraph) -> None:
        self.links.extend(Link(len(self.lines) + 1, url) for url in dict.fromkeys(block.links))
        if block.box is not None:
            self.boxes[len(self.lines) + 1] = block.box
        first = len(self.lines) + 1
        for text in clean(block.text).split("\n"):
            self.lines.append(Line(len(self.lines) + 1, " ".join(text.split()), block.page))
        if block.is_converted:
            self.converted.update(range(first, len(self.lines) + 1))

    def _table(self, block: TableBlock) -> None:
        place = len(self.tables)  # an outer table stands before the tables in its cells
        first = len(self.lines) + 1
        rows = [tuple(self._cell(cell) for cell in row) for row in block.rows]
        if len(self.lines) >= first:
            self.tables.insert(place, Table(tuple(rows), (first, len(self.lines))))

    def _cell(self, cell: CellBlock) -> Cell:
        first = len(self.lines) + 1
        self.add(cell.blocks)
        if len(self.lines) < first:  # an empty cell has an empty line, so that it can be pointed at
            self._paragraph(Paragraph(""))
        lines: Lines = (first, len(self.lines))
        text = "\n".join(line.text for line in self.lines[first - 1 :]).strip("\n")
        return Cell(text, lines, cell.column_span, cell.row_span)
