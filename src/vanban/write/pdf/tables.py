"""Tables as plain values for the template. Long ones are what Typst spends its time and memory on: their plain cells come
as bare texts, and the heights of their rows with them, so that no cell is laid out twice."""

from __future__ import annotations

import re
from typing import Any

from vanban.official import ELEMENTS, Run, Runs, Table, TableCell, text_of, text_width
from vanban.write.laying import SPACING
from vanban.write.rows import Placed, guessed_lines, is_whole, placed_rows

CELL_RULE = 0.5  # thickness of the rules of tables, in points
_TALL = 20  # a row of more lines may break over pages, all others stay whole
_FEW = 24  # lines of a table that goes whole to the page of what has to stand with it
_MANY = 200  # rows, from which on their heights are measured here
_SAFE = 0.5  # points by which a line is taken to be narrower than it is, so that no row is too low
# Signs of which the widths are known.
_KNOWN = re.compile(r"[ -~À-ÖØ-öø-ỹ“”‘’–—…•§°×½²³«»\u200b]*")
_ROOM = SPACING["table"]
CELL_ABOVE = _ROOM.before + CELL_RULE / 2
CELL_BETWEEN = _ROOM.before + _ROOM.after


def table_values(table: Table, room: float, line: float) -> dict[str, Any]:
    """The table in ``room`` points of width; a line of it is ``line`` points high."""
    rows = list(placed_rows(table, room))
    head = _whole_head(table)
    many = len(rows) > _MANY
    return {
        "kind": "table",
        "keep": False,
        "whole": not many and is_whole(table, room),
        "few": not many and sum(map(guessed_lines, rows)) <= _FEW,
        "widths": table.widths,
        "head": [_row(row, head=n < table.head_rows) for n, row in enumerate(rows[:head])],
        "rows": [_row(row, head=head + n < table.head_rows) for n, row in enumerate(rows[head:])],
        "heights": [_height(row, line) for row in rows] if many else [],
    }


def _whole_head(table: Table) -> int:
    """How many rows are repeated: those of the head and all that their merged cells reach into."""
    head = table.head_rows
    for index, row in enumerate(table.rows):
        if index >= head:
            break
        head = max([head, *(index + cell.rows for cell in row)])
    return head


def _row(row: Placed, *, head: bool) -> list[str | dict[str, Any]]:
    tall = guessed_lines(row) > _TALL
    return [_cell(cell, room, head=head, tall=tall) for cell, room in row]


def _cell(cell: TableCell, room: float, *, head: bool, tall: bool) -> str | dict[str, Any]:
    lines = [run_values(line, room, "table_head" if head else "table") for line in cell.lines]
    whole = [run for line in lines for run in line]
    is_plain = len(whole) == 1 and not (whole[0]["bold"] or whole[0]["italic"])
    if is_plain and (cell.columns, cell.rows, cell.align) == (1, 1, "left") and not (head or tall):
        return str(whole[0]["text"])
    return {
        "columns": cell.columns,
        "rows": cell.rows,
        "align": "center" if head else cell.align,
        "head": head,
        "tall": tall,
        "lines": lines,
    }


def run_values(runs: Runs, room: float, element: str) -> list[dict[str, Any]]:
    """The runs; a word that no line of ``room`` points can hold is cut, as word processors do."""
    look = ELEMENTS[element]
    return [
        {"text": _fitted(run, room, look.chosen, bold=look.bold or run.bold), "bold": run.bold, "italic": run.italic}
        for run in runs
    ]


def _fitted(run: Run, room: float, points: float, *, bold: bool) -> str:
    return "".join(
        _cut(word, room, points, bold=bold) if len(word) * points > room else word
        for word in re.split("([ \n])", run.text)
    )


def _cut(word: str, room: float, points: float, *, bold: bool) -> str:
    """The word with a blank of no width wherever a line is full."""
    if text_width(word, points, bold=bold) <= room:
        return word
    pieces = [""]
    for sign in word:
        if pieces[-1] and text_width(pieces[-1] + sign, points, bold=bold) > room:
            pieces.append("")
        pieces[-1] += sign
    return "\u200b".join(pieces)


def _height(row: Placed, line: float) -> float | None:
    """The height of a row in points; None where it has to be found by laying it out."""
    if any(cell.rows > 1 for cell, _ in row):
        return None
    height = 0.0
    for cell, room in row:
        counts = [_line_count(runs, room - _SAFE) for runs in cell.lines] or [1]
        if None in counts or sum(filter(None, counts)) > _TALL:
            return None
        height = max(height, sum(filter(None, counts)) * line + (len(counts) - 1) * CELL_BETWEEN)
    return height + 2 * CELL_ABOVE


def _line_count(runs: Runs, room: float) -> int | None:
    """How many lines the runs fill, each as full as it can be. Typst may also break at "-" and "/": never into more."""
    points = ELEMENTS["table"].chosen
    if not _KNOWN.fullmatch(text_of(runs)):
        return None
    lines, filled, word = 1, 0.0, 0.0
    for run in (*runs, Run(" ")):
        blank = text_width(" ", points, bold=run.bold, italic=run.italic)
        for piece in re.split("([ \u200b])", _fitted(run, room + _SAFE, points, bold=run.bold)):
            if piece not in (" ", "\u200b"):
                word += text_width(piece, points, bold=run.bold, italic=run.italic)
                continue
            if filled and filled + word > room:
                lines, filled = lines + 1, 0.0
            filled += word + (blank if piece == " " else 0)
            word = 0.0
    return lines
