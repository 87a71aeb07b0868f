"""Small pure functions behind the interface pieces: which words to light, which pages to show."""

from __future__ import annotations

import unicodedata
from typing import Any

from vanban.text import fold

THUMB_ENTRIES = 5


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    """``text`` folded sign by sign, and for each folded sign the place of the sign it came from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        if unicodedata.combining(char):
            continue
        for sign in fold(char) or " ":
            folded.append(sign)
            places.append(place)
    return "".join(folded), places


def lit_spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of ``query`` stand in ``text``, compared folded: sorted, without overlaps, start and end."""
    folded, places = _fold_with_places(text)
    found: list[tuple[int, int]] = []
    for word in {w for w in fold(query).split() if len(w) > 1 or w.isdigit()}:
        at = folded.find(word)
        while at >= 0:
            end = places[at + len(word) - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
            found.append((places[at], end))
            at = folded.find(word, at + len(word))
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
