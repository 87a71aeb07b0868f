"""Which syllable follows which: counts of one, two and three syllables, smoothed after Witten and Bell (1991)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

BREAK = "<s>"
_FLAT = 0.02  # the share of the chance of a single syllable that is spread over all that spelling allows


@dataclasses.dataclass(slots=True)
class Counts:
    """How often each syllable, pair and triple was seen; a sighting may count for more or less than one."""

    one: dict[str, float] = dataclasses.field(default_factory=dict)
    two: dict[str, dict[str, float]] = dataclasses.field(default_factory=dict)
    three: dict[tuple[str, str], dict[str, float]] = dataclasses.field(default_factory=dict)

    def add(self, words: Sequence[str], weight: float = 1.0) -> None:
        """Count one run of syllables."""
        first = second = ""
        for word in words:
            self.one[word] = self.one.get(word, 0.0) + weight
            if second:
                after = self.two.setdefault(second, {})
                after[word] = after.get(word, 0.0) + weight
                if first:
                    after = self.three.setdefault((first, second), {})
                    after[word] = after.get(word, 0.0) + weight
            first, second = second, word

    def copy(self) -> Counts:
        """A copy that may be added to."""
        return Counts(
            dict(self.one),
            {word: dict(after) for word, after in self.two.items()},
            {pair: dict(after) for pair, after in self.three.items()},
        )


class Language:
    """The chance of each syllable after one or two others."""

    def __init__(self, counts: Counts, allowed: Iterable[str]) -> None:
        self.counts = counts
        allowed = frozenset(allowed)
        self._two = {word: (sum(after.values()), len(after)) for word, after in counts.two.items()}
        self._three = {pair: (sum(after.values()), len(after)) for pair, after in counts.three.items()}
        total = sum(counts.one.values())
        flat = _FLAT / max(len(allowed), 1)
        kinds = float(len(counts.one)) or 1.0
        self._unseen = max(flat * kinds / (total + kinds), 1e-9)
        self._one = {word: (counts.one.get(word, 0.0) + kinds * flat) / (total + kinds) for word in counts.one}
        self._kept: dict[tuple[str, str, str], float] = {}
        self._kept_two: dict[tuple[str, str], float] = {}

    def one(self, word: str) -> float:
        """The chance of ``word`` by itself."""
        return self._one.get(word, self._unseen)

    def _after_one(self, before: str, word: str) -> float:
        seen = self._two.get(before)
        if seen is None:
            return self.one(word)
        total, kinds = seen
        return (self.counts.two[before].get(word, 0.0) + kinds * self.one(word)) / (total + kinds)

    def chance_two(self, before: str, word: str) -> float:
        """The chance of ``word`` after ``before``."""
        key = (before, word)
        chance = self._kept_two.get(key)
        if chance is None:
            chance = self._kept_two[key] = self._after_one(before, word)
        return chance

    def following(self, before: str, words: Mapping[str, object]) -> tuple[float, list[tuple[str, float]]]:
        """The chance of each of ``words`` after ``before`` in two parts: the share of its own chance that all have, and
        what those that were seen there have besides."""
        seen = self._two.get(before)
        if seen is None:
            return 1.0, []
        total, kinds = seen
        after = self.counts.two[before]
        return kinds / (total + kinds), [(word, after[word] / (total + kinds)) for word in words if word in after]

    def chance(self, first: str, second: str, word: str) -> float:
        """The chance of ``word`` after ``first`` and ``second``."""
        key = (first, second, word)
        chance = self._kept.get(key)
        if chance is None:
            chance = self.chance_two(second, word)
            seen = self._three.get((first, second))
            if seen is not None:
                total, kinds = seen
                chance = (self.counts.three[first, second].get(word, 0.0) + kinds * chance) / (total + kinds)
            self._kept[key] = chance
        return chance
