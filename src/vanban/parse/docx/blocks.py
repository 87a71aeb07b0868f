"""The body of a DOCX file as seen blocks, in the order of reading."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any, cast

from vanban.parse.docx.numbering import Numbering
from vanban.parse.docx.package import MC, WP, A, V, W
from vanban.parse.docx.styles import Setting, Styles, is_on, length
from vanban.parse.seen import (
    Column,
    SeenAlign,
    SeenBlock,
    SeenCell,
    SeenParagraph,
    SeenPicture,
    SeenRun,
    SeenTable,
)
from vanban.text import nfc

_EMU = 1 / 36000  # millimetres
_CELL_MARGIN = 115 / 1440 * 25.4  # where nothing says otherwise (17.4.42)
_WIDE_BOX = 0.7  # of the width of the text
_NO_RULE = ("none", "nil")
_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "hyperlink", "fldSimple")}
_SIDES = ("top", "left", "bottom", "right", "start", "end", "insideH", "insideV")


class Reader:
    """Reads the blocks of a document. ``widths``: of the text of each section, in millimetres."""

    def __init__(self, styles: Styles, numbering: Numbering, widths: list[float]) -> None:
        self._styles, self._numbering, self._widths = styles, numbering, widths
        self._count = itertools.count(1)
        self._sheet = 1
        self._breaks = False

    def blocks(self, body: Any) -> Iterator[SeenBlock]:
        """The blocks of the body; tables that only place things are told by ``SeenTable.ruled``."""
        for found in _children(body):
            if found.tag == f"{W}p":
                room = self._widths[self._sheet - 1]
                yield from self._with_pictures(found, room, "full")
                for column, width, box in _boxes(found, room):
                    for inner in box.iterfind(f"{W}p"):
                        yield self.paragraph(inner, width, column)
                if found.find(f"{W}pPr/{W}sectPr") is not None:
                    self._sheet += 1
            elif found.tag == f"{W}tbl":
                yield self._table(found)

    def _with_pictures(self, found: Any, room: float, column: Column) -> Iterator[SeenBlock]:
        alts = _pictures(found)
        paragraph = self.paragraph(found, room, column)
        if paragraph.runs or paragraph.mark or paragraph.rules or not alts:
            yield paragraph
        for alt in alts:
            yield SeenPicture(alt, self._sheet, next(self._count))

    def paragraph(self, found: Any, room: float, column: Column) -> SeenParagraph:
        """One paragraph in a column of ``room`` millimetres."""
        properties = found.find(f"{W}pPr")
        style = None
        if properties is not None and (chosen := properties.find(f"{W}pStyle")) is not None:
            style = chosen.get(f"{W}val")
        setting = self._styles.paragraph(style)
        if properties is not None:
            self._styles.set_paragraph(setting, properties)
        mark = self._numbering.mark(*setting.numbering) if setting.numbering else ""
        runs, breaks = self._runs(found, setting)
        new_page = setting.page_break or self._breaks
        self._breaks = breaks == "after"
        return SeenParagraph(
            runs=runs,
            sheet=self._sheet,
            number=next(self._count),
            column=column,
            align=cast(SeenAlign, setting.align),
            mark=nfc(mark),
            style=self._styles.name_of(style),
            level=setting.level,
            rules=_rules(found, setting, room),
            inset=setting.left,
            first_line=setting.first_line,
            gap=setting.before + setting.after,
            spacing=_spacing(setting, runs),
            new_page=new_page or breaks == "before",
        )

    def _runs(self, paragraph: Any, base: Setting) -> tuple[tuple[SeenRun, ...], str]:
        found: list[SeenRun] = []
        breaks = ""
        for run in _in_paragraph(paragraph):
            setting = dataclasses.replace(base)
            properties = run.find(f"{W}rPr")
            if properties is not None:
                if (chosen := properties.find(f"{W}rStyle")) is not None:
                    self._styles.character(setting, chosen.get(f"{W}val", ""))
                self._styles.set_run(setting, properties)
            if setting.hidden:
                continue
            text = _text(run)
            if any(mark.get(f"{W}type") == "page" for mark in run.iter(f"{W}br")):
                breaks = "after" if found or text.strip() else "before"
            if not text:
                continue
            text = nfc(text.upper() if setting.caps else text)
            hand = setting.hand()
            if found and found[-1].hand == hand:
                found[-1] = SeenRun(found[-1].text + text, hand)
            else:
                found.append(SeenRun(text, hand))
        return tuple(found), breaks

    def _table(self, table: Any) -> SeenTable:
        number = next(self._count)
        widths = [length(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        grid: list[list[tuple[int, int, bool, Any]]] = []  # where, how wide, whether it goes on from above, the cell
        heads = 0
        rows = [row for row in _children(table) if row.tag == f"{W}tr"]
        for index, row in enumerate(rows):
            properties = row.find(f"{W}trPr")
            skipped = properties.find(f"{W}gridBefore") if properties is not None else None
            place = _whole(skipped, 0)
            if properties is not None and is_on(properties.find(f"{W}tblHeader")) and heads == index:
                heads += 1
            line = []
            for cell in _children(row):
                if cell.tag == f"{W}tc":
                    span = _whole(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
                    merge = cell.find(f"{W}tcPr/{W}vMerge")
                    line.append((place, span, merge is not None and merge.get(f"{W}val") != "restart", cell))
                    place += span
            grid.append(line)
            widths += [0.0] * (place - len(widths))
        ruled, margin = self._is_ruled(table), self._cell_margins(table)
        return SeenTable(
            rows=tuple(
                tuple(
                    self._cell(
                        cell, span, _reach(grid, index, place, span), sum(widths[place : place + span]) - margin, place
                    )
                    for place, span, goes_on, cell in line
                    if not goes_on
                )
                for index, line in enumerate(grid)
            ),
            widths=tuple(widths),
            head_rows=heads,
            sheet=self._sheet,
            number=number,
            ruled=ruled,
        )

    def _cell(self, cell: Any, columns: int, rows: int, room: float, place: int) -> SeenCell:
        column: Column = "left" if place == 0 else "right"
        paragraphs = [self.paragraph(found, room, column) for found in cell.iter(f"{W}p") if not _in_a_box(found, cell)]
        return SeenCell(tuple(paragraphs), columns, rows)

    def _cell_margins(self, table: Any) -> float:
        """The room left and right of the text in the cells of a table, added."""
        style = table.find(f"{W}tblPr/{W}tblStyle")
        own = table.find(f"{W}tblPr/{W}tblCellMar")
        margins = (
            own if own is not None else self._styles.cell_margins(style.get(f"{W}val", "") if style is not None else "")
        )
        if margins is None:
            return 2 * _CELL_MARGIN
        sides = [margins.find(f"{W}{side}") for side in ("left", "start", "right", "end")]
        return sum(length(side.get(f"{W}w")) for side in sides if side is not None)

    def _is_ruled(self, table: Any) -> bool:
        borders = table.find(f"{W}tblPr/{W}tblBorders")
        found = [] if borders is None else [borders.find(f"{W}{side}") for side in _SIDES]
        if any(side is not None and side.get(f"{W}val", "none") not in _NO_RULE for side in found):
            return True
        for cell in table.iter(f"{W}tcBorders"):
            sides = [cell.find(f"{W}{side}") for side in _SIDES]
            if any(side is not None and side.get(f"{W}val", "none") not in _NO_RULE for side in sides):
                return True
        style = table.find(f"{W}tblPr/{W}tblStyle")
        return borders is None and style is not None and self._styles.has_borders(style.get(f"{W}val", ""))


def _children(parent: Any) -> Iterator[Any]:
    """The children of a container, what only wraps them unwrapped, deleted text left out."""
    for found in parent:
        if found.tag in _WRAPPERS:
            yield from _children(found)
        elif found.tag == f"{MC}AlternateContent":
            yield from _children(found[0] if len(found) else found)
        else:
            yield found


def _in_paragraph(paragraph: Any) -> Iterator[Any]:
    for found in _children(paragraph):
        if found.tag == f"{W}r":
            yield found


def _text(run: Any) -> str:
    signs = []
    for found in run:
        if found.tag == f"{W}t":
            signs.append(found.text or "")
        elif found.tag == f"{W}tab":
            signs.append("\t")
        elif found.tag in (f"{W}br", f"{W}cr") and found.get(f"{W}type") != "page":
            signs.append("\n")
        elif found.tag == f"{W}noBreakHyphen":
            signs.append("-")
    return "".join(signs)


def _reach(grid: list[list[tuple[int, int, bool, Any]]], index: int, place: int, span: int) -> int:
    """How many rows a cell covers: its own, and those below whose cell at its place goes on from it."""
    rows = 1
    for line in grid[index + 1 :]:
        if not any((found, width) == (place, span) and goes_on for found, width, goes_on, _ in line):
            break
        rows += 1
    return rows


def _whole(found: Any | None, otherwise: int) -> int:
    value = found.get(f"{W}val", "") if found is not None else ""
    return int(value) if value.isdigit() else otherwise


def _in_a_box(paragraph: Any, cell: Any) -> bool:
    """Whether a paragraph stands in a text box or a table within the cell, not in the cell itself."""
    for outer in paragraph.iterancestors():
        if outer is cell:
            return False
        if outer.tag in (f"{W}txbxContent", f"{MC}Fallback"):
            return True
    return False


def _boxes(paragraph: Any, room: float) -> Iterator[tuple[Column, float, Any]]:
    """The text boxes that hang on a paragraph: the side of the text on which each stands, its width, its content."""
    for box in paragraph.iter(f"{W}txbxContent"):
        outer = [found.tag for found in box.iterancestors()]
        if f"{MC}Fallback" in outer or outer.count(f"{W}txbxContent"):
            continue
        anchor = next((found for found in box.iterancestors(f"{WP}anchor", f"{WP}inline")), None)
        place = anchor.find(f"{WP}positionH") if anchor is not None else None
        extent = anchor.find(f"{WP}extent") if anchor is not None else None
        width = _emu(extent.get("cx")) if extent is not None else room
        side = place.findtext(f"{WP}align") if place is not None else None
        start = _emu(place.findtext(f"{WP}posOffset")) if place is not None else 0.0
        if side in ("left", "right"):
            yield ("left" if side == "left" else "right"), width, box
        elif width > _WIDE_BOX * room or side == "center":
            yield "full", width, box
        else:
            yield ("left" if start + width / 2 < room / 2 else "right"), width, box


def _spacing(setting: Setting, runs: tuple[SeenRun, ...]) -> float:
    if not setting.exact:
        return setting.spacing
    size = max((run.hand.size for run in runs), default=setting.size)
    return setting.spacing / (size * 1.15)


def _pictures(paragraph: Any) -> list[str]:
    """The words for the pictures of a paragraph; drawn lines are none."""
    found = []
    for drawing in paragraph.iter(f"{W}drawing"):
        if any(True for _ in drawing.iter(f"{A}blip")):
            named = next(drawing.iter(f"{WP}docPr"), None)
            found.append(nfc(named.get("descr", "") if named is not None else ""))
    return found


def _rules(paragraph: Any, setting: Setting, room: float) -> tuple[float, ...]:
    """The widths of the rules that a paragraph bears, from the left: a border, or lines drawn in it."""
    if setting.rule:
        return (room - setting.left - setting.right,)
    found: list[tuple[float, float]] = []  # where it begins, how wide it is
    for drawing in paragraph.iter(f"{W}drawing"):
        shape = next((found.get("prst") for found in drawing.iter(f"{A}prstGeom")), "")
        extent = next(drawing.iter(f"{WP}extent"), None)
        if shape in ("line", "straightConnector1") and extent is not None:
            start = next(drawing.iterfind(f".//{WP}positionH/{WP}posOffset"), None)
            found.append((_emu(start.text if start is not None else None), _emu(extent.get("cx"))))
    if found:  # VML beside it says the same once more
        return tuple(width for _, width in sorted(found) if width > 0)
    for name in ("line", "shape"):
        for shape in paragraph.iter(f"{V}{name}"):
            if (width := _vml_width(shape)) is not None:
                found.append((length(str(shape.get("from", "")).split(",")[0]), width))
    return tuple(width for _, width in sorted(found) if width > 0)


def _emu(value: str | None) -> float:
    try:
        return float(value or 0) * _EMU
    except ValueError:
        return 0.0


def _vml_width(shape: Any) -> float | None:
    ends = (shape.get("from"), shape.get("to"))
    if all(ends):
        return abs(length(str(ends[1]).split(",")[0]) - length(str(ends[0]).split(",")[0]))
    if "t32" not in (shape.get("type") or ""):  # 32 is a straight connector
        return None
    for pair in (shape.get("style") or "").split(";"):
        name, _, value = pair.partition(":")
        if name.strip() == "width":
            return length(value.strip())
    return None
