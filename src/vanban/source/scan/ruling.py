"""The ruling lines in the picture of a page, as those of a PDF page are: in points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from vanban.source.pdf.rules import Rule, Rules, joined
from vanban.source.scan.cleaning import components

Mask = NDArray[np.bool_]
Line = tuple[float, float, float]  # where it stands, and from where to where it runs

_LEVEL_INCHES = 0.45  # no letter or dash is so long
_UPRIGHT_INCHES = 0.32  # no letter is so high
_THICK_INCHES = 0.05  # a line is thinner
_WAVER = 2  # pixels that a line may stray
_GAPS = 0.94  # of a line's pixels are dark


def find(picture: Image.Image, dpi: float) -> tuple[Rules, Mask]:
    """The ruling lines of ``picture`` (grey, level, white paper) and where they lie in it (pixels)."""
    small = np.asarray(picture.reduce(2))
    dark = small < 190
    scale = 72 * 2 / dpi
    level, level_mask = _lines(dark, dpi / 2, _LEVEL_INCHES)
    upright, upright_mask = _lines(np.ascontiguousarray(dark.T), dpi / 2, _UPRIGHT_INCHES)
    level += _short(level, upright, dark)
    upright += _short(upright, level, np.ascontiguousarray(dark.T))
    mask = level_mask | upright_mask.T
    whole = np.zeros((picture.height, picture.width), bool)
    big = np.repeat(np.repeat(mask, 2, axis=0), 2, axis=1)[: picture.height, : picture.width]
    whole[: big.shape[0], : big.shape[1]] = big
    return Rules(_in_points(level, scale), _in_points(upright, scale)), whole


def _in_points(lines: list[Line], scale: float) -> list[Rule]:
    return joined([Rule(at * scale, start * scale, end * scale) for at, start, end in lines])


def _lines(dark: Mask, dpi: float, inches: float) -> tuple[list[Line], Mask]:
    """Level lines as (y, from x, to x), and their pixels. A line may waver by a pixel."""
    length = max(8, int(inches * dpi))
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    runs = _opened(thick, length)
    tall = max(3, int(_THICK_INCHES * dpi))
    runs &= ~_opened(runs.T, 3 * tall).T  # a dark area is no line
    found = []
    for left, top, right, bottom in components(runs):
        if right - left >= length and bottom - top <= max(tall, 0.02 * (right - left)):
            found.append(((top + bottom) / 2, float(left), float(right)))
    return found, runs


def _short(lines: list[Line], across: list[Line], dark: Mask) -> list[Line]:
    """Pieces of ``lines`` too short to be told from print by themselves: they go from one line of ``across`` to the next
    at a place where a line of ``lines`` stands elsewhere, as beside merged cells. ``dark`` has ``lines`` level."""
    posts = sorted({round(at) for at, _, _ in across})
    found: list[Line] = []
    for at in sorted({round(at) for at, _, _ in lines}):
        strip: Mask = np.asarray(dark[max(0, at - _WAVER) : at + _WAVER + 1].any(axis=0))
        for left, right in zip(posts, posts[1:], strict=False):
            if right - left > 2 * _WAVER + 4 and strip[left + _WAVER : right - _WAVER].mean() >= _GAPS:
                found.append((float(at), float(left), float(right)))
    return found


def _opened(mask: Mask, length: int) -> Mask:
    """What of ``mask`` lies in level runs of ``length`` pixels that are dark nearly throughout."""
    if mask.shape[1] < length:
        return np.zeros_like(mask)
    total = np.cumsum(np.pad(mask.astype(np.int32), ((0, 0), (1, 0))), axis=1)
    full = (total[:, length:] - total[:, :-length]) >= _GAPS * length
    spread = np.cumsum(np.pad(full.astype(np.int32), ((0, 0), (length, length))), axis=1)
    within = (spread[:, length:] - spread[:, :-length]) > 0
    return within[:, : mask.shape[1]] & mask
