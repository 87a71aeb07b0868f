"""Tables of PDF pages, and how one that goes on over a page break becomes one table again."""

from __future__ import annotations

import dataclasses
import re

from vanban.source.lines import CellBlock, Paragraph, TableBlock
from vanban.source.pdf.grid import Grid
from vanban.source.pdf.layout import Printed
from vanban.text import fold

_SAME_EDGE = 5.0  # points: column lines of two pages nearer than this are the same
_MAX_HEAD = 4  # rows of a table head that may be repeated
_ENDED = re.compile(r"[.;:!?…]\s*$")
_ITEM = re.compile(r"\s*(?:[-–•+*]|\(?(?:\d{1,3}|[a-zđ]|[IVX]{1,5})[.)])\s")


@dataclasses.dataclass(slots=True)
class PageCell:
    """A cell by its columns and rows, with its lines and the page of each."""

    column: int
    columns: int
    row: int
    rows: int
    lines: list[Paragraph]

    @property
    def text(self) -> str:
        """The cell's text on one line."""
        return " ".join(line.text for line in self.lines).strip()


@dataclasses.dataclass(slots=True)
class PageTable:
    """A table with the places of its column lines and of its upper edge. ``cut_above`` and ``cut_below``: its first or
    last row has no line at the page break, and so goes on over it."""

    xs: list[float]
    top: float
    rows: int
    cells: list[PageCell]
    cut_above: bool = False
    cut_below: bool = False

    @classmethod
    def made(cls, grid: Grid, words: dict[int, list[Printed]], page: int) -> PageTable:
        """The table of ``grid`` with the lines of each of its cells (by index)."""
        cells = []
        for index, cell in enumerate(grid.cells):
            lines = [Paragraph(line.text, page, box=line.box) for line in words.get(index, []) if line.text]
            cells.append(PageCell(cell.column, cell.columns, cell.row, cell.rows, lines))
        return cls(grid.xs, grid.ys[0], len(grid.ys) - 1, cells, grid.open_top, grid.open_bottom)

    def row(self, number: int) -> list[PageCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]

    def block(self) -> TableBlock:
        """The table without the rows and columns in which no cell begins."""
        rows = [
            [
                CellBlock(list(cell.lines), cell.columns, cell.rows)
                for cell in sorted(self.row(number), key=lambda c: c.column)
            ]
            for number in range(self.rows)
        ]
        return TableBlock(rows)


def continues(table: PageTable, after: PageTable) -> bool:
    """Whether ``after``, first on its page, has the columns of ``table``, last on the page before: one may have fewer
    lines than the other where all its cells are merged across."""
    few, many = sorted((table.xs, after.xs), key=len)
    same_edges = abs(few[0] - many[0]) <= _SAME_EDGE and abs(few[-1] - many[-1]) <= _SAME_EDGE
    return same_edges and all(any(abs(x - other) <= _SAME_EDGE for other in many) for x in few)


def joined(table: PageTable, after: PageTable) -> PageTable:
    """One table of both: a repeated head is dropped, a row that the page break cut is put together."""
    xs = max(table.xs, after.xs, key=len)
    first, second = _on(table, xs), _on(after, xs)
    head = _repeated_head(first, second)
    rest = [cell for cell in second.cells if cell.row >= head]
    for cell in rest:
        cell.row -= head
    second = dataclasses.replace(second, rows=second.rows - head, cells=rest)
    if second.rows <= 0:
        return first
    if head == 0 and _strip_head(first, second):
        second.cut_above = True
    _mend_merged(first, second)
    if _is_cut(first, second):
        _mend_row(first, second)
        shift = first.rows - 1
    else:
        shift = first.rows
    for cell in second.cells:
        cell.row += shift
    cells = first.cells + second.cells
    return PageTable(xs, first.top, shift + second.rows, cells, first.cut_above, second.cut_below)


