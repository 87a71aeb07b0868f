"""The words that torn ones are read as."""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vanban.agencies.words import FIELDS
from vanban.align.spelling import EDGES, fold, is_marked, plain_words
from vanban.align.words import AMOUNTS, CONDITIONS, EMPTY_PHRASES, LADDER, MANNER, NARROWING
from vanban.fuzzy import skeleton, word_cost
from vanban.knowledge import Knowledge

_SMALL = ("của", "các", "và", "với", "có", "cho", "để", "trong", "tại", "là", "được", "từ", "theo", "trên", "về", "đến")
#: A word beside which it does not usually stand costs a torn one as much as half a letter.
_UNUSUAL = 0.7


class Vocabulary:
    """The words that torn ones are read as: those of the other plan and of the packaged names and phrases."""

    def __init__(self, texts: Iterable[str], knowledge: Knowledge) -> None:
        texts = list(texts)
        counted: collections.Counter[str] = collections.Counter()
        for text in texts:
            counted.update(dict.fromkeys(plain_words(text), 3))
        for text in (*knowledge.agencies, *knowledge.lexicon, *FIELDS):
            counted.update(plain_words(text))
        self._marked: dict[str, str] = {}
        self._exact = frozenset(counted)
        for word, _ in counted.most_common():
            self._marked.setdefault(fold(word), word)
        rules = (*LADDER, *MANNER, *CONDITIONS, *NARROWING, *EMPTY_PHRASES, *(w for row in AMOUNTS for w in row))
        for phrase in rules:
            for word in phrase.split():
                self._marked.setdefault(word, word)
        self._known = sorted(self._marked)
        pairs: collections.Counter[tuple[str, str]] = collections.Counter()
        for phrase in (*texts, *knowledge.agencies, *knowledge.lexicon, *FIELDS, *rules):
            pairs.update(itertools.pairwise(word.strip(EDGES) for word in phrase.lower().split()))
        self._after: dict[tuple[str, str], tuple[str, str]] = {}
        for (one, other), _ in pairs.most_common():
            self._after.setdefault((fold(one), fold(other)), (one, other))
        self._near: dict[str, list[tuple[float, str]]] = {}

    def is_sure(self, word: str) -> bool:
        """Whether ``word`` is a known one with its marks, so that it was surely read rightly."""
        return word in self._exact and is_marked(word)

    def read(self, words: Sequence[str]) -> list[str | None]:
        """The known words, in small letters, that torn ``words`` stand for; None where none is near.

        Among words that are near, those are taken that usually stand beside one another.
        """
        ways: list[tuple[float, list[str | None]]] = [(0.0, [])]
        for word in words:
            near = self._nearest(word.lower())
            if not near:
                ways = [(cost, [*read, None]) for cost, read in ways]
                continue
            ways = [min((self._with(way, far, known) for way in ways), key=lambda way: way[0]) for far, known in near]
        out = min(ways, key=lambda way: way[0])[1]
        for at in range(len(out) - 1):
            one, other = (fold(word or "") for word in out[at : at + 2])
            usual = self._after.get((one, other))
            if usual is not None and is_marked("".join(usual)):
                settled = at > 0 and (fold(out[at - 1] or ""), one) in self._after
                if not settled and not self.is_sure(words[at].lower()):
                    out[at] = usual[0]
                if not self.is_sure(words[at + 1].lower()):
                    out[at + 1] = usual[1]
        return out

    def _with(self, way: tuple[float, list[str | None]], far: float, known: str) -> tuple[float, list[str | None]]:
        before = way[1][-1] if way[1] else None
        usual = before is not None and (fold(before), fold(known)) in self._after
        return way[0] + far + (0.0 if usual else _UNUSUAL), [*way[1], known]

    def _nearest(self, low: str) -> list[tuple[float, str]]:
        if low not in self._near:
            self._near[low] = self._search(low)
        return self._near[low]

    def _search(self, low: str) -> list[tuple[float, str]]:
        if self.is_sure(low):
            return [(0.0, low)]
        key = skeleton(low)
        if not key or (low[0].isdigit() and len(key) < 2):
            return []
        edits = 1 if len(key) < 4 else 2
        near = process.extract(key, self._known, scorer=Levenshtein.distance, score_cutoff=edits, limit=None)
        limit = 0.34 if len(key) > 2 or not low.isalpha() else 0.2
        costs = sorted((word_cost(key, word), word) for word, _, _ in near if abs(len(word) - len(key)) <= 2)
        found = {self._marked[word]: cost for cost, word in costs[:5] if cost <= limit * max(len(word), 2)}
        if len(key) <= 5:  # the small words stand everywhere, so that they may be torn more
            for word in _SMALL:
                cost = word_cost(key, fold(word))
                if cost <= 0.45 * max(len(word), 2):
                    found.setdefault(word, cost)
        return sorted((cost, word) for word, cost in found.items())
