"""A laid document as plain values for the template ``official.typ``: all lengths in points, every look by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vanban.official import ELEMENTS, LENGTHS, Picture, Runs, Table, TableCell
from vanban.official.layout import METRIC_FONT
from vanban.write.laying import Laid, Line, Piece, head_rooms, text_room
from vanban.write.spacing import CELL_X, CELL_Y, FOOT_GAP, RULE_GAP, RULE_WIDTH, SPACING, TABLE_GAP

_POINTS_PER_MM = 72 / 25.4
# Of the font: from the base line up to the top of a single line, and its height, as shares of the size.
ASCENT, LINE = 1825 / 2048, (1825 + 443 + 87) / 2048
_FIRST_INDENTED = {"body", "basis", "roman", "article", "arabic", "letter"}
#: Elements that a reader's program lists as headings, from the outermost.
_HEADINGS = {"type": 0, "annex_mark": 0, "part": 1, "roman": 2, "article": 2, "arabic": 3, "letter": 4}


def values(laid: Laid) -> dict[str, Any]:
    """Everything that the template asks for."""
    levels = _Levels()
    return {
        "name": laid.name,
        "author": laid.author,
        "sizes": _sizes(),
        "styles": {
            name: {
                "size": look.chosen,
                "bold": look.bold,
                "italic": look.italic,
                "spacing": SPACING[name].lines,
                "before": SPACING[name].before,
            }
            for name, look in ELEMENTS.items()
        },
        "left": _lines(laid.left, levels),
        "right": _lines(laid.right, levels),
        "opening": _lines(laid.opening, levels),
        "body": _pieces(laid.body, levels),
        "recipients": _lines(laid.recipients, levels),
        "signature": _lines(laid.signature, levels),
        "signer": _lines(laid.signer, levels),
        "annexes": [
            {
                "landscape": annex.landscape,
                "opening": _lines(annex.opening, levels),
                "body": _pieces(annex.body, levels, landscape=annex.landscape),
            }
            for annex in laid.annexes
        ],
    }


def _sizes() -> dict[str, Any]:
    def points(name: str) -> float:
        return LENGTHS[name].chosen * _POINTS_PER_MM

    return {
        "font": METRIC_FONT,
        "ascent": ASCENT,
        "line": LINE,
        "top": points("margin_top"),
        "bottom": points("margin_bottom"),
        "left": points("margin_left"),
        "right": points("margin_right"),
        "header": points("margin_top") * 0.3,
        "head_left": head_rooms()[0],
        "foot_left": text_room() * LENGTHS["foot_left"].chosen,
        "signature_room": points("signature_room"),
        "foot_gap": FOOT_GAP,
        "table_gap": TABLE_GAP,
        "rule_gap": RULE_GAP,
        "rule_width": RULE_WIDTH,
        "cell_x": CELL_X,
        "cell_y": CELL_Y,
    }


class _Levels:
    """How deep headings stand. A level is never left out (PDF/UA): "a)" right under "I." is one deeper than it."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def of(self, element: str) -> int:
        """The level of a heading of this element; 0: it is none."""
        if element not in _HEADINGS:
            return 0
        rank = _HEADINGS[element]
        self._open = [*(outer for outer in self._open if outer < rank), rank]
        return len(self._open)


def _lines(lines: Iterable[Line], levels: _Levels) -> list[dict[str, Any]]:
    return [_line(line, levels) for line in lines]


def _pieces(pieces: Iterable[Piece], levels: _Levels, *, landscape: bool = False) -> list[dict[str, Any]]:
    return [_line(piece, levels) if isinstance(piece, Line) else _block(piece, landscape) for piece in pieces]


def _line(line: Line, levels: _Levels) -> dict[str, Any]:
    align = line.align or ELEMENTS[line.element].align
    first = LENGTHS["first_line"].chosen * _POINTS_PER_MM if line.element in _FIRST_INDENTED else 0.0
    if line.inset is not None:
        first = line.inset
    rest = 0.0 if line.inset is None else line.inset + (line.hang or 0)
    return {
        "kind": "line",
        "style": line.element,
        "runs": _marked(line),
        "align": align,
        "first": first if align in ("left", "justify") else 0.0,
        "rest": rest if align in ("left", "justify") else 0.0,
        "rule": line.rule,
        "keep": line.keep,
        "level": levels.of(line.element) if line.mark or line.runs else 0,
        "boxed": line.element == "urgency",
    }


def _marked(line: Line) -> list[dict[str, Any]]:
    """The runs with the mark before them."""
    runs = _runs(line.runs)
    if not line.mark:
        return runs
    bold = line.mark.startswith("Điều ")
    return [{"text": line.mark + (" " if runs else ""), "bold": bold, "italic": False}, *runs]


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [{"text": run.text, "bold": run.bold, "italic": run.italic} for run in runs]


def _block(block: Table | Picture, landscape: bool) -> dict[str, Any]:
    if isinstance(block, Table):
        head = _whole_head(block)
        return {
            "kind": "table",
            "widths": block.widths,
            "head": [[_cell(cell, bold=True) for cell in row] for row in block.rows[:head]],
            "rows": [[_cell(cell) for cell in row] for row in block.rows[head:]],
        }
    width = text_room(landscape)
    return {"kind": "picture", "alt": block.alt, "svg": block.svg, "width": width, "height": block.height * width}


def _whole_head(table: Table) -> int:
    """How many rows are repeated: those of the head and all that their merged cells reach into."""
    head = table.head_rows
    for index, row in enumerate(table.rows):
        if index >= head:
            break
        head = max([head, *(index + cell.rows for cell in row)])
    return head


def _cell(cell: TableCell, *, bold: bool = False) -> dict[str, Any]:
    lines = [_runs(line) for line in cell.lines]
    if bold:
        lines = [[run | {"bold": True} for run in line] for line in lines]
    return {
        "columns": cell.columns,
        "rows": cell.rows,
        "align": "center" if bold else cell.align,
        "lines": lines,
    }
