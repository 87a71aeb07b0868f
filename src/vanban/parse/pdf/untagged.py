"""A PDF without a logical structure: blocks by where their signs stand."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence

from vanban.parse.pdf.glyphs import MM, Drawn, Glyph
from vanban.parse.pdf.lines import Placed, Places, paragraph
from vanban.parse.pdf.ruled import grids, table
from vanban.parse.seen import Column, SeenBlock, SeenParagraph, Sheet
from vanban.parse.wording import GREETING

_GAP = 1.6  # blanks wider than this many sizes part columns


@dataclasses.dataclass(slots=True)
class _Piece:
    """Signs side by side on one line."""

    signs: list[Placed]

    @property
    def glyphs(self) -> list[Glyph]:
        return [sign.glyph for sign in self.signs if not sign.glyph.sign.isspace()]

    @property
    def text(self) -> str:
        return "".join(sign.glyph.sign for sign in self.signs)


def blocks_by_place(
    pages: Sequence[Drawn], sheets: Sequence[Sheet], places: Places, numbered: Collection[tuple[int, str]]
) -> tuple[SeenBlock, ...]:
    """The paragraphs of all pages. ``numbered``: (page, text) of the pages' numbers, which are left out."""
    found: list[SeenBlock] = []
    for number, page in enumerate(pages, 1):
        tables = grids(page)
        top = 0.0
        for grid in tables:
            above = [glyph for glyph in page.glyphs if top <= glyph.base < grid.ys[0]]
            found.extend(_page(_text_rows(number, above, numbered), sheets[number - 1], places))
            inside = [glyph for glyph in page.glyphs if grid.holds(glyph)]
            found.append(table(number, grid, inside, places))
            top = grid.ys[-1]
        rest = [glyph for glyph in page.glyphs if glyph.base >= top]
        found.extend(_page(_text_rows(number, rest, numbered), sheets[number - 1], places))
    return tuple(found)


def _text_rows(number: int, glyphs: Sequence[Glyph], numbered: Collection[tuple[int, str]]) -> list[list[_Piece]]:
    rows = _rows(number, glyphs)
    for at in (0, -1):
        if rows and len(rows[at]) == 1 and (number, rows[at][0].text.strip(" -–")) in numbered:
            del rows[at]
    return rows


def _rows(number: int, glyphs: Sequence[Glyph]) -> list[list[_Piece]]:
    """The printed rows of a page from the top, each as its pieces from the left."""
    levels: list[tuple[float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if levels and abs(glyph.base - levels[-1][0]) < 0.3 * glyph.hand.size * MM:
            levels[-1][1].append(glyph)
        else:
            levels.append((glyph.base, [glyph]))
    rows: list[list[_Piece]] = []
    for _, level in levels:
        pieces: list[_Piece] = []
        last: Glyph | None = None
        for glyph in sorted(level, key=lambda glyph: glyph.x0):
            if glyph.sign.isspace():
                continue
            gap = glyph.x0 - last.x1 if last is not None else 0.0
            size = glyph.hand.size * MM
            if last is None or gap > _GAP * size:
                pieces.append(_Piece([]))
            elif gap > 0.12 * size:
                pieces[-1].signs.append(Placed(number, dataclasses.replace(last, sign=" ", x0=last.x1, x1=glyph.x0)))
            pieces[-1].signs.append(Placed(number, glyph))
            last = glyph
        if pieces:
            rows.append(pieces)
    return rows


def _page(rows: list[list[_Piece]], sheet: Sheet, places: Places) -> list[SeenParagraph]:
    """Rows with two pieces side by side, and what stands between them, are columns; the rest runs over the whole width."""
    middle = (sheet.left + sheet.right) / 2
    found: list[SeenParagraph] = []
    band: list[list[_Piece]] = []
    text: list[_Piece] = []
    for index, row in enumerate(rows):
        is_parted = len(row) == 2 and row[1].glyphs[0].x0 > middle - 0.2 * (sheet.right - sheet.left)
        goes_on = bool(band) and len(row) == 1 and _stands_below(rows, index, sheet, middle)
        if is_parted or goes_on:
            found.extend(_full(text, sheet, places))
            text = []
            band.append(row)
            continue
        found.extend(_columns(band, middle, places))
        band = []
        text.extend(row)
    found.extend(_full(text, sheet, places))
    found.extend(_columns(band, middle, places))
    return found


def _stands_below(rows: list[list[_Piece]], index: int, sheet: Sheet, middle: float) -> bool:
    """Whether a row of one piece goes on in one of the columns above it."""
    piece = rows[index][0]
    return not GREETING.match(piece.text) and _in_half(piece, sheet, middle) and _parted_near(rows, index, middle)


def _in_half(piece: _Piece, sheet: Sheet, middle: float) -> bool:
    glyphs = piece.glyphs
    centre = (glyphs[0].x0 + glyphs[-1].x1) / 2
    is_left = glyphs[-1].x1 < middle + 5
    is_right = glyphs[0].x0 > middle - 15 and centre > middle + 0.1 * (sheet.right - sheet.left)
    return is_left or is_right


def _parted_near(rows: list[list[_Piece]], index: int, middle: float) -> bool:
    """Whether this row stands close below one that is in columns."""
    before = rows[index - 1]
    near = rows[index][0].glyphs[0].base - before[0].glyphs[0].base
    size = rows[index][0].glyphs[0].hand.size * MM
    return near < 2.2 * size or (len(before) == 1 and rows[index][0].glyphs[0].x0 > middle - 15)


def _columns(band: list[list[_Piece]], middle: float, places: Places) -> list[SeenParagraph]:
    found: list[SeenParagraph] = []
    sides: tuple[tuple[Column, list[_Piece]], ...] = (("left", []), ("right", []))
    for row in band:
        if len(row) == 2:
            sides[0][1].append(row[0])
            sides[1][1].append(row[1])
        else:
            centre = (row[0].glyphs[0].x0 + row[0].glyphs[-1].x1) / 2
            sides[centre > middle][1].append(row[0])
    for column, pieces in sides:
        for piece in pieces:  # lines of names and titles are joined by whoever knows what they are
            made = paragraph(piece.signs, places, column=column)
            if made is not None:
                found.append(made)
    return found


def _full(pieces: list[_Piece], sheet: Sheet, places: Places) -> list[SeenParagraph]:
    """Lines over the whole width put together: a new paragraph begins with an indent, after room, or after a short line."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if groups and _goes_on(groups[-1][-1], piece, sheet):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    found = []
    for group in groups:
        signs: list[Placed] = []
        for piece in group:
            signs += piece.signs
        made = paragraph(signs, places)
        if made is not None:
            found.append(made)
    return found


def _goes_on(before: _Piece, after: _Piece, sheet: Sheet) -> bool:
    last, first = before.glyphs, after.glyphs
    size = first[0].hand.size * MM
    is_full = last[-1].x1 > sheet.right - 12 * size / 2
    at_edge = first[0].x0 < sheet.left + 1.5
    close = first[0].base - last[0].base < 1.9 * size
    centred = abs((first[0].x0 - sheet.left) - (sheet.right - first[-1].x1)) < 4 and first[0].x0 > sheet.left + 10
    was_centred = abs((last[0].x0 - sheet.left) - (sheet.right - last[-1].x1)) < 4 and last[0].x0 > sheet.left + 10
    if centred and was_centred:
        return close and last[0].hand == first[0].hand and before.text.isupper() == after.text.isupper()
    return is_full and at_edge and close
