"""Which lines are broken: whole stretches without the letters that only Vietnamese has."""

from __future__ import annotations

import math
from collections.abc import Sequence

from vanban.source.quality import looks_vietnamese, vietnamese_share

# The share of words that hold a letter which only Vietnamese has: 0.63 in clean plans, next to none in broken text.
_CLEAN, _BROKEN = 0.6, 0.05
_SWITCH = 12.0  # what it costs (in log-chances) that a stretch ends: some fourteen words without such a letter
_FIRST = 3.0  # what it costs that a text begins broken
_OWN_SHARE, _OWN_WORDS = 0.35, 2  # a line with that many such letters is clean wherever it stands


def broken_lines(texts: Sequence[str]) -> list[bool]:
    """For each line whether it is broken: part of a stretch of Vietnamese that lost its letters."""
    counted = [vietnamese_share(text) for text in texts]
    gains = [_gain(count, round(share * count)) for count, share in counted]
    marked = _stretches(gains)
    out = [
        broken and not (share >= _OWN_SHARE and share * count >= _OWN_WORDS)
        for broken, (count, share) in zip(marked, counted, strict=True)
    ]
    torn = " ".join(text for text, broken in zip(texts, out, strict=True) if broken)
    return out if looks_vietnamese(torn) else [False] * len(texts)


def _gain(count: int, hits: int) -> float:
    """How much likelier a line with ``hits`` among ``count`` words is if it is broken."""
    return hits * math.log(_BROKEN / _CLEAN) + (count - hits) * math.log((1 - _BROKEN) / (1 - _CLEAN))


def _stretches(gains: Sequence[float]) -> list[bool]:
    """The likeliest cut into clean and broken stretches (Viterbi over two states)."""
    clean, broken = 0.0, -_FIRST
    back: list[tuple[bool, bool]] = []
    for gain in gains:
        from_broken = broken - _SWITCH > clean
        stays = broken >= clean - _SWITCH
        clean, broken = max(clean, broken - _SWITCH), max(broken, clean - _SWITCH) + gain
        back.append((from_broken, stays))
    out: list[bool] = []
    state = broken > clean
    for from_broken, stays in reversed(back):
        out.append(state)
        state = stays if state else from_broken
    return out[::-1]
