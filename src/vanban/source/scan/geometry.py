"""Where the sheet lies in a picture, and how its text runs: one projective map from the picture to the upright page.

All is worked out on a small copy; the picture itself is resampled once. Points are (x, y) in pixels, y running down; a
map is a 3 by 3 matrix from the page as read to the picture.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Matrix = NDArray[np.float64]
Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

SMALL = 1_100  # pixels on the longer side of the copy that is looked at
MAX_SKEW = 15.0  # degrees
_STRIPS = 7


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """The upright page of a picture: its map and its size in pixels of the picture's own scale."""

    matrix: Matrix
    width: float
    height: float

    @property
    def is_plain(self) -> bool:
        """Whether the page is the picture as it is."""
        return bool(np.allclose(self.matrix, np.eye(3), atol=1e-9))

    def drawn(self, picture: Image.Image, scale: float, fill: int | tuple[int, ...]) -> Image.Image:
        """The page out of ``picture``, ``scale`` times as large, ``fill`` where the picture ends."""
        size = max(1, round(self.width * scale)), max(1, round(self.height * scale))
        if self.is_plain:
            return picture if size == picture.size else picture.resize(size, Image.Resampling.BICUBIC)
        matrix = self.matrix @ np.diag([1 / scale, 1 / scale, 1.0])
        matrix = matrix / matrix[2, 2]
        if abs(scale) < 0.7:
            factor = int(1 / scale)
            if factor > 1:
                picture = picture.reduce(factor)
                matrix = np.diag([1 / factor, 1 / factor, 1.0]) @ matrix
                matrix = matrix / matrix[2, 2]
        data = tuple(float(v) for v in matrix.flatten()[:8])
        flat = abs(matrix[2, 0]) < 1e-12 and abs(matrix[2, 1]) < 1e-12
        how: Any = Image.Transform.AFFINE if flat else Image.Transform.PERSPECTIVE
        return picture.transform(size, how, data[:6] if flat else data, Image.Resampling.BICUBIC, fillcolor=fill)


def plain(width: float, height: float) -> View:
    """The picture as it is."""
    return View(np.eye(3), width, height)


def turned(view: View, quarters: int) -> View:
    """``view`` turned clockwise by ``quarters``."""
    width, height = view.width, view.height
    for _ in range(quarters % 4):
        # a point (x, y) of the page turned clockwise came from (y, height - x)
        view = View(view.matrix @ np.array([[0.0, 1, 0], [-1, 0, height], [0, 0, 1]]), height, width)
        width, height = height, width
    return view


