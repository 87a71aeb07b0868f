"""Known phrases found in torn lines, and written rightly."""

from __future__ import annotations

import csv
import dataclasses
import functools
import importlib.resources
import re
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vanban.fuzzy.costs import skeleton, word_cost
from vanban.knowledge import Knowledge
from vanban.model import Line
from vanban.text import nfc

#: A word may stand this far (for each letter) from the known one, and a whole phrase this far on average.
_WORD_LIMIT, _PHRASE_LIMIT = 0.36, 0.2
_UNKNOWN, _PHRASE, _REPEATED = 1.0, 0.35, 0.3
_LABEL = re.compile(r"^(?:[-–—+•*]|[a-zđ¢]\)|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX|l1]{1,5}[.)])$")
#: What no Vietnamese word holds: signs that a scan prints for letters.
_TORN = re.compile(
    r"[¢€£]|^[A-Z]?[a-zA-Z]*&[a-z]+|^[A-Z]&$|(?<=[a-z])\d(?=[a-z])|^[a-z]\d$"
    # A word that lost its vowel: "các s, ban", "thành ph", "Tnh" (units of measure are no such words).
    r"|^(?!(?:kg|km|kv|kw|cm|mm|ml|mg|kwh|pp|tr|st|nd|rd|đc|đb|đ|ng|tp|tx|bc)\b)[“\"(]?"
    r"(?:[stvhT]|[bcdđghklmnpqrstvx]{2,5}|[BCDĐGHKLMNPQRSTVX][bcdđghklmnpqrstvx]{1,4}(?!\.)|S)[.,;:”\"]*$"
)
_FIXED = re.compile(r"https?:|@|\d+[/.:]\d|^[\W_]*\d+[\W_]*$|/[A-ZĐ]|^[A-Z]{2,}-[A-Z]")


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """One printed word: its line, what was found, what stands for it now, and whether a known phrase covers it.

    ``sure``: the phrase is beyond doubt, so that it may stand in running text; the others serve to read the structure.
    ``proposed``: what the restorer of broken text put in place of what was found, and how sure it was.
    """

    line: int
    found: str
    text: str
    known: bool = False
    sure: bool = False
    first: bool = False
    proposed: str | None = None
    confidence: float = 1.0

    @property
    def strict(self) -> str:
        """What may stand in running text: the known word where it is sure, else what is proposed, else what was found."""
        if self.sure and (self.proposed is None or self.proposed.lower() != self.text.lower()):
            return self.text
        return self.found if self.proposed is None else self.proposed


@dataclasses.dataclass(frozen=True)
class Mended:
    """Lines with their known phrases written rightly, and every word with what was found for it."""

    lines: tuple[Line, ...]
    tokens: tuple[Token, ...]

    @functools.cached_property
    def _words(self) -> dict[int, list[tuple[Token, str]]]:
        """The words of each line with their bare letters."""
        out: dict[int, list[tuple[Token, str]]] = {}
        for token in self.tokens:
            out.setdefault(token.line, []).append((token, _bare(token.text)))
        return out

    def strict_lines(self) -> tuple[Line, ...]:
        """The lines with only the sure repairs."""
        by_line: dict[int, list[str]] = {}
        for token in self.tokens:
            if token.strict:
                by_line.setdefault(token.line, []).append(token.strict)
        return tuple(dataclasses.replace(line, text=" ".join(by_line.get(line.number, []))) for line in self.lines)

    def found(self, text: str, lines: tuple[int, int]) -> str | None:
        """What the source prints where ``text`` was read, within ``lines``; None where the words are not found
        together."""
        span = self.span(text, lines)
        return None if span is None else " ".join(token.found for token in span if token.found)

    def strict(self, text: str, lines: tuple[int, int]) -> str | None:
        """``text`` with only the sure repairs; None where its words are not found together within ``lines``."""
        span = self.span(text, lines)
        return None if span is None else " ".join(token.strict for token in span if token.strict)

    def span(self, text: str, lines: tuple[int, int]) -> list[Token] | None:
        """The words between ``lines`` that ``text`` was read from, None where they do not stand together."""
        wanted = _bare(text)
        if not wanted:
            return None
        words = [word for number in range(lines[0], lines[1] + 1) for word in self._words.get(number, ())]
        for start in range(len(words)):
            held = ""
            if not words[start][1]:
                continue
            for end in range(start, len(words)):
                held = f"{held}{words[end][1]}"
                if held == wanted:
                    return [token for token, _ in words[start : end + 1]]
                if not wanted.startswith(held):
                    break
        return None


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


@dataclasses.dataclass(slots=True)
class _Step:
    """A node of the trie of phrases: next words, and the phrase that ends here."""

    following: dict[str, _Step] = dataclasses.field(default_factory=dict)
    phrase: tuple[tuple[str, ...], bool] | None = None  # its words as written, and whether it is a name


