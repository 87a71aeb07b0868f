"""Small pure functions behind the interface pieces: which words to light, which pages to show."""

from __future__ import annotations

import functools
import unicodedata
from typing import Any

from vanban.text import fold, search_patterns

THUMB_ENTRIES = 5


@functools.lru_cache(maxsize=4096)
def _signs(char: str) -> str:
    """A sign as a search reads it: its letters or digits folded, "" for a mark, a blank for everything else."""
    if unicodedata.combining(char):
        return ""
    return "".join(sign if sign.isalnum() else " " for sign in fold(char)) or " "


@functools.lru_cache(maxsize=64)
def _patterns(query: str) -> tuple[str, ...]:
    """What is lit for ``query``, without single letters: the same for each of the many texts of a page."""
    stripped = ((pattern, pattern.strip()) for pattern in search_patterns(query))
    return tuple(pattern for pattern, word in stripped if len(word) > 1 or word.isdigit())


@functools.lru_cache(maxsize=512)
def _words_with_places(text: str) -> tuple[str, list[int]]:
    """``text`` as ``search_text`` writes it, and for each sign the place in ``text`` that it came from."""
    signs: list[str] = [" "]
    places: list[int] = [0]
    for place, char in enumerate(text):
        for sign in _signs(char):
            if sign != " " or signs[-1] != " ":
                signs.append(sign)
                places.append(place)
    return "".join((*signs, " ")), [*places, len(text)]


def lit_spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where ``text`` has what a search for ``query`` looks for (``search_patterns``): sorted, without overlaps, start
    and end. Single letters are not lit."""
    words, places = _words_with_places(text)
    found: list[tuple[int, int]] = []
    for pattern in _patterns(query):
        length = len(pattern.strip())
        at = words.find(pattern)
        while at >= 0:
            end = places[at + length] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            found.append((places[at + 1], end))
            at = words.find(pattern, at + 1)
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def shown_pages(number: int, last: int) -> list[int | None]:
    """The numbers a pager shows around page ``number`` of ``last``: both ends, the neighbours, None for a gap."""
    wanted = sorted({n for n in (1, number - 1, number, number + 1, last) if 1 <= n <= last})
    shown: list[int | None] = []
    for n in wanted:
        before = shown[-1] if shown else None
        if isinstance(before, int) and n - before == 2:
            shown.append(n - 1)
        elif isinstance(before, int) and n - before > 2:
            shown.append(None)
        shown.append(n)
    return shown


def thumb_entries(menu: list[Any]) -> list[Any]:
    """The entries that fit a phone's thumb bar: all of up to five; of more the first four, beside "Thêm"."""
    return menu if len(menu) <= THUMB_ENTRIES else menu[: THUMB_ENTRIES - 1]
