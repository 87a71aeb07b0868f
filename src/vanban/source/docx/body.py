"""The story of a DOCX file as blocks: paragraphs as printed, tables with their merged cells, text boxes, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from vanban.errors import unreadable
from vanban.source import legacy, limits
from vanban.source.docx.numbering import Numbering
from vanban.source.docx.parts import W, number, switched, value
from vanban.source.docx.styles import Styles
from vanban.source.docx.styles import font as own_font
from vanban.source.lines import Block, CellBlock, Paragraph, TableBlock, web_address

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# What only wraps content, and what holds content that is not (or no longer) part of the text.
_WRAPPERS = {f"{W}{n}" for n in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")}
_DROPPED = {f"{W}{n}" for n in ("del", "moveFrom", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "instrText")}
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LINK_CODE = re.compile(r'HYPERLINK\s+"([^"]+)"')
_SYMBOLS = {"f0b7": "•", "f0a7": "▪", "f0d8": "➢", "f0fc": "✓", "f0fe": "☑", "f0a8": "☐", "f02d": "-", "f0e0": "→"}


def inside(element: etree._Element) -> Iterator[etree._Element]:
    """The children of ``element``, those of mere wrappers in their place, without what was deleted or moved away."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _DROPPED:
            continue
        if child.tag in _WRAPPERS:
            yield from inside(child)
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None and not switched(child.find(f"{W}sdtPr/{W}showingPlcHdr")):
                yield from inside(content)
        elif child.tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            chosen = choice if choice is not None else child.find(f"{_MC}Fallback")
            if chosen is not None:
                yield from inside(chosen)
        else:
            yield child


