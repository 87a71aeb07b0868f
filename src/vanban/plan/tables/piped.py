"""Tables that a text prints with one row a line, its cells parted by ``|``: "1 | Tổ chức hội nghị | Sở Tư pháp | …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.model import Line
from vanban.plan.tables.grid import Grid, GridCell, header
from vanban.text import nfc

_RULE = re.compile(r"^[\s|:+=-]+$")


def from_rows(lines: Sequence[Line]) -> Iterator[Grid]:
    """The tables of tasks in ``lines`` whose rows stand on a line each."""
    run: list[tuple[GridCell, ...]] = []
    for line in lines:
        cells = _row(line)
        if cells is None:
            if line.text.strip():
                yield from _grid(run)
                run = []
            continue
        if cells:
            run.append(cells)
    yield from _grid(run)


def _row(line: Line) -> tuple[GridCell, ...] | None:
    """The cells of a row's line; () for a ruled line, None for a line of running text."""
    text = nfc(line.text).strip()
    if text.count("|") < 2 and not re.match(r"^(?:\d{1,3}|[IVX]{1,5}|[A-HĐ])\s*\|\s*\S.*\|$", text):
        return None
    if _RULE.match(text):
        return ()
    pieces = text.removeprefix("|").removesuffix("|").split("|")
    return tuple(GridCell(" ".join(piece.split()), (line.number, line.number)) for piece in pieces)


def _grid(run: Sequence[tuple[GridCell, ...]]) -> Iterator[Grid]:
    if len(run) < 2:
        return
    found = header(run)
    if found is None:
        return
    roles, first = found
    columns = max(len(row) for row in run[:first])
    rows = tuple(run[first:])
    if columns >= 3 and rows:
        yield Grid(roles, rows, (run[0][0].lines[0], rows[-1][0].lines[1]), columns)
