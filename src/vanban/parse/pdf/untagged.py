"""A PDF without a logical structure: blocks by where their signs stand."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Sequence

from vanban.parse import wording
from vanban.parse.pdf.glyphs import MM, Drawn, Glyph
from vanban.parse.pdf.lines import Placed, Places, paragraph
from vanban.parse.pdf.margins import page_figure
from vanban.parse.pdf.ruled import grids, table
from vanban.parse.seen import Column, SeenBlock, Sheet
from vanban.text import nfc

_GAP = 1.6  # blanks wider than this many sizes part columns
_LONGEST_HEAD_ROW = 140  # signs
_SAME_CENTRE = 6.0  # mm
_LISTED = re.compile(r"\s*(?:[^\w\s]|\d+[.)]|[a-zđ]{1,2}\))\s")
_HANG = 15.0  # mm


@dataclasses.dataclass(slots=True)
class _Piece:
    """Signs side by side on one line."""

    signs: list[Placed]

    @property
    def glyphs(self) -> list[Glyph]:
        return [sign.glyph for sign in self.signs if not sign.glyph.sign.isspace()]

    @property
    def text(self) -> str:
        return nfc("".join(sign.glyph.sign for sign in self.signs)).strip()


def blocks_by_place(
    pages: Sequence[Drawn], sheets: Sequence[Sheet], places: Places, numbered: Collection[tuple[int, str]]
) -> tuple[SeenBlock, ...]:
    """The paragraphs of all pages. ``numbered``: (page, text) of the pages' numbers, which are left out."""
    reading = _Reading(places)
    for number, page in enumerate(pages, 1):
        reading.turn(number, *_edges(sheets, sheets[number - 1]))
        tables = grids(page)
        top = 0.0
        for grid in tables:
            above = [glyph for glyph in page.glyphs if top <= glyph.base < grid.ys[0]]
            reading.take(_text_rows(number, above, numbered))
            reading.close()
            inside = [glyph for glyph in page.glyphs if grid.holds(glyph)]
            reading.found.append(table(number, grid, inside, places))
            top = grid.ys[-1]
        rest = [glyph for glyph in page.glyphs if glyph.base >= top]
        reading.take(_text_rows(number, rest, numbered))
    reading.close()
    return tuple(reading.found)


def _edges(sheets: Sequence[Sheet], sheet: Sheet) -> tuple[float, float]:
    """Where text begins and ends on pages of this width."""
    same = [other for other in sheets if other.has_text and abs(other.width - sheet.width) < 1] or [sheet]
    return min(other.left for other in same), max(other.right for other in same)


def _text_rows(number: int, glyphs: Sequence[Glyph], numbered: Collection[tuple[int, str]]) -> list[list[_Piece]]:
    rows = _rows(number, glyphs)
    for at in (0, -1):
        if rows and len(rows[at]) == 1 and (number, page_figure(rows[at][0].text)) in numbered:
            del rows[at]
    return [_parted(row) for row in rows] if number == 1 else rows


def _parted(row: list[_Piece]) -> list[_Piece]:
    """A row with what stands close beside the country's name, the motto or the date set apart from it."""
    if len(row) != 1 or len(row[0].text) > _LONGEST_HEAD_ROW:
        return row
    signs = row[0].signs
    text = "".join(sign.glyph.sign for sign in signs)
    ends = [
        n
        for n in range(1, len(signs))
        if wording.begins_country(text[n:]) or wording.is_motto(text[n:]) or wording.is_country(text[:n])
    ]
    if not ends and wording.SYMBOL.match(text) and wording.is_date(text):
        gaps = [n for n in range(1, len(signs)) if signs[n - 1].glyph.sign == " "]
        ends = [max(gaps, key=lambda n: signs[n].glyph.x0 - signs[n - 1].glyph.x0)]
    pieces = [_Piece(signs[: ends[0]]), _Piece(signs[ends[0] :])] if ends else row
    return pieces if all(piece.glyphs for piece in pieces) else row


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


