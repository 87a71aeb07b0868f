"""What an OCR makes of a letter: the cost of reading a printed syllable as a torn word, and the nearest syllables.

A cost is a negative natural logarithm. The counts in ``data/confusions.csv`` were made by printing this project's own
texts (``data/texts``) as pages and reading them with an OCR that knows English only (``scripts/learn_confusions.py``);
what was never seen there keeps a chance: a letter that lost its marks, a letter of the same shape.
"""

from __future__ import annotations

import csv
import dataclasses
import functools
import importlib.resources
import math
import unicodedata
from collections.abc import Iterable, Mapping

from vanban.restore.syllables import bare, skeleton

#: Letters of one shape, in small and in capital letters: each is printed for the other now and then.
_SHAPES = (
    "ao6ec0",
    "uvnii",
    "il1tj|!",
    "oq0dbg",
    "hbkn",
    "mnr",
    "dclo",
    "gqy9",
    "cet",
    "s5",
    "z2",
    "fl",
    "rt",
    "vy",
    "ub",
)
_SIGNS = {"o": "6¢0&", "a": "4&@", "e": "&€", "l": "1|!", "i": "1|!jl", "s": "5$", "b": "6", "g": "9", "c": "¢("}
_LATIN = {"a": "áàâãäå", "e": "éèêë", "i": "íìîï", "o": "óòôõö", "u": "úùûü", "y": "ýÿ", "d": "ð", "c": "ç"}
_TRUST = 8.0  # how many sightings the assumed chances are worth
_NEVER, _LOST, _ADDED, _ADDED_SIGN = 8.5, 5.5, 6.0, 4.2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPREAD = 9.0  # a syllable this much dearer than the nearest is no candidate


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """A node of the trie of unmarked syllables: what follows, and the syllables that end here."""

    following: dict[str, Node] = dataclasses.field(default_factory=dict)
    words: list[str] = dataclasses.field(default_factory=list)


def trie(words: Iterable[str]) -> Node:
    """The trie of ``words`` (small letters) by their unmarked letters."""
    root = Node()
    for word in words:
        node = root
        for letter in skeleton(word):
            node = node.following.setdefault(letter, Node())
        node.words.append(word)
    return root


class Channel:
    """The costs of each letter, small and capital, and of each unmarked letter whatever its marks were."""

    def __init__(self, counts: Mapping[str, Mapping[str, float]]) -> None:
        self.costs = {letter: _costs(letter, counts.get(letter, {})) for letter in _alphabet()}
        self.small = {letter: table for letter, table in self.costs.items() if letter.islower()}
        self.capital = {letter.lower(): table for letter, table in self.costs.items() if letter.isupper()}
        self.small_bases, self.capital_bases = _bases(self.small), _bases(self.capital)

    @staticmethod
    @functools.cache
    def packaged() -> Channel:
        """The costs learned from the packaged counts."""
        counts: dict[str, dict[str, float]] = {}
        text = importlib.resources.files("vanban.restore").joinpath("data", "confusions.csv").read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            counts.setdefault(row["letter"], {})[row["found"]] = float(row["count"])
        return Channel(counts)

    def nearest(self, found: str, root: Node, limit: float, most: int = 24) -> list[tuple[str, float]]:
        """Syllables (small letters) under ``root`` that ``found`` may stand for, with their costs, nearest first."""
        pieces = _Pieces(self, found)
        ends = pieces.search(root, limit)
        if not ends:
            return []
        out: dict[str, float] = {}
        for cost, node, path in sorted(ends, key=lambda end: end[0])[:most]:
            if cost > ends[0][0] + SPREAD and len(out) > most:
                break
            spans = pieces.spans(path)
            for word in node.words:
                out[word] = min(out.get(word, math.inf), pieces.cost(word, spans))
        best = min(out.values())
        near = [(word, cost) for word, cost in out.items() if cost <= min(limit, best + SPREAD)]
        return sorted(near, key=lambda pair: pair[1])

    def plain_cost(self, found: str, word: str) -> float:
        """The cost of ``found`` for ``word``, letter for letter (they are of one length)."""
        pairs = zip(found, word, strict=True)
        return sum(self.costs[letter.upper() if sign.isupper() else letter].get(sign, _NEVER) for sign, letter in pairs)


