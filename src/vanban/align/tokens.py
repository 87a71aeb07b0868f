"""A running text as the units that two plans are compared by: words, agencies, collectives, places, cited documents."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

from vanban.align.names import GROUP, LEVEL_WORDS, Names, Place, group_parts
from vanban.align.spelling import EDGES, exact, fold
from vanban.align.vocabulary import Vocabulary
from vanban.align.words import SAME, STOP
from vanban.fuzzy import skeleton
from vanban.text import nfc

Sort = Literal["word", "agency", "group", "place", "below", "document"]
_CHUNK = re.compile(r"\S+")
_SYMBOL = re.compile(r"^(\d{1,6})(?:/(?:19|20)\d\d)?/[^\W\d]")
#: What stands for the letters of a number in a torn text, which has none.
NO_LETTERS = "?"
#: Where a name ends in the tree of names; no word is written so.
_END = "\n"
_TITLE_OPENS = frozenset(("ve", "phe", "ban", "quy", "v/v", "trien"))
_TITLE_GAP = frozenset(
    ("ngay", "thang", "nam", "cua", "thu", "tuong", "chinh", "phu", "ubnd", "uy", "nhan", "dan", "bo")
)


@dataclasses.dataclass(frozen=True, slots=True)
class Token:
    """One unit: its sort, the key that it is compared by, what it prints as and where in the text it stands.

    ``titled``: it belongs to the title of a document that is cited by its number. ``doubtful``: a torn word that could
    not be made out; ``unsure``: one that was read as a known word that it does not print. ``ends``: a clause ends
    behind it; ``comma``: a member of a list or a clause does. ``raw``: the bare letters found, in a torn text.
    ``shown``: its words as they are read; ``literal``: these as they are compared.
    """

    sort: Sort
    key: str
    start: int
    end: int
    titled: bool = False
    doubtful: bool = False
    unsure: bool = False
    ends: bool = False
    comma: bool = False
    raw: str = ""
    shown: str = ""
    literal: str = ""

    @property
    def is_stop(self) -> bool:
        """Whether it says nothing by itself."""
        if self.sort != "word":
            return False
        bare = len(self.key) == 1 and not self.key.isdigit()
        return bare or exact(self.shown.lower()) in _STOP or (self.doubtful and self.key in _STOP_FOLDED)


_STOP = frozenset(exact(word) for word in STOP)
_STOP_FOLDED = frozenset(fold(word) for word in STOP)


@dataclasses.dataclass(slots=True)
class _Word:
    text: str  # in small letters, rightly written as far as that is known
    key: str
    start: int
    end: int
    comma: bool  # a sign that ends a phrase or a member of a list stands behind it
    stop: bool  # a sign that ends a clause stands behind it
    doubtful: bool = False
    unsure: bool = False
    raw: str = ""
    shown: str = ""


class Tokeniser:
    """Cuts the texts of one plan into tokens."""

    def __init__(
        self,
        names: Names,
        places: Sequence[Place],
        agencies: Iterable[str],
        *,
        known: Iterable[str] = (),
        short: Mapping[str, str] | None = None,
        vocabulary: Vocabulary | None = None,
        folded: bool = False,
    ) -> None:
        """``places``: the plan's own place first, then the other plan's. ``agencies``: the names to find in a text, of
        which ``known`` are surely written rightly. ``short``: abbreviations and what they stand for. ``vocabulary``
        reads the words of a torn plan. ``folded`` compares without marks, as one must where either plan is torn."""
        self._names, self._vocabulary, self._folded = names, vocabulary, folded
        self._own = places[0]
        self._place = _place_pattern(places)
        self._below = re.compile(
            rf"(?<!\w)(?:cấp (?:{'|'.join(self._own.below)}|cơ sở)|(?:các )?(?:{'|'.join(self._own.below)})"
            rf"(?:, (?:{'|'.join(LEVEL_WORDS)}))*)(?! hội)(?!\w)"
        )
        self._whole = frozenset(known)
        self._short = short or {}
        self._cut: dict[str, list[Token]] = {}
        self._root: dict[str, object] = {}
        for name in agencies:
            if not group_parts(name):
                self._learn(name)

    def _learn(self, name: str) -> None:
        bare = (word.strip(EDGES) for word in nfc(name).lower().replace("-", " ").replace("–", " ").split())
        keys = [self.key(word) for word in bare if word and word not in ("và", "&")]
        if len(keys) < 2:
            return
        step = self._root
        for key in keys:
            step = step.setdefault(key, {})  # type: ignore[assignment]
        step[_END] = name

    def key(self, word: str) -> str:
        """What ``word`` is compared by."""
        return fold(word) if self._folded else exact(word)

    def name(self, name: str) -> str:
        """An agency's name as it is read: torn words as those that they stand for."""
        if self._vocabulary is None or name in self._whole:
            return name
        words = self._words(nfc(name))
        return name if any(word.doubtful for word in words) else _joined_names(words)

    def cut(self, text: str) -> list[Token]:
        """The tokens of ``text``, in order."""
        if text not in self._cut:
            self._cut[text] = self._tokens_of(text)
        return self._cut[text]

    def _tokens_of(self, text: str) -> list[Token]:
        words = self._words(nfc(text))
        low, starts = _joined(words)
        taken: dict[int, tuple[int, Sort, str]] = {}
        self._documents(words, taken)
        self._agencies(words, taken)
        for pattern, sort in ((GROUP, "group"), (self._place, "place"), (self._below, "below")):
            for match in pattern.finditer(low):
                first, last = starts.get(match.start()), _last(starts, match.end())
                if first is None or last < first or any(at in taken for at in range(first, last + 1)):
                    continue
                parts = "+".join(sorted(group_parts(match[0]))) if sort == "group" else sort
                for at in range(first, last + 1):
                    taken[at] = (first, sort, parts or "bodies")  # type: ignore[assignment]
        return list(_title_marked(self._tokens(words, taken)))

    def _words(self, text: str) -> list[_Word]:
        out: list[_Word] = []
        for match in _CHUNK.finditer(text):
            chunk = match[0]
            bare = chunk.strip(EDGES) if not _SYMBOL.match(chunk.lstrip(EDGES)) else chunk.strip(EDGES[:-1])
            signs = chunk[chunk.rfind(bare) + len(bare) :] if bare else chunk
            if not bare:
                if out and any(sign in chunk for sign in ",;:.("):
                    out[-1].comma = True
                continue
            start = match.start() + chunk.find(bare)
            if "(" in chunk[: chunk.find(bare)] and out:
                out[-1].comma = out[-1].stop = True
            word = _Word(bare.lower(), "", start, start + len(bare), False, False, shown=bare)
            word.comma = any(sign in signs for sign in ",;:.()")
            word.stop = any(sign in signs for sign in ";.()") or signs.endswith("”")
            out.append(word)
        if self._vocabulary is not None:
            self._read(out, self._vocabulary)
        out = [whole for word in out for whole in self._written_out(word)]
        for word in out:
            word.key = self.key(word.text)
        return _same_ways(out, self.key)

    def _written_out(self, word: _Word) -> list[_Word]:
        """The words that an abbreviation stands for, each where it stands; else the word itself."""
        full = self._short.get(word.shown)
        if full is None:
            return [word]
        words = [dataclasses.replace(word, text=text, comma=False, stop=False, shown=text) for text in full.split()]
        words[-1].comma, words[-1].stop = word.comma, word.stop
        return words

    def _read(self, words: Sequence[_Word], vocabulary: Vocabulary) -> None:
        """Puts for torn words those that they stand for; a number stays as it is."""
        for word in words:
            word.raw = NO_LETTERS
        loose = [word for word in words if not re.fullmatch(r"[\d./%-]+", word.text) and not _SYMBOL.match(word.text)]
        for word, known in zip(loose, vocabulary.read([word.text for word in loose]), strict=True):
            word.raw = skeleton(word.text) or NO_LETTERS
            word.doubtful = known is None
            word.unsure = not vocabulary.is_sure(word.text)
            if known is not None and known != word.text:
                is_name = word.shown[:1].isupper()
                word.shown = known[:1].upper() + known[1:] if is_name else known
                word.text = known

    def _documents(self, words: Sequence[_Word], taken: dict[int, tuple[int, Sort, str]]) -> None:
        for at, word in enumerate(words):
            symbol = _SYMBOL.match(word.text)
            if symbol:
                taken[at] = (at, "document", symbol[1].lstrip("0"))

    def _agencies(self, words: Sequence[_Word], taken: dict[int, tuple[int, Sort, str]]) -> None:
        at = 0
        while at < len(words):
            end, name = self._longest(words, at)
            if name is None or any(place in taken for place in range(at, end)):
                at += 1
                continue
            end = self._with_place(words, end)
            for place in range(at, end):
                taken[place] = (at, "agency", name)
            at = end

    def _longest(self, words: Sequence[_Word], at: int) -> tuple[int, str | None]:
        step, end, name, place = self._root, at, None, at
        while place < len(words):
            key = words[place].key
            if place == at + 1 and words[at].comma:
                break  # "chuyển đổi số, kinh tế" names no body
            if key in step:
                step = step[key]  # type: ignore[assignment]
                if _END in step:
                    end, name = place + 1, str(step[_END])
            elif not (words[place].text in ("và", "va") and place > at):
                break
            place += 1
        return end, name

    def _with_place(self, words: Sequence[_Word], end: int) -> int:
        """The end of an agency's name together with the place that follows it."""
        if end < len(words) and not words[end - 1].comma:
            tail = " ".join(f"{word.text}{',' if word.comma else ''}" for word in words[end : end + 9])
            match = self._place.match(tail)
            if match:
                return end + len(match[0].split())
        return end

    def _tokens(self, words: Sequence[_Word], taken: dict[int, tuple[int, Sort, str]]) -> list[Token]:
        out: list[Token] = []
        at = 0
        while at < len(words):
            word = words[at]
            if at in taken:
                first, sort, key = taken[at]
                end = at
                while end + 1 < len(words) and taken.get(end + 1, (None,))[0] == first:
                    end += 1
                shown = " ".join(f"{w.shown}{',' if w.comma else ''}" for w in words[at : end + 1]).rstrip(",")
                last = words[end]
                literal = " ".join(w.key for w in words[at : end + 1])
                out.append(
                    Token(
                        sort, key, word.start, last.end, ends=last.stop, comma=last.comma, shown=shown, literal=literal
                    )
                )
                at = end + 1
                continue
            out.append(
                Token(
                    "word",
                    word.key,
                    word.start,
                    word.end,
                    doubtful=word.doubtful,
                    unsure=word.unsure,
                    ends=word.stop,
                    comma=word.comma,
                    raw=word.raw,
                    shown=word.shown,
                    literal=word.key,
                )
            )
            at += 1
        return out


