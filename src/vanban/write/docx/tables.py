"""Tables: ruled ones of the text, and the bare ones that set the head and the foot in two columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vanban.official import Table, TableCell
from vanban.write.docx.looks import BARE_TABLE, RULED_TABLE, alignment, style_of
from vanban.write.docx.paragraphs import runs
from vanban.write.docx.xml import tag, twips
from vanban.write.rows import is_whole

_HEAD, _BODY = style_of("table_head").id, style_of("table").id
_KEEP = "<w:keepNext/>"


def ruled(table: Table, room: float, *, kept: bool) -> str:
    """A table as wide as the text. ``kept``: its last row stays on the page of what follows.

    Rows do not break over pages, and the head is repeated on each; the rows of a short table stay together."""
    whole = is_whole(table, room)
    columns = _columns(table.widths, room)
    rows: list[str] = []
    open_cells: dict[int, tuple[int, int]] = {}  # column → rows that are still covered, columns of the cell
    for position, row in enumerate(table.rows):
        head = position < table.head_rows
        last = position == len(table.rows) - 1
        rows.append(_row(row, columns, open_cells, head=head, keep=head or (kept if last else whole)))
    look = tag("w:tblLook", val="0020", firstRow=int(table.head_rows > 0), noHBand=1, noVBand=1)
    return _table(RULED_TABLE, columns, rows, look)


def bare(rows: Sequence[tuple[str, str]], widths: tuple[float, float]) -> str:
    """Two columns without rules: what stands in them is written already. Rows do not break over pages."""
    columns = [twips(width) for width in widths]
    look = tag("w:tblLook", val="0000", firstRow=0, noHBand=1, noVBand=1)
    written = []
    for row in rows:
        cells = (
            tag("w:tc", tag("w:tcPr", tag("w:tcW", w=width, type="dxa")), inside)
            for width, inside in zip(columns, row, strict=True)
        )
        written.append(tag("w:tr", tag("w:trPr", "<w:cantSplit/>"), *cells))
    return _table(BARE_TABLE, columns, written, look)


def _table(style: str, columns: list[int], rows: list[str], look: str) -> str:
    properties = (
        tag("w:tblStyle", val=style),
        tag("w:tblW", w=sum(columns), type="dxa"),
        tag("w:tblLayout", type="fixed"),
        look,
    )
    grid = tag("w:tblGrid", *(tag("w:gridCol", w=width) for width in columns))
    return tag("w:tbl", tag("w:tblPr", *properties), grid, *rows)


def _columns(widths: Sequence[float], room: float) -> list[int]:
    """Widths in twips that add up to the room exactly."""
    whole = twips(room)
    edges = [0]
    reached = 0.0
    for share in widths:
        reached += share
        edges.append(round(whole * reached))
    return [right - left for left, right in zip(edges, edges[1:], strict=False)]


def _row(
    row: tuple[TableCell, ...],
    columns: list[int],
    open_cells: dict[int, tuple[int, int]],
    *,
    head: bool,
    keep: bool,
) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    return tag("w:tr", tag("w:trPr", properties), *_cells(row, columns, open_cells, head=head, keep=keep))


def _cells(
    row: tuple[TableCell, ...],
    columns: list[int],
    open_cells: dict[int, tuple[int, int]],
    *,
    head: bool,
    keep: bool,
) -> Iterator[str]:
    waiting = iter(row)
    position = 0
    while position < len(columns):
        if position in open_cells:
            rows_left, span = open_cells.pop(position)
            if rows_left > 1:
                open_cells[position] = rows_left - 1, span
            yield _cell(None, sum(columns[position : position + span]), span, "continue", head=head, keep=keep)
        else:
            cell = next(waiting)
            span = cell.columns
            if cell.rows > 1:
                open_cells[position] = cell.rows - 1, span
            merged = "restart" if cell.rows > 1 else ""
            yield _cell(cell, sum(columns[position : position + span]), span, merged, head=head, keep=keep)
        position += span


def _cell(cell: TableCell | None, width: int, span: int, merged: str, *, head: bool, keep: bool) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if span > 1:
        properties += tag("w:gridSpan", val=span)
    if merged:
        properties += tag("w:vMerge", val=merged)
    if head:
        properties += '<w:vAlign w:val="center"/>'
    style = f'<w:pStyle w:val="{_HEAD if head else _BODY}"/>{_KEEP if keep else ""}'
    if cell and not head and cell.align != "left":
        style += alignment(cell.align)
    lines = cell.lines if cell and cell.lines else ((),)
    inside = "".join(f"<w:p><w:pPr>{style}</w:pPr>{runs(line)}</w:p>" for line in lines)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"
