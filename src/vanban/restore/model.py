"""What restoring broken text needs to know: the channel, the language, the syllables, the abbreviations."""

from __future__ import annotations

import functools
import importlib.resources
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

from vanban.knowledge import Knowledge
from vanban.restore.cases import Cases
from vanban.restore.channel import Channel
from vanban.restore.language import BREAK, Counts, Language
from vanban.restore.nearest import nearest, trie
from vanban.restore.search import Option, likely
from vanban.restore.syllables import old_style, skeleton, syllables
from vanban.restore.units import Unit, units

NUMBER, CODE = "<n>", "<c>"
_TEXTS, _NAMES, _WORDS, _CORPUS = 1.0, 1.0, 0.3, 4.0  # what a sighting in each source counts
_FOREIGN = 7.0  # the cost of leaving an unknown word as it is found
_SPLIT = 3.0  # the cost of each blank that must have been lost
_LONGEST = 7
_USUAL = ("TM", "KT", "TL", "TUQ", "II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII")


class Model:
    """Packaged and given knowledge, ready for ``restore``. Building one takes less than a second; it may be pickled.

    ``Model.packaged()`` is made of what comes with the library; ``with_corpus`` adds documents known to be right.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.forms = _forms(knowledge)
        self.abbreviations = frozenset(skeleton(form).upper() for form in self.forms)
        self.names = frozenset(name.lower() for name in _texts("names")[0].split())
        self.counts, self.cases = Counts(), Cases()
        self._learn(knowledge)
        self._ready()

    @staticmethod
    @functools.cache
    def packaged() -> Model:
        """The model of the packaged knowledge (built once)."""
        return Model(Knowledge.packaged())

    def with_corpus(self, texts: Iterable[str]) -> Model:
        """A model that also knows ``texts``: whole documents known to be right, such as an organisation's own."""
        out = object.__new__(Model)
        out.forms, out.abbreviations, out.names = self.forms, self.abbreviations, self.names
        out.counts, out.cases = self.counts.copy(), self.cases.copy()
        for text in texts:
            out.learn(text, _CORPUS)
        out._ready()
        return out

    def learn(self, text: str, weight: float) -> None:
        """Count the syllables of a clean text. Only for a model that is being built."""
        found = units(unicodedata.normalize("NFC", text).splitlines(), self.abbreviations)
        self.cases.learn(found)
        for run in runs(found):
            self.counts.add([BREAK, *(token(unit) for unit in run), BREAK], weight)

    def options(self, found: str) -> tuple[Option, ...]:
        """What the torn word ``found`` may stand for."""
        kept = self._options.get(found)
        if kept is None:
            kept = self._options[found] = self._find(found)
        return kept

    def likely(self, found: str) -> tuple[Option, ...]:
        """Those of ``options(found)`` that are worth a look beside other words."""
        kept = self._likely.get(found)
        if kept is None:
            kept = self._likely[found] = likely(self.options(found), self.language)
        return kept

    def _learn(self, knowledge: Knowledge) -> None:
        for text in _texts("texts"):
            for line in text.splitlines():  # a sentence or a heading each
                self.learn(line, _TEXTS)
        for text in _texts("words"):
            self.learn(text, _WORDS)
        names = (
            *knowledge.agencies,
            *knowledge.laws,
            *knowledge.lexicon,
            *knowledge.abbreviations.values(),
            *(province.full_name for province in knowledge.provinces),
            *(kind.name for kind in knowledge.doc_types),
            *knowledge.issuers.values(),
        )
        for name in names:
            parts = [old_style(word.lower()) for word in re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name))]
            self.counts.add(parts, _NAMES)
        self.cases.learn_names(names)

    def _ready(self) -> None:
        """What is derived: the language, the tries, an empty cache."""
        valid = syllables()
        self.known = frozenset(
            word for word in {*self.counts.one, *self.names} if word in valid or (word.isalpha() and len(word) > 4)
        )
        self.language = Language(self.counts, valid)
        self.channel = Channel.packaged()
        self._trie = trie(sorted(self.known))
        self._all = trie(sorted(valid - self.known))
        self._by_skeleton: dict[str, list[str]] = {}
        for word in sorted(self.known):
            self._by_skeleton.setdefault(skeleton(word), []).append(word)
        self._options: dict[str, tuple[Option, ...]] = {}
        self._likely: dict[str, tuple[Option, ...]] = {}

    def _find(self, found: str) -> tuple[Option, ...]:
        limit = 6.0 + 3.6 * len(found)
        near = [Option((word,), cost) for word, cost in nearest(self.channel, found, self._trie, limit)]
        if not near or near[0].cost > 2.2 * len(found):
            near += [Option((word,), cost) for word, cost in nearest(self.channel, found, self._all, limit)]
        if len(found) >= 5 and (not near or min(o.cost for o in near) > 2.0 + 1.2 * len(found)):
            near += self._split(found)
        lowered = old_style(found.lower())
        if not any(option.words == (lowered,) for option in near):
            near.append(Option((lowered,), _FOREIGN if found.isalpha() else 3 * _FOREIGN))
        return tuple(sorted(near, key=lambda option: option.cost)[:120])

    def _split(self, found: str) -> list[Option]:
        """Two and more syllables between which the blanks were lost, the cheapest few."""
        best: list[list[tuple[float, tuple[str, ...]]]] = [[(0.0, ())]]
        for end in range(1, len(found) + 1):
            ways: list[tuple[float, tuple[str, ...]]] = []
            for start in range(max(0, end - _LONGEST), end):
                if not best[start]:
                    continue
                for word, cost in self._piece(found[start:end]):
                    ways.extend((total + cost + _SPLIT, (*words, word)) for total, words in best[start][:3])
            best.append(sorted(ways)[:8])
        return [Option(words, cost - _SPLIT) for cost, words in best[-1] if 1 < len(words) <= 8]

    def _piece(self, piece: str) -> list[tuple[str, float]]:
        words = self._by_skeleton.get(skeleton(piece.lower()))
        if not words:
            return []
        costs = [(word, self.channel.plain_cost(piece, word) - math.log(self.language.one(word)) / 4) for word in words]
        return sorted(costs, key=lambda pair: pair[1])[:6]


def runs(found: Sequence[Unit]) -> Iterable[list[Unit]]:
    """``found`` cut where a sentence begins."""
    run: list[Unit] = []
    for unit in found:
        if unit.begins and run:
            yield run
            run = []
        if unit.kind not in ("label", "address"):
            run.append(unit)
    if run:
        yield run


def token(unit: Unit) -> str:
    """What stands for ``unit`` in the language."""
    if unit.kind == "word" or unit.kind == "name":
        return old_style(unit.text.lower())
    if unit.kind == "abbreviation":
        return unit.text.lower()
    return NUMBER if unit.kind == "number" else CODE


def _forms(knowledge: Knowledge) -> frozenset[str]:
    """The known abbreviations, and the parts of symbols, as they are written."""
    return frozenset(
        part
        for form in (
            *knowledge.abbreviations,
            *knowledge.issuers,
            *(kind.abbreviation for kind in knowledge.doc_types if kind.abbreviation),
            *_USUAL,
        )
        for part in re.findall(r"[^\W\d_]+", form)
    )


def _texts(kind: str) -> list[str]:
    folder = importlib.resources.files("vanban.restore").joinpath("data", kind)
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return [entry.read_text("utf-8") for entry in entries if entry.name.endswith(".txt")]
