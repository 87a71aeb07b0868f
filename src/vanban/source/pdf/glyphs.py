"""The characters of a PDF page with their places, in the page as it is read (upright, y running down)."""

from __future__ import annotations

import collections
import ctypes
import dataclasses
import math
import unicodedata
from collections.abc import Callable

import pypdfium2.raw as pdfium

Point = tuple[float, float]
# Latin ligatures that fonts draw as one sign, and what Symbol and Wingdings keep in the private use area; other
# compatibility characters stay as they are.
_SIGNS = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    0x02: "-",  # PDFium marks a hyphen at a line's end so
    0x2010: "-", 0x2011: "-",
    0xF02D: "-", 0xF02B: "+", 0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0B0: "°", 0xF0B3: "≥", 0xF0A3: "≤",
}  # fmt: skip
_SPACES = frozenset((0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x2002, 0x2003, 0x2009, 0x3000))
_SKEW = math.radians(10)
# Letters are about this share of their font's full height (ascent and descent).
_EM = 1 / 1.15


@dataclasses.dataclass(slots=True)
class Glyph:
    """One sign: its text, its left and right edge, its baseline, the size of its font (em) and its place in the
    content stream. ``space`` tells that a blank stands before it there; ``starts`` that a new text object begins."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    order: int
    space: bool
    starts: bool


@dataclasses.dataclass(slots=True)
class Frame:
    """How the page is turned to be read: the quarter turn of most of its text, and its box."""

    turn: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """The height of the page as read."""
        return self.top - self.bottom if self.turn % 2 == 0 else self.right - self.left

    @property
    def width(self) -> float:
        """The width of the page as read."""
        return self.right - self.left if self.turn % 2 == 0 else self.top - self.bottom

    def place(self, x: float, y: float) -> Point:
        """A point of the PDF's user space in the page as read."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


@dataclasses.dataclass(slots=True)
class PageText:
    """The glyphs of a page. ``seen`` counts all its printing characters, ``unmapped`` those whose font does not say
    which letter they are."""

    frame: Frame
    glyphs: list[Glyph]
    seen: int
    unmapped: int


def read(page: pdfium.FPDF_PAGE) -> PageText:
    """The glyphs of ``page``. Text that runs askew or across (stamps, watermarks) is left out."""
    textpage = pdfium.FPDFText_LoadPage(page)
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        box.right, box.top = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    try:
        turns = _turns(textpage)
        most = collections.Counter(turn for turn in turns if turn is not None and turn >= 0).most_common(1)
        turn = most[0][0] if most else int(pdfium.FPDFPage_GetRotation(page))
        frame = Frame(turn, box.left, box.bottom, box.right, box.top)
        return _read(textpage, frame, turns)
    finally:
        pdfium.FPDFText_ClosePage(textpage)


def _turns(textpage: pdfium.FPDF_TEXTPAGE) -> list[int | None]:
    """For each character its direction in quarter turns, -1 where it runs askew, None for white space."""
    angle_of, unicode_of = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetUnicode
    found: list[int | None] = []
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        if unicode_of(textpage, index) in _SPACES:
            found.append(None)
            continue
        angle = -angle_of(textpage, index) % (2 * math.pi)  # PDFium counts clockwise
        quarter = round(angle / (math.pi / 2))
        found.append(quarter % 4 if abs(angle - quarter * math.pi / 2) < _SKEW else -1)
    return found


def _read(textpage: pdfium.FPDF_TEXTPAGE, frame: Frame, turns: list[int | None]) -> PageText:
    result = PageText(frame, [], 0, 0)
    measure = _measurer(textpage, frame)
    space, high, shown = False, 0, 0
    for index, turn in enumerate(turns):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if turn is None:
            space = space or not pdfium.FPDFText_IsGenerated(textpage, index)
            continue
        result.seen += 1
        if 0xD800 <= code < 0xDC00:  # the first half of a pair
            high = code
            continue
        text, known = _letter(code, high)
        high = 0
        if not known:
            result.unmapped += 1
        if turn != frame.turn or not text:
            continue
        x0, x1, base, size = measure(index)
        if unicodedata.combining(text[0]) and result.glyphs:
            result.glyphs[-1].text += text  # a mark drawn over its letter
        else:
            item = ctypes.cast(pdfium.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value or 0
            result.glyphs.append(Glyph(text, x0, x1, base, size, index, space, item != shown))
            shown = item
        space = False
    return result


def _letter(code: int, high: int) -> tuple[str, bool]:
    """The text of a character code and whether it is a real letter or sign."""
    if 0xDC00 <= code < 0xE000:
        return (chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00), True) if high else ("", False)
    if code in _SIGNS:
        return _SIGNS[code], True
    if code < 0x20 or code == 0xFFFD or code > 0x10FFFF:
        return "", False
    if 0xE000 <= code <= 0xF8FF:  # private use: a symbol font's bullet, or a font without a map
        return "•", False
    return chr(code), True


def _measurer(textpage: pdfium.FPDF_TEXTPAGE, frame: Frame) -> Callable[[int], tuple[float, float, float, float]]:
    """A function that gives left, right, baseline and size of a character. Its C values are made once."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_ref, x_ref, y_ref = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)

    def measure(index: int) -> tuple[float, float, float, float]:
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box_ref)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x_ref, y_ref)
        ax, ay = frame.place(box.left, box.bottom)
        bx, by = frame.place(box.right, box.top)
        _, base = frame.place(x.value, y.value)
        size = abs(by - ay) * _EM
        if size < 1:
            size = max(pdfium.FPDFText_GetFontSize(textpage, index), 1.0)
        return min(ax, bx), max(ax, bx), base, size

    return measure
