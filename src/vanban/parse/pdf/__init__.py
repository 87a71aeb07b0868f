"""A PDF as seen blocks: by its logical structure where it has one, by the places of its signs where it has not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import pypdfium2

from vanban.errors import Unreadable, unreadable
from vanban.official import LENGTHS
from vanban.parse.pdf.glyphs import MM, Drawn, Glyph, drawn
from vanban.parse.pdf.lines import DESCENT, Placed, Places, aligned, paragraph
from vanban.parse.pdf.margins import page_figure, unfooted
from vanban.parse.pdf.tables import cell_aligned, column_edges
from vanban.parse.pdf.tags import Tag, add_page
from vanban.parse.pdf.untagged import blocks_by_place
from vanban.parse.seen import (
    Column,
    PageNumber,
    Seen,
    SeenAlign,
    SeenBlock,
    SeenCell,
    SeenParagraph,
    SeenPicture,
    SeenRule,
    SeenTable,
    Sheet,
)

__all__ = ["see_pdf"]

_MOST_PAGES = 2000
_HEADINGS = {"H": 1, **{f"H{level}": level for level in range(1, 10)}}
_LEAVES = {"P", "Title", "Caption", "LI", "Note", "BlockQuote", "TOCI", *_HEADINGS}
_INLINE = {"Span", "Strong", "Em", "Link", "Lbl", "LBody", "Reference", "Quote", "Code", "Annot", "Sub", "Formula"}
_LOCKED = (
    "Tệp PDF được bảo vệ bằng mật khẩu. Bạn hãy mở tệp, bỏ mật khẩu, lưu lại rồi thử lại.",
    "The PDF is protected by a password. Open it, remove the password, save it and try again.",
)
_HEADER_ZONE = 28.0  # millimetres from an edge within which a page's number stands


def see_pdf(content: bytes, name: str) -> Seen:
    """What stands in a PDF. Raises ``Unreadable`` for a damaged or locked one, and for one without text."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        raise (Unreadable("encrypted", *_LOCKED) if is_locked else unreadable("damaged", kind="PDF")) from error
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise unreadable("too-many-pages", pages=count, limit=_MOST_PAGES)
        root, pages = Tag("Root"), []
        for index in range(count):
            try:
                page = document[index]
            except pypdfium2.PdfiumError as error:
                raise unreadable("damaged", kind="PDF") from error
            pages.append(drawn(page))
            add_page(root, page, index + 1)
            page.close()
    finally:
        document.close()
    if not any(page.glyphs for page in pages):
        raise unreadable("no-text")
    return _Reader(root, pages).seen(name)


