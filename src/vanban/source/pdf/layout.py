"""From glyphs to lines in reading order: words, pieces of a line, columns that stand side by side.

A letterhead (two blocks side by side), and recipients beside a signature, are read block by block, never line by line
across both.
"""

from __future__ import annotations

import dataclasses
import re
import statistics
from collections.abc import Iterable

from vanban.source.pdf.glyphs import Glyph

# All in em (the size of the font).
_WORD_GAP = 0.16  # a wider gap between two signs is a blank, even where the file has none
_OBJECT_GAP = 0.07  # the same where words are placed one by one, as an OCR does
_RUN_GAP = 1.0  # a wider gap parts text that follows in the file
_CELL_GAP = 0.45  # a wider gap parts text that does not follow in the file (two cells of an unruled table)
_FAR_GAP = 3.0  # a wider gap on one line makes two lines of it
_LABEL_GAP = 5.0  # how far a list mark may stand from its text
_SAME_BASE = 0.35
_CORRIDOR = 0.35  # the least width of the white between two columns
_BLANK_LINE = 1.3  # lines further apart than this many times the usual have an empty line between them
_LABEL = re.compile(
    r"(?:[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,3}){0,4}|[A-Za-zđĐ])(?:[.)/]|\.\))|\d{1,2}(?:\.\d{1,2}){1,4}"
    r"|[-–−•◦▪➢✓*+]|\(\w{1,3}\)"
)
_NOTE = re.compile(r"\d{1,3}")
_UNIT = re.compile(r"(?:^|[\s\d(/])[kdcm]?m$")


@dataclasses.dataclass(slots=True)
class Piece:
    """Text on one baseline without a wide gap."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    first: int
    last: int

    @property
    def core(self) -> tuple[float, float]:
        """From where to where the small letters reach: lines set tight do not overlap there."""
        return self.base - 0.55 * self.size, self.base


Band = list[Piece]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclasses.dataclass(frozen=True, slots=True)
class Printed:
    """A line as it is read and where it stands; an empty line stands nowhere."""

    text: str
    box: Box | None


EMPTY = Printed("", None)


def printed(row: Iterable[Piece], text: str | None = None) -> Printed:
    """The pieces of ``row`` as one line."""
    row = list(row)
    box = (
        min(piece.x0 for piece in row),
        min(piece.base - 0.9 * piece.size for piece in row),
        max(piece.x1 for piece in row),
        max(piece.base + 0.25 * piece.size for piece in row),
    )
    return Printed(" ".join(piece.text for piece in row) if text is None else text, box)


def pieces(glyphs: list[Glyph]) -> list[Piece]:
    """The pieces of text that ``glyphs`` make, from top to bottom and left to right."""
    return _joined(_attached([_piece(run) for run in _runs(glyphs)]))


def _runs(glyphs: list[Glyph]) -> Iterable[list[Glyph]]:
    """Glyphs that follow one another in the file and on one baseline."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run:
            last, size = run[-1], max(run[-1].size, glyph.size)
            step = glyph.x0 - last.x1
            apart = abs(glyph.base - last.base) > 0.15 * size or not -0.5 * size <= step <= _RUN_GAP * size
            if glyph.text == last.text and abs(glyph.x0 - last.x0) < 0.15 * size and not apart:
                continue  # drawn twice to look bold
            if apart:
                yield run
                run = []
        run.append(glyph)
    if run:
        yield run


def _piece(run: list[Glyph]) -> Piece:
    """One run as text. Blanks are those of the file and the gaps that stand out among the gaps between letters."""
    gaps = [(after.x0 - before.x1) / max(before.size, after.size) for before, after in zip(run, run[1:], strict=False)]
    tight = [gap for gap, glyph in zip(gaps, run[1:], strict=True) if not glyph.space]
    usual = statistics.median(tight) if len(tight) >= 3 else 0.0  # letters may be spaced out
    written = len(tight) < len(gaps)
    limit = max(usual, 0.0) + _WORD_GAP * (1.6 if written else 1.0)
    by_word = sum(glyph.starts for glyph in run) * 2 < len(run)  # not sign by sign
    out = [run[0].text]
    for gap, glyph in zip(gaps, run[1:], strict=True):
        if (
            gap > limit
            or (by_word and glyph.starts and gap > _OBJECT_GAP)
            or (glyph.space and not _spelled(gap, usual, written))
        ):
            out.append(" ")
        out.append(glyph.text)
    size = statistics.median(glyph.size for glyph in run)
    base = statistics.median(glyph.base for glyph in run)
    x0, x1 = min(glyph.x0 for glyph in run), max(glyph.x1 for glyph in run)
    return Piece("".join(out), x0, x1, base, size, run[0].order, run[-1].order)


def _spelled(gap: float, usual: float, written: bool) -> bool:
    """Whether a blank of the file shows no gap on paper: it is none."""
    return written and gap < 0.02 and usual > -0.02


