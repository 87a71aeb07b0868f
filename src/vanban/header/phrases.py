"""Short texts whose Vietnamese letters were lost, put right from the lexicon: titles only, and always as a doubt.

Each run of printed words is compared, marks apart, with the lexicon's phrases and the names of places; the cheapest
cover of the text by such phrases is taken. A word that nothing is like stays as printed.
"""

from __future__ import annotations

import functools
import re

from rapidfuzz import fuzz

from vanban.citations.issuers import place_names
from vanban.dates.calendar import flat
from vanban.header.names import small
from vanban.knowledge import KEPT, Knowledge

_NEEDED = 0.74
_PHRASE_COST = 0.4
_LOST_COST = 2.5


@functools.lru_cache(maxsize=KEPT)
def _syllables(knowledge: Knowledge) -> frozenset[str]:
    """Syllables, without marks, that words of the packaged names have."""
    names = (*knowledge.lexicon, *knowledge.agencies, *knowledge.laws, *place_names(knowledge))
    return frozenset(word for name in names for word in re.findall(r"[^\W\d_]+", flat(name)))


@functools.lru_cache(maxsize=KEPT)
def _phrases(knowledge: Knowledge) -> dict[int, list[tuple[str, str]]]:
    """(flat phrase, phrase) of the lexicon and the places, by their number of syllables."""
    by_count: dict[int, list[tuple[str, str]]] = {}
    for phrase in [*knowledge.lexicon, *place_names(knowledge)]:
        key = " ".join(re.findall(r"\w+", flat(phrase)))
        by_count.setdefault(len(key.split()), []).append((key, phrase))
    return by_count


def restore(text: str, knowledge: Knowledge) -> tuple[str, float]:
    """``text`` with its likeliest Vietnamese words, and how sure the least sure of them is (0.3 where one is lost)."""
    tokens = text.split()
    capitals = text.isupper()
    best: list[tuple[float, list[str], float]] = [(0.0, [], 1.0)]
    for end in range(1, len(tokens) + 1):
        options = []
        cost, words, sure = best[end - 1]
        token = tokens[end - 1]
        kept = bool(re.search(r"\d", token)) or not re.search(r"\w", token)
        plain = small(token) if capitals else token
        options.append((cost + (0.0 if kept else _LOST_COST), [*words, plain], sure if kept else min(sure, 0.3)))
        for count in range(1, min(8, end) + 1):
            cost, words, sure = best[end - count]
            found = _likest(tokens[end - count : end], knowledge)
            if found is not None:
                phrase, score, size = found
                options.append((cost + _PHRASE_COST + (1 - score) * size, [*words, phrase], min(sure, score)))
        best.append(min(options, key=lambda option: option[0]))
    _, words, sure = best[-1]
    restored = " ".join(words)
    return (restored[:1].upper() + restored[1:], round(sure, 2))


def _like(key: str, wanted: str, score: float, knowledge: Knowledge) -> bool:
    """Whether printed words can be a phrase: each syllable must be like its own, and one that is a right syllable
    itself more so ("đổi mới" is not "đối với")."""
    needed = 1.0 if len(wanted) <= 3 else 0.8 if " " not in wanted else _NEEDED
    if score < needed:
        return False
    known = _syllables(knowledge)
    if " " not in wanted and key in known:
        return key == wanted
    for printed, right in zip(key.split(), wanted.split(), strict=True):
        if fuzz.ratio(printed, right) < (75 if printed in known else 60):
            return False
    return True


def _likest(tokens: list[str], knowledge: Knowledge) -> tuple[str, float, int] | None:
    """The phrase of as many syllables that the printed words are likest to, its likeness and its length."""
    key = " ".join(re.findall(r"\w+", flat(" ".join(tokens))))
    tail = re.search(r"[,.;:)”\"]+$", tokens[-1])
    best: tuple[str, float, int] | None = None
    for wanted, phrase in _phrases(knowledge).get(len(key.split()), []):
        score = fuzz.ratio(key, wanted) / 100
        if (best is None or score > best[1]) and _like(key, wanted, score, knowledge):
            best = (phrase + (tail[0] if tail else ""), score, len(wanted))
    return best
