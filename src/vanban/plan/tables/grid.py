"""Tables as grids of cells: those that the file marks, and those that a text prints with one cell a line between
``|``."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence

from vanban.model import Line, Lines, Table
from vanban.plan.tables.columns import header_roles, role_of
from vanban.plan.tables.fits import Fits
from vanban.text import nfc

_NUMBERED = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[A-HĐ]|[a-zđ]|\([\da-z]+\)|[-+*•])\s*[.)]?(?:\n|\s+\S|$)", re.DOTALL
)
AFTER = re.compile(r"^(?:PHỤ LỤC|Phụ lục|DANH MỤC|BIỂU|Biểu|Nơi nhận|Ghi chú\s*:|[IVX]{1,4}\.\s+[A-ZĐ])")
_DOTS = re.compile(r"^[\s.…·-]+$")
_Step = tuple[float, int, int]  # score of the rows so far, place and length of the last of them


@dataclasses.dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: text (lines joined by a newline), lines, and whether it reaches down from a row above."""

    text: str
    lines: Lines
    inherited: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Grid:
    """A table of tasks: role → column, then its rows (without the header)."""

    roles: dict[str, int]
    rows: tuple[tuple[GridCell, ...], ...]
    lines: Lines
    columns: int
    marked: bool = True  # whether the text marks its cells, so that an empty one is seen


def from_table(table: Table) -> Grid | None:
    """The grid of a table that the file marks; None if it is not a table of tasks."""
    rows = _expanded(table)
    found = header(rows)
    if found is None:
        return None
    roles, first = found
    return Grid(roles, tuple(rows[first:]), table.lines, max(len(row) for row in rows))


def _expanded(table: Table) -> list[tuple[GridCell, ...]]:
    """The rows with every merged cell put in each place that it covers."""
    reach: dict[int, tuple[int, GridCell]] = {}
    out: list[tuple[GridCell, ...]] = []
    for row in table.rows:
        cells: list[GridCell] = []
        waiting = list(row)
        column = 0
        while waiting or column in reach:
            if column in reach:
                left, above = reach[column]
                cells.append(dataclasses.replace(above, inherited=True))
                reach[column] = (left - 1, above)
                if left <= 1:
                    del reach[column]
                column += 1
                continue
            cell = waiting.pop(0)
            text = "\n".join(" ".join(line.split()) for line in nfc(cell.text).strip().split("\n"))
            grid_cell = GridCell(text, cell.lines)
            for offset in range(max(1, cell.column_span)):
                cells.append(grid_cell if offset == 0 else GridCell("", cell.lines))
                if cell.row_span > 1:
                    reach[column] = (cell.row_span - 1, grid_cell if offset == 0 else GridCell("", cell.lines))
                column += 1
        out.append(tuple(cells))
    return out


def header(rows: Sequence[Sequence[GridCell]]) -> tuple[dict[str, int], int] | None:
    """The roles by the header, which may take two rows ("Phân công thực hiện" over "Chủ trì" and "Phối hợp")."""
    for at in range(min(6, len(rows))):
        titles = [" ".join(cell.text.split()) for cell in rows[at]]
        below = [" ".join(cell.text.split()) for cell in rows[at + 1]] if at + 1 < len(rows) else []
        if below and len(below) == len(titles) and _second_header(titles, below):
            merged = [
                low if low and low != high and role_of(low) else high for high, low in zip(titles, below, strict=True)
            ]
            roles = header_roles(merged)
            if roles is not None:
                return roles, at + 2
        roles = header_roles(titles)
        if roles is not None:
            return roles, at + 1
    return None


def _second_header(titles: Sequence[str], below: Sequence[str]) -> bool:
    own = [low for high, low in zip(titles, below, strict=True) if low and low != high]
    return (
        bool(own)
        and all(role_of(low) in ("lead", "coordinating", "both", "time", "product", "form", "money") for low in own)
        and all(len(low.split()) <= 8 for low in own)
    )


def from_lines(lines: Sequence[Line]) -> Iterator[Grid]:
    """The grids of tables of tasks that stand in the text as cells between lines holding only ``|``."""
    cells = _cells(lines)
    at = 0
    while at < len(cells):
        found = _printed_header(cells, at)
        if found is None:
            at += 1
            continue
        roles, columns, first = found
        rows, after = _printed_rows(cells, first, columns, roles)
        if rows:
            yield Grid(roles, tuple(rows), (cells[at].lines[0], rows[-1][-1].lines[1]), columns)
        at = max(after, at + 1)