class Body:
    """Reads block content in document order (the counters of lists and notes run on)."""

    def __init__(self, styles: Styles, numbering: Numbering, addresses: Mapping[str, str] | None = None) -> None:
        self._addresses = addresses or {}
        self._styles = styles
        self._numbering = numbering
        self._fields: list[bool] = []  # open complex fields; True: inside the field's code, which is not printed
        self._joined = ""  # text of a paragraph whose mark was deleted: it belongs to the next one
        self._depth = 0
        self._converted = False  # whether the paragraph being read has text in a legacy font
        self.notes: list[tuple[str, str, str]] = []  # notes in the order of their references: (kind, id, printed mark)

    def blocks(self, parent: etree._Element) -> list[Block]:
        """The blocks of ``parent``. Raises ``Unreadable`` ("damaged") where blocks are nested too deep."""
        self._depth += 1
        if self._depth > limits.MAX_NESTING:
            raise unreadable("damaged", kind="DOCX")
        out: list[Block] = []
        for child in inside(parent):
            if child.tag == f"{W}p":
                out.extend(self._paragraph(child))
            elif child.tag == f"{W}tbl":
                out.append(self._table(child))
        self._depth -= 1
        return out

    # --- paragraphs --------------------------------------------------------------------------------------------

    def _paragraph(self, element: etree._Element) -> list[Block]:
        properties = element.find(f"{W}pPr")
        style = None if properties is None else value(properties.find(f"{W}pStyle"))
        style = style or self._styles.default_paragraph
        boxes: list[Block] = []
        self._converted = False
        text = self._joined + self._inline(element, style, boxes)
        is_converted = self._converted
        self._joined = ""
        if self._fields and self._fields[-1]:
            self._fields.clear()  # a field's code never runs over paragraphs: the field is damaged
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._joined = text
            return boxes
        label = self._label(properties, style)
        if self._styles.caps(style):
            label = label.upper()
        text = label + text.lstrip(" \t") if label else text
        return [*boxes, Paragraph(text, links=self._links(element), is_converted=is_converted)]

    def _links(self, paragraph: etree._Element) -> tuple[str, ...]:
        """The web addresses behind words of the paragraph: by relation, or in the code of a field."""
        found = [self._addresses.get(link.get(RELATION_ID, "")) for link in paragraph.iter(f"{W}hyperlink")]
        codes = ["".join(code.text or "" for code in paragraph.iter(f"{W}instrText"))]
        codes += [value(field, "instr") or "" for field in paragraph.iter(f"{W}fldSimple")]
        found += [web_address(match[1]) for code in codes for match in _LINK_CODE.finditer(code)]
        return tuple(url for url in found if url)

    def _label(self, properties: etree._Element | None, style: str | None) -> str:
        own = None if properties is None else properties.find(f"{W}numPr")
        own_id = None if own is None else number(own.find(f"{W}numId"))
        own_level = None if own is None else number(own.find(f"{W}ilvl"))
        style_id, style_level = self._styles.numbering(style)
        num_id = style_id if own_id is None else own_id
        if not num_id or (properties is not None and switched(properties.find(f"{W}rPr/{W}vanish"))):
            return ""
        level = own_level if own_level is not None else style_level or 0
        return self._numbering.label(num_id, level, style if own_level is None else None)

    def _inline(self, element: etree._Element, style: str | None, boxes: list[Block]) -> str:
        out = []
        for child in inside(element):
            if child.tag == f"{W}r":
                out.append(self._run(child, style, boxes))
            elif child.tag in (f"{W}ruby", f"{W}rubyBase"):
                out.append(self._inline(child, style, boxes))
            else:
                out.extend(t.text or "" for t in child.iter(_MATH_TEXT))
        return "".join(out)

    def _run(self, run: etree._Element, style: str | None, boxes: list[Block]) -> str:
        properties = run.find(f"{W}rPr")
        own = None if properties is None else value(properties.find(f"{W}rStyle"))
        hidden = self._toggle(properties, "vanish", self._styles.hidden(own) or self._styles.hidden(style))
        caps = self._toggle(properties, "caps", self._styles.caps(own) or self._styles.caps(style))
        text = "".join(self._piece(child, boxes) for child in inside(run))
        if hidden:
            return ""
        font = own_font(properties) or self._styles.font(own) or self._styles.font(style) or self._styles.default_font
        encoding, in_capitals = legacy.encoding_of(font)
        if encoding:
            self._converted = True
            text = legacy.convert(text, legacy.ENCODINGS[encoding], in_capitals=in_capitals)
        return text.upper() if caps else text

    @staticmethod
    def _toggle(properties: etree._Element | None, name: str, inherited: bool) -> bool:
        own = None if properties is None else switched(properties.find(f"{W}{name}"))
        return inherited if own is None else own

    def _piece(self, child: etree._Element, boxes: list[Block]) -> str:
        """What one element of a run prints. The shapes in it give their text to ``boxes``."""
        tag = child.tag.removeprefix(W)
        if tag == "fldChar":
            self._field(value(child, "fldCharType"))
            return ""
        if self._fields and any(self._fields):
            return ""
        if tag == "t":
            return child.text or ""
        if tag in ("tab", "ptab"):
            return "\t"
        if tag in ("br", "cr"):
            return "\n"
        if tag == "noBreakHyphen":
            return "-"
        if tag == "sym":
            return symbol(value(child, "char"))
        if tag in ("footnoteReference", "endnoteReference"):
            return self._note(tag.removesuffix("Reference"), child)
        if tag in ("drawing", "pict", "object"):
            for box in _text_boxes(child):
                boxes.extend(self._box(box))
        return ""

    def _box(self, box: etree._Element) -> list[Block]:
        fields, self._fields, joined, self._joined = self._fields, [], self._joined, ""
        found = [b for b in self.blocks(box) if not isinstance(b, Paragraph) or b.text.strip()]
        self._fields, self._joined = fields, joined
        return found

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: str, reference: etree._Element) -> str:
        count = sum(1 for k, _, _ in self.notes if k == kind) + 1
        mark = f"[{count}]" if kind == "footnote" else f"[{'i' * count if count < 4 else count}]"
        self.notes.append((kind, value(reference, "id") or "", mark))
        return mark

    # --- tables ------------------------------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> TableBlock:
        rows: list[list[CellBlock]] = []
        open_cells: dict[int, CellBlock] = {}  # cells that may go on downwards, by the grid column they begin in
        for row in inside(element):
            if row.tag != f"{W}tr" or row.find(f"{W}trPr/{W}del") is not None:
                continue
            rows.append(self._row(row, open_cells))
        return TableBlock(rows)

    def _row(self, row: etree._Element, open_cells: dict[int, CellBlock]) -> list[CellBlock]:
        column = number(row.find(f"{W}trPr/{W}gridBefore")) or 0
        cells: list[CellBlock] = []
        going_on: dict[int, CellBlock] = {}
        for tc in inside(row):
            if tc.tag != f"{W}tc" or tc.find(f"{W}tcPr/{W}cellDel") is not None:
                continue
            properties = tc.find(f"{W}tcPr")
            span = 1 if properties is None else max(number(properties.find(f"{W}gridSpan")) or 1, 1)
            merge = None if properties is None else properties.find(f"{W}vMerge")
            sideways = None if properties is None else properties.find(f"{W}hMerge")
            continued = merge is not None and value(merge) != "restart"
            if sideways is not None and value(sideways) != "restart" and cells:
                cells[-1].column_span += span
            elif continued and column in open_cells:
                cell = going_on[column] = open_cells[column]
                cell.row_span += 1
            else:
                cells.append(CellBlock(_trimmed(self.blocks(tc)), span))
                if merge is not None:
                    going_on[column] = cells[-1]
            column += span
        open_cells.clear()
        open_cells.update(going_on)
        return cells


def _text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The outermost text boxes in a shape; of alternatives (drawing, VML) the first alone."""
    for child in inside(element):
        if child.tag == f"{W}txbxContent":
            yield child
        else:
            yield from _text_boxes(child)


def _trimmed(blocks: list[Block]) -> list[Block]:
    """``blocks`` of a cell without the empty paragraphs (Word ends every cell with one after a table)."""
    return [b for b in blocks if not isinstance(b, Paragraph) or b.text.strip()]


def symbol(code: str | None) -> str:
    """What a sign of a symbol font prints, by its code (four hexadecimal figures, "f0b7")."""
    if not code:
        return ""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return _SYMBOLS.get(code.lower(), "•" if "\ue000" <= char <= "\uf8ff" else char)
