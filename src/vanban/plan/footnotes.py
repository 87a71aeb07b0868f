"""Footnotes that a page's foot puts in the middle of a sentence, and the marks that call them.

A text taken from pages prints "…, Hội Liên hiệp Phụ nữ tỉnh2," / "2 Bao gồm cả …" / "3" (the page) / "Báo Bắc Kạn": the
note would be read as part of the list that it interrupts.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from vanban.model import Line
from vanban.outline.letters import LOWER, UPPER
from vanban.outline.markers import read_marker

_NOTE = re.compile(
    rf"^(?:(?P<plain>\d{{1,2}})|\[(?P<bracketed>\d{{1,3}})\]|\((?P<round>\d{{1,2}})\))\s*(?=[{UPPER}“\"])"
)
_PAGE = re.compile(r"^(?:[-–]\s*)?(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–])?$", re.IGNORECASE)
_BRACKETS = re.compile(r"(?<=[\w.,;:)”\"])\s?\[\d{1,3}\]")
_BACK, _LONGEST = 60, 8


def without_notes(lines: Sequence[Line]) -> tuple[Line, ...]:
    """``lines`` with the footnotes emptied and their marks taken out; the same lines where there is none."""
    texts = [" ".join(line.text.split()) for line in lines]
    out = [_BRACKETS.sub("", text) if "[" in text and not text.startswith("[") else text for text in texts]
    at = 0
    while at < len(texts):
        caller = _caller(texts, at)
        if caller is None:
            at += 1
            continue
        end = _end(texts, at)
        number, back = caller
        out[back] = _mark(number).sub("", out[back])
        out[at:end] = [""] * (end - at)
        at = end
    return tuple(
        line if text == kept else dataclasses.replace(line, text=kept)
        for line, text, kept in zip(lines, texts, out, strict=True)
    )


def _mark(number: str) -> re.Pattern[str]:
    """The raised number behind a word: "giới1." is no word, "15 m2" is a measure."""
    return re.compile(
        rf"(?:(?<=[{LOWER}]{{2}})(?<!km)(?<!cm)|(?<=[{LOWER}][.,;:)”\"]))(?:{number}|\({number}\))(?=[\s.,;:)”\"]|$)"
    )


def _caller(texts: Sequence[str], at: int) -> tuple[str, int] | None:
    """The number of the note that begins at ``at`` and the line that calls it; None where none begins."""
    match = _NOTE.match(texts[at])
    if match is None:
        return None
    if match["bracketed"]:
        called = f"[{match['bracketed']}]"
        back = next((i for i in range(at - 1, max(-1, at - _BACK), -1) if called in texts[i]), None)
        return None if back is None else (match["bracketed"], back)
    number = match["plain"] or match["round"]
    mark = _mark(number)
    back = next((i for i in range(at - 1, max(-1, at - _BACK), -1) if mark.search(texts[i])), None)
    return None if back is None else (number, back)


def _end(texts: Sequence[str], at: int) -> int:
    """Behind the note that begins at ``at``: at the page's number, an empty line or the next note."""
    for end in range(at + 1, min(len(texts), at + _LONGEST)):
        text = texts[end]
        if not text or text == "|" or _PAGE.match(text) or _NOTE.match(text):
            return end
        if read_marker(text) is not None and re.search(r"[.;:]$", texts[end - 1]):
            return end
    stop = next((end for end in range(at, min(len(texts), at + _LONGEST)) if texts[end].endswith(".")), at)
    return stop + 1
