"""What restoring broken text needs to know: the channel, the language, the syllables, the abbreviations."""

from __future__ import annotations

import functools
import importlib.resources
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from vanban.knowledge import Knowledge
from vanban.restore.cases import Cases
from vanban.restore.channel import Channel, trie
from vanban.restore.language import BREAK, Counts, Language
from vanban.restore.search import Option
from vanban.restore.syllables import old_style, skeleton, syllables
from vanban.restore.units import Unit, units

NUMBER, CODE = "<n>", "<c>"
_TEXTS, _NAMES, _WORDS, _CORPUS = 1.0, 1.0, 0.1, 4.0  # what a sighting in each source counts
_FOREIGN = 7.0  # the cost of leaving an unknown word as it is found
_SPLIT = 3.0  # the cost of each blank that must have been lost
_LONGEST = 7


class Model:
    """Packaged and given knowledge, ready for ``restore``. Building one takes about a second; it may be pickled.

    ``Model.packaged()`` is made of what comes with the library; ``with_corpus`` adds documents known to be right.
    """

    def __init__(self, knowledge: Knowledge, words: Mapping[str, float] | None = None, counts: Counts | None = None):
        self.knowledge = knowledge
        self.abbreviations = _abbreviations(knowledge)
        self.words = _packaged_words() if words is None else dict(words)
        if counts is None:
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
        out.knowledge, out.abbreviations, out.words = self.knowledge, self.abbreviations, self.words
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

    def _learn(self, knowledge: Knowledge) -> None:
        for text in _texts():
            self.learn(text, _TEXTS)
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
        for entry in self.words:
            parts = entry.split()
            if len(parts) > 1:
                self.counts.add(parts, _WORDS)

    def _ready(self) -> None:
        """What is derived: the language, the tries, an empty cache."""
        single = {word: value for word, value in self.words.items() if " " not in word}
        valid = syllables()
        self.known = frozenset(
            word
            for word in {*self.counts.one, *single}
            if word in valid or (self.counts.one.get(word, 0) >= 1 and word.isalpha() and len(word) > 1)
        )
        self.language = Language(self.counts, valid, single)
        self.channel = Channel.packaged()
        self._trie = trie(sorted(self.known))
        self._all = trie(sorted(valid - self.known))
        self._by_skeleton: dict[str, list[str]] = {}
        for word in sorted(self.known):
            self._by_skeleton.setdefault(skeleton(word), []).append(word)
        self._options: dict[str, tuple[Option, ...]] = {}

    def _find(self, found: str) -> tuple[Option, ...]:
        limit = 6.0 + 3.6 * len(found)
        near = [Option((word,), cost) for word, cost in self.channel.nearest(found, self._trie, limit)]
        if not near or near[0].cost > 2.2 * len(found):
            near += [Option((word,), cost) for word, cost in self.channel.nearest(found, self._all, limit)]
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
        near = {option.words[0]: option.cost for option in self.options(piece) if len(option.words) == 1}
        costs = [(word, near[word] - math.log(self.language.one(word)) / 4) for word in words if word in near]
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


def _abbreviations(knowledge: Knowledge) -> frozenset[str]:
    """The known abbreviations, in capitals and without marks."""
    known = (
        *knowledge.abbreviations,
        *knowledge.issuers,
        *(kind.abbreviation for kind in knowledge.doc_types if kind.abbreviation),
        "TM",
        "KT",
        "TL",
        "TUQ",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "IX",
        "XI",
        "XII",
    )
    return frozenset(skeleton(word).upper() for word in known)


def _texts() -> list[str]:
    folder = importlib.resources.files("vanban.restore").joinpath("data", "texts")
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return [entry.read_text("utf-8") for entry in entries if entry.name.endswith(".txt")]


def _packaged_words() -> dict[str, float]:
    """The words with their frequencies that set-up has built; none where it has not."""
    built = importlib.resources.files("vanban.restore").joinpath("data", "words.tsv")
    if not built.is_file():
        return {}
    out: dict[str, float] = {}
    for line in built.read_text("utf-8").splitlines():
        word, _, value = line.partition("\t")
        out[word] = float(value or 0)
    return out