class Mender:
    """Finds the phrases of a ``Knowledge`` and of the packaged list in torn lines."""

    def __init__(self, knowledge: Knowledge, names: Iterable[str] = ()) -> None:
        self.root = _Step()
        for phrase, name in _phrases(knowledge):
            self._add(phrase, name)
        for phrase in names:
            self._add(phrase, True)
        self.vocabulary = sorted({key for step in _walk(self.root) for key in step.following})

    def _add(self, phrase: str, name: bool) -> None:
        words = tuple(phrase.split())
        keys = [skeleton(word) for word in words]
        step = self.root
        for key in keys:
            if key:
                step = step.following.setdefault(key, _Step())
        if step is not self.root and (step.phrase is None or (name and not step.phrase[1])):
            step.phrase = (words, name)

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 - a mender lives as long as its knowledge
    def candidates(self, key: str) -> tuple[tuple[str, float], ...]:
        """Known words near ``key`` with their costs, nearest first."""
        out = []
        edits = 1 if len(key) < 3 else 2 if len(key) < 5 else 3
        near = process.extract(key, self.vocabulary, scorer=Levenshtein.distance, score_cutoff=edits, limit=None)
        for word, _, _ in near:
            if abs(len(word) - len(key)) > 2:
                continue
            cost = word_cost(key, word)
            if cost <= _WORD_LIMIT * max(len(word), 2):
                out.append((word, cost))
        return tuple(sorted(out, key=lambda pair: pair[1])[:14])

    def mend(self, lines: Sequence[Line], *, torn_only: bool = False) -> Mended:
        """``lines`` with the phrases that are known written rightly; all other words as found.

        ``torn_only``: the text is good but for single words, so only phrases that hold a torn one are written.
        """
        tokens = [
            Token(line.number, word, word, first=at == 0)
            for line in lines
            for at, word in enumerate(nfc(line.text).split())
        ]
        out: list[Token] = []
        for run in _runs(tokens):
            if torn_only and not any(_TORN.search(token.found) for token in run):
                out.extend(run)
            else:
                out.extend(self._run(run, torn_only))
        by_line: dict[int, list[str]] = {}
        for token in out:
            if token.text:
                by_line.setdefault(token.line, []).append(token.text)
        mended = tuple(dataclasses.replace(line, text=" ".join(by_line.get(line.number, []))) for line in lines)
        return Mended(mended, tuple(out))

    def _run(self, run: Sequence[Token], torn_only: bool) -> list[Token]:
        """The cheapest way to cover the words of one clause with known phrases."""
        keys = [
            None if _FIXED.search(token.found) or (token.first and _LABEL.match(token.found)) else skeleton(token.found)
            for token in run
        ]
        best: list[tuple[float, int, tuple[tuple[str, ...], bool] | None, tuple[int, ...]]] = [(0.0, 0, None, ())]
        ends: dict[int, list[tuple[float, int, tuple[tuple[str, ...], bool], tuple[int, ...]]]] = {}
        for at in range(len(run)):
            for end, cost, phrase, spots in self._from(keys, at, doubled=not torn_only):
                ends.setdefault(end, []).append((cost, at, phrase, spots))
            base = best[at][0] + (_UNKNOWN if keys[at] else 0.05)
            choice: tuple[float, int, tuple[tuple[str, ...], bool] | None, tuple[int, ...]] = (base, at, None, ())
            for cost, start, phrase, spots in ends.get(at + 1, ()):
                total = best[start][0] + cost
                if total < choice[0]:
                    choice = (total, start, phrase, spots)
            best.append(choice)
        return self._trace(run, best, torn_only)

    def _from(
        self, keys: Sequence[str | None], at: int, *, doubled: bool = True
    ) -> Iterable[tuple[int, float, tuple[tuple[str, ...], bool], tuple[int, ...]]]:
        """Phrases that can begin at ``at``: (end, cost, phrase, the place of each of its words)."""
        stack: list[tuple[int, _Step, float, int, tuple[int, ...], str]] = [(at, self.root, 0.0, 0, (), "")]
        while stack:
            place, step, cost, letters, spots, last = stack.pop()
            if (
                step.phrase is not None
                and cost <= _PHRASE_LIMIT * letters + (0.15 if len(spots) > 2 else 0.0)
                and (len(spots) > 1 or cost <= 0.1)
            ):
                yield place, cost + _PHRASE, step.phrase, spots
            if place >= len(keys):
                continue
            key = keys[place]
            if key is None:
                continue
            if not key:
                if place > at:
                    stack.append((place + 1, step, cost + 0.05, letters, spots, last))
                continue
            if doubled and last and word_cost(key, last) <= 0.3 * len(last):  # a word printed twice: "Nội Nội vụ"
                stack.append((place + 1, step, cost + _REPEATED, letters, spots, last))
            for word, far in self.candidates(key):
                following = step.following.get(word)
                if following is not None:
                    stack.append((place + 1, following, cost + far, letters + len(word), (*spots, place), word))

    def _trace(
        self,
        run: Sequence[Token],
        best: Sequence[tuple[float, int, tuple[tuple[str, ...], bool] | None, tuple[int, ...]]],
        torn_only: bool,
    ) -> list[Token]:
        out: list[Token] = []
        at = len(run)
        while at > 0:
            _, start, phrase, spots = best[at]
            if phrase is None or (torn_only and not any(_TORN.search(token.found) for token in run[start:at])):
                out.extend(reversed(run[start:at]))
            else:
                cost = best[at][0] - best[start][0] - _PHRASE
                out.extend(reversed(_written(run[start:at], start, phrase, spots, _is_sure(phrase, cost, spots))))
            at = start
        return list(reversed(out))


