"""Print that an OCR passed over: where columns stand half a line apart, Tesseract drops a line here and there.

What is dark like print and lies in no word's box is read once more, each place by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from vanban.source.scan import stacking
from vanban.source.scan.cleaning import components
from vanban.source.scan.geometry import Mask
from vanban.source.scan.tesseract import Word

_FACTOR = 4  # the page is looked at so many times smaller
_MOST = 40  # places of a page
_SURE = 0.4
_EDGE = 0.015  # of the page's sides, where copiers leave shadows


def words(page: Image.Image, found: Sequence[Word], em: float, dpi: int) -> list[Word]:
    """The words on ``page`` (grey, level, white paper, tables painted over) that are not among ``found``."""
    places = _places(page, found, em)
    if not places or len(places) > _MOST:
        return []
    return [
        word
        for word in stacking.read(page, places, dpi)
        if word.confidence >= _SURE and any(letter.isalnum() for letter in word.text)
    ]


def _places(page: Image.Image, found: Sequence[Word], em: float) -> list[stacking.Piece]:
    """The boxes of unread print, with a little room."""
    small = np.asarray(page.reduce(_FACTOR))
    mask: Mask = small < 190
    height, width = mask.shape
    left, top = int(_EDGE * width), int(_EDGE * height)
    mask[:top], mask[height - top :], mask[:, :left], mask[:, width - left :] = False, False, False, False
    room = 0.25 * em
    for word in found:
        x0, y0, x1, y1 = (
            (value / _FACTOR) for value in (word.x0 - room, word.y0 - room, word.x1 + room, word.y1 + room)
        )
        mask[max(0, int(y0)) : int(y1) + 1, max(0, int(x0)) : int(x1) + 1] = False
    unit = em / _FACTOR
    out = []
    for x0, y0, x1, y1 in components(_spread(mask, max(1, round(0.6 * unit)))):
        tall, wide = (y1 - y0) / unit, (x1 - x0) / unit
        ink = float(mask[y0:y1, x0:x1].mean())
        if 0.4 <= tall <= 2.2 and wide >= 2.2 and 0.06 <= ink <= 0.7:
            box = (value * _FACTOR for value in (x0, y0, x1, y1))
            a, b, c, d = box
            pad = round(0.35 * em)
            out.append(
                stacking.Piece(max(0, a - pad), max(0, b - pad), min(page.width, c + pad), min(page.height, d + pad))
            )
    return out


def _spread(mask: Mask, by: int) -> Mask:
    """``mask`` made wider by ``by`` pixels to either side, so that the letters of a line touch."""
    total = np.cumsum(np.pad(mask.astype(np.int32), ((0, 0), (by + 1, by))), axis=1)
    wide: Mask = (total[:, 2 * by + 1 :] - total[:, : -2 * by - 1]) > 0
    return wide