class _Reader:
    def __init__(self, root: Tag, pages: list[Drawn]) -> None:
        self._pages = pages
        self._places = Places(pages)
        self._contents: dict[tuple[int, int], list[Placed]] = {}
        for number, page in enumerate(pages, 1):
            for glyph in page.glyphs:
                self._contents.setdefault((number, glyph.content), []).append(Placed(number, glyph))
        tagged = {content for content in root.contents() if content in self._contents}
        # By the first page: heads of tables that later pages repeat are never tagged.
        first = min((number for number, _ in self._contents), default=1)
        signs = {content: len(found) for content, found in self._contents.items() if content[0] == first}
        self._tagged = sum(count for content, count in signs.items() if content in tagged) > 0.6 * sum(signs.values())
        self._blocks: tuple[SeenBlock, ...] = tuple(self._walk(root, "full")) if self._tagged else ()
        # What other programs tag says too little of columns: theirs are read by their places, as what has no tags.
        if not any(isinstance(block, SeenParagraph) and block.column != "full" for block in self._blocks):
            self._tagged = False
        self._loose = {key: found for key, found in self._contents.items() if self._tagged and key not in tagged}

    def seen(self, name: str) -> Seen:
        numbers = list(self._page_numbers())
        numbered = {(number.sheet, number.text) for number in numbers}
        if not self._tagged:
            self._pages = [unfooted(page) for page in self._pages]
        sheets = tuple(self._sheet(number, page, numbered) for number, page in enumerate(self._pages, 1))
        found = self._blocks if self._tagged else blocks_by_place(self._pages, sheets, self._places, numbered)
        blocks = tuple(_settled(block, sheets, self._tagged) for block in found)
        rules = tuple(
            SeenRule(number, stroke.x0, stroke.x1, stroke.y0)
            for number, page in enumerate(self._pages, 1)
            for stroke in page.strokes
            if stroke.level and stroke.x1 - stroke.x0 > 3
        )
        return Seen("pdf", name, sheets, blocks, rules, tuple(numbers), self._tagged)

    # --- the logical structure ---------------------------------------------------------------------------------

    def _walk(self, tag: Tag, column: Column) -> Iterator[SeenBlock]:
        """The blocks of an element; what stands in it outside of blocks is a paragraph of its own."""
        bare: list[tuple[int, int]] = []
        for child in tag.inside():
            if not isinstance(child, Tag):
                bare.append(child)
                continue
            if child.kind in _INLINE and not _has_blocks(child):
                bare.extend(child.contents())
                continue
            yield from self._paragraph(bare, column, 0)
            bare = []
            yield from self._block(tag, child, column)
        yield from self._paragraph(bare, column, 0)

    def _block(self, parent: Tag, tag: Tag, column: Column) -> Iterator[SeenBlock]:
        if tag.kind == "Table":
            yield from self._table(tag)
        elif tag.kind == "Figure":
            contents = tag.contents()
            page = contents[0][0] if contents else 1
            first = next((sign for content in contents for sign in self._contents.get(content, ())), None)
            yield SeenPicture(tag.alt, page, self._places.number(page, first.glyph.base) if first else 0)
        elif tag.kind in _LEAVES and not _has_blocks(tag):
            yield from self._paragraph(tag.contents(), column, _HEADINGS.get(tag.kind, 0))
        elif parent.kind == "Div" and tag.kind == "Div" and column == "full":
            # A grid is how columns side by side are set.
            yield from self._walk(tag, self._side(tag))
        else:
            yield from self._walk(tag, column)

    def _side(self, tag: Tag) -> Column:
        """The side of the page on which what an element holds stands."""
        signs = [sign for content in tag.contents() for sign in self._contents.get(content, ())]
        if not signs:
            return "full"
        middle = self._pages[signs[0].page - 1].width / 2
        return "left" if sum(sign.glyph.x0 for sign in signs) / len(signs) < middle else "right"

    def _paragraph(self, contents: list[tuple[int, int]], column: Column, level: int) -> Iterator[SeenParagraph]:
        signs = [sign for content in contents for sign in self._contents.get(content, ())]
        found = paragraph(signs, self._places, column=column, level=level) if signs else None
        if found is not None:
            yield found

    def _table(self, tag: Tag) -> Iterator[SeenBlock]:
        rows: list[tuple[SeenCell, ...]] = []
        heads = 0
        for group in tag.tags():
            for row in [group] if group.kind == "TR" else group.tags():
                cells = tuple(self._cell(cell) for cell in row.tags() if cell.kind in ("TD", "TH"))
                is_head = group.kind == "THead" or all(cell.kind == "TH" for cell in row.tags())
                heads += is_head and heads == len(rows)
                rows.append(cells)
        # Empty cells hold a blank.
        signs = [sign for content in tag.contents() for sign in self._contents.get(content, ())]
        if not signs or not rows:
            return
        page, number = signs[0].page, self._places.number(signs[0].page, signs[0].glyph.base)
        count = max(sum(cell.columns for cell in row) for row in rows)
        edges = column_edges(self._pages, signs)
        fits = len(edges) == count + 1
        widths = tuple(b - a for a, b in zip(edges, edges[1:], strict=False)) if fits else (0.0,) * count
        table = SeenTable(tuple(rows), widths, heads, page, number, ruled=len(edges) > 1)
        yield cell_aligned(table, edges) if fits else table

    def _cell(self, tag: Tag) -> SeenCell:
        found = tuple(block for block in self._walk(tag, "full") if isinstance(block, SeenParagraph))
        return SeenCell(found, tag.columns, tag.rows)

    # --- pages -------------------------------------------------------------------------------------------------

    def _page_numbers(self) -> Iterator[PageNumber]:
        for number, page in enumerate(self._pages, 1):
            source = [placed.glyph for placed in self._loose.get((number, -1), ())] if self._tagged else page.glyphs
            lines: dict[float, list[Placed]] = {}
            for glyph in source:
                if min(glyph.base, page.height - glyph.base) < _HEADER_ZONE:
                    lines.setdefault(round(glyph.base, 1), []).append(Placed(number, glyph))
            for base in sorted(lines)[:1] + sorted(lines)[-1:]:
                text = page_figure("".join(sign.glyph.sign for sign in lines[base]))
                if text:
                    yield _page_number(number, page, text, lines[base])
                    break

    def _sheet(self, number: int, page: Drawn, numbered: set[tuple[int, str]]) -> Sheet:
        inked = [
            glyph
            for glyph in page.glyphs
            if not glyph.sign.isspace() and not (self._tagged and (number, glyph.content) in self._loose)
        ]
        if not self._tagged and any(page == number for page, _ in numbered):
            level = {round(glyph.base, 1) for glyph in inked}
            edges = {level_base for level_base in (min(level), max(level)) if _is_number_line(inked, level_base)}
            inked = [glyph for glyph in inked if round(glyph.base, 1) not in edges]
        if not inked:
            return Sheet(page.width, page.height, 0, page.width, 0, page.height, has_text=False)
        # The rules of a table may stand further out than its words: word processors hang them into the margin.
        return Sheet(
            page.width,
            page.height,
            min(glyph.x0 for glyph in inked),
            max(glyph.x1 for glyph in inked),
            min(glyph.base - 0.89 * glyph.hand.size * MM for glyph in inked),
            max(glyph.base + DESCENT * glyph.hand.size * MM for glyph in inked),
        )