def _attached(found: list[Piece]) -> list[Piece]:
    """Small raised or lowered pieces put on the line that they touch; a raised number (a footnote's mark) gets
    brackets, so that it does not become part of a word or a document symbol. m² stays."""
    found.sort(key=lambda piece: (piece.base, piece.x0))
    for index, piece in enumerate(found):
        for other in found[max(index - 30, 0) : index + 30]:
            if other.size * 0.8 < piece.size or other is piece:
                continue
            after = -0.1 * other.size <= piece.x0 - other.x1 <= 0.3 * other.size
            before = -0.1 * other.size <= other.x0 - piece.x1 <= 0.5 * other.size
            if (after or before) and -0.6 * other.size <= piece.base - other.base <= 0.3 * other.size:
                raised = piece.base < other.base - 0.25 * other.size
                if raised and _NOTE.fullmatch(piece.text.strip()) and not (after and _UNIT.search(other.text)):
                    piece.text = f"[{piece.text.strip()}]"
                piece.base, piece.size = other.base, other.size
                break
    return found


def _joined(found: list[Piece]) -> list[Piece]:
    """Pieces on one baseline joined where no wide gap parts them."""
    found.sort(key=lambda piece: piece.base)
    rows: list[list[Piece]] = []
    for piece in found:
        if rows and piece.base - rows[-1][0].base <= _SAME_BASE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    out: list[Piece] = []
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
        line = [row[0]]
        for piece in row[1:]:
            if _belongs(line[-1], piece):
                line[-1] = _merge(line[-1], piece)
            else:
                line.append(piece)
        out.extend(line)
    return out


def _belongs(left: Piece, right: Piece) -> bool:
    size = max(left.size, right.size)
    gap = (right.x0 - left.x1) / size
    follows = 0 < right.first - left.last <= 4
    if _LABEL.fullmatch(left.text.strip()) and gap <= _LABEL_GAP and follows:
        return True
    return gap <= (_RUN_GAP if follows else _CELL_GAP)


def _merge(left: Piece, right: Piece) -> Piece:
    size = max(left.size, right.size)
    blank = " " if right.x0 - left.x1 > _OBJECT_GAP * size or right.first - left.last > 1 else ""
    if right.x0 - left.x1 < 0.02 * size and right.first - left.last <= 1:
        blank = ""
    return Piece(
        f"{left.text}{blank}{right.text}", left.x0, max(left.x1, right.x1), left.base, size,
        min(left.first, right.first), max(left.last, right.last),
    )  # fmt: skip


def bands(found: list[Piece]) -> list[Band]:
    """``found`` in groups from top to bottom; pieces that stand beside one another are in one group, also where the
    lines of two columns are half a line apart."""
    out: list[Band] = []
    bottom = float("-inf")
    for piece in sorted(found, key=lambda p: p.core[0]):
        top, low = piece.core
        if out and (top < bottom or _beside(out[-1], piece)):
            out[-1].append(piece)
            bottom = max(bottom, low)
        else:
            out.append([piece])
            bottom = low
    return out


def _beside(band: Band, piece: Piece) -> bool:
    """Whether ``piece`` reaches up to the last lines of ``band`` and none of those stand above it."""
    near = [other for other in band if piece.base - other.base < 0.8 * max(piece.size, other.size)]
    return bool(near) and all(
        piece.x0 - other.x1 >= _CORRIDOR * piece.size or other.x0 - piece.x1 >= _CORRIDOR * piece.size for other in near
    )


def lines(found: list[Piece]) -> list[Printed]:
    """The lines of a page or a cell in reading order; clear gaps between paragraphs give an empty line."""
    stack = bands(found)
    pitch = _pitch(stack)
    out: list[Printed] = []
    index = 0
    previous: Band = []
    while index < len(stack):
        end, corridors = _columns(stack, index)
        block = stack[index:end]
        if previous and _distance(previous, block[0]) > _BLANK_LINE * pitch:
            out.append(EMPTY)
        if corridors:
            out.extend(_column_lines(block, corridors))
            if end < len(stack):
                out.append(EMPTY)
        else:
            out.extend(_line(block[0]))
        previous = block[-1]
        index = end
    return [line for at, line in enumerate(out) if line.text or (at and out[at - 1].text)]


def cell_lines(found: list[Piece]) -> list[Printed]:
    """The lines of a table's cell: a narrow cell set to both margins has wide gaps, but no columns."""
    rows: list[Band] = []
    for piece in sorted(found, key=lambda p: p.base):
        if rows and piece.base - rows[-1][0].base <= _SAME_BASE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [printed(sorted(row, key=lambda p: p.x0)) for row in rows]