class _Reading:
    """Rows put together into paragraphs: those with two pieces side by side, and what stands between and below them, are
    columns; the rest runs over the whole width. Columns of a foot go on over pages."""

    def __init__(self, places: Places) -> None:
        self.found: list[SeenBlock] = []
        self._places = places
        self._band: list[list[tuple[Column, _Piece]]] = []
        self._text: list[_Piece] = []
        self._left = self._right = self._middle = 0.0

    def turn(self, number: int, left: float, right: float) -> None:
        """Begin a page, on which text stands between these edges."""
        if self._band and not self._is_foot():
            self._end_band()
        if (left, right) != (self._left, self._right):  # no paragraph goes on from a page to one that lies across
            self._end_text()
        self._left, self._right, self._middle = left, right, (left + right) / 2

    def close(self) -> None:
        """No row belongs to what stands above any more."""
        self._end_text()
        self._end_band()

    def take(self, rows: Sequence[list[_Piece]]) -> None:
        """Rows of the page, from the top."""
        for index, row in enumerate(rows):
            if self._is_parted(row) or self._opens(rows, index) or self._goes_on(row):
                self._end_text()
                sides: tuple[Column, ...] = ("left", "right") if len(row) == 2 else (self._half(row[0]) or "left",)
                self._band.append(list(zip(sides, row, strict=True)))
            else:
                self._end_band()
                self._text.extend(row)

    def _is_parted(self, row: list[_Piece]) -> bool:
        return len(row) == 2 and row[1].glyphs[0].x0 > self._middle - 0.2 * (self._right - self._left)

    def _opens(self, rows: Sequence[list[_Piece]], index: int) -> bool:
        """Whether columns begin in a row of one piece: who signs, or the country's name, stands alone at the right, or the
        next row begins the columns of the head."""
        if len(rows[index]) != 1:
            return False
        (piece,) = rows[index]
        is_post = wording.AUTHORITY.match(piece.text) or (self._text and wording.is_upper(piece.text))
        if self._half(piece) == "right" and is_post and not wording.is_type(piece.text):
            return True
        if self._band or self._text:
            return False
        if self._half(piece) == "right" and wording.is_country(piece.text):
            return True
        below = rows[index + 1] if index + 1 < len(rows) else []
        is_head = any(wording.is_country(other.text) or wording.is_motto(other.text) for other in below)
        return is_head and self._half(piece) == "left" and wording.is_upper(piece.text)

    def _goes_on(self, row: list[_Piece]) -> bool:
        """Whether a row of one piece goes on in one of the columns above it."""
        if not self._band or len(row) != 1 or wording.GREETING.match(row[0].text) or wording.is_type(row[0].text):
            return False
        side = self._half(row[0])
        if side is None:
            return False
        if not self._is_foot() and (row[0].text.startswith("Số:") or wording.ABOUT.match(row[0].text)):
            return True
        return self._is_near(row[0]) or (self._is_foot() and self._is_below(row[0], side))

    def _half(self, piece: _Piece) -> Column | None:
        first, last = piece.glyphs[0], piece.glyphs[-1]
        if last.x1 < self._middle + 5:
            return "left"
        centre = (first.x0 + last.x1) / 2
        is_right = first.x0 > self._middle - 15 and centre > self._middle + 0.1 * (self._right - self._left)
        return "right" if is_right or first.x0 > self._middle - 3 else None

    def _is_near(self, piece: _Piece) -> bool:
        before = self._band[-1]
        above = before[0][1]
        if above.signs[0].page != piece.signs[0].page:
            return self._is_foot()
        gap = piece.glyphs[0].base - above.glyphs[0].base
        is_at_right = len(before) == 1 and piece.glyphs[0].x0 > self._middle - 15
        size = max(piece.glyphs[0].hand.size, above.glyphs[0].hand.size)
        return gap < 2.2 * size * MM or is_at_right

    def _is_foot(self) -> bool:
        """Whether the columns are those of the recipients and the signature."""
        return not any(
            wording.is_country(piece.text) or wording.is_motto(piece.text) or wording.is_date(piece.text)
            for row in self._band
            for _, piece in row
        )

    def _is_below(self, piece: _Piece, side: Column) -> bool:
        """Whether it stands in the middle under a line of its column, as names do under posts."""
        others = [other for row in self._band for of, other in row if of == side]
        return any(abs(_centre(other) - _centre(piece)) < _SAME_CENTRE for other in others)

    def _end_band(self) -> None:
        columns: tuple[Column, ...] = ("left", "right")
        for column in columns:
            for side, piece in [part for row in self._band for part in row]:
                made = paragraph(piece.signs, self._places, column=side) if side == column else None
                if made is not None:  # lines of names and titles are joined by whoever knows what they are
                    self.found.append(made)
        self._band = []

    def _end_text(self) -> None:
        """Lines over the whole width put together: a new paragraph begins with an indent, after room, or a short line."""
        groups: list[list[_Piece]] = []
        for piece in self._text:
            if groups and _continues(groups[-1], piece, self._left, self._right):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        for group in groups:
            made = paragraph([sign for piece in group for sign in piece.signs], self._places)
            if made is not None:
                self.found.append(made)
        self._text = []


def _centre(piece: _Piece) -> float:
    return (piece.glyphs[0].x0 + piece.glyphs[-1].x1) / 2


def _continues(group: Sequence[_Piece], after: _Piece, left: float, right: float) -> bool:
    """Whether a line goes on the paragraph that these lines are."""
    if wording.TYPED_RULE.fullmatch(after.text.strip()) or wording.TYPED_RULE.fullmatch(group[-1].text.strip()):
        return False
    last, first = group[-1].glyphs, after.glyphs
    size = first[0].hand.size * MM
    turns = group[-1].signs[0].page != after.signs[0].page
    close = turns or first[0].base - last[0].base < 1.9 * size
    said = " ".join(piece.text for piece in group).strip()
    if wording.is_part(said) or wording.is_part(after.text):
        return False
    if wording.ANNEX.match(said) or wording.is_type(said) or wording.RECIPIENTS.match(after.text):
        return False
    if _is_centred(after, left, right) and _is_centred(group[-1], left, right):
        return (
            close and not turns and last[0].hand == first[0].hand and group[-1].text.isupper() == after.text.isupper()
        )
    is_full = last[-1].x1 > right - 6 * size
    begins = group[0].glyphs[0].x0
    # Lines of a list stand under its words, not under its dash.
    is_hanging = _LISTED.match(group[0].text) is not None and begins + 2 < first[0].x0 < begins + _HANG
    at_edge = first[0].x0 < left + 1.5 or is_hanging or (len(group) > 1 and abs(first[0].x0 - last[0].x0) < 0.5)
    return is_full and at_edge and close


def _is_centred(piece: _Piece, left: float, right: float) -> bool:
    return abs(_centre(piece) - (left + right) / 2) < 2 and piece.glyphs[0].x0 > left + 10