class _Pieces:
    """One found word cut in every way, with the costs of each cut for each unmarked letter."""

    def __init__(self, channel: Channel, found: str) -> None:
        self.found = found
        self.added = [_added(sign) for sign in found]
        caps = len(found) > 1 and sum(c.isupper() for c in found) * 2 > sum(c.isalpha() for c in found)
        self.rest = (channel.capital, channel.capital_bases) if caps else (channel.small, channel.small_bases)
        self.first = self.rest
        if not caps and not found[:1].islower():
            self.first = (_either(channel, "costs"), _either(channel, "bases"))
        self.tables = [self._table(self.first[1]), self._table(self.rest[1])]

    def _table(self, bases: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[float, list[float], list[float]]]:
        out = {}
        for letter in _LETTERS:
            costs = bases[letter]
            get = costs.get
            one = [get(sign, _NEVER) for sign in self.found]
            two = [get(self.found[at : at + 2], _NEVER + 3) for at in range(len(self.found) - 1)]
            out[letter] = (costs[""], one, two)
        return out

    def search(self, root: Node, limit: float) -> list[tuple[float, Node, str]]:
        """The unmarked syllables within ``limit``: (cost, node, letters)."""
        size = len(self.found)
        row = [0.0]
        for at in range(size):
            row.append(row[-1] + self.added[at])
        out: list[tuple[float, Node, str]] = []
        best = limit
        stack = [(root, row, "")]
        added, (first, rest) = self.added, self.tables
        while stack:
            node, row, path = stack.pop()
            table = rest if path else first
            for letter, child in node.following.items():
                lost, one, two = table[letter]
                new = [row[0] + lost]
                low = last = new[0]
                for at in range(size):
                    cost = row[at] + one[at]
                    other = row[at + 1] + lost
                    if other < cost:
                        cost = other
                    if at:
                        other = row[at - 1] + two[at - 1]
                        if other < cost:
                            cost = other
                    other = last + added[at]
                    if other < cost:
                        cost = other
                    new.append(cost)
                    last = cost
                    if cost < low:
                        low = cost
                bound = limit if limit < best + SPREAD else best + SPREAD
                if low > bound:
                    continue
                if child.words and last <= bound:
                    out.append((last, child, path + letter))
                    if last < best:
                        best = last
                if child.following:
                    stack.append((child, new, path + letter))
        out.sort(key=lambda end: end[0])
        return out

    def spans(self, path: str) -> list[tuple[int, int]]:
        """For each letter of ``path`` the piece of the found word that stands for it on the cheapest way."""
        size = len(self.found)
        rows = [[0.0]]
        for at in range(size):
            rows[0].append(rows[0][-1] + self.added[at])
        steps: list[list[int]] = [[-1] * (size + 1)]
        for place, letter in enumerate(path):
            lost, one, two = self.tables[min(place, 1)][letter]
            row, new, step = rows[-1], [rows[-1][0] + lost], [0]
            for at in range(size):
                ways = [row[at + 1] + lost, row[at] + one[at], row[at - 1] + two[at - 1] if at else math.inf]
                ways.append(new[at] + self.added[at])
                choice = min(range(4), key=ways.__getitem__)
                new.append(ways[choice])
                step.append(-1 if choice == 3 else choice)
            rows.append(new)
            steps.append(step)
        out: list[tuple[int, int]] = []
        at = size
        for place in range(len(path), 0, -1):
            while at and steps[place][at] == -1:
                at -= 1
            taken = steps[place][at]
            out.append((at - taken, at))
            at -= taken
        return out[::-1]

    def cost(self, word: str, spans: list[tuple[int, int]]) -> float:
        """The cost of ``word``, whose letters stand for the pieces ``spans``; the rest of the found word was added."""
        total = sum(self.added)
        table = self.first[0]
        for letter, (start, end) in zip(word, spans, strict=True):
            total += table[letter].get(self.found[start:end], _NEVER) - sum(self.added[start:end])
            table = self.rest[0]
        return total


@functools.cache
def _either(channel: Channel, kind: str) -> dict[str, dict[str, float]]:
    """Costs of a letter that may be small or capital."""
    bases = (channel.small_bases, channel.capital_bases)
    pairs = bases if kind == "bases" else (channel.small, channel.capital)
    out: dict[str, dict[str, float]] = {}
    for letter, small in pairs[0].items():
        merged = dict(small)
        for piece, cost in pairs[1][letter].items():
            merged[piece] = min(cost, merged.get(piece, math.inf))
        out[letter] = merged
    return out


def _added(sign: str) -> float:
    return _ADDED if sign.isalnum() else _ADDED_SIGN


def _alphabet() -> Iterable[str]:
    """Every letter with every mark, small and capital."""
    vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
    small = f"{vowels}đ{''.join(c for c in _LETTERS if c not in 'aeiouy')}"
    return (*small, *small.upper())


def _assumed(letter: str) -> dict[str, float]:
    """Chances of what ``letter`` is read as where nothing is known: itself, bare, with another mark, of one shape."""
    base = bare(letter)
    small = base.lower()
    out: dict[str, float] = {}

    def give(piece: str, chance: float) -> None:
        piece = piece if letter.islower() else piece.upper()
        out[piece] = out.get(piece, 0.0) + chance

    give(letter, 0.35 if letter != base else 0.9)
    if letter != base:
        give(base, 0.45)
    for sign in _LATIN.get(small, ""):
        give(sign, 0.02)
    for mark in unicodedata.normalize("NFD", letter)[1:]:  # one of two marks kept: ế as ê or é
        give(unicodedata.normalize("NFC", small + mark), 0.15)
    for shape in _SHAPES:
        if small in shape:
            for other in shape:
                if other != small:
                    give(other, 0.004)
    for sign in _SIGNS.get(small, ""):
        give(sign, 0.006)
    if small == "u":
        for piece in ("ii", "ir", "it", "ti", "tr", "w", "tt"):
            give(piece, 0.006 if letter != base else 0.001)
    if letter == "Đ":
        for piece in ("B", "P", "b", "p"):
            out[piece] = out.get(piece, 0.0) + 1.0
    if small == "y":
        give("i", 0.05)  # "quí", "lí": the other spelling, with its marks lost
    if small == "o":
        give("cr", 0.003)
        give("or", 0.003)
    return out


def _costs(letter: str, seen: Mapping[str, float]) -> dict[str, float]:
    """Costs of all that ``letter`` is read as: seen and assumed chances together."""
    assumed = _assumed(letter)
    total = sum(seen.values()) + _TRUST * sum(assumed.values())
    pieces = {*seen, *assumed}
    out = {
        piece: min(-math.log((seen.get(piece, 0.0) + _TRUST * assumed.get(piece, 0.0)) / total), _NEVER)
        for piece in pieces
    }
    out.setdefault("", _LOST)
    return out


def _bases(tables: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """For each unmarked letter the least cost of each piece over its marked forms."""
    out: dict[str, dict[str, float]] = {}
    for letter, table in tables.items():
        merged = out.setdefault(bare(letter), {})
        for piece, cost in table.items():
            merged[piece] = min(cost, merged.get(piece, math.inf))
    return out
