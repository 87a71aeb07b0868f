"""The single words of a reading that may be wrong, in the values where they stand. Pure.

A scan's words come from Tesseract, a torn text's from ``vanban.restore``; either says of each word where it stands in
its line and what else it may be. Here they are found in the values read from those lines, so that a reviewer sees them
marked in the sentence and picks another reading of each.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .contents import Content, get, has
from .doubting import Point

KINDS = frozenset({"broken-text", "unsure-word"})
MOST_OPTIONS = 6
_TOKEN = re.compile(r"\S+")


@dataclasses.dataclass(frozen=True, slots=True)
class Word:
    """A word of the file that may be wrong: its place in its line, what the file has, what is proposed, how sure that is,
    and other readings, likeliest first."""

    line: int
    start: int
    end: int
    found: str
    proposed: str
    confidence: float
    alternatives: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Read:
    """What is known of a text's words: each line as it was proposed, its changes (start, end, new words) by line, and
    the words that are not sure."""

    lines: Mapping[int, str]
    changes: Mapping[int, Sequence[tuple[int, int, str]]]
    words: Sequence[Word]


NOTHING = Read({}, {}, ())


def with_words(points: Iterable[Point], content: Content, read: Read) -> list[Point]:
    """The points, those about running words with the unsure ones among them."""
    by_line: dict[int, list[Word]] = defaultdict(list)
    for word in read.words:
        by_line[word.line].append(word)
    out = []
    for point in points:
        if point.kind in KINDS and point.first_line and has(content, point.where):
            value = get(content, point.where)
            if isinstance(value, str) and by_line:
                point = dataclasses.replace(point, words=_placed(value, point, read, by_line))
        out.append(point)
    return out


def _placed(value: str, point: Point, read: Read, by_line: Mapping[int, Sequence[Word]]) -> list[dict[str, Any]]:
    """The unsure words of the point's lines that stand in the value."""
    first, last = point.first_line or 0, point.last_line or point.first_line or 0
    numbers = [number for number in range(first, last + 1) if number in read.lines]
    if not any(number in by_line for number in numbers):
        return []
    tokens = [(number, match) for number in numbers for match in _TOKEN.finditer(read.lines[number])]
    stands = list(_TOKEN.finditer(value))
    match = difflib.SequenceMatcher(None, [m.group() for _n, m in tokens], [m.group() for m in stands], autojunk=False)
    at = {i + k: j + k for i, j, size in match.get_matching_blocks() for k in range(size)}
    out = []
    for number in numbers:
        for word in by_line.get(number, ()):
            start = _moved(word.start, read.changes.get(number, ()))
            held = next((i for i, (n, m) in enumerate(tokens) if n == number and m.start() <= start < m.end()), None)
            if held is None or held not in at:
                continue
            begin = stands[at[held]].start() + start - tokens[held][1].start()
            if value[begin : begin + len(word.proposed)] == word.proposed:
                out.append(_kept(word, begin))
    return sorted(out, key=lambda kept: kept["at"])


def _moved(start: int, changes: Sequence[tuple[int, int, str]]) -> int:
    """Where a place of the line as found stands in the line as proposed."""
    return start + sum(len(new) - (b - a) for a, b, new in changes if b <= start)


def _kept(word: Word, at: int) -> dict[str, Any]:
    others = [text for text in dict.fromkeys(word.alternatives) if text not in (word.proposed, word.found)]
    options = dict.fromkeys((word.proposed, *others[: MOST_OPTIONS - 2], word.found))
    return {
        "at": at,
        "text": word.proposed,
        "line": word.line,
        "start": word.start,
        "end": word.end,
        "found": word.found,
        "options": list(options),
        "sure": word.confidence,
    }


def standing(value: object, words: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those of a doubt's words that still stand in the value where they stood when it was read."""
    if not isinstance(value, str):
        return []
    return [word for word in words if value[word["at"] : word["at"] + len(word["text"])] == word["text"]]


def rewritten(value: str, words: Sequence[Mapping[str, Any]], picked: Mapping[int, str]) -> str | None:
    """The value with other readings in the place of some words (by their number among ``words``); None where one of
    these words stands there no more, or was never offered."""
    for number in sorted(picked, reverse=True):
        if not 0 <= number < len(words):
            return None
        word, new = words[number], picked[number]
        at, text = word["at"], word["text"]
        if value[at : at + len(text)] != text or new not in word["options"]:
            return None
        value = value[:at] + new + value[at + len(text) :]
    return value
