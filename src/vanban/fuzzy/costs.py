"""How far a torn word stands from a known one: an edit distance whose cheap steps are those an OCR takes."""

from __future__ import annotations

import functools
import re

from vanban.text import fold

# Letters that an OCR without Vietnamese prints for one another, after marks are dropped: ă as "i", ờ as "d", Đ as "P".
_PAIRS = {
    "ai": 0.5,
    "ae": 0.45,
    "ao": 0.6,
    "ad": 0.55,
    "au": 0.7,
    "oe": 0.5,
    "od": 0.45,
    "ob": 0.5,
    "oc": 0.5,
    "ou": 0.55,
    "oi": 0.6,
    "ow": 0.4,
    "oy": 0.7,
    "og": 0.6,
    "uy": 0.4,
    "uw": 0.3,
    "ui": 0.6,
    "uv": 0.5,
    "uc": 0.7,
    "ud": 0.6,
    "ei": 0.6,
    "ec": 0.5,
    "dp": 0.35,
    "db": 0.35,
    "dg": 0.6,
    "ij": 0.3,
    "il": 0.35,
    "it": 0.5,
    "lt": 0.6,
    "rt": 0.6,
    "ir": 0.6,
    "gq": 0.5,
    "hb": 0.6,
    "hk": 0.6,
    "nm": 0.7,
    "vy": 0.6,
    "tc": 0.7,
    "cg": 0.7,
    "nu": 0.7,
    "rn": 0.7,
    "pq": 0.7,
    "eg": 0.55,
    "yv": 0.6,
    "ug": 0.6,
}
_COST = {
    **{(a, b): c for (a, b), c in ((tuple(pair), cost) for pair, cost in _PAIRS.items())},
    **{(b, a): c for (a, b), c in ((tuple(pair), cost) for pair, cost in _PAIRS.items())},
}
_GAP = 0.6
_CHEAP_GAPS = {"i": 0.4, "t": 0.5, "r": 0.45, "j": 0.4}
_SIGNS = str.maketrans(
    {
        "6": "o",
        "0": "o",
        "1": "l",
        "4": "a",
        "&": "a",
        "¢": "o",
        "€": "e",
        "£": "e",
        "5": "s",
        "|": "i",
        "3": "o",
        "9": "g",
        "8": "a",
    }
)
_RUNS = (
    (re.compile(r"ii"), "u"),
    (re.compile(r"it(?=y|u|$)"), "u"),
    (re.compile(r"ir(?=$|c|n)"), "u"),
    (re.compile(r"tr(?=$|c$)"), "u"),
    (re.compile(r"u[fg]"), "uo"),
)


@functools.lru_cache(maxsize=100_000)
def skeleton(token: str) -> str:
    """``token`` as it is compared: folded, signs that an OCR prints for letters read as those, nothing but letters."""
    folded = fold(token)
    if any(c.isalpha() for c in folded) or "¢" in folded or "&" in folded:
        folded = folded.translate(_SIGNS)
    return re.sub(r"[^a-z]", "", folded)


@functools.lru_cache(maxsize=200_000)
def word_cost(found: str, word: str) -> float:
    """Distance of two skeletons, 0 for the same; about 0.4 a letter that an OCR often confuses, 1 a letter that it
    does not."""
    if found == word:
        return 0.0
    if not found or not word or abs(len(found) - len(word)) > 3:
        return 9.0
    best = _distance(found, word)
    for pattern, right in _RUNS:
        variant = pattern.sub(right, found)
        if variant != found:
            best = min(best, 0.15 + (0.0 if variant == word else _distance(variant, word)))
    return best


def _distance(found: str, word: str) -> float:
    row = [0.0]
    for char in word:
        row.append(row[-1] + _CHEAP_GAPS.get(char, _GAP))
    for left in found:
        previous, row = row, [row[0] + _CHEAP_GAPS.get(left, _GAP)]
        for at, right in enumerate(word):
            same = 0.0 if left == right else _COST.get((left, right), 1.0)
            row.append(
                min(
                    previous[at] + same,
                    previous[at + 1] + _CHEAP_GAPS.get(left, _GAP),
                    row[at] + _CHEAP_GAPS.get(right, _GAP),
                )
            )
    return row[-1]
