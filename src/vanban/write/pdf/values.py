"""A laid document as plain values for the template ``official.typ``: all lengths in points, every look by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vanban.official import ELEMENTS, LENGTHS, Picture, Run, Runs, Table
from vanban.official.layout import FONT, METRIC_FONT
from vanban.write.laying import (
    CELL_SIDE,
    FOOT_BEFORE,
    POINTS_PER_MM,
    RULE_AFTER,
    RULE_HEIGHT,
    RULE_WIDTH,
    SPACING,
    TABLE_AFTER,
    Laid,
    LaidAnnex,
    Line,
    Piece,
    Spacing,
    foot_room,
    goes_with_foot,
    head_rooms,
    picture_height,
    text_room,
)
from vanban.write.pdf.tables import CELL_ABOVE, CELL_BETWEEN, CELL_RULE, run_values, table_values

# Of the font: from the base line to the top and to the bottom of a single line, as shares of the size. The gap between
# lines stands above the letters, as in word processors.
_ABOVE, _BELOW = (1825 + 87) / 2048, 443 / 2048
_HEADER_AT = 10  # mm from the edge of the page
_FIRST_INDENTED = {"body", "basis", "roman", "article", "arabic", "letter"}
_SECOND_ROW = ("symbol", "about", "urgency", "place_date")
_PICTURE_ROOM = (4, 6)
_FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none">'
    '<rect width="100" height="100" fill="none" stroke="black"/></svg>'
)
#: Elements that a reader's program lists as headings, from the outermost; of the element "part" by the words of the mark.
_HEADINGS = {"type": 0, "annex_mark": 0, "roman": 5, "article": 5, "arabic": 6, "letter": 7}
_PARTS = {"Phần": 1, "Chương": 2, "Mục": 3, "Tiểu mục": 4}
_DEEPEST = 6  # PDF 1.7 knows no deeper heading than H6


def values(laid: Laid) -> dict[str, Any]:
    """Everything that the template asks for."""
    levels = _Levels()
    main, below = _placed((*laid.opening, *laid.body), levels, text_room())
    for position in range(len(laid.body)):
        if goes_with_foot(laid.body, position):
            main[len(laid.opening) + position]["keep"] = True
    return {
        "name": laid.name,
        "author": laid.author,
        "sizes": _sizes(),
        "styles": {
            name: {
                "size": look.chosen,
                "bold": look.bold,
                "italic": look.italic,
                "above": _ABOVE * look.chosen,
                "below": _BELOW * look.chosen,
                "leading": _leading(name),
            }
            for name, look in ELEMENTS.items()
        },
        # Number and date stand on one line.
        "head": [
            _column([line for line in side if (line.element in _SECOND_ROW) == second], levels, room)
            for second in (False, True)
            for side, room in zip((laid.left, laid.right), head_rooms(), strict=True)
        ],
        "body": main,
        "foot_above": below + FOOT_BEFORE,
        "recipients": _column(laid.recipients, levels, text_room() - foot_room()),
        "signature": _column((*laid.signature, *laid.signer), levels, foot_room()),
        "annexes": [_annex(annex, levels) for annex in laid.annexes],
    }


def _column(lines: Iterable[Line], levels: _Levels, room: float) -> dict[str, Any]:
    placed, below = _placed(lines, levels, room)
    return {"lines": placed, "below": below}


def _annex(annex: LaidAnnex, levels: _Levels) -> dict[str, Any]:
    return {
        "landscape": annex.landscape,
        "body": _placed((*annex.opening, *annex.body), levels, text_room(annex.landscape))[0],
    }


def _sizes() -> dict[str, Any]:
    def points(name: str) -> float:
        return LENGTHS[name].chosen * POINTS_PER_MM

    return {
        "font": METRIC_FONT,
        "top": points("margin_top"),
        "bottom": points("margin_bottom"),
        "left": points("margin_left"),
        "right": points("margin_right"),
        "header": points("margin_top")
        - _HEADER_AT * POINTS_PER_MM
        - (_ABOVE + _BELOW) * ELEMENTS["page_number"].chosen,
        "head_left": head_rooms()[0],
        "foot_left": text_room() - foot_room(),
        "rule_height": RULE_HEIGHT + RULE_WIDTH,
        "rule_width": RULE_WIDTH,
        "cell_x": CELL_SIDE,
        "cell_y": CELL_ABOVE,
        "cell_rule": CELL_RULE,
        "cell_lines": CELL_BETWEEN,
    }


def _leading(element: str) -> float:
    """What a line has more than single, in points. It stands below the line, and is not needed at the foot of a page."""
    return (_around(element).lines - 1) * (_ABOVE + _BELOW) * ELEMENTS[element].chosen


def _around(element: str) -> Spacing:
    return SPACING.get(element, Spacing())


class _Levels:
    """How deep headings stand. A level is never left out (PDF/UA): "a)" right under "I." is one deeper than it."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def of(self, line: Line) -> int:
        """The level of a heading; 0: the line is none."""
        rank = _PARTS[line.mark.rpartition(" ")[0]] if line.element == "part" else _HEADINGS.get(line.element)
        if rank is None or not (line.mark or line.runs):
            return 0
        self._open = [*(outer for outer in self._open if outer < rank), rank]
        return min(len(self._open), _DEEPEST)


