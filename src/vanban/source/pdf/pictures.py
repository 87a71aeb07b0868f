"""The pictures on a PDF page, and the page itself as a picture."""

from __future__ import annotations

import ctypes
import dataclasses
import math
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from vanban.errors import unreadable
from vanban.source import limits

_MOST = 60_000  # objects of a page that are looked at
_MOST_IN_FORM = 40
_MAX_FORMS = 4
_MIN_DPI, _USUAL_DPI, _MAX_DPI = 150, 250, 300
_LONGEST = 4_400  # pixels: a page is never drawn larger


@dataclasses.dataclass(frozen=True, slots=True)
class Pictures:
    """The largest picture of a page: the share of the page that it covers and its dots an inch; both 0 without one.
    ``any`` tells that something is drawn there at all."""

    share: float
    dpi: float
    any: bool


NONE = Pictures(0.0, 0.0, True)


def look(page: pypdfium2.PdfPage) -> Pictures:
    """What pictures ``page`` holds. Raises ``Unreadable`` ("picture-too-large") before one is unpacked that is too large."""
    whole = pdfium.FPDF_GetPageWidthF(page.raw) * pdfium.FPDF_GetPageHeightF(page.raw)
    share, dpi, pixels = 0.0, 0.0, 0
    for item, outer in _items(page.raw):
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        if not pdfium.FPDFImageObj_GetImagePixelSize(item, wide, high):
            continue
        pixels += wide.value * high.value
        if wide.value * high.value > limits.MAX_PIXELS or pixels > 2 * limits.MAX_PIXELS:
            raise unreadable("picture-too-large", limit=limits.MAX_PIXELS // 1_000_000)
        sides = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(outer, *sides):
            continue
        left, bottom, right, top = (side.value for side in sides)
        area = abs((right - left) * (top - bottom))
        if whole > 0 and area > 0 and area / whole > share:
            share = min(1.0, area / whole)
            dpi = 72 * math.sqrt(wide.value * high.value / area)
    return Pictures(share, dpi, pdfium.FPDFPage_CountObjects(page.raw) > 0)


def _items(page: pdfium.FPDF_PAGE) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, pdfium.FPDF_PAGEOBJECT]]:
    """The pictures of a page, each with the object of the page that holds it (some scanners wrap it in a form)."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST)):
        item = pdfium.FPDFPage_GetObject(page, index)
        for inner in _inside(item, 0):
            yield inner, item


def _inside(item: pdfium.FPDF_PAGEOBJECT, depth: int) -> Iterator[pdfium.FPDF_PAGEOBJECT]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        yield item
    elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
        for index in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST_IN_FORM)):
            yield from _inside(pdfium.FPDFFormObj_GetObject(item, index), depth + 1)


def reading_dpi(page: pypdfium2.PdfPage, pictures: Pictures) -> float:
    """At how many dots an inch ``page`` is drawn to be read: those of its scan, within what is useful."""
    dpi = min(max(pictures.dpi, _MIN_DPI), _MAX_DPI) if pictures.share > 0.3 else _USUAL_DPI
    return float(min(dpi, _LONGEST * 72 / max(1.0, *page.get_size())))


def draw(page: pypdfium2.PdfPage, dpi: float, *, quarters: int | None = None) -> Image.Image:
    """``page`` as a picture; ``quarters`` turns it (clockwise) from how its text was written, not from how it is shown."""
    if quarters is not None:
        page.set_rotation(0)
    bitmap = page.render(scale=dpi / 72, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil().copy()
    finally:
        bitmap.close()
    return picture.rotate(-90 * quarters, expand=True) if quarters else picture
