"""Tables of a PDF without a logical structure, by the lines drawn around their cells."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from vanban.parse.pdf.glyphs import Drawn, Glyph, Stroke
from vanban.parse.pdf.lines import Placed, Places, paragraph
from vanban.parse.pdf.tables import cell_aligned
from vanban.parse.seen import SeenCell, SeenParagraph, SeenTable

_SAME = 0.6  # lines nearer than this are one (mm)
_MOST_STROKES = 4000


@dataclasses.dataclass(frozen=True, slots=True)
class Grid:
    """A table's lines: where its columns and rows stand, and its strokes."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    strokes: tuple[Stroke, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a sign stands in the table."""
        return self.xs[0] - _SAME < glyph.x0 < self.xs[-1] + _SAME and self.ys[0] < glyph.base < self.ys[-1] + _SAME


def grids(page: Drawn) -> list[Grid]:
    """The tables of a page, from the top: strokes that touch one another, with two columns or rows at least."""
    if len(page.strokes) > _MOST_STROKES:
        return []
    found: list[Grid] = []
    for group in _touching(page.strokes):
        xs = _once([stroke.x0 for stroke in group if not stroke.level])
        ys = _once([stroke.y0 for stroke in group if stroke.level])
        if len(xs) > 1 and len(ys) > 1 and len(xs) + len(ys) > 4:
            found.append(Grid(xs, ys, tuple(group)))
    return sorted(found, key=lambda grid: grid.ys[0])


def _touching(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    groups: list[tuple[list[Stroke], list[float]]] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.y0):
        box = [stroke.x0 - _SAME, stroke.y0 - _SAME, stroke.x1 + _SAME, stroke.y1 + _SAME]
        members = [stroke]
        rest = []
        for group, other in groups:
            if box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]:
                members += group
                box = [min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])]
            else:
                rest.append((group, other))
        groups = [*rest, (members, box)]
    return [group for group, _ in groups]


def _once(places: Sequence[float]) -> tuple[float, ...]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return tuple(found)


def table(number: int, grid: Grid, glyphs: Sequence[Glyph], places: Places) -> SeenTable:
    """The table that these lines and signs make. Cells are one where no line is drawn between them."""
    count, height = len(grid.xs) - 1, len(grid.ys) - 1
    held: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        row = sum(1 for y in grid.ys[1:-1] if glyph.base > y)
        column = sum(1 for x in grid.xs[1:-1] if (glyph.x0 + glyph.x1) / 2 > x)
        held.setdefault((row, column), []).append(glyph)
    taken: set[tuple[int, int]] = set()
    rows: list[tuple[SeenCell, ...]] = []
    for row in range(height):
        cells: list[SeenCell] = []
        for column in range(count):
            if (row, column) in taken:
                continue
            columns, reach = _span(grid, row, column, count, height)
            covered = [(r, c) for r in range(row, row + reach) for c in range(column, column + columns)]
            taken.update(covered)
            inside = [glyph for place in covered for glyph in held.get(place, ())]
            cells.append(SeenCell(_paragraphs(number, inside, places), columns, reach))
        rows.append(tuple(cells))
    first = min((places.number(number, glyph.base) for glyph in glyphs), default=1)
    widths = tuple(after - before for before, after in zip(grid.xs, grid.xs[1:], strict=False))
    return cell_aligned(SeenTable(tuple(rows), widths, _heads(rows), number, first), grid.xs)


def _heads(rows: Sequence[Sequence[SeenCell]]) -> int:
    """How many rows from the top are all in bold, where not all of them are."""
    for count, row in enumerate(rows):
        runs = [run for cell in row for found in cell.paragraphs for run in found.runs if run.text.strip()]
        if not runs or not all(run.hand.bold for run in runs):
            return count
    return 0


def _span(grid: Grid, row: int, column: int, count: int, height: int) -> tuple[int, int]:
    columns = reach = 1
    while column + columns < count and not _is_drawn(grid, column + columns, row, upright=True):
        columns += 1
    while row + reach < height and not _is_drawn(grid, row + reach, column, upright=False):
        reach += 1
    return columns, reach


def _is_drawn(grid: Grid, edge: int, across: int, *, upright: bool) -> bool:
    """Whether a line is drawn on an edge of the columns (rows) through the middle of a row (column)."""
    if upright:
        at, middle = grid.xs[edge], (grid.ys[across] + grid.ys[across + 1]) / 2
        return any(
            not found.level and abs(found.x0 - at) < _SAME and found.y0 < middle < found.y1 for found in grid.strokes
        )
    at, middle = grid.ys[edge], (grid.xs[across] + grid.xs[across + 1]) / 2
    return any(found.level and abs(found.y0 - at) < _SAME and found.x0 < middle < found.x1 for found in grid.strokes)


def _paragraphs(number: int, glyphs: Sequence[Glyph], places: Places) -> tuple[SeenParagraph, ...]:
    """The words of a cell as one paragraph, its lines from the top."""
    lines: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        base = next((base for base in lines if abs(base - glyph.base) < 1.0), glyph.base)
        lines.setdefault(base, []).append(glyph)
    signs = [
        Placed(number, glyph) for base in sorted(lines) for glyph in sorted(lines[base], key=lambda glyph: glyph.x0)
    ]
    made = paragraph(signs, places) if signs else None
    return (made,) if made is not None else ()