def _line(band: Band) -> list[Printed]:
    """One band as one line; as several where wide gaps part it."""
    row = sorted(band, key=lambda piece: piece.x0)
    out = [[row[0]]]
    for before, piece in zip(row, row[1:], strict=False):
        if piece.x0 - before.x1 > _FAR_GAP * piece.size:
            out.append([piece])
        else:
            out[-1].append(piece)
    return [printed(part) for part in out]


def _pitch(stack: list[Band]) -> float:
    """The usual distance from line to line."""
    steps = [b[0].base - a[0].base for a, b in zip(stack, stack[1:], strict=False)]
    near = [step for step, band in zip(steps, stack, strict=False) if 0 < step < 2.5 * band[0].size]
    return statistics.median_low(near) if near else float("inf")


def _distance(above: Band, below: Band) -> float:
    return min(piece.base for piece in below) - max(piece.base for piece in above)


# --- columns -------------------------------------------------------------------------------------------------------

Interval = tuple[float, float]


def _columns(stack: list[Band], start: int) -> tuple[int, list[Interval]]:
    """Where the columns that begin at band ``start`` end (exclusive), and the white corridors between them.

    Without columns: the next band and no corridor. A right-hand block may begin a few lines above the left-hand one.
    """
    first = start
    while first < len(stack) and first - start < 3 and not _gaps(stack[first]):
        first += 1
    if first >= len(stack) or not _gaps(stack[first]):
        return start + 1, []
    corridors = _gaps(stack[first])
    for band in stack[start:first]:
        corridors = _narrowed(corridors, band)
        if not corridors or min(piece.x0 for piece in band) < corridors[0][1]:
            return start + 1, []
    if first > start and _distance(stack[start], stack[first]) > 3 * 1.6 * stack[start][0].size:
        return start + 1, []
    end, corridors = _grown(stack, first, corridors)
    several = sum(1 for band in stack[start:end] if _gaps(band)) > 1 or len(stack[first]) > 2
    if not several and end - start == 1:
        return start + 1, []
    return end, corridors


def _grown(stack: list[Band], first: int, corridors: list[Interval]) -> tuple[int, list[Interval]]:
    """The columns that ``corridors`` part, as far down as they reach."""
    bases = _left_bases(stack[first], corridors)
    end = first + 1
    while end < len(stack):
        band = stack[end]
        narrowed = _narrowed(corridors, band)
        if not narrowed:
            break
        below = _left_bases(band, narrowed)
        alone = len(below) == len(band)
        if alone and bases and min(below) - bases[-1] > _BLANK_LINE * _step(bases, band[0].size):
            break  # what stands on the left alone after a gap is no part of the left block
        if not below and _distance(stack[end - 1], band) > 12 * band[0].size:
            break
        corridors = narrowed
        bases = sorted([*bases, *below])
        end += 1
    return end, corridors


def _left_bases(band: Band, corridors: list[Interval]) -> list[float]:
    """The baselines of what stands in the first column."""
    return sorted(piece.base for piece in band if piece.x1 <= corridors[0][0] + 1)


def _step(bases: list[float], size: float) -> float:
    """The distance from line to line of a column, by its last lines."""
    steps = [after - before for before, after in zip(bases, bases[1:], strict=False) if after - before > 0.5 * size]
    return max(steps[-3:], default=1.6 * size)


def _gaps(band: Band) -> list[Interval]:
    """The white between the pieces of a band that stand side by side."""
    row = sorted(band, key=lambda piece: piece.x0)
    found: list[Interval] = []
    reach = row[0].x1
    for piece in row[1:]:
        if piece.x0 - reach >= _CORRIDOR * piece.size:
            found.append((reach, piece.x0))
        reach = max(reach, piece.x1)
    return found


def _narrowed(corridors: list[Interval], band: Band) -> list[Interval]:
    """The parts of ``corridors`` that stay white beside ``band``."""
    found = []
    for left, right in corridors:
        pieces_left = [piece.x1 for piece in band if (piece.x0 + piece.x1) / 2 < (left + right) / 2]
        pieces_right = [piece.x0 for piece in band if (piece.x0 + piece.x1) / 2 >= (left + right) / 2]
        left, right = max([left, *pieces_left]), min([right, *pieces_right])
        if right - left >= _CORRIDOR * band[0].size:
            found.append((left, right))
    return found


def _column_lines(block: list[Band], corridors: list[Interval]) -> list[Printed]:
    """The lines of columns, the left one first, with an empty line after each."""
    edges = [(left + right) / 2 for left, right in corridors]
    columns: list[list[Piece]] = [[] for _ in range(len(edges) + 1)]
    for band in block:
        for piece in band:
            columns[sum(edge <= (piece.x0 + piece.x1) / 2 for edge in edges)].append(piece)
    out: list[Printed] = []
    for column in columns:
        if column:
            for band in bands(column):
                out.extend(_line(band))
            out.append(EMPTY)
    return out[:-1]