def onto(corners: list[tuple[float, float]], width: float, height: float) -> Matrix:
    """The map that takes the corners of a page (upper left, upper right, lower right, lower left) to ``corners``."""
    page = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    rows, values = [], []
    for (x, y), (u, v) in zip(page, corners, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        values += [u, v]
    solved = np.linalg.solve(np.array(rows), np.array(values))
    return np.append(solved, 1.0).reshape(3, 3)


# --- how the text runs ----------------------------------------------------------------------------------------------


def ink(grey: Grey) -> Mask:
    """What is print in a small levelled picture, without large dark areas (borders, photographs)."""
    mask = grey < 150
    picture = Image.fromarray(mask.astype(np.uint8) * 255)
    # whatever is dark all around over several letters is no print
    solid = np.asarray(picture.reduce(8)) > 215
    if solid.any():
        large = np.kron(solid, np.ones((8, 8), bool))[: mask.shape[0], : mask.shape[1]]
        grown = np.zeros_like(mask)
        grown[: large.shape[0], : large.shape[1]] = large
        mask = mask & ~grown
    return mask


def slope(mask: Mask, most: float = MAX_SKEW) -> tuple[float, float]:
    """How the lines of print in ``mask`` lean (dy/dx), and how sharply they stand out at that angle against the usual."""
    ys, xs = np.nonzero(mask)
    if len(ys) < 60:
        return 0.0, 0.0
    if len(ys) > 60_000:
        chosen = np.random.default_rng(7).choice(len(ys), 60_000, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    height, middle = mask.shape[0], mask.shape[1] / 2
    offset = int(math.tan(math.radians(most)) * mask.shape[1] / 2) + 4

    def score(lean: float) -> float:
        rows = np.rint(ys - (xs - middle) * lean).astype(np.int64) + offset
        profile = np.bincount(rows, minlength=height + 2 * offset).astype(np.float64)
        return float(np.square(np.diff(profile)).sum())

    coarse = np.tan(np.radians(np.arange(-most, most + 0.01, 0.5)))
    scores = np.array([score(lean) for lean in coarse])
    best = float(coarse[int(scores.argmax())])
    for step in (0.25, 0.1, 0.04):
        near = [best + math.tan(math.radians(step * k)) for k in (-2, -1, 0, 1, 2)]
        best = max(near, key=score)
    usual = float(np.median(scores)) or 1.0
    if abs(best) < 0.004 and score(0.0) >= 0.97 * score(best):
        best = 0.0
    return best, score(best) / usual


def straightened(view: View, mask: Mask, scale: float) -> View:
    """``view`` with the lines of print level. ``mask`` shows its print at ``scale`` (pixels of it a pixel of the view).

    The lean is measured strip by strip: where it changes from top to bottom the picture was taken at an angle, and the
    lines are made parallel again.
    """
    whole, sharp = slope(mask)
    if sharp < 1.3:
        return view
    top, bottom = _leans(mask, whole)
    if abs(top - bottom) < 0.007:
        top = bottom = whole
    if max(abs(top), abs(bottom)) < 0.0006:
        return view
    width, height = view.width, view.height
    angle = math.atan((top + bottom) / 2)
    cos, sin, cx, cy = math.cos(angle), math.sin(angle), width / 2, height / 2
    turn = np.array([[cos, -sin, cx - cos * cx + sin * cy], [sin, cos, cy - sin * cx - cos * cy], [0, 0, 1]])
    view = View(view.matrix @ turn, width, height)
    if top == bottom:
        return view
    half = width / 2
    top, bottom = top - math.tan(angle), bottom - math.tan(angle)
    corners = [
        (0.0, -top * half), (width, top * half), (width, height + bottom * half), (0.0, height - bottom * half),
    ]  # fmt: skip
    return View(view.matrix @ onto(corners, width, height), width, height)


def _leans(mask: Mask, whole: float) -> tuple[float, float]:
    """The lean of the lines at the upper and at the lower edge, from strips that hold enough print."""
    height = mask.shape[0]
    places, leans, weights = [], [], []
    tall = height // _STRIPS
    for index in range(2 * _STRIPS - 1):
        first = index * tall // 2
        strip = mask[first : first + tall]
        if strip.sum() < 0.3 * mask.sum() / _STRIPS:
            continue
        lean, sharp = slope(strip)
        if sharp > 1.6 and abs(lean - whole) < 0.12:
            places.append((first + tall / 2) / height)
            leans.append(lean)
            weights.append(float(strip.sum()))
    if len(places) < 5 or places[-1] - places[0] < 0.4:
        return whole, whole
    x, y, w = np.array(places), np.array(leans), np.sqrt(np.array(weights))
    keep = np.ones(len(x), bool)
    fit = np.polyfit(x, y, 1, w=w)
    for _ in range(2):
        rest = np.abs(y - np.polyval(fit, x))
        keep = rest <= max(2.5 * float(np.median(rest)), 0.003)
        if keep.sum() < 4:
            return whole, whole
        fit = np.polyfit(x[keep], y[keep], 1, w=w[keep])
    rest = np.abs(y - np.polyval(fit, x))[keep]
    if float(np.median(rest)) > 0.006:
        return whole, whole
    return float(np.polyval(fit, 0.0)), float(np.polyval(fit, 1.0))


def is_sideways(mask: Mask) -> bool:
    """Whether the lines of print run up and down."""
    _, level = slope(mask, 8.0)
    _, upright = slope(np.ascontiguousarray(mask.T), 8.0)
    return upright > 1.25 * level and upright > 1.5


def uprightness(mask: Mask) -> float:
    """Above zero for print that stands upright, below for print upside down, near zero where it cannot be told.

    Above the small letters of Latin script stand tall ones and, in Vietnamese, most of the marks; below the line hangs
    less. So a line of print begins softly and ends sharply at its baseline.
    """
    profile = mask.sum(axis=1).astype(np.float64)
    if profile.sum() < 200:
        return 0.0
    step = np.diff(np.convolve(profile, [0.25, 0.5, 0.25], "same"))
    rise, fall = step[step > 0], -step[step < 0]
    up, down = float(np.power(rise, 3).sum()), float(np.power(fall, 3).sum())
    return (down - up) / (down + up) if down + up else 0.0


# --- the sheet ------------------------------------------------------------------------------------------------------


def sheet(grey: Grey, view: View) -> View | None:
    """The sheet of paper in a picture of it on something darker; None where no clear sheet is seen.

    ``grey`` is a small copy of the picture of ``view``.
    """
    mask, level = _paper(grey)
    if mask is None:
        return None
    height, width = mask.shape
    sides = _sides(mask)
    if sides is None:
        return None
    left, right, top, bottom = sides
    corners = [_crossing(left, top), _crossing(right, top), _crossing(right, bottom), _crossing(left, bottom)]
    if any(c is None for c in corners):
        return None
    points = np.array([c for c in corners if c is not None])
    if not _fits(points, width, height) or not _stands_out(grey, points, level):
        return None
    scale = max(view.width / width, view.height / height)
    points = points * scale
    upper, right_side, lower, left_side = (float(np.linalg.norm(points[i] - points[i - 3])) for i in range(4))
    across, down = _paper_size((upper + lower) / 2, (left_side + right_side) / 2)
    found = [(float(x), float(y)) for x, y in points]
    matrix: Matrix = view.matrix @ onto(found, across, down)
    return View(matrix, across, down)


def _paper_size(across: float, down: float) -> tuple[float, float]:
    """The sides of the sheet; an A4 sheet taken at an angle looks shorter than it is."""
    ratio = max(across, down) / min(across, down)
    if 1.2 <= ratio <= 1.65:
        longer = max(across, down, min(across, down) * math.sqrt(2))
        across, down = (longer / math.sqrt(2), longer) if down >= across else (longer, longer / math.sqrt(2))
    return across, down


def _paper(grey: Grey) -> tuple[Mask | None, float]:
    """What is paper in ``grey`` (print filled in), and the grey that parts it from what it lies on."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    total, weighted = counts.cumsum(), (counts * np.arange(256)).cumsum()
    below, above = total, total[-1] - total
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * np.square(weighted / below - (weighted[-1] - weighted) / above)
    level = int(np.nan_to_num(between).argmax())
    picture = Image.fromarray(((grey > level) * 255).astype(np.uint8))
    mask = np.asarray(picture.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(9))) > 0
    share = float(mask.mean())
    if not 0.2 <= share <= 0.985:
        return None, level
    return mask, level


def _sides(mask: Mask) -> tuple[NDArray[np.float64], ...] | None:
    """Left, right, top and bottom edge of the paper as lines (a, b, c) with ax + by = c."""
    height, width = mask.shape
    ys, xs = np.nonzero(mask)
    cy, cx = int(np.median(ys)), int(np.median(xs))
    found = []
    for axis, low in ((0, True), (0, False), (1, True), (1, False)):
        lines = mask if axis == 0 else mask.T
        length = lines.shape[1]
        middle = cy if axis == 0 else cx
        reach = int(0.36 * lines.shape[0])
        rows = np.arange(max(0, middle - reach), min(lines.shape[0], middle + reach), 3)
        edge = []
        for row in rows:
            at = np.nonzero(lines[row])[0]
            edge.append((at[0] if low else at[-1]) if len(at) > 0.1 * length else np.nan)
        fitted = _fitted(rows.astype(np.float64), np.array(edge, np.float64), length)
        if fitted is None:
            return None
        slope_, start = fitted  # edge = slope * row + start
        found.append(np.array([1.0, -slope_, start]) if axis == 0 else np.array([-slope_, 1.0, start]))
    return tuple(found)


def _fitted(rows: NDArray[np.float64], edge: NDArray[np.float64], length: int) -> tuple[float, float] | None:
    """A straight line through most of the points; None where they lie on none."""
    known = ~np.isnan(edge)
    rows, edge = rows[known], edge[known]
    if len(rows) < 12:
        return None
    draw = np.random.default_rng(3)
    best, count = None, 0
    tolerance = max(2.0, 0.006 * length)
    for _ in range(80):
        i, j = draw.choice(len(rows), 2, replace=False)
        lean = (edge[j] - edge[i]) / (rows[j] - rows[i])
        near = np.abs(edge - (edge[i] + lean * (rows - rows[i]))) <= tolerance
        if near.sum() > count:
            best, count = near, int(near.sum())
    if best is None or count < 0.6 * len(rows):
        return None
    lean, start = np.polyfit(rows[best], edge[best], 1)
    return (float(lean), float(start)) if abs(lean) < 0.5 else None


def _crossing(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, float] | None:
    matrix = np.array([one[:2], other[:2]])
    if abs(np.linalg.det(matrix)) < 1e-6:
        return None
    x, y = np.linalg.solve(matrix, np.array([one[2], other[2]]))
    return float(x), float(y)


def _fits(points: NDArray[np.float64], width: int, height: int) -> bool:
    """Whether the corners make a convex page of a sensible size and shape that is not simply the whole picture."""
    x, y = points[:, 0], points[:, 1]
    if (x < -0.08 * width).any() or (x > 1.08 * width).any() or (y < -0.08 * height).any() or (y > 1.08 * height).any():
        return False
    area = 0.5 * abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
    if not 0.25 * width * height <= area <= 0.99 * width * height:
        return False
    sides = [float(np.linalg.norm(points[i] - points[i - 1])) for i in range(4)]
    opposite = max(sides[0], sides[2]) / min(sides[0], sides[2]), max(sides[1], sides[3]) / min(sides[1], sides[3])
    return max(opposite) < 1.6 and max(sides) / min(sides) < 2.2


def _stands_out(grey: Grey, points: NDArray[np.float64], level: float) -> bool:
    """Whether the paper is clearly lighter than what lies around it."""
    height, width = grey.shape
    middle = points.mean(axis=0)
    inside: list[int] = []
    outside: list[int] = []
    for a, b in zip(points, np.roll(points, -1, axis=0), strict=True):
        for t in np.linspace(0.1, 0.9, 25):
            at = a + t * (b - a)
            for factor, into in ((0.96, inside), (1.05, outside)):
                x, y = (middle + factor * (at - middle)).round().astype(int)
                if 0 <= x < width and 0 <= y < height:
                    into.append(int(grey[y, x]))
    if len(outside) < 10 or len(inside) < 40:
        return False
    return float(np.median(inside)) - float(np.percentile(outside, 75)) > 25 and float(np.median(inside)) > level
