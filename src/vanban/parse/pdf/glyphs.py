"""The signs on a page of a PDF with their places, hands and marked content, by PDFium."""

from __future__ import annotations

import ctypes
import dataclasses
import re
from typing import Any

import pypdfium2.raw as pdfium

from vanban.parse.seen import Hand

MM = 25.4 / 72
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique", re.IGNORECASE)
# "TimesNewRomanPS-BoldItalicMT", "TimesNewRoman,Bold", "Tinos-Bold": what follows the family's name.
_STYLE = re.compile(
    r"(?:PS)?(?:[-,](?:Regular|Roman|Bold|Italic|Oblique|BoldItalic|BoldOblique)*)?(?:MT)?$", re.IGNORECASE
)
_LINE_END_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at the end of a line
_TEXT, _PATH, _FORM = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM


@dataclasses.dataclass(frozen=True, slots=True)
class Glyph:
    """A sign: ``x0``: where it is set, ``x1``: where its box ends; ``base``: its baseline, from the top. ``content``: the
    number of its marked content on the page, -1 outside the logical structure."""

    sign: str
    hand: Hand
    content: int
    x0: float
    x1: float
    base: float


@dataclasses.dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line drawn on a page, level or upright, from the upper left to the lower right end."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 > self.y1 - self.y0


@dataclasses.dataclass(slots=True)
class Drawn:
    """What is drawn on a page: its size in millimetres, its signs in the order of the file, its straight lines."""

    width: float
    height: float
    glyphs: list[Glyph]
    strokes: list[Stroke]


