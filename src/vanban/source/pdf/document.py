"""What stands on the pages, put together: running numbers dropped, tables joined over page breaks."""

from __future__ import annotations

import collections
import dataclasses
import re
import statistics

from vanban.source.lines import Block, Paragraph
from vanban.source.pdf import layout, unruled
from vanban.source.pdf.glyphs import Glyph, PageText
from vanban.source.pdf.grid import Grid
from vanban.source.pdf.layout import Piece, Printed
from vanban.source.pdf.rules import Rule
from vanban.source.pdf.tables import PageTable, continues, joined
from vanban.text import fold

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:trang\s*|page\s*)?(\d{1,4})(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—|.\s]*", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"\[?(\d{1,3}|\*{1,3})\]?\s*(?=[^\W\d_])")
_MARGIN = 0.12  # the share of a page's height, above and below, where running heads and numbers stand
_RUNNING = 3  # the same words on this many pages, and on most pages, are a running head


@dataclasses.dataclass(slots=True)
class Page:
    """A page taken apart: its tables, the pieces of text outside them, and its footnotes."""

    number: int
    width: float
    height: float
    free: list[Piece]
    tables: list[PageTable]
    notes: list[Printed]


def take_apart(number: int, text: PageText, grids: list[Grid], level: list[Rule]) -> Page:
    """The pieces and tables of one page, whose level lines are ``level``. A ruled grid without text in it (a drawing)
    is no table."""
    inside: list[dict[int, list[Glyph]]] = [{} for _ in grids]
    free: list[Glyph] = []
    for glyph in text.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
        for grid, cells in zip(grids, inside, strict=True):
            cell = grid.cell_at(x, y) if grid.holds(x, y) else None
            if cell is not None:
                cells.setdefault(cell, []).append(glyph)
                break
        else:
            free.append(glyph)
    tables = []
    for grid, cells in zip(grids, inside, strict=True):
        if len(cells) > 1:
            words = {cell: layout.cell_lines(layout.pieces(glyphs)) for cell, glyphs in cells.items()}
            tables.append(PageTable.made(grid, words, number))
        else:
            free.extend(glyph for glyphs in cells.values() for glyph in glyphs)
    free.sort(key=lambda glyph: glyph.order)
    pieces = layout.pieces(free)
    single = [rule for rule in level if not any(grid.holds(rule.start + 1, rule.at) for grid in grids)]
    line = _note_line(pieces, single, text.frame.height)
    notes = [] if line is None else _notes([piece for piece in pieces if piece.base > line])
    loose, pieces = unruled.find([piece for piece in pieces if line is None or piece.base <= line], number)
    return Page(
        number,
        text.frame.width,
        text.frame.height,
        pieces,
        sorted([*tables, *loose], key=lambda table: table.top),
        notes,
    )


def _note_line(pieces: list[Piece], level: list[Rule], height: float) -> float | None:
    """Where the footnotes of a page begin: below a short line at the left margin, in smaller letters, with a mark."""
    left = min((piece.x0 for piece in pieces), default=0.0)
    body = statistics.median_low([piece.size for piece in pieces]) if pieces else 0.0
    for rule in sorted(level, key=lambda rule: rule.at):
        below = [piece for piece in pieces if piece.base > rule.at and not _PAGE_NUMBER.fullmatch(piece.text.strip())]
        if not (rule.at > 0.3 * height and abs(rule.start - left) < 30 and 50 < rule.end - rule.start < 260 and below):
            continue
        above = [piece.size for piece in pieces if piece.base < rule.at]
        usual = statistics.median_low(above) if above else body
        first = min(below, key=lambda piece: (piece.base, piece.x0))
        if all(piece.size < 0.93 * usual for piece in below) and _NOTE_MARK.match(first.text):
            return rule.at
    return None


def _notes(pieces: list[Piece]) -> list[Printed]:
    """The lines of footnotes, each note's mark in brackets as in the text; a page number below them is left out."""
    out: list[Printed] = []
    last = ""
    for each in layout.lines(pieces):
        line = each.text
        match = _NOTE_MARK.match(line)
        if match and (not last or not match[1].isdigit() or match[1] == str(int(last) + 1)):
            last = match[1] if match[1].isdigit() else last
            line = f"[{match[1]}] {line[match.end() :]}"
        if line and not _PAGE_NUMBER.fullmatch(line):
            out.append(Printed(line, each.box))
    return out


def put_together(pages: list[Page]) -> list[Block]:
    """The blocks of the whole document in reading order; footnotes stand at the end, each with its mark."""
    _drop_numbers(pages)
    _drop_running_heads(pages)
    items: list[Block | PageTable] = []
    for page in pages:
        top = float("-inf")
        first = True
        for table in [*page.tables, None]:
            bottom = float("inf") if table is None else table.top
            part = [piece for piece in page.free if top <= piece.base - 0.3 * piece.size < bottom]
            items.extend(Paragraph(line.text, page.number, box=line.box) for line in layout.lines(part))
            if table is None:
                continue
            last = items[-1] if items else None
            if first and not part and isinstance(last, PageTable) and continues(last, table):
                items[-1] = joined(last, table)
            else:
                items.append(table)
            first, top = False, table.top
    items.extend(Paragraph(line.text, page.number, box=line.box) for page in pages for line in page.notes)
    return [item.block() if isinstance(item, PageTable) else item for item in items]


def _edges(page: Page) -> list[Piece]:
    """What stands alone in the page's upper and lower margin, outermost first."""
    stack = [band for band in layout.bands(page.free) if len(band) == 1]
    upper = [band[0] for band in stack if band[0].base < _MARGIN * page.height]
    lower = [band[0] for band in stack if band[0].base > (1 - _MARGIN) * page.height]
    return [*upper[:1], *lower[-1:]]


def _drop_numbers(pages: list[Page]) -> None:
    """Take out the page numbers: figures alone in a margin that count on with the pages."""
    found: dict[int, list[tuple[Page, Piece]]] = collections.defaultdict(list)
    for page in pages:
        for piece in _edges(page):
            if match := _PAGE_NUMBER.fullmatch(piece.text.strip()):
                found[int(match[1]) - page.number].append((page, piece))
    for offset, places in found.items():
        if offset == 0 or len({page.number for page, _ in places}) > 1:
            for page, piece in places:
                page.free = [other for other in page.free if other is not piece]


def _drop_running_heads(pages: list[Page]) -> None:
    """Take out what most pages repeat at their edge, apart from its first place (figures in it may count on)."""
    places: dict[str, list[tuple[Page, Piece]]] = collections.defaultdict(list)
    for page in pages:
        for piece in _edges(page):
            key = re.sub(r"\d+", "#", fold(piece.text))
            if len(key) > 3:
                places[key].append((page, piece))
    for repeated in places.values():
        if len(repeated) >= _RUNNING and len(repeated) * 2 > len(pages):
            for page, piece in repeated[1:]:
                page.free = [other for other in page.free if other is not piece]