def _is_sure(phrase: tuple[tuple[str, ...], bool], cost: float, spots: Sequence[int]) -> bool:
    """Whether a phrase is beyond doubt: its letters are all there, or it is a long name with little torn."""
    words, name = phrase
    letters = sum(len(skeleton(word)) for word in words)
    if len(spots) < 2:
        return cost <= 0.01 and words[0] in ("các", "và", "của")
    return cost <= 0.03 * letters or (len(spots) >= 4 and cost <= (0.14 if name else 0.1) * letters)


def _walk(step: _Step) -> Iterable[_Step]:
    yield step
    for following in step.following.values():
        yield from _walk(following)


def _phrases(knowledge: Knowledge) -> Iterable[tuple[str, bool]]:
    """(phrase, whether it is a name): agencies first, then the lexicon and the packaged phrases."""
    for name in knowledge.agencies:
        yield name, not name.startswith("Các ")
    for province in knowledge.provinces:
        yield province.full_name, True
    for phrase in knowledge.lexicon:
        if " " in phrase:
            yield phrase, False
    resource = importlib.resources.files("vanban.fuzzy").joinpath("phrases.csv")
    with resource.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["phrase"], row["kind"] in ("group", "signature") and row["phrase"][0].isupper()
    for word in (
        "các",
        "và",
        "của",
        "với",
        "cho",
        "để",
        "qua",
        "hoặc",
        "trước",
        "ngày",
        "tháng",
        "năm",
        "tại",
        "về",
        "trên",
        "theo",
        "được",
    ):
        yield word, False


def is_torn(text: str) -> bool:
    """Whether ``text`` holds a word with a sign that a scan printed for a letter ("S¢", "K& hoạch")."""
    return any(_TORN.search(word) for word in text.split())


def _runs(tokens: Sequence[Token]) -> Iterable[list[Token]]:
    """Clauses: words up to one that ends in a stop or a colon."""
    held: list[Token] = []
    for token in tokens:
        if held and token.first and _LABEL.match(token.found):
            yield held
            held = []
        held.append(token)
        if token.found[-1:] in ".;:":
            yield held
            held = []
    if held:
        yield held


def _written(
    run: Sequence[Token], start: int, phrase: tuple[tuple[str, ...], bool], spots: Sequence[int], sure: bool
) -> list[Token]:
    """The words of a span with ``phrase`` written over them; doubled words and stray signs go."""
    words, name = phrase
    out: list[Token] = []
    spoken = [word for word in words if skeleton(word)]
    for offset, token in enumerate(run):
        place = start + offset
        if place not in spots:
            dash = any(not skeleton(word) for word in words)
            text = "" if skeleton(token.found) or dash else token.found
            out.append(dataclasses.replace(token, text=text, known=True, sure=sure))
            continue
        at = list(spots).index(place)
        word = spoken[at]
        bare = re.sub(r"[^\w&]+$", "", word)
        inner = word[len(bare) :] if at < len(spoken) - 1 else ""
        behind = re.search(r"[.,;:)”\"/]+$", token.found)
        ahead = re.match(r"^[“\"(\[-]+", token.found)
        tail = behind[0] if behind and (at == len(spoken) - 1 or not inner) else inner
        text = f"{ahead[0] if ahead else ''}{_cased(bare, token.found, name, at)}{tail}{_dash_behind(words, at)}"
        out.append(dataclasses.replace(token, text=text, known=True, sure=sure))
    return out


def _dash_behind(words: Sequence[str], at: int) -> str:
    """A dash that the phrase prints behind its ``at``-th word ("Tài chính - Kế hoạch")."""
    spoken = -1
    for place, word in enumerate(words):
        if skeleton(word):
            spoken += 1
            if spoken == at and place + 1 < len(words) and not skeleton(words[place + 1]):
                return f" {words[place + 1]}"
    return ""


def _cased(word: str, found: str, name: bool, at: int) -> str:
    """``word`` in the case of a name, or of what was found at the head of a phrase."""
    letters = [c for c in found if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    capital = found.lstrip("“\"('’-")[:1].isupper()
    if at == 0 and not name:
        return (word[:1].upper() if capital else word[:1].lower()) + word[1:]
    if capital and word in ("thành", "tỉnh", "huyện"):
        return word.capitalize()  # "Công an Thành phố": the document's own way
    return word
