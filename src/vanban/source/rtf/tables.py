"""From the rows of an RTF table, each with its own cell borders, to a table with spans."""

from __future__ import annotations

import bisect
import dataclasses

from vanban.source.lines import CellBlock, Paragraph, TableBlock

_SAME_BORDER = 60  # twips within which two borders are one (about a millimetre)


@dataclasses.dataclass(slots=True)
class CellShape:
    """What a row definition says of a cell: its right border, and whether it goes on from the cell above or before."""

    right: int = 0
    below: bool = False
    beside: bool = False


@dataclasses.dataclass(slots=True)
class Row:
    """A row: its left border, its cells' shapes and their paragraphs."""

    left: int
    shapes: list[CellShape]
    cells: list[list[Paragraph]]


def table(rows: list[Row]) -> TableBlock:
    """The rows as one table. Borders of all rows make the grid, so that a wide cell spans the columns that it covers."""
    borders = _borders(rows)
    open_cells: dict[int, CellBlock] = {}
    out: list[list[CellBlock]] = []
    for row in rows:
        cells: list[CellBlock] = []
        going_on: dict[int, CellBlock] = {}
        left = row.left
        for shape, blocks in zip(_shapes(row), row.cells, strict=False):
            first, last = _column(borders, left), _column(borders, shape.right)
            left = max(left, shape.right)
            span = max(last - first, 1)
            if shape.beside and cells:
                cells[-1].column_span += span
                cells[-1].blocks.extend(block for block in blocks if block.text.strip())
            elif shape.below and first in open_cells:
                cell = going_on[first] = open_cells[first]
                cell.row_span += 1
            else:
                cells.append(CellBlock([block for block in blocks if block.text.strip()], span))
                going_on[first] = cells[-1]
        open_cells = going_on
        out.append(cells)
    return TableBlock(out)


def _shapes(row: Row) -> list[CellShape]:
    """The shapes of a row's cells; a row that says too little gets cells of one width behind the last."""
    missing = len(row.cells) - len(row.shapes)
    last = row.shapes[-1].right if row.shapes else row.left
    return [*row.shapes, *(CellShape(last + 1000 * (at + 1)) for at in range(max(missing, 0)))]


def _borders(rows: list[Row]) -> list[int]:
    found: list[int] = []
    for border in sorted({border for row in rows for border in (row.left, *(shape.right for shape in _shapes(row)))}):
        if not found or border - found[-1] > _SAME_BORDER:
            found.append(border)
    return found


def _column(borders: list[int], border: int) -> int:
    return max(bisect.bisect_right(borders, border + _SAME_BORDER) - 1, 0)
