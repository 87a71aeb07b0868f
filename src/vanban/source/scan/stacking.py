"""The cells of a ruled table, column under column in one picture, so that one reading takes them all.

Beside one another the lines of narrow cells are easily taken for one line; under one another they cannot be. The words
come back to where they stood.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from PIL import Image

from vanban.source.pdf.grid import Grid
from vanban.source.scan import tesseract
from vanban.source.scan.tesseract import Word

_MAX_HEIGHT = 30_000  # Tesseract takes no picture higher than 32,767
_INSET = 3  # pixels inside a cell's lines where their edges may show


@dataclasses.dataclass(slots=True)
class Piece:
    """A part of the page: where it is cut out and where it stands in the stack."""

    left: int
    top: int
    right: int
    bottom: int
    at: int = 0


def words(page: Image.Image, grids: list[Grid], scale: float, dpi: int) -> list[Word]:
    """The words in the cells of ``grids`` (points; ``scale``: pixels a point) on ``page``, whose lines are painted over."""
    pieces = [piece for each in grids for piece in _pieces(each, scale, page)]
    return read(page, pieces, dpi)


def read(page: Image.Image, pieces: list[Piece], dpi: int) -> list[Word]:
    """The words in ``pieces`` of ``page``, at their places on the page."""
    gap = round(0.25 * dpi)
    batches = _batches(pieces, gap)
    return [word for number, batch in enumerate(batches) for word in _read(page, batch, gap, dpi, number)]


def _pieces(grid: Grid, scale: float, page: Image.Image) -> list[Piece]:
    """The cells with print in them, column by column from top to bottom."""
    found = []
    for cell in sorted(grid.cells, key=lambda c: (c.column, c.row)):
        left, right = grid.xs[cell.column], grid.xs[cell.column + cell.columns]
        top, bottom = grid.ys[cell.row], grid.ys[cell.row + cell.rows]
        piece = Piece(*(round(value * scale) for value in (left, top, right, bottom)))
        piece = Piece(piece.left + _INSET, piece.top + _INSET, piece.right - _INSET, piece.bottom - _INSET)
        if piece.right - piece.left < 8 or piece.bottom - piece.top < 8:
            continue
        trimmed = _trimmed(piece, page)
        if trimmed is not None:
            found.append(trimmed)
    return found


def _trimmed(piece: Piece, page: Image.Image) -> Piece | None:
    """The rows of ``piece`` that hold print, with a little room; None for an empty cell."""
    pixels = np.asarray(page.crop((piece.left, piece.top, piece.right, piece.bottom)))
    dark = pixels < 140
    rows = np.nonzero(dark.sum(axis=1) >= 2)[0]
    if len(rows) == 0 or int(dark.sum()) < 20:
        return None
    first, last = max(0, int(rows[0]) - 6), min(pixels.shape[0], int(rows[-1]) + 7)
    return Piece(piece.left, piece.top + first, piece.right, piece.top + last)


def _batches(pieces: list[Piece], gap: int) -> list[list[Piece]]:
    batches: list[list[Piece]] = []
    height = _MAX_HEIGHT
    for piece in pieces:
        tall = piece.bottom - piece.top + gap
        if height + tall > _MAX_HEIGHT:
            batches.append([])
            height = gap
        piece.at = height
        batches[-1].append(piece)
        height += tall
    return batches


def _read(page: Image.Image, pieces: list[Piece], gap: int, dpi: int, number: int) -> list[Word]:
    width = max(piece.right - piece.left for piece in pieces) + 2 * gap
    stack = Image.new("L", (width, pieces[-1].at + pieces[-1].bottom - pieces[-1].top + gap), 255)
    for piece in pieces:
        stack.paste(page.crop((piece.left, piece.top, piece.right, piece.bottom)), (gap, piece.at))
    out: list[Word] = []
    for word in tesseract.words(stack, dpi, mode=6):
        middle = (word.y0 + word.y1) / 2
        piece = min(pieces, key=lambda p: max(p.at - middle, middle - (p.at + p.bottom - p.top), 0.0))
        across, down = piece.left - gap, piece.top - piece.at
        out.append(
            Word(
                word.text, word.x0 + across, word.y0 + down, word.x1 + across, word.y1 + down, word.confidence,
                (-1 - number, piece.top, piece.left, *word.line),
            )
        )  # fmt: skip
    return out