def _cells(lines: Sequence[Line]) -> list[GridCell]:
    out: list[GridCell] = []
    held: list[str] = []
    first = lines[0].number if lines else 1
    last = first
    for line in lines:
        text = " ".join(nfc(line.text).split())
        if text == "|":
            out.append(GridCell("\n".join(held), (first, last)))
            held, first, last = [], line.number, line.number
        elif text:
            if not held:
                first = line.number
            held.append(text)
            last = line.number
    out.append(GridCell("\n".join(held), (first, last)))
    return out


def _printed_header(cells: Sequence[GridCell], at: int) -> tuple[dict[str, int], int, int] | None:
    """Roles, number of columns and index of the first row's cell, if a header begins at ``at``."""
    if role_of(cells[at].text) not in ("number", "task") or at == 0:
        return None
    if role_of(cells[at].text) == "task" and at + 1 < len(cells) and role_of(cells[at + 1].text) == "number":
        return None  # a heading over the table
    end = at
    while end < len(cells) and cells[end].text and len(cells[end].text.split()) <= 14 and end - at < 12:
        end += 1
    titles = [" ".join(cell.text.split()) for cell in cells[at:end]]
    if len(titles) < 3:
        return None
    second: list[str] = []
    following = end + 1
    while (
        following < len(cells)
        and cells[following].text
        and role_of(cells[following].text) in ("lead", "coordinating", "both")
        and len(second) < 4
    ):
        second.append(" ".join(cells[following].text.split()))
        following += 1
    if len(second) >= 2:
        over = next((i for i, title in enumerate(titles) if role_of(title) in ("lead", None, "both")), None)
        if over is not None:
            titles = [*titles[:over], *second, *titles[over + 1 :]]
            end = following
    roles = header_roles(titles)
    return None if roles is None else (roles, len(titles), end + 1)


def _printed_rows(
    cells: Sequence[GridCell], first: int, columns: int, roles: Mapping[str, int]
) -> tuple[list[tuple[GridCell, ...]], int]:
    """The rows from ``first`` on, and the place behind the table.

    Nothing tells an empty cell from the end of a row, and a cell that reaches down is printed once, so rows differ in
    length: of all ways to part the cells into rows, the one is taken in which they suit their columns best.
    """
    fits = Fits(cells, columns, roles)
    best: dict[int, _Step] = {first: (0.0, first, 0)}
    last: dict[int, _Step] = {}  # rows that only the running text behind the table can follow
    reach = first
    for at in range(first, len(cells)):
        if at not in best:
            if at > reach:
                break
            continue
        if at > first and _closes(cells, at):
            continue
        for length in range(1, columns + 1):
            end = at + length
            bounded = end >= len(cells) or _bounds(cells, end)
            if end > len(cells) or not (bounded or length == columns):
                continue
            score = best[at][0] + fits.row(at, length) - (0.0 if bounded else 0.5)
            place = end + 1 if end < len(cells) and (not cells[end].text or _DOTS.match(cells[end].text)) else end
            steps = best if bounded else last
            if place not in steps or score > steps[place][0]:
                steps[place] = (score, at, length)
                reach = max(reach, place)
    return _traced(cells, best, last, first)


def _closes(cells: Sequence[GridCell], at: int) -> bool:
    """Whether the table has ended before ``at``: running text, another table's head, or several empty cells."""
    text = cells[at].text
    if text:
        group = text.count("\n") < 3 and at + 1 < len(cells) and not cells[at + 1].text
        heads = bool(AFTER.match(text)) and not (group and re.match(r"[IVX]+\.", text))
        return heads or text.startswith("Nơi nhận") or text.count("\n") >= 30
    return all(not cell.text for cell in cells[at : at + 3])


def _traced(
    cells: Sequence[GridCell], best: Mapping[int, _Step], last: Mapping[int, _Step], first: int
) -> tuple[list[tuple[GridCell, ...]], int]:
    """The rows of the best way, back from the place at which its score is highest."""
    ends = [(step[0], -place, step) for steps in (best, last) for place, step in steps.items()]
    _, behind, (_, start, length) = max(ends)
    after = at = -behind
    rows: list[tuple[GridCell, ...]] = []
    while at > first:
        if start + length < at and cells[start + length].text:
            rows.append((cells[start + length],))  # dots: rows are left out
        rows.append(tuple(cells[start : start + length]))
        at = start
        _, start, length = best[at]
    return rows[::-1], after


def _bounds(cells: Sequence[GridCell], at: int) -> bool:
    """Whether the place ``at`` can part two rows: nothing in it, dots, or running text behind the table."""
    text = cells[at].text
    return not text or bool(_DOTS.match(text) or AFTER.match(text)) or len(text.split()) > 25
