"""From the words of an OCR to signs with a baseline and a size, so that a scan is laid out as a PDF page is.

An OCR gives boxes. How high a box is depends on the letters in it ("ao" is half of "Ộp"), so baseline and size are
worked out of what each word's letters reach above and below the line in the fonts of official documents (shares of the
em in Times New Roman, which Nghị định 30/2020/NĐ-CP prescribes).
"""

from __future__ import annotations

import itertools
import re
import statistics
import unicodedata
from collections.abc import Sequence

from vanban.source.pdf.glyphs import Glyph
from vanban.source.scan.tesseract import Word
from vanban.text import nfc

_X_HEIGHT, _ASCENDER, _CAPITAL, _DESCENDER, _DOT = 0.46, 0.68, 0.66, 0.21, 0.19
_TALL = frozenset("bdfhklđijt0123456789()[]/%&|!?\"'“”‘’")
_LOW = frozenset("gjpqy()[]/|;,Q")
_MARKS_ABOVE = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309")
_BELOW = "\u0323"
_LEVEL = frozenset("-–—_=~.,•·:…*")  # signs whose box says nothing of the line
_STROKES = frozenset("-–—+•*") | {"—-", "-—", "--", "–-"}  # bullets and dashes
#: What the programs of phones print at the foot of a page.
_SCANNER = re.compile(r"(?:scanned|created|quét|được quét|đã quét)\s+(?:with|by|bằng)\s+.{3,30}", re.IGNORECASE)
_SURE, _LEAST, _LETTER = 0.6, 0.25, 0.8
_GAP = 0.12  # em: boxes of neighbours touch now and then; a blank is at least so wide


def reach(text: str) -> tuple[float, float]:
    """How far the ink of ``text`` reaches above and below its baseline, in em."""
    above = below = 0.0
    for letter in text:
        if letter in _LEVEL:
            continue
        parts = unicodedata.normalize("NFD", letter)
        base, marks = parts[0], parts[1:]
        high = _CAPITAL if base.isupper() else _ASCENDER if base in _TALL else _X_HEIGHT
        count = sum(mark in _MARKS_ABOVE for mark in marks)
        if count:
            high += (0.20 if base.islower() else 0.19) + 0.1 * (count - 1)
        above = max(above, high)
        if base in _LOW:
            below = max(below, _DESCENDER)
        if _BELOW in marks:
            below = max(below, _DOT)
    return above, below


def line_measure(words: Sequence[Word], usual: float | None = None) -> tuple[float, float] | None:
    """Baseline and size (em) of a line of words, in pixels; None where no letter tells them."""
    sizes: list[float] = []
    told: list[tuple[Word, float]] = []
    for word in words:
        above, below = reach(word.text)
        if above:
            told.append((word, below))
            sizes.extend([(word.y1 - word.y0) / (above + below)] * len(word.text))
    if not told:
        return None
    size = statistics.median(sizes)
    if usual is not None and sum(len(word.text) for word, _ in told) < 4:
        size = min(max(size, 0.6 * usual), 1.6 * usual)
    bases = [word.y1 - below * size for word, below in told for _ in word.text]
    return statistics.median(bases), size


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words by the OCR's lines, in its order."""
    return [list(group) for _, group in itertools.groupby(words, key=lambda word: word.line)]


def em(words: Sequence[Word]) -> float | None:
    """The usual size of the letters, in pixels; None for a picture without letters."""
    sizes = [
        found[1] for line in lines_of(words) if (found := line_measure(line)) is not None for word in line
        for _ in word.text
    ]  # fmt: skip
    return statistics.median(sizes) if sizes else None


def kept(words: Sequence[Word]) -> list[Word]:
    """``words`` without what is no word: specks, marks torn off their letters, pieces of stamps and pictures."""
    out: list[Word] = []
    for line in lines_of(words):
        if _SCANNER.fullmatch(" ".join(word.text for word in line)):
            continue
        found = line_measure([word for word in line if word.confidence >= _SURE])
        out.extend(word for word in line if not _is_speck(word, len(line) == 1, found))
    return out


def _is_speck(word: Word, alone: bool, measure: tuple[float, float] | None) -> bool:
    if not any(letter.isalnum() for letter in word.text):
        if word.text in _STROKES:
            return False
        return alone or word.confidence < _LEAST
    if alone and len(word.text) == 1 and word.text.islower() and word.confidence < _LETTER:
        return True  # a mark torn off
    if len(word.text) > 2 or word.confidence >= _SURE or measure is None:
        return False
    base, size = measure
    above, below = reach(word.text)
    tall = (above + below) * size
    return abs(word.y1 - word.y0 - tall) > 0.6 * tall or abs(word.y1 - below * size - base) > 0.35 * size


def glyphs(words: Sequence[Word], scale: float, first: int = 0) -> list[Glyph]:
    """The words as signs in points (``scale``: points a pixel), numbered from ``first``."""
    usual = em(words) or 50.0
    out: list[Glyph] = []
    order = first
    for line in lines_of(words):
        found = line_measure(line, usual)
        base, size = found if found is not None else (_middle(line) + 0.25 * usual, usual)
        line = sorted(line, key=lambda word: word.x0)
        order += 10
        for at, word in enumerate(line):
            end = word.x1
            if at + 1 < len(line):
                end = max(min(end, line[at + 1].x0 - _GAP * size), word.x0 + 0.1 * size)
            start = word.x0 if not out or at == 0 else max(word.x0, out[-1].x1 / scale + _GAP * size)
            left, right = start * scale, max(end, start + 1) * scale
            out.append(Glyph(nfc(word.text), left, right, base * scale, size * scale, order, at > 0, True))
            order += 1
    return out


def _middle(line: Sequence[Word]) -> float:
    return sum(word.y0 + word.y1 for word in line) / (2 * len(line))