def _on(table: PageTable, xs: list[float]) -> PageTable:
    """``table`` with its cells' columns counted on the lines ``xs``."""
    if len(xs) == len(table.xs):
        return table
    at = [min(range(len(xs)), key=lambda i, x=x: abs(xs[i] - x)) for x in table.xs]  # type: ignore[misc]
    cells = [
        PageCell(at[c.column], at[c.column + c.columns] - at[c.column], c.row, c.rows, c.lines) for c in table.cells
    ]
    return dataclasses.replace(table, xs=xs, cells=cells)


def _repeated_head(first: PageTable, second: PageTable) -> int:
    """How many rows at the top of ``second`` repeat those at the top of ``first``."""
    count = 0
    while count < min(_MAX_HEAD, first.rows, second.rows):
        above, below = ([fold(c.text) for c in t.row(count)] for t in (first, second))
        if above != below or not any(below):
            break
        count += 1
    return count


def _strip_head(first: PageTable, second: PageTable) -> bool:
    """Take the repeated head out of the first row of ``second``, where no line parts it from the rest of a cut row."""
    head = {c.column: [line.text for line in c.lines] for c in first.row(0)}
    below = {c.column: c for c in second.row(0)}
    whole = {column: [line.text for line in cell.lines] for column, cell in below.items()}
    repeated = any(head.values()) and head.keys() == whole.keys() and head != whole
    if not repeated or any(whole[column][: len(lines)] != lines for column, lines in head.items()):
        return False
    for column, lines in head.items():
        del below[column].lines[: len(lines)]
    return True


def _mend_merged(first: PageTable, second: PageTable) -> None:
    """A cell merged downwards goes on in the empty cell below the page break."""
    for cell in [c for c in second.row(0) if not c.lines]:
        for above in first.cells:
            ends = above.row + above.rows == first.rows
            if ends and above.rows > 1 and (above.column, above.columns) == (cell.column, cell.columns):
                above.rows += cell.rows
                second.cells.remove(cell)


def _is_cut(first: PageTable, second: PageTable) -> bool:
    """Whether the first row of ``second`` is the rest of the last row of ``first``.

    No cell may begin in it that had not begun before. Where rows are numbered and this one has no number, the longest
    column decides whether it can be a row of its own; elsewhere only text that begins in the middle of a sentence is a
    rest.
    """
    above = {(c.column, c.columns): c for c in first.row(first.rows - 1)}
    below = {(c.column, c.columns): c for c in second.row(0) if c.lines}
    if not below or not below.keys() <= above.keys() or len(above) < 2:
        return False
    if first.cut_below or second.cut_above:
        return True
    if any(not above[place].lines for place in below):
        return False
    place = max(above, key=lambda p: sum(len(c.text) for c in first.cells if (c.column, c.columns) == p))
    text = below[place].text if place in below else ""
    unnumbered = any(c.column == 0 and not c.lines for c in second.row(0)) and bool(first.row(first.rows - 1)[0].lines)
    if not (_numbered(first) and unnumbered):
        texts = [text] if text else [cell.text for cell in below.values()]
        return all(t[:1].islower() and not _ITEM.match(t) for t in texts)
    if not text:
        return True
    if _ITEM.match(text):
        return len(below) < 3
    return text[:1].islower() or not _ENDED.search(above[place].text) or len(below) < 3


def _numbered(table: PageTable) -> bool:
    """Whether the first column numbers the rows."""
    firsts = [cell.text for cell in table.cells if cell.column == 0 and cell.columns == 1 and cell.text]
    return sum(len(text) <= 6 for text in firsts) * 2 > len(firsts)


def _mend_row(first: PageTable, second: PageTable) -> None:
    above = {c.column: c for c in first.row(first.rows - 1)}
    for cell in second.row(0):
        if cell.column in above:
            above[cell.column].lines.extend(cell.lines)
            above[cell.column].rows += cell.rows - 1
            second.cells.remove(cell)
