"""The ruling lines of a PDF page: strokes, thin filled rectangles (Word draws borders so) and thin pictures."""

from __future__ import annotations

import ctypes
import dataclasses
from collections.abc import Iterator

import pypdfium2.raw as pdfium

from vanban.source.pdf.glyphs import Frame, Point

_MAX_SEGMENTS = 60_000  # a page with more is a drawing, not a table
_MAX_FORMS = 8
_THIN = 3.0  # points: a border is thinner
_STRAIGHT = 1.0  # how far a line may lean
SAME = 3.0  # lines nearer than this are one line, ends nearer than this meet
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclasses.dataclass(slots=True)
class Rule:
    """A straight line: where it stands (y of a level one, x of an upright one), and from where to where it runs."""

    at: float
    start: float
    end: float


@dataclasses.dataclass(slots=True)
class Rules:
    """The level and the upright lines of a page."""

    level: list[Rule]
    upright: list[Rule]


def read(page: pdfium.FPDF_PAGE, frame: Frame) -> Rules:
    """The ruling lines of ``page``, pieces of one line joined."""
    level: list[Rule] = []
    upright: list[Rule] = []
    for count, ((ax, ay), (bx, by)) in enumerate(_edges(page)):
        if count > _MAX_SEGMENTS:
            return Rules([], [])
        x0, y0 = frame.place(ax, ay)
        x1, y1 = frame.place(bx, by)
        if abs(y0 - y1) <= _STRAIGHT < abs(x0 - x1):
            level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= _STRAIGHT < abs(y0 - y1):
            upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return Rules(joined(level), joined(upright))


def joined(rules: list[Rule]) -> list[Rule]:
    """``rules`` with those on one line joined where they touch (dashes, a border drawn cell by cell)."""
    found: list[Rule] = []
    rules.sort(key=lambda rule: rule.at)
    index = 0
    while index < len(rules):
        group = [rule for rule in rules[index:] if rule.at - rules[index].at <= SAME]
        index += len(group)
        group.sort(key=lambda rule: rule.start)
        at = sorted(rule.at for rule in group)[len(group) // 2]
        current = Rule(at, group[0].start, group[0].end)
        for rule in group[1:]:
            if rule.start <= current.end + SAME:
                current.end = max(current.end, rule.end)
            else:
                found.append(current)
                current = Rule(at, rule.start, rule.end)
        found.append(current)
    return [rule for rule in found if rule.end - rule.start > SAME]


def _edges(page: pdfium.FPDF_PAGE) -> Iterator[tuple[Point, Point]]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _object_edges(pdfium.FPDFPage_GetObject(page, index), _IDENTITY, 0)


def _object_edges(item: pdfium.FPDF_PAGEOBJECT, outer: Matrix, depth: int) -> Iterator[tuple[Point, Point]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
        inner = _times(_matrix(item), outer)
        for index in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _object_edges(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield from _path_edges(item, outer)
    elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        sides = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(item, *sides):
            left, bottom, right, top = (side.value for side in sides)
            if min(right - left, top - bottom) <= _THIN:
                yield _middle([_apply(outer, left, bottom), _apply(outer, right, top)])


def _path_edges(path: pdfium.FPDF_PAGEOBJECT, outer: Matrix) -> Iterator[tuple[Point, Point]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    matrix = _times(_matrix(path), outer)
    for points, closed in _outlines(path, matrix):
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
            yield _middle(points)
        elif stroke.value:
            yield from zip(points, points[1:], strict=False)
            if closed:
                yield points[-1], points[0]


def _middle(points: list[Point]) -> tuple[Point, Point]:
    """The middle line of a thin shape."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    if max(xs) - min(xs) >= max(ys) - min(ys):
        y = (min(ys) + max(ys)) / 2
        return (min(xs), y), (max(xs), y)
    x = (min(xs) + max(xs)) / 2
    return (x, min(ys)), (x, max(ys))


def _outlines(path: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """The parts of ``path`` that are made of straight lines, and whether each is closed."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    straight, closed = True, False
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if straight and len(points) > 1:
                yield points, closed
            points, straight, closed = [], True, False
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(_apply(matrix, x.value, y.value))
        closed = closed or bool(pdfium.FPDFPathSegment_GetClose(segment))
    if straight and len(points) > 1:
        yield points, closed


def _matrix(item: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (a * ta + b * tc, a * tb + b * td, c * ta + d * tc, c * tb + d * td,
            e * ta + f * tc + te, e * tb + f * td + tf)  # fmt: skip


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