def _placed(pieces: Iterable[Piece], levels: _Levels, room: float) -> tuple[list[dict[str, Any]], float]:
    """The pieces with the room above each, which is the larger of what the one before leaves below it and what it asks for
    itself, as in word processors; and the room that the last leaves below."""
    placed: list[dict[str, Any]] = []
    below = leading = 0.0
    for piece in pieces:
        more = 0.0
        if isinstance(piece, Line):
            around = _around(piece.element)
            above, after = around.before, RULE_AFTER.get(piece.element, 0) if piece.rule else around.after
            more = _leading(piece.element)
            value = _line(piece, levels, room)
        else:
            above, after = (0.0, TABLE_AFTER) if isinstance(piece, Table) else _PICTURE_ROOM
            value = _block(piece, room)
        placed.append(value | {"above": leading + max(below, above)})
        below, leading = after, more
    return placed, leading + below


def _line(line: Line, levels: _Levels, room: float) -> dict[str, Any]:
    align = line.align or ELEMENTS[line.element].align
    first = LENGTHS["first_line"].chosen * POINTS_PER_MM if line.element in _FIRST_INDENTED else 0.0
    if line.inset is not None:
        first = line.inset
    rest = 0.0 if line.inset is None else line.inset + (line.hang or 0)
    return {
        "kind": "line",
        "style": line.element,
        "runs": run_values(_marked(line), room - max(first, rest), line.element),
        "align": align,
        "first": first if align in ("left", "justify") else 0.0,
        "rest": rest if align in ("left", "justify") else 0.0,
        "rule": line.rule,
        "keep": line.keep,
        "level": levels.of(line),
        "boxed": line.element == "urgency",
    }


def _marked(line: Line) -> Runs:
    """The runs with the mark before them."""
    if not line.mark:
        return line.runs
    return (Run(line.mark + (" " if line.runs else ""), bold=line.mark.startswith("Điều ")), *line.runs)


def _block(block: Table | Picture, room: float) -> dict[str, Any]:
    if isinstance(block, Table):
        return table_values(block, room, (_ABOVE + _BELOW) * ELEMENTS["table"].chosen)
    # Drawings name the font that people know; one that was not read back from a file stands as a frame.
    svg = block.svg.replace(FONT, METRIC_FONT) or _FRAME
    height = picture_height(block, room)
    return {
        "kind": "picture",
        "keep": False,
        "alt": block.alt,
        "svg": svg,
        "width": height / block.height,
        "height": height,
    }
