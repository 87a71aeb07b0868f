"""From the rows of an RTF table, each with its own cell borders, to a table with spans."""

from __future__ import annotations

import bisect
import dataclasses

from vanban.source.lines import Block, CellBlock, Paragraph, TableBlock

_SAME_BORDER = 60  # twips within which two borders are one (about a millimetre)


@dataclasses.dataclass(slots=True)
class CellShape:
    """What a row definition says of a cell: its right border, and whether it goes on from the cell above or before."""

    right: int = 0
    below: bool = False
    beside: bool = False


@dataclasses.dataclass(slots=True)
class Row:
    """A row: its left border, its cells' shapes and their blocks."""

    left: int
    shapes: list[CellShape]
    cells: list[list[Block]]


def table(rows: list[Row]) -> TableBlock:
    """The rows as one table. Borders of all rows make the grid, so that a wide cell spans the columns that it covers."""
    borders = _borders(rows)
    open_cells: dict[int, CellBlock] = {}
    out: list[list[CellBlock]] = []
    for row in rows:
        cells: list[CellBlock] = []
        going_on: dict[int, CellBlock] = {}
        left, goes_on = row.left, False  # goes_on: whether the cell before goes on from the row above
        for at, (shape, blocks) in enumerate(zip(_shapes(row), row.cells, strict=False)):
            if row.shapes and at >= len(row.shapes) and not _kept(blocks):
                break  # LibreOffice ends some rows with a cell too many
            first, last = _column(borders, left), _column(borders, shape.right)
            left = max(left, shape.right)
            span = max(last - first, 1)
            if shape.beside and goes_on:
                continue  # a corner of a cell that was widened where it began
            if shape.beside and cells:
                cells[-1].column_span += span
                cells[-1].blocks.extend(_kept(blocks))
                continue
            goes_on = shape.below and first in open_cells
            if goes_on:
                cell = going_on[first] = open_cells[first]
                cell.row_span += 1
            else:
                cells.append(CellBlock(_kept(blocks), span))
                going_on[first] = cells[-1]
        open_cells = going_on
        out.append(cells)
    return TableBlock(out)


def _kept(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Paragraph) or block.text.strip()]


def _shapes(row: Row) -> list[CellShape]:
    """The shapes of a row's cells; a row that says too little gets cells of one width behind the last."""
    missing = len([0 for blocks in row.cells[len(row.shapes) :] if _kept(blocks) or not row.shapes])
    last = row.shapes[-1].right if row.shapes else row.left
    return [*row.shapes, *(CellShape(last + 1000 * (at + 1)) for at in range(max(missing, 0)))]


def _borders(rows: list[Row]) -> list[int]:
    found: list[int] = []
    for border in sorted({border for row in rows for border in (row.left, *(shape.right for shape in _shapes(row)))}):
        if not found or border - found[-1] > _SAME_BORDER:
            found.append(border)
    return found


def _column(borders: list[int], border: int) -> int:
    return max(bisect.bisect_right(borders, border) - 1, 0)  # ``borders`` has the lowest of those that are one
