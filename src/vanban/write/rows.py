"""The rows of a table before it is printed: how wide the text of each cell is, and about how many lines it takes."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.official import ELEMENTS, Table, TableCell, text_of, text_width
from vanban.write.laying import CELL_SIDE

Placed = list[tuple[TableCell, float]]  # the cells of a row, with the width of the text in each, in points
_WHOLE = 16  # lines of a table that is not torn


def placed_rows(table: Table, room: float) -> Iterator[Placed]:
    """The rows of a table that is ``room`` points wide."""
    whole = sum(table.widths)
    widths = [width / whole * room for width in table.widths]
    covered = [0] * len(widths)
    for row in table.rows:
        placed: Placed = []
        now = [max(0, left - 1) for left in covered]
        position = 0
        for cell in row:
            while covered[position]:
                position += 1
            placed.append((cell, sum(widths[position : position + cell.columns]) - 2 * CELL_SIDE))
            now[position : position + cell.columns] = [cell.rows - 1] * cell.columns
            position += cell.columns
        yield placed
        covered = now


def guessed_lines(row: Placed) -> int:
    """About how many lines the row has."""
    points = ELEMENTS["table"].chosen
    return max(
        (sum(1 + int(text_width(text_of(line), points) / max(room, 1)) for line in cell.lines) for cell, room in row),
        default=0,
    )


def is_whole(table: Table, room: float) -> bool:
    """Whether a table is so short that it stands on one page rather than on two: half of it overleaf reads badly, and the
    room that it leaves is small."""
    return len(table.rows) <= _WHOLE and sum(map(guessed_lines, placed_rows(table, room))) <= _WHOLE
