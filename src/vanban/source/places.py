"""Where the lines of a paged file stand on their pages, and which of their words may have been read wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from vanban.model import Box, Line, UnsureWord

SURE = 0.7  # a word that an OCR reads less surely than this is looked at by a person
Edges = tuple[float, float, float, float]


class Read(Protocol):
    """A word read from a picture, with its box in points (``vanban.source.scan.tesseract.Word``)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


def boxes(
    lines: Sequence[Line], edges: Mapping[int, Edges], sizes: Mapping[int, tuple[float, float]]
) -> tuple[Box, ...]:
    """The places of ``lines``: ``edges`` in points by line, ``sizes`` of the pages."""
    out = []
    for line in lines:
        if line.page is None or line.number not in edges or min(sizes.get(line.page, (0, 0))) <= 0:
            continue
        (x0, y0, x1, y1), (width, height) = edges[line.number], sizes[line.page]
        shares = (round(min(1.0, max(0.0, v)), 4) for v in (x0 / width, y0 / height, x1 / width, y1 / height))
        out.append(Box(line.number, line.page, *shares))
    return tuple(out)


def unsure(
    lines: Sequence[Line],
    edges: Mapping[int, Edges],
    words: Mapping[int, Sequence[Read]],
    mended: Sequence[UnsureWord] = (),
) -> tuple[UnsureWord, ...]:
    """The words of ``lines`` that were read with doubt, and those that were ``mended``. ``words`` are all that were
    read, by page."""
    out: list[UnsureWord] = list(mended)
    taken = {word.line: (word.start, word.end) for word in mended}
    for line in lines:
        edge = edges.get(line.number)
        read = words.get(line.page) if line.page is not None else None
        if edge is None or read is None:
            continue
        inside = [word for word in read if _holds(edge, word)]
        at = 0
        for word in sorted(inside, key=lambda w: w.x0):
            start = line.text.find(word.text, at)
            if start < 0:
                continue
            at = start + len(word.text)
            first, last = taken.get(line.number, (0, 0))
            is_free = at <= first or start >= last
            if is_free and word.confidence < SURE and any(letter.isalnum() for letter in word.text):
                out.append(UnsureWord(line.number, start, at, word.text, round(word.confidence, 2)))
    return tuple(sorted(out, key=lambda word: (word.line, word.start)))


def _holds(edge: Edges, word: Read) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return edge[0] - 1 <= x <= edge[2] + 1 and edge[1] - 1 <= y <= edge[3] + 1
