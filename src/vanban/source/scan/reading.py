"""One page of a scan read: its print as signs with places, its ruling lines, and the words that may be wrong."""

from __future__ import annotations

import dataclasses

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vanban.source.pdf import grid
from vanban.source.pdf.document import Page, take_apart
from vanban.source.pdf.glyphs import Frame, PageText
from vanban.source.pdf.grid import Grid
from vanban.source.pdf.rules import Rules
from vanban.source.scan import missed, ruling, stacking, tesseract, words
from vanban.source.scan.preparing import POINTS, Prepared, prepare
from vanban.source.scan.tesseract import Word

_NOTHING = 0.00005  # of a page that holds nothing beside its tables is dark
_SMALL_EM, _LARGE_EM, _GOOD_EM = 24, 110, 46  # pixels: letters that are read badly, and those read well


@dataclasses.dataclass(frozen=True, slots=True)
class ReadPage:
    """A page as read: the page taken apart (points), and all its words with boxes in points."""

    page: Page
    words: tuple[Word, ...]


def read(picture: Image.Image, dpi: float | None, number: int) -> ReadPage:
    """Read page ``number`` of a document in ``picture``; ``dpi`` where its file states it.

    Raises ``Unreadable`` ("ocr-missing", "ocr-failed").
    """
    prepared = prepare(picture, dpi)
    if prepared.is_blank:
        return _made(prepared, [], Rules([], []), [], number)
    rules, lines = ruling.find(prepared.picture, prepared.dpi)
    grids = grid.find(rules)
    found = _words(prepared, grids, lines)
    size = words.em(found)
    if size is not None and not _SMALL_EM <= size <= _LARGE_EM:
        factor = min(3.0, max(0.3, _GOOD_EM / size))
        again = _scaled(prepared, factor)
        rules, lines = ruling.find(again.picture, again.dpi)
        grids = grid.find(rules)
        better = _words(again, grids, lines)
        if _weight(better) > _weight(found):
            prepared, found = again, better
    return _made(prepared, found, rules, grids, number)


def _weight(found: list[Word]) -> float:
    return sum(word.confidence * len(word.text) for word in found)


def _scaled(prepared: Prepared, factor: float) -> Prepared:
    """The page larger or smaller; it keeps its size in points."""
    size = round(prepared.picture.width * factor), round(prepared.picture.height * factor)
    return dataclasses.replace(
        prepared, picture=prepared.picture.resize(size, Image.Resampling.BICUBIC), dpi=prepared.dpi * factor
    )


def _words(prepared: Prepared, grids: list[Grid], lines: NDArray[np.bool_]) -> list[Word]:
    """The words of the page: tables cell by cell, without their lines; all else as Tesseract finds it."""
    bare = prepared.picture
    dpi = round(prepared.dpi)
    found: list[Word] = []
    if grids:
        pixels = np.asarray(bare).copy()
        pixels[lines] = 255
        scale = prepared.dpi / POINTS
        found = stacking.words(Image.fromarray(pixels), grids, scale, dpi)
        for each in grids:
            left, right = (round(x * scale) for x in (each.xs[0], each.xs[-1]))
            top, bottom = (round(y * scale) for y in (each.ys[0], each.ys[-1]))
            pixels[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = 255
        bare = Image.fromarray(pixels)
        if float((pixels < 140).mean()) <= _NOTHING:
            return words.kept(found)
    read_at_first = tesseract.words(bare, dpi)
    outside = words.kept(read_at_first)
    size = words.em(outside or found)
    if size is not None and size >= _SMALL_EM:
        outside += words.kept(missed.words(bare, read_at_first, size, dpi))
    return [*outside, *words.kept(found)]


def _made(prepared: Prepared, found: list[Word], rules: Rules, grids: list[Grid], number: int) -> ReadPage:
    width, height = prepared.points
    scale = POINTS / prepared.dpi
    signs = words.glyphs(found, scale)
    text = PageText(Frame(0, 0.0, 0.0, width, height), signs, len(signs), 0)
    placed = tuple(
        dataclasses.replace(w, x0=w.x0 * scale, y0=w.y0 * scale, x1=w.x1 * scale, y1=w.y1 * scale) for w in found
    )
    return ReadPage(take_apart(number, text, grids, rules.level), placed)