def drawn(page: Any) -> Drawn:
    """Everything on an open page (``pypdfium2.PdfPage``)."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(box))
    width, height = (box.right - box.left) * MM, (box.top - box.bottom) * MM
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        held = _glyphs(text, box.left, box.top) if text else {}
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
    found = _Objects(held)
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        found.take(pdfium.FPDFPage_GetObject(page.raw, index), (1, 0, 0, 1, -box.left, -box.top))
    return Drawn(width, height, [*found.glyphs, *(glyph for left in held.values() for glyph in left)], found.strokes)


def _glyphs(text: Any, left: float, top: float) -> dict[int, list[Glyph]]:
    """The signs of each text object, by its address."""
    found: dict[int, list[Glyph]] = {}
    hands: dict[int, tuple[Hand, int]] = {}
    loose = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0  # the first half of a sign beyond the basic plane
    for index in range(pdfium.FPDFText_CountChars(text)):
        owner = pdfium.FPDFText_GetTextObject(text, index)
        code = pdfium.FPDFText_GetUnicode(text, index)
        if not owner or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        key = ctypes.addressof(owner.contents)
        if key not in hands:
            hands[key] = (_hand(text, index, owner), pdfium.FPDFPageObj_GetMarkedContentID(owner))
        hand, content = hands[key]
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        sign = "-" if code in _LINE_END_HYPHENS else chr(code) if 0 < code < 0x110000 else ""
        if not sign or sign in "\r\n":
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(loose))
        pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(x), ctypes.byref(y))
        # A slanted letter reaches over where it is set, to both sides: a line begins where its first letter is set.
        start = min(max(x.value, loose.left), loose.right)
        found.setdefault(key, []).append(
            Glyph(sign, hand, content, (start - left) * MM, (loose.right - left) * MM, (top - y.value) * MM)
        )
    return found


def _hand(text: Any, index: int, owner: Any) -> Hand:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text, index) * (matrix.c**2 + matrix.d**2) ** 0.5
    font = pdfium.FPDFTextObj_GetFont(owner)
    name = ""
    if font:
        buffer = ctypes.create_string_buffer(256)
        length = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace").rstrip("\0")
    name = _SUBSET.sub("", name)
    heavy = bool(_BOLD.search(name)) or pdfium.FPDFTextObj_GetTextRenderMode(owner) == 2
    slanted = bool(_ITALIC.search(name)) or abs(matrix.c) > 0.1 * abs(matrix.d) > 0
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    colour = ""
    if pdfium.FPDFPageObj_GetFillColor(owner, red, green, blue, alpha):
        parts = (red.value, green.value, blue.value)
        colour = "" if max(parts) <= 40 else "".join(f"{part:02X}" for part in parts)
    return Hand(_STYLE.sub("", name) or name, round(size, 2), heavy, slanted, colour)


_Matrix = tuple[float, float, float, float, float, float]


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


_NO_HAND = Hand("", 1.0)  # of a blank alone, which PDFium tells nothing of


class _Objects:
    """What the objects of a page draw, in their order. ``held``: the signs of text objects, taken out as they are met."""

    def __init__(self, held: dict[int, list[Glyph]]) -> None:
        self._held = held
        self.glyphs: list[Glyph] = []
        self.strokes: list[Stroke] = []

    def take(self, found: Any, outer: _Matrix, depth: int = 0) -> None:
        """Add what an object draws, and the objects in it."""
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind not in (_TEXT, _PATH, _FORM) or depth > 4:
            return
        own = pdfium.FS_MATRIX()
        if kind == _TEXT:
            glyphs = self._held.pop(ctypes.addressof(found.contents), None)
            if glyphs is None:
                pdfium.FPDFPageObj_GetMatrix(found, ctypes.byref(own))
                glyphs = [self._blank(found, _times((own.a, own.b, own.c, own.d, own.e, own.f), outer))]
            self.glyphs += glyphs
            return
        pdfium.FPDFPageObj_GetMatrix(found, ctypes.byref(own))
        matrix = _times((own.a, own.b, own.c, own.d, own.e, own.f), outer)
        if kind == _FORM:
            for index in range(pdfium.FPDFFormObj_CountObjects(found)):
                self.take(pdfium.FPDFFormObj_GetObject(found, index), matrix, depth + 1)
        else:
            _add_path(found, matrix, self.strokes)

    def _blank(self, found: Any, matrix: _Matrix) -> Glyph:
        """Blanks alone, of which the text of the page does not tell."""
        x, base = matrix[4] * MM, -matrix[5] * MM
        return Glyph(" ", _NO_HAND, pdfium.FPDFPageObj_GetMarkedContentID(found), x, x, base)


def _add_path(found: Any, matrix: _Matrix, strokes: list[Stroke]) -> None:
    points = _points(found, matrix)
    is_stroked, fill = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(found, ctypes.byref(fill), ctypes.byref(is_stroked))
    if is_stroked.value:
        for start, end, is_line in points:
            if is_line:
                _add(strokes, start, end)
    elif fill.value and points:
        # A thin filled rectangle is how many programs draw a line.
        xs = [x for start, end, _ in points for x in (start[0], end[0])]
        ys = [y for start, end, _ in points for y in (start[1], end[1])]
        if min(max(xs) - min(xs), max(ys) - min(ys)) < 0.8:
            middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            if max(xs) - min(xs) > max(ys) - min(ys):
                _add(strokes, (min(xs), middle_y), (max(xs), middle_y))
            else:
                _add(strokes, (middle_x, min(ys)), (middle_x, max(ys)))


_Point = tuple[float, float]


def _points(path: Any, matrix: _Matrix) -> list[tuple[_Point, _Point, bool]]:
    """The pieces of a path in millimetres from the upper left corner: where each begins and ends, and whether it is drawn."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[tuple[_Point, _Point, bool]] = []
    first = last = (0.0, 0.0)
    count = pdfium.FPDFPath_CountSegments(path)
    for index in range(count if count < 10_000 else 0):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = ((a * x.value + c * y.value + e) * MM, -(b * x.value + d * y.value + f) * MM)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = here
        else:
            found.append((last, here, kind == pdfium.FPDF_SEGMENT_LINETO))
            if pdfium.FPDFPathSegment_GetClose(segment):
                found.append((here, first, True))
        last = here
    return found


def _add(strokes: list[Stroke], start: _Point, end: _Point) -> None:
    wide, high = abs(end[0] - start[0]), abs(end[1] - start[1])
    if max(wide, high) > 0.5 and min(wide, high) < 0.2:
        strokes.append(
            Stroke(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
        )
