"""From ruling lines to tables: which lines belong together, and which cells they enclose."""

from __future__ import annotations

import bisect
import dataclasses

from vanban.source.pdf.rules import SAME, Rule, Rules

_MAX_RULES = 1_500
_OVERHANG = 8.0  # level lines that reach further than this beyond the outer upright ones enclose open columns


@dataclasses.dataclass(slots=True)
class GridCell:
    """A cell by its first column and row and how many of each it covers."""

    column: int
    row: int
    columns: int
    rows: int


@dataclasses.dataclass(slots=True)
class Grid:
    """A ruled table: its column and row lines and its cells, in reading order. ``open_top`` and ``open_bottom``: no
    line closes it there, the upright ones just end (a row cut by the page break)."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    open_top: bool = False
    open_bottom: bool = False
    _fields: dict[tuple[int, int], int] = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._fields = {
            (column, row): index
            for index, cell in enumerate(self.cells)
            for column in range(cell.column, cell.column + cell.columns)
            for row in range(cell.row, cell.row + cell.rows)
        }

    def cell_at(self, x: float, y: float) -> int | None:
        """The index in ``cells`` of the cell around a point; None outside."""
        return self._fields.get((bisect.bisect(self.xs, x) - 1, bisect.bisect(self.ys, y) - 1))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is in the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def find(rules: Rules) -> list[Grid]:
    """The ruled tables of a page from top to bottom. A frame around one cell, or an underline, is none."""
    if len(rules.level) > _MAX_RULES or len(rules.upright) > _MAX_RULES:
        return []
    grids = []
    for level, upright in _groups(rules):
        grid = _grid(level, upright)
        if grid is not None and len(grid.cells) > 1:
            grids.append(grid)
    outer = [g for g in grids if not any(h is not g and _within(g, h) for h in grids)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _within(inner: Grid, outer: Grid) -> bool:
    return outer.holds(inner.xs[0], inner.ys[0]) and outer.holds(inner.xs[-1], inner.ys[-1])


def _groups(rules: Rules) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright lines that are tied by crossings, group by group."""
    level, upright = rules.level, rules.upright
    owner = list(range(len(level) + len(upright)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, line in enumerate(level):
        for j, post in enumerate(upright, start=len(level)):
            if line.start - SAME <= post.at <= line.end + SAME and post.start - SAME <= line.at <= post.end + SAME:
                owner[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, line in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, post in enumerate(upright, start=len(level)):
        groups.setdefault(root(j), ([], []))[1].append(post)
    return [(a, b) for a, b in groups.values() if len(a) >= 2 and b]


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    xs = _positions([post.at for post in upright])
    ys = _positions([line.at for line in level])
    left, right = min(line.start for line in level), max(line.end for line in level)
    if xs[0] - left > _OVERHANG:
        xs.insert(0, left)
    if right - xs[-1] > _OVERHANG:
        xs.append(right)
    high, low = (sorted(ends)[len(ends) // 2] for ends in ([p.start for p in upright], [p.end for p in upright]))
    open_top, open_bottom = ys[0] - high > _OVERHANG, low - ys[-1] > _OVERHANG
    ys = [high] * open_top + ys + [low] * open_bottom
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Grid(xs, ys, _cells(xs, ys, level, upright), open_top, open_bottom)


def _positions(values: list[float]) -> list[float]:
    """``values`` sorted, those that stand for one line given once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > SAME:
            found.append(value)
    return found


def _cells(xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule]) -> list[GridCell]:
    """The cells: fields of the grid with no line between them are one. A field's outer edges count as drawn."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = list(range(columns * rows))

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    for row in range(rows):
        for column in range(columns):
            middle_x, middle_y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            here = row * columns + column
            if column + 1 < columns and not _drawn(upright, xs[column + 1], middle_y):
                owner[root(here + 1)] = root(here)
            if row + 1 < rows and not _drawn(level, ys[row + 1], middle_x):
                owner[root(here + columns)] = root(here)
    fields: dict[int, list[int]] = {}
    for index in range(columns * rows):
        fields.setdefault(root(index), []).append(index)
    cells = []
    for members in fields.values():
        at_columns, at_rows = [m % columns for m in members], [m // columns for m in members]
        column, row = min(at_columns), min(at_rows)
        cells.append(GridCell(column, row, max(at_columns) - column + 1, max(at_rows) - row + 1))
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _drawn(rules: list[Rule], at: float, through: float) -> bool:
    return any(abs(rule.at - at) <= SAME and rule.start - SAME <= through <= rule.end + SAME for rule in rules)
