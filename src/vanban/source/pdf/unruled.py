"""Tables without lines, found only where there is no doubt: a head that begins with "TT", columns parted by white from
top to bottom, and rows that number themselves 1, 2, 3 …"""

from __future__ import annotations

import re
import statistics

from vanban.source.lines import Paragraph
from vanban.source.pdf.layout import Piece, printed
from vanban.source.pdf.tables import PageCell, PageTable
from vanban.text import fold

_FIRST_HEADS = frozenset(("tt", "stt", "so tt", "s tt"))
_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_MIN_COLUMNS = 3
_MIN_ROWS = 2
_MAX_LINES = 150  # more do not stand on a page
_CORRIDOR = 0.35  # em
_FAR = 3.5  # lines: text further down is no part of the table

Row = list[Piece]


def find(pieces: list[Piece], page: int) -> tuple[list[PageTable], list[Piece]]:
    """The tables among ``pieces``, and the pieces outside them."""
    rows = _rows(pieces)
    for start, head in enumerate(rows):
        if len(head) >= _MIN_COLUMNS and fold(head[0].text).strip(".") in _FIRST_HEADS:
            found = _table(rows[start:], page)
            if found is not None:
                table, end = found
                later, rest = find([p for row in rows[start + end :] for p in row], page)
                return [table, *later], [p for row in rows[:start] for p in row] + rest
    return [], pieces


def _rows(pieces: list[Piece]) -> list[Row]:
    """``pieces`` by baseline, each row from left to right."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda p: p.base):
        if rows and piece.base - rows[-1][0].base <= 0.3 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.x0) for row in rows]


def _table(rows: list[Row], page: int) -> tuple[PageTable, int] | None:
    """The table that begins with ``rows[0]`` and the number of rows that it takes; None where anything is in doubt."""
    head = rows[0]
    for end in range(min(_reach(rows), _MAX_LINES), _MIN_ROWS, -1):
        edges = _edges([piece for row in rows[:end] for piece in row])
        if len(edges) + 1 == len(head) and all(_column(p, edges) == at for at, p in enumerate(head)):
            starts = _starts(rows[:end], edges)
            return None if starts is None else (_made(rows[:end], edges, starts, page), end)
    return None


def _reach(rows: list[Row]) -> int:
    """How many rows may belong: up to a wide gap or a line that runs over half of the columns."""
    width = rows[0][-1].x1 - rows[0][0].x0
    for at, (above, row) in enumerate(zip(rows, rows[1:], strict=False), start=1):
        far = row[0].base - above[0].base > _FAR * row[0].size
        if far or any(piece.x1 - piece.x0 > 0.75 * width for piece in row):
            return at
    return len(rows)


def _edges(pieces: list[Piece]) -> list[float]:
    """The middles of the white corridors that run from top to bottom."""
    size = statistics.median(piece.size for piece in pieces)
    found: list[float] = []
    reach = float("inf")
    for piece in sorted(pieces, key=lambda p: p.x0):
        if piece.x0 - reach >= _CORRIDOR * size:
            found.append((reach + piece.x0) / 2)
        reach = piece.x1 if reach == float("inf") else max(reach, piece.x1)
    return found


def _column(piece: Piece, edges: list[float]) -> int:
    return sum(edge < (piece.x0 + piece.x1) / 2 for edge in edges)


def _starts(rows: list[Row], edges: list[float]) -> list[int] | None:
    """The rows in which 1, 2, 3 … begin; None where a number is missing or stands beside too little text."""
    starts: list[int] = []
    for at, row in enumerate(rows[1:], start=1):
        if _column(row[0], edges) != 0:
            continue
        match = _NUMBER.fullmatch(row[0].text.strip())
        if match is None:
            if starts:
                return None
            continue  # a head of more than one line
        if int(match[1]) != len(starts) + 1 or len(row) < _MIN_COLUMNS:
            return None
        starts.append(at)
    return starts if len(starts) >= _MIN_ROWS else None


def _made(rows: list[Row], edges: list[float], starts: list[int], page: int) -> PageTable:
    bounds = [0, *starts, len(rows)]
    columns = len(edges) + 1
    cells = []
    for number, (first, last) in enumerate(zip(bounds, bounds[1:], strict=False)):
        lines: list[list[Paragraph]] = [[] for _ in range(columns)]
        for row in rows[first:last]:
            for at in range(columns):
                pieces = [piece for piece in row if _column(piece, edges) == at]
                if pieces:
                    line = printed(pieces)
                    lines[at].append(Paragraph(line.text, page, box=line.box))
        cells += [PageCell(at, 1, number, 1, lines[at]) for at in range(columns)]
    pieces = [piece for row in rows for piece in row]
    xs = [min(p.x0 for p in pieces), *edges, max(p.x1 for p in pieces)]
    return PageTable(xs, rows[0][0].base - rows[0][0].size, len(bounds) - 1, cells)
