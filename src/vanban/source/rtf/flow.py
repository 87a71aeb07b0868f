"""Where the text of an RTF file goes: the document, a note, a text box or a header, each with tables of its own."""

from __future__ import annotations

import dataclasses

from vanban.source import legacy
from vanban.source.lines import Block, Paragraph
from vanban.source.rtf.tables import CellShape, Row, table


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text is set: the legacy encoding of its font, and whether the font or the text is in capitals."""

    encoding: str | None = None
    font_of_capitals: bool = False
    capitals: bool = False


@dataclasses.dataclass(slots=True)
class _Table:
    """A table that is being read: its rows, and the row and the cell that are open."""

    rows: list[Row] = dataclasses.field(default_factory=list)
    row: Row = dataclasses.field(default_factory=lambda: Row(0, [], []))
    shape: CellShape = dataclasses.field(default_factory=CellShape)
    cell: list[Block] = dataclasses.field(default_factory=list)


class Flow:
    """Collects text into paragraphs, and these into cells and tables. ``depth`` everywhere: in how many tables, one in
    the other, the paragraph stands."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._tables: list[_Table] = []  # those that are open, the outermost first
        self._parts: list[str] = []
        self._links: list[str] = []
        self._is_converted = False
        self._pending: list[str] = []  # text of one look, waiting to be decoded as a whole
        self._look = Look()

    def put(self, text: str, look: Look) -> None:
        """Add ``text`` to the open paragraph."""
        if look != self._look:
            self._flush()
            self._look = look
        self._pending.append(text)

    def link(self, url: str) -> None:
        """A web address behind words of the open paragraph."""
        self._links.append(url)

    def reserve(self) -> int:
        """A place in the open paragraph that ``fill`` takes later."""
        self._flush()
        self._parts.append("")
        return len(self._parts) - 1

    def fill(self, place: int, text: str) -> None:
        """Put ``text`` where ``reserve`` kept a place; the paragraph must still be open."""
        self._parts[place] = text

    def end_paragraph(self, depth: int) -> None:
        self._settle(depth)
        self._container(depth).append(self._paragraph())

    def insert(self, blocks: list[Block], depth: int) -> None:
        """Add ``blocks`` before the open paragraph."""
        self._settle(depth)
        self._container(depth).extend(blocks)

    def end_cell(self, depth: int) -> None:
        self.end_paragraph(depth)
        open_table = self._tables[depth - 1]
        open_table.row.cells.append(open_table.cell)
        open_table.cell = []

    def define_row(self, depth: int) -> None:
        """A new definition of the rows that follow begins."""
        self._open(depth)
        row = self._tables[depth - 1].row
        row.left, row.shapes, self._tables[depth - 1].shape = 0, [], CellShape()

    def shape(self, word: str, number: int, depth: int) -> None:
        """A word of a row's definition: "trleft", "clvmrg", "clmrg" or "cellx"."""
        self._open(depth)
        found = self._tables[depth - 1]
        if word == "trleft":
            found.row.left = number
        elif word == "cellx":
            found.shape.right = number
            found.row.shapes.append(found.shape)
            found.shape = CellShape()
        else:
            found.shape.below = found.shape.below or word == "clvmrg"
            found.shape.beside = found.shape.beside or word == "clmrg"

    def end_row(self, depth: int) -> None:
        self._settle(depth)
        found = self._tables[depth - 1]
        if found.row.cells:
            found.rows.append(Row(found.row.left, list(found.row.shapes), found.row.cells))
            found.row.cells = []

    def end(self) -> list[Block]:
        """All blocks; what the end of the file cut off is kept."""
        self._flush()
        if any(self._parts):
            self.end_paragraph(min(len(self._tables), 1))
        self._settle(0)
        return self._blocks

    def _paragraph(self) -> Paragraph:
        self._flush()
        made = Paragraph("".join(self._parts), None, tuple(self._links), self._is_converted)
        self._parts, self._links, self._is_converted = [], [], False
        return made

    def _flush(self) -> None:
        text, self._pending = "".join(self._pending), []
        if not text:
            return
        if self._look.encoding:
            encoding = legacy.ENCODINGS[self._look.encoding]
            text = legacy.convert(text, encoding, in_capitals=self._look.font_of_capitals)
            self._is_converted = True
        self._parts.append(text.upper() if self._look.capitals else text)

    def _container(self, depth: int) -> list[Block]:
        return self._tables[depth - 1].cell if depth else self._blocks

    def _open(self, depth: int) -> None:
        while len(self._tables) < depth:
            self._tables.append(_Table())

    def _settle(self, depth: int) -> None:
        """End the tables that are deeper than ``depth``, open those that are missing."""
        while len(self._tables) > depth:
            last = self._tables[-1]
            if last.cell:  # a row that the file does not end
                last.row.cells.append(last.cell)
                last.cell = []
            if last.row.cells:
                last.rows.append(Row(last.row.left, list(last.row.shapes), last.row.cells))
            self._tables.pop()
            if last.rows:
                self._container(len(self._tables)).append(table(last.rows))
        self._open(depth)
