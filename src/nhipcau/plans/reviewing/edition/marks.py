"""The words in question, found in the lines and in the values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .words import Part


def parts_of(text: str, spans: Sequence[tuple[int, int]]) -> list[Part]:
    """The text in pieces, those between the given offsets lit."""
    parts: list[Part] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if end <= start:
            continue
        parts += [Part(text[at:start], False), Part(text[start:end], True)]
        at = end
    parts.append(Part(text[at:], False))
    return [part for part in parts if part.text]


def in_value(text: str, proposed: Sequence[str | None]) -> list[Part]:
    """A value with the repaired words lit; all of it where they do not stand in it as they were proposed."""
    spans: list[tuple[int, int]] = []
    for words in proposed:
        start = text.find(words) if words else -1
        spans.append((start, start + len(words)) if words and start >= 0 else (0, len(text)))
    return parts_of(text, spans)


def in_lines(lines: Sequence[tuple[int, str]], found: str) -> dict[int, list[tuple[int, int]]]:
    """Where the found words stand in these lines, however the lines break them: line number → offsets."""
    words = found.split()
    if not words:
        return {}
    joined, starts = "", []
    for number, text in lines:
        starts.append((len(joined), number, len(text)))
        joined += text + "\n"
    hit = re.search(r"\s+".join(map(re.escape, words)), joined)
    if hit is None:
        return {}
    spans: dict[int, list[tuple[int, int]]] = {}
    for start, number, length in starts:
        begin, end = max(hit.start() - start, 0), min(hit.end() - start, length)
        if begin < end:
            spans.setdefault(number, []).append((begin, end))
    return spans
