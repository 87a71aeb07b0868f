"""What an OCR makes of a letter: the cost of reading it as one sign or another.

A cost is a negative natural logarithm. The counts in ``data/confusions.csv`` were made by printing this project's own
texts (``data/texts``) as pages and reading them with an OCR that knows English only (``scripts/learn_confusions.py``);
what was never seen there keeps a chance: a letter that lost its marks, a letter of the same shape.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import math
import unicodedata
from collections.abc import Iterable, Mapping

from vanban.restore.syllables import bare

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
NEVER, _LOST = 8.5, 5.5
LETTERS = "abcdefghijklmnopqrstuvwxyz"

_Costs = dict[str, dict[str, float]]


class Table:
    """What each letter, with its marks, is read as at what cost, and the same for each unmarked letter."""

    def __init__(self, costs: Mapping[str, Mapping[str, float]]) -> None:
        self.costs = costs
        self._bases = _bases(costs)
        self.lost = [self._bases[letter][""] for letter in LETTERS]
        self._columns: dict[str, tuple[float, ...]] = {}

    def column(self, piece: str) -> tuple[float, ...]:
        """For each unmarked letter the cost of being read as ``piece``, one sign or two."""
        kept = self._columns.get(piece)
        if kept is None:
            never = NEVER if len(piece) == 1 else NEVER + 3
            kept = self._columns[piece] = tuple([self._bases[letter].get(piece, never) for letter in LETTERS])
        return kept


class Channel:
    """The costs of each letter; in tables of small letters, of capital ones, and of letters that may be either."""

    def __init__(self, counts: Mapping[str, Mapping[str, float]]) -> None:
        self.costs = {letter: _costs(letter, counts.get(letter, {})) for letter in _alphabet()}
        small = {letter: table for letter, table in self.costs.items() if letter.islower()}
        capital = {letter.lower(): table for letter, table in self.costs.items() if letter.isupper()}
        self.small, self.capital, self.either = Table(small), Table(capital), Table(_either(small, capital))

    @staticmethod
    @functools.cache
    def packaged() -> Channel:
        """The costs learned from the packaged counts."""
        counts: dict[str, dict[str, float]] = {}
        text = importlib.resources.files("vanban.restore").joinpath("data", "confusions.csv").read_text("utf-8")
        for row in csv.DictReader(text.splitlines()):
            counts.setdefault(row["letter"], {})[row["found"]] = float(row["count"])
        return Channel(counts)

    def plain_cost(self, found: str, word: str) -> float:
        """The cost of ``found`` for ``word``, letter for letter (they are of one length)."""
        pairs = zip(found, word, strict=True)
        return sum(self.costs[letter.upper() if sign.isupper() else letter].get(sign, NEVER) for sign, letter in pairs)


def _alphabet() -> Iterable[str]:
    """Every letter with every mark, small and capital."""
    vowels = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
    small = f"{vowels}đ{''.join(c for c in LETTERS if c not in 'aeiouy')}"
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
        piece: min(-math.log((seen.get(piece, 0.0) + _TRUST * assumed.get(piece, 0.0)) / total), NEVER)
        for piece in pieces
    }
    out.setdefault("", _LOST)
    return out


def _either(small: Mapping[str, Mapping[str, float]], capital: Mapping[str, Mapping[str, float]]) -> _Costs:
    """Costs of a letter that may be small or capital."""
    return {letter: _least((table, capital[letter])) for letter, table in small.items()}


def _bases(tables: Mapping[str, Mapping[str, float]]) -> _Costs:
    """For each unmarked letter the least cost of each piece over its marked forms."""
    marked: dict[str, list[Mapping[str, float]]] = {}
    for letter, table in tables.items():
        marked.setdefault(bare(letter), []).append(table)
    return {letter: _least(forms) for letter, forms in marked.items()}


def _least(tables: Iterable[Mapping[str, float]]) -> dict[str, float]:
    out: dict[str, float] = {}
    for table in tables:
        for piece, cost in table.items():
            out[piece] = min(cost, out.get(piece, math.inf))
    return out
