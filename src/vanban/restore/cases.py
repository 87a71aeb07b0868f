"""Small or capital: which letter begins a word, where an OCR confuses letters that look alike in both."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Sequence

from vanban.restore.channel import Channel
from vanban.restore.syllables import old_style
from vanban.restore.units import Unit

#: The log-odds of a capital where a sentence begins, and at least where a line does.
_PLACES = {"opens": 2.5, "leads": -1.0}
_USUAL = 4.0  # no more than this is taken from what is usual
_SURE = 9.0  # no more than this is taken from the look of a letter
_LIKE = 3.0  # where small and capital look alike, a capital says no more than this
_ALIKE = "cosuvwxzkp"
_ALONE = 0.5  # sightings that a word's neighbours must outweigh


@dataclasses.dataclass(slots=True)
class Cases:
    """How often a word within a sentence was seen with a capital and without: by itself, and beside its neighbours."""

    small: dict[str, float] = dataclasses.field(default_factory=dict)
    capital: dict[str, float] = dataclasses.field(default_factory=dict)

    def learn(self, found: Sequence[Unit], weight: float = 1.0) -> None:
        """Count the words of a clean text that do not begin a sentence."""
        words = [old_style(unit.text.lower()) for unit in found]
        for at, unit in enumerate(found):
            if unit.kind == "word" and not unit.opens and not unit.text[1:].isupper():
                after = words[at + 1] if at + 1 < len(found) and not found[at + 1].begins else ""
                self._count(words[at - 1] if at else "", unit.text, after, weight)

    def learn_names(self, names: Iterable[str]) -> None:
        """Count the words of names as they are written."""
        for name in names:
            words = name.replace(",", "").split()
            bare = ["", *(old_style(word.lower()) for word in words), ""]
            for at, word in enumerate(words):
                if at or word[:1].islower() or len(words) > 2:
                    self._count(bare[at], word, bare[at + 2], 1.0)

    def _count(self, before: str, word: str, after: str, weight: float) -> None:
        table = self.capital if word[:1].isupper() else self.small
        small = old_style(word.lower())
        for key in (small, f"{before}<{small}", f"{small}>{after}"):
            table[key] = table.get(key, 0.0) + weight

    def copy(self) -> Cases:
        """A copy that may be added to."""
        return Cases(dict(self.small), dict(self.capital))

    def odds(self, before: str, word: str, after: str) -> float:
        """The log-odds of a capital for ``word`` (small letters) between its neighbours."""
        share = (self.capital.get(word, 0.0) + 0.1) / (self.capital.get(word, 0.0) + self.small.get(word, 0.0) + 1.0)
        alone = _odds(share)
        total = alone
        for key in (f"{before}<{word}", f"{word}>{after}"):
            up, down = self.capital.get(key, 0.0), self.small.get(key, 0.0)
            if up + down:
                total += _odds((up + _ALONE * share) / (up + down + _ALONE)) - alone
        return max(-_USUAL, min(_USUAL, total))


def write(
    found: str, words: Sequence[str], around: tuple[str, str], place: str, cases: Cases, channel: Channel
) -> tuple[str, float]:
    """``words`` in the case of ``found``; a first letter that looks alike in both is judged by what is usual between
    the words ``around``; and how sure that is."""
    letters = [c for c in found if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return " ".join(words).upper(), 1.0
    out = []
    before = around[0]
    sure = 1.0
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else around[1]
        odds = cases.odds(before, word, after)
        if at == 0:
            odds = _PLACES.get(place, odds) if place == "opens" else max(_PLACES.get(place, odds), odds)
            odds += _look(found, word, channel)
        out.append(word[:1].upper() + word[1:] if odds > 0 else word)
        sure *= 1 / (1 + math.exp(-abs(odds)))
        before = word
    return " ".join(out), sure


def _look(found: str, word: str, channel: Channel) -> float:
    """What the first letter of ``found`` says for a capital, as log-odds."""
    small, capital = channel.costs.get(word[:1]), channel.costs.get(word[:1].upper())
    sign = found[:1]
    if small is None or capital is None:
        return _SURE if sign.isupper() else -_SURE
    if sign.islower() and word[:1] in _ALIKE:
        return -_SURE
    gap = min(small.get(sign, _SURE), _SURE) - min(capital.get(sign, _SURE), _SURE)
    if sign.isalpha() and abs(gap) < 0.5:  # a letter never seen in place of either: its own case
        return 2.0 if sign.isupper() else -2.0
    if word[:1] in _ALIKE and sign.isupper():
        return min(_LIKE, gap)  # a small letter printed large: "Xa" for xã
    return gap


def _odds(share: float) -> float:
    return math.log(share / (1 - share))
