"""Tables of a PDF: where their columns stand, by the lines drawn around their cells, and how their cells are set."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from vanban.parse.pdf.glyphs import Drawn
from vanban.parse.pdf.lines import Placed, exact_lines
from vanban.parse.seen import SeenAlign, SeenCell, SeenParagraph, SeenTable

_WIDEST_INSET = 2.5  # mm
_SAME = 0.25  # lines nearer than this are one (mm)


def column_edges(pages: Sequence[Drawn], signs: Sequence[Placed]) -> list[float]:
    """The upright lines drawn beside these signs, from left to right, each once."""
    reach: dict[int, tuple[float, float]] = {}
    for sign in signs:
        top, base = reach.get(sign.page, (sign.glyph.base, sign.glyph.base))
        reach[sign.page] = (min(top, sign.glyph.base), max(base, sign.glyph.base))
    found: list[float] = []
    for page, (top, base) in reach.items():
        found += [
            stroke.x0
            for stroke in pages[page - 1].strokes
            if not stroke.level and stroke.y0 <= base and stroke.y1 >= top
        ]
    edges: list[float] = []
    for x in sorted(found):
        if not edges or x - edges[-1] > _SAME:
            edges.append(x)
    return edges


def cell_aligned(table: SeenTable, edges: Sequence[float]) -> SeenTable:
    """The table with the alignment of the paragraphs in its cells, ``edges`` being those of its columns."""
    placed = [
        [(cell, edges[start], edges[start + cell.columns]) for cell, start in zip(row, starts, strict=True)]
        for row, starts in zip(table.rows, cell_starts(table.rows, len(edges) - 1), strict=True)
    ]
    gaps = []
    for row in placed:
        for cell, left, right in row:
            for found in cell.paragraphs:
                gaps += [line.x0 - left for line in found.lines]
                if len(found.lines) == 1:  # of others the end is not known exactly
                    gaps += [right - line.x1 for line in exact_lines(found)]
    # Words stand this far from the rules of their cell, unless all of them are centred.
    # A word wider than its cell reaches beyond it.
    inset = min([*(gap for gap in gaps if gap > 0), _WIDEST_INSET])
    rows = tuple(tuple(_aligned(cell, left + inset, right - inset) for cell, left, right in row) for row in placed)
    return dataclasses.replace(table, rows=rows)


def cell_starts(rows: Sequence[Sequence[SeenCell]], count: int) -> list[list[int]]:
    """The column in which each cell begins, row by row; cells that reach down from above are passed over."""
    covered = [0] * count
    found: list[list[int]] = []
    for row in rows:
        starts: list[int] = []
        fresh = [max(0, left - 1) for left in covered]
        place = 0
        for cell in row:
            while place < count - 1 and covered[place]:
                place += 1
            start = min(place, max(0, count - cell.columns))
            starts.append(start)
            fresh[start : start + cell.columns] = [cell.rows - 1] * cell.columns
            place = start + cell.columns
        covered = fresh[:count]
        found.append(starts)
    return found


def _aligned(cell: SeenCell, left: float, right: float) -> SeenCell:
    lines = [line for found in cell.paragraphs for line in exact_lines(found)]
    if not lines:
        return cell
    errors: dict[SeenAlign, float] = {
        "left": max(abs(line.x0 - left) for line in lines),
        "center": max(abs((line.x0 - left) - (right - line.x1)) / 2 for line in lines),
        "right": max(abs(right - line.x1) for line in lines),
    }
    best = min(errors, key=lambda align: errors[align])
    return dataclasses.replace(cell, paragraphs=tuple(_with(found, best) for found in cell.paragraphs))


def _with(found: SeenParagraph, align: SeenAlign) -> SeenParagraph:
    return dataclasses.replace(found, align=align)