def _settled(block: SeenBlock, sheets: tuple[Sheet, ...], is_ours: bool) -> SeenBlock:
    """A paragraph with its alignment within its column; ours keep the blanks at the ends of their lines."""
    if isinstance(block, SeenTable) and is_ours:
        rows = tuple(tuple(_glued(cell) for cell in row) for row in block.rows)
        return dataclasses.replace(block, rows=rows)
    if not isinstance(block, SeenParagraph):
        return block
    block = dataclasses.replace(block, glued=is_ours)
    left, right = _text_edges(sheets[block.sheet - 1], sheets, is_ours)
    if block.column == "full":
        return aligned(block, left, right, exact=is_ours)
    return dataclasses.replace(block, align=_in_column(block, left))


def _glued(cell: SeenCell) -> SeenCell:
    return dataclasses.replace(
        cell, paragraphs=tuple(dataclasses.replace(found, glued=True) for found in cell.paragraphs)
    )


def _has_blocks(tag: Tag) -> bool:
    return any(
        child.kind in _LEAVES or child.kind in ("Table", "Figure", "L") or _has_blocks(child) for child in tag.tags()
    )


def _is_number_line(glyphs: Sequence[Glyph], base: float) -> bool:
    return bool(page_figure("".join(glyph.sign for glyph in glyphs if round(glyph.base, 1) == base)))


def _page_number(number: int, page: Drawn, text: str, line: list[Placed]) -> PageNumber:
    inked = [sign.glyph for sign in line if not sign.glyph.sign.isspace()]
    middle = (inked[0].x0 + inked[-1].x1) / 2
    # Centred between the margins or on the sheet: the law does not say which.
    centre = (page.width / 2, (page.width + LENGTHS["margin_left"].low - LENGTHS["margin_right"].high) / 2)
    align: SeenAlign = "center" if min(abs(middle - place) for place in centre) < 9 else "right"
    if align == "right" and middle < page.width / 2:
        align = "left"
    return PageNumber(number, text, inked[0].hand.size, align, inked[0].base < page.height / 2, on_first=number == 1)


def _text_edges(sheet: Sheet, sheets: tuple[Sheet, ...], is_ours: bool) -> tuple[float, float]:
    """Where lines begin and end on a page: at our margins, or where they are seen to on pages of this width."""
    if is_ours:
        return LENGTHS["margin_left"].chosen, sheet.width - LENGTHS["margin_right"].chosen
    same = [other for other in sheets if other.has_text and abs(other.width - sheet.width) < 1] or [sheet]
    left, right = min(other.left for other in same), max(other.right for other in same)
    return left, right


def _in_column(found: SeenParagraph, left: float) -> SeenAlign:
    if found.column == "left" and abs(found.lines[0].x0 - left) < 0.5:
        return "left"
    return "center"
