"""A picture of a page, found out about and made fit for reading."""

from __future__ import annotations

import dataclasses

import numpy as np
from PIL import Image

from vanban.source.scan import cleaning, geometry, tesseract
from vanban.source.scan.geometry import View

A4_INCHES = 210 / 25.4, 297 / 25.4
POINTS = 72
MIN_DPI, MAX_DPI = 200, 300
_SURE_UPRIGHT = 0.10  # of ``geometry.uprightness``; below it Tesseract is asked
_BLANK = 0.0006  # less of a page is print: a blank one


@dataclasses.dataclass(frozen=True, slots=True)
class Prepared:
    """A page fit for reading: grey, upright, level, at ``dpi``."""

    picture: Image.Image
    dpi: float
    view: View
    is_blank: bool

    @property
    def points(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        return self.picture.width * POINTS / self.dpi, self.picture.height * POINTS / self.dpi


def prepare(picture: Image.Image, dpi: float | None) -> Prepared:
    """``picture`` (upright as far as its file says) prepared; ``dpi`` where the file states a sensible one."""
    view, grey = look(picture, dpi)
    dpi = dpi or _guessed(view)
    scale = min(max(dpi, MIN_DPI), MAX_DPI) / dpi
    page = view.drawn(grey, scale, 255)
    dark = float((np.asarray(page.reduce(4)) < 140).mean())
    return Prepared(page, dpi * scale, view, dark < _BLANK)


def look(picture: Image.Image, dpi: float | None) -> tuple[View, Image.Image]:
    """Where the page is in ``picture`` and how it is turned, and the picture in grey, cleaned."""
    grey = cleaning.grey(picture)
    view = geometry.plain(*picture.size)
    small = _small(grey, view)
    found = geometry.sheet(np.asarray(small), view)
    grey = cleaning.without_specks(cleaning.levelled(grey))
    view = found or view
    print_ = geometry.ink(np.asarray(_small(grey, view)))
    quarters: int | None = 0
    if geometry.is_sideways(print_):
        quarters = _asked(grey, view, dpi or _guessed(view))  # rules of a table may look like lines of print
        view = geometry.turned(view, 1 if quarters is None else quarters)
        print_ = geometry.ink(np.asarray(_small(grey, view)))
    view = geometry.straightened(view, print_, max(print_.shape) / max(view.width, view.height))
    small = _small(grey, view)
    if not quarters and _is_upside_down(geometry.ink(np.asarray(small)), grey, view, dpi or _guessed(view)):
        view = geometry.turned(view, 2)
    return view, grey


def _is_upside_down(print_: geometry.Mask, grey: Image.Image, view: View, dpi: float) -> bool:
    upright = geometry.uprightness(print_)
    if abs(upright) >= _SURE_UPRIGHT:
        return upright < 0
    if print_.mean() < _BLANK:
        return False
    return _asked(grey, view, dpi) == 2


def _asked(grey: Image.Image, view: View, dpi: float) -> int | None:
    """How many quarter turns set the page upright, as Tesseract sees it."""
    scale = min(1.0, 150 / dpi)
    return tesseract.turn(view.drawn(grey, scale, 255), round(dpi * scale))


def _small(grey: Image.Image, view: View) -> Image.Image:
    return view.drawn(grey, min(1.0, geometry.SMALL / max(view.width, view.height)), 255)


def _guessed(view: View) -> float:
    """The dots an inch of a page that is taken to be A4."""
    short, long = min(view.width, view.height), max(view.width, view.height)
    return max(40.0, min(short / A4_INCHES[0], long / A4_INCHES[1]) if long < 2 * short else short / A4_INCHES[0])
