"""Tone marks over other marks, which an OCR confuses on coarse scans: "tố chức" for "tổ chức", "thẳng lợi" for "thắng lợi".

How sure the OCR is tells nothing here (it is as sure of these as of right words), the words around do: a word is changed
only where it was never seen beside its neighbours and the same word with another tone was, in the packaged texts or
again and again in the document itself.
"""

from __future__ import annotations

import collections
import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence

from vanban.model import Cell, Line, Source, UnsureWord
from vanban.restore import Model
from vanban.restore.syllables import old_style

CONFIDENCE = 0.8  # of such a repair
_WORD = re.compile(r"[^\W\d_]+")
_TONES = "\u0309\u0301\u0303"  # hook, acute, tilde: small strokes over another mark look alike
_OTHERS = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn
_AGAIN, _TIMES = 3, 3  # how often the document must have the other pair, and how many times as often
#: Words that stand beside nearly everything and so tell nothing.
_COMMON = frozenset(
    "các và của về với cho trong có là để được từ theo đến những một không tại trên khi sau do bằng này đã việc như hoặc".split()  # noqa: SIM905, E501
)

_LIKE_EACH = frozenset(("hãng", "hăng", "hẵng", "hắng", "hẳng"))
_PERIODS = frozenset(("năm", "tháng", "quý", "tuần", "ngày"))

Place = tuple[int, int, int]  # line (its place in the list), from and to where


@dataclasses.dataclass(slots=True)
class _Word:
    text: str
    place: Place
    opens: bool  # a sentence or line begins with it

    @property
    def key(self) -> str:
        return old_style(self.text.lower())


def read(source: Source, model: Model | None = None) -> Source:
    """``source`` with the tones that are surely wrong on its OCR pages put right in lines and tables; the words as they
    were read are among ``unsure``."""
    if not source.ocr_pages:
        return source
    lines, words = toned(source.lines, frozenset(source.ocr_pages), model or Model.packaged())
    if not words:
        return source

    def cell(old: Cell) -> Cell:
        first, last = old.lines
        return dataclasses.replace(old, text="\n".join(line.text for line in lines[first - 1 : last]).strip("\n"))

    changed = {word.line for word in words}
    tables = tuple(
        dataclasses.replace(table, rows=tuple(tuple(cell(old) for old in row) for row in table.rows))
        if any(table.lines[0] <= number <= table.lines[1] for number in changed)
        else table
        for table in source.tables
    )
    return dataclasses.replace(source, lines=lines, tables=tables, unsure=(*source.unsure, *words))


def toned(
    lines: Sequence[Line], pages: frozenset[int], model: Model
) -> tuple[tuple[Line, ...], tuple[UnsureWord, ...]]:
    """``lines`` with the tones that are surely wrong put right on ``pages``, and each word that was changed. ``model``
    knows which words stand side by side."""
    pairs = model.counts.two
    runs = list(_runs(lines, pages))
    seen: collections.Counter[tuple[str, str]] = collections.Counter(
        (a.key, b.key) for run in runs for a, b in zip(run, run[1:], strict=False)
    )
    out = list(lines)
    words: list[UnsureWord] = []
    for run in runs:
        for at, word in enumerate(run):
            before = run[at - 1] if at else None
            after = run[at + 1] if at + 1 < len(run) else None
            new = _rhythm(word.text, after) or _better(word, before, after, pairs, seen)
            if new is not None:
                line, start, end = word.place
                old = out[line]
                out[line] = dataclasses.replace(old, text=old.text[:start] + new + old.text[end:])
                words.append(UnsureWord(old.number, start, end, word.text, CONFIDENCE))
    return tuple(out), tuple(words)


def _runs(lines: Sequence[Line], pages: frozenset[int]) -> Iterator[list[_Word]]:
    """The words that follow one another without a stop, over the ends of lines."""
    run: list[_Word] = []
    for at, line in enumerate(lines):
        if line.page not in pages or not line.text:
            if run:
                yield run
            run = []
            continue
        end = 0
        for match in _WORD.finditer(line.text):
            between = line.text[end : match.start()]
            opens = end == 0 or bool(between.strip(' –-"“”(),'))
            if run and between.strip():
                yield run
                run = []
            run.append(_Word(match[0], (at, match.start(), match.end()), opens))
            end = match.end()
        if run and line.text[end:].strip():
            yield run
            run = []
    if run:
        yield run


def _better(
    word: _Word,
    before: _Word | None,
    after: _Word | None,
    pairs: dict[str, dict[str, float]],
    seen: collections.Counter[tuple[str, str]],
) -> str | None:
    """``word`` with the tone that it must have; None where it may stand."""
    name = word.text.istitle() and before is not None and before.text.istitle() and not word.opens
    variants = [] if name else list(_variants(word.text))
    if not variants or _known(word.key, before, after, pairs):
        return None
    fitting = [v for v in variants if _fits(word.key, old_style(v.lower()), before, after, pairs, seen)]
    return fitting[0] if len(fitting) == 1 else None


def _variants(word: str) -> Iterator[str]:
    """The same word with the other tones that look like its own: only where the tone stands over another mark."""
    parts = unicodedata.normalize("NFD", word)
    if not _OTHERS & set(parts):
        return
    for at, mark in enumerate(parts):
        if mark in _TONES:
            for other in _TONES:
                if other != mark:
                    yield unicodedata.normalize("NFC", parts[:at] + other + parts[at + 1 :])


def _rhythm(word: str, after: _Word | None) -> str | None:
    """ "hằng" before "năm" and the like, whatever the OCR made of its mark; None for another word."""
    if after is None or after.key not in _PERIODS or word.lower() not in _LIKE_EACH:
        return None
    return word[0] + ("ẰNG" if word.isupper() else "ằng")


def _known(key: str, before: _Word | None, after: _Word | None, pairs: dict[str, dict[str, float]]) -> bool:
    left = before is not None and key in pairs.get(before.key, {})
    return left or (after is not None and after.key in pairs.get(key, {}))


def _fits(
    key: str,
    other: str,
    before: _Word | None,
    after: _Word | None,
    pairs: dict[str, dict[str, float]],
    seen: collections.Counter[tuple[str, str]],
) -> bool:
    """Whether ``other`` was seen beside a neighbour that tells something, or stands there again and again."""
    for neighbour, pair, old in (
        (before, (before.key, other), (before.key, key)) if before else (None, ("", ""), ("", "")),
        (after, (other, after.key), (key, after.key)) if after else (None, ("", ""), ("", "")),
    ):
        if neighbour is None or neighbour.key in _COMMON:
            continue
        if pair[1] in pairs.get(pair[0], {}):
            return True
        if seen[pair] >= _AGAIN and seen[pair] >= _TIMES * seen[old]:
            return True
    return False