def _joined_names(words: Sequence[_Word]) -> str:
    return " ".join(f"{word.shown}{',' if word.comma else ''}" for word in words).rstrip(",")


def _joined(words: Sequence[_Word]) -> tuple[str, dict[int, int]]:
    """The words in small letters with their commas, and where each begins."""
    starts: dict[int, int] = {}
    parts: list[str] = []
    length = 0
    for at, word in enumerate(words):
        starts[length] = at
        part = word.text + (" ;" if word.stop else "," if word.comma else "")
        parts.append(part)
        length += len(part) + 1
    return " ".join(parts), starts


def _last(starts: dict[int, int], end: int) -> int:
    return max((at for begin, at in starts.items() if begin < end), default=-1)


def _place_pattern(places: Sequence[Place]) -> re.Pattern[str]:
    forms: list[str] = []
    for place in places:
        if place.level == "national":
            forms.append(r"(?:cả nước|toàn quốc|trung ương)")
            continue
        name = ""
        if place.name:
            spaced = r"[ –-]+".join(re.escape(word) for word in re.split(r"[\s–-]+", place.name))
            name = spaced
        forms.append(rf"(?:toàn |cấp )?{place.word}(?! trực thuộc)(?! hội)" + (rf"(?: {name})?" if name else ""))
        if name:
            forms.append(name)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _same_ways(words: list[_Word], key: Callable[[str], str]) -> list[_Word]:
    """Words with usual variants ("đảm bảo", "hàng năm") compared as one way of writing them."""
    for right, variant in SAME:
        theirs, ours = [key(word) for word in variant.split()], [key(word) for word in right.split()]
        for at in range(len(words) - len(theirs) + 1):
            if [word.key for word in words[at : at + len(theirs)]] == theirs:
                for offset, text in enumerate(ours):
                    words[at + offset].key = text
    return words


def _title_marked(tokens: Sequence[Token]) -> Iterable[Token]:
    """The tokens, those of titles of documents cited by number marked as such."""
    titled, behind = False, -1
    for at, token in enumerate(tokens):
        key = fold(token.key) if token.sort == "word" else ""
        if token.sort == "document":
            behind = at
        elif behind >= 0 and not titled:
            if key in _TITLE_OPENS:
                titled = True
            elif token.sort == "word" and key not in _TITLE_GAP and not key[:1].isdigit():
                behind = -1
        yield dataclasses.replace(token, titled=True) if titled else token
        if token.ends:
            titled, behind = False, -1
