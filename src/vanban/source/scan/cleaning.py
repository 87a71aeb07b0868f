"""A picture of a page made fit for reading: stamps and coloured ink taken off the print, shadows levelled, specks gone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.uint8]

_COLOURED = 60  # how far the channels of coloured ink lie apart
_CELL = 4  # a cell of the map of colours: so many pixels of a picture of 200 dpi
_PAPER, _PRINT = 245, 205  # greys of levelled paper, and of what may be print on it
_LEAST_PRINT = 0.002  # of a page that is not blank
_TALL_INK = 0.045  # of the page's longer side (13 mm of A4): print in colour is lower, a stamp or signature is higher


def grey(picture: Image.Image) -> Image.Image:
    """``picture`` in grey, without red stamps and coloured signatures: black print under them stays.

    Of each pixel under such ink the lightest channel is taken: ink is light in its own colour, print in none. Print that
    is itself in colour (a heading, a link) is told by its height and kept dark.
    """
    if picture.mode in ("L", "1", "I;16"):
        return picture.convert("L")
    picture = picture.convert("RGB")
    plain = picture.convert("L")
    zones = _inked(picture)
    if not zones:
        return plain
    for box in zones:
        part = np.asarray(picture.crop(box))
        low, high = part.min(axis=2).astype(np.float32), part.max(axis=2).astype(np.float32)
        coloured = _grown(high - low > _COLOURED // 2)
        # the more colour, the less print: dark blue ink is as dark as print in every channel but one
        lifted = np.clip((high + 0.9 * (high - low) - 80) * (255 / 140), 0, 255).astype(np.uint8)
        was = np.asarray(plain.crop(box))
        plain.paste(Image.fromarray(np.where(coloured, np.maximum(lifted, was), was)), box[:2])
    return plain


def _grown(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    picture = Image.fromarray(mask.astype(np.uint8) * 255).filter(ImageFilter.MaxFilter(3))
    return np.asarray(picture) > 0


def _inked(picture: Image.Image) -> list[tuple[int, int, int, int]]:
    """The boxes of stamps and signatures: connected coloured areas that are higher than a line of print."""
    cell = max(1, round(_CELL * max(picture.size) / 2339))
    small = np.asarray(picture.reduce(cell)).astype(np.int16)
    mask = (small.max(axis=2) - small.min(axis=2)) > _COLOURED
    share = float(mask.mean())
    if share < 0.0002 or share > 0.35:  # none, or a page printed on coloured paper
        return []
    least = _TALL_INK * max(mask.shape)
    areas = components(_grown(mask))
    tall = [area for area in areas if area[3] - area[1] >= least and area[2] - area[0] >= 0.5 * least][:50]
    # print parts a stroke of ink: its pieces lie beside the piece that is tall enough
    near = [area for area in areas if any(_meet(area, zone, 0.4 * least) for zone in tall)][:500]
    width, height = picture.size
    return [
        (
            max(0, (left - 1) * cell),
            max(0, (top - 1) * cell),
            min(width, (right + 1) * cell),
            min(height, (low + 1) * cell),
        )
        for left, top, right, low in near
    ]


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int], room: float) -> bool:
    return (
        one[0] <= other[2] + room
        and one[2] >= other[0] - room
        and one[1] <= other[3] + room
        and one[3] >= other[1] - room
    )


def components(mask: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """The boxes (left, top, right, bottom, the ends exclusive) of the connected areas of ``mask``."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    step = np.diff(padded, axis=1)
    rows, starts = np.nonzero(step == 1)
    _, ends = np.nonzero(step == -1)
    boxes = [[int(s), int(r), int(e), int(r) + 1] for r, s, e in zip(rows, starts, ends, strict=True)]
    owner = list(range(len(boxes)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    above = 0
    for index, (start, row, end, _) in enumerate(list(map(tuple, boxes))):
        while above < index and rows[above] < row - 1:
            above += 1
        at = above
        while at < index and rows[at] == row - 1:
            if starts[at] <= end and ends[at] >= start:
                owner[root(index)] = root(at)
            at += 1
    merged: dict[int, list[int]] = {}
    for index, box in enumerate(boxes):
        whole = merged.setdefault(root(index), list(box))
        whole[:] = [min(whole[0], box[0]), min(whole[1], box[1]), max(whole[2], box[2]), max(whole[3], box[3])]
    return [(b[0], b[1], b[2], b[3]) for b in merged.values()]


def levelled(picture: Image.Image) -> Image.Image:
    """``picture`` (grey) with the paper white everywhere: shadows, yellowed paper and uneven light are divided out."""
    factor = max(2, round(max(picture.size) / 300))
    small = picture.reduce(factor)
    ground = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(5))
    light = np.asarray(ground).astype(np.float32)
    high = float(np.percentile(light, 95))
    if high < 8:
        return picture
    if float(np.percentile(light, 3)) <= 238:
        light = np.maximum(light, 0.3 * high)
        paper = Image.fromarray(light.astype(np.uint8)).resize(picture.size, Image.Resampling.BILINEAR)
        divided = np.asarray(picture).astype(np.uint16) * 250
        divided //= np.maximum(np.asarray(paper), 1)
        picture = Image.fromarray(np.minimum(divided, 255).astype(np.uint8))
    return _blackened(picture)


def _blackened(picture: Image.Image) -> Image.Image:
    """``picture`` (white paper) with its print black: a pale copy has grey print."""
    pixels = np.asarray(picture)[::3, ::3].ravel()
    print_ = pixels[pixels < _PRINT]
    if len(print_) < _LEAST_PRINT * len(pixels):
        return picture
    black = float(np.percentile(print_, 25))
    if black < 75:
        return picture
    factor = (_PAPER - 40) / max(20.0, _PAPER - black)
    table = [round(min(255.0, max(0.0, _PAPER - (_PAPER - value) * factor))) for value in range(256)]
    return picture.point(table)


def without_specks(picture: Image.Image) -> Image.Image:
    """``picture`` (grey) without single dark or light pixels, where there are many (dust, a noisy sensor)."""
    pixels = np.asarray(picture)
    dark = pixels < 128
    count = _around(dark)
    lone, hole = dark & (count == 0), ~dark & (count == 8)
    if int(lone.sum()) + int(hole.sum()) < max(200, 0.002 * int(dark.sum())):
        return picture
    lone |= dark & (count == 1) & (_around(dark & (count <= 1)) >= 1)  # two specks that touch
    out = pixels.copy()
    out[lone] = 255
    out[hole] = 0
    return Image.fromarray(out)


def _around(mask: NDArray[np.bool_]) -> Pixels:
    """For each pixel how many of its eight neighbours are set."""
    padded = np.pad(mask.astype(np.uint8), 1)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    around: Pixels = (rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]) - mask.astype(np.uint8)
    return around
