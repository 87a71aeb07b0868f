"""From the signs that a legacy encoding shows to Vietnamese letters, and which encoding a text without fonts is in.

A text is taken for legacy only when its words say so: what holds the encoding's signs becomes Vietnamese syllables under
its table, and is none as it stands. So Unicode, French or English text is never touched.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Sequence

from vanban.source.legacy.tables import ENCODINGS, Encoding
from vanban.syllables import is_syllable

_ENOUGH = 8  # different words that must speak for an encoding
_MOST_RIGHT = 0.8  # of the words with its signs that must become syllables under it
_FEW_RIGHT = 0.4  # of them that may be syllables as they stand
_SAMPLE = 5_000  # words that are looked at
_LETTERS = re.compile(r"[^\W\d_]+")
_CLEAN = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_START = re.compile(r"^(?:[-–+•*]\s*|(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)/:]\s+)?", re.IGNORECASE)
_TONED = re.compile("[àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
_SOFT_HYPHEN = "\u00ad"  # the sign of "ư" in TCVN3
# "Ủy ban" is the name of a body in every official text; the line may end between its words.
_COMMITTEE = re.compile(r"\bủy(?= ban\b)")
_TORN_COMMITTEE = re.compile(r"\bủy$")


@dataclasses.dataclass(frozen=True, slots=True)
class Converted:
    """Lines after conversion, and the names of the encodings that were found in them."""

    lines: tuple[str, ...]
    encodings: tuple[str, ...]


@functools.lru_cache
def _units(name: str) -> re.Pattern[str]:
    """One letter of the encoding, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(ENCODINGS[name].table, key=len, reverse=True))))


@functools.lru_cache
def _words(name: str) -> re.Pattern[str]:
    """A word as it may stand in a text of the encoding."""
    signs = "".join(sorted({sign for unit in ENCODINGS[name].table for sign in unit if not sign.isascii()}))
    return re.compile(f"[A-Za-z{re.escape(signs)}]+")


def convert(text: str, encoding: Encoding, *, in_capitals: bool = False) -> str:
    """``text`` of a run that is said to be in ``encoding``; ``in_capitals`` where its font draws capitals alone.

    A word that is Vietnamese as it stands and would not be after is left alone: the font may be named wrongly.
    """
    if _CLEAN.search(text):
        return text.upper() if in_capitals else text

    def word(match: re.Match[str]) -> str:
        stands, meant = match[0], _letters(match[0], encoding)
        return stands if meant != stands and _is_right(stands) and not _is_right(meant) else meant

    text = _words(encoding.name).sub(word, text)
    return text.upper() if in_capitals else text


def _letters(word: str, encoding: Encoding) -> str:
    return _units(encoding.name).sub(lambda match: encoding.table[match[0]], word)


def _is_right(word: str) -> bool:
    return all(map(is_syllable, _LETTERS.findall(word))) and word.isalpha()


def detect(texts: Iterable[str]) -> Encoding | None:
    """The encoding that ``texts`` (of one file) are in; None for Unicode, for other languages and for too little text."""
    held = list(texts)
    found = max(((_evidence(held, encoding), encoding) for encoding in ENCODINGS.values()), key=lambda pair: pair[0])
    return found[1] if found[0] > 0 else None


def as_shown(data: bytes) -> str | None:
    """The bytes of a plain text as Windows-1252 shows them, where they are in a legacy encoding; else None."""
    text = data.decode("cp1252", "replace") if b"\x00" not in data else ""
    return text if text and detect(text.splitlines()) else None


def _evidence(texts: Iterable[str], encoding: Encoding) -> float:
    """How many words speak for the encoding; 0 when they do not say enough."""
    seen: dict[str, int] = {}
    count = 0
    for text in texts:
        for word in _words(encoding.name).findall(text):
            if not word.isascii() and len(word) > 1:
                seen[word] = seen.get(word, 0) + 1
                count += 1
        if count >= _SAMPLE:
            break
    changed = {word: n for word, n in seen.items() if _letters(word, encoding) != word}
    total = sum(changed.values())
    if len(changed) < _ENOUGH or total == 0:
        return 0.0
    right = sum(n for word, n in changed.items() if _is_right(_letters(word, encoding)))
    stands = sum(n for word, n in changed.items() if _is_right(word))
    if right < _MOST_RIGHT * total or stands > _FEW_RIGHT * total:
        return 0.0
    return right - stands


def mended(texts: Sequence[str]) -> Converted:
    """The lines of one file with what is in a legacy encoding converted, line by line: a file may hold both."""
    if all(text.isascii() for text in texts):
        return Converted(tuple(texts), ())
    encoding = detect(text for text in texts if not (text.isascii() or _CLEAN.search(text)))
    if encoding is None:
        return Converted(tuple(texts), ())
    given = _with_soft_hyphens(texts, encoding)
    out = [_line(text, encoding) for text in given]
    if not encoding.has_capitals and not any(_writes_capitals(text, encoding) for text in texts):
        out = with_capitals(out, [was != now for was, now in zip(texts, out, strict=True)])
    return Converted(tuple(out), (encoding.name,))


def _with_soft_hyphens(texts: Sequence[str], encoding: Encoding) -> Sequence[str]:
    """PDF takes the sign of "ư" for a hyphen (ISO 32000-1, annex D, WinAnsiEncoding): "t-íng" is "tướng". It is put
    back where no "ư" is left in the file, and where it makes a syllable."""
    if _SOFT_HYPHEN not in encoding.table or any(_SOFT_HYPHEN in text for text in texts):
        return texts
    signs = "".join(sorted({sign for unit in encoding.table for sign in unit if not sign.isascii()}))
    torn = re.compile(
        f"(?<![\\w/.&-])([A-Za-z{re.escape(signs)}]{{0,3}})-([A-Za-z{re.escape(signs)}]{{0,4}})(?![\\w/-])"
    )

    def word(match: re.Match[str]) -> str:
        meant = f"{match[1]}{_SOFT_HYPHEN}{match[2]}"
        following = match.string[match.end() :].lstrip()[:1]
        is_label = match.start() == 0 and len(match[0]) <= 2 and not following.islower()  # "b- Nội dung"
        is_plain = match.string.isascii() and not (match[1] and match[2].islower())  # no sign of the encoding beside it
        is_symbol = len(match[1]) > 1 and match[1].isupper()  # "KH-UBND", cut by the line's end
        is_alone = not match[1] and not _letters(match[2], encoding)[:1].islower()  # a dash, or one before a name
        return (
            match[0]
            if is_alone or is_plain or is_label or is_symbol or not _is_right(_letters(meant, encoding))
            else meant
        )

    return [text if _CLEAN.search(text) else torn.sub(word, text) for text in texts]


def _line(text: str, encoding: Encoding) -> str:
    if text.isascii() or _CLEAN.search(text):
        return text
    if _is_unicode(text, encoding):
        return text
    bullet = "·" if text.startswith("· ") else ""
    return bullet + convert(text[len(bullet) :], encoding)


def _is_unicode(text: str, encoding: Encoding) -> bool:
    """Whether a line holds a Vietnamese letter that is no sign of the encoding ("à" is none in TCVN3), and no word that
    only the encoding explains."""
    signs = set().union(*encoding.table)
    words = [word for word in _LETTERS.findall(text) if not word.isascii() and _is_right(word)]
    if all(signs.issuperset(sign for sign in word if not sign.isascii()) for word in words):
        return False
    others = [word for word in _words(encoding.name).findall(text) if not word.isascii() and not _is_right(word)]
    return not any(_is_right(_letters(word, encoding)) for word in others)


def _writes_capitals(text: str, encoding: Encoding) -> bool:
    """Whether the text has capitals with tone: written as the capital and the small letter."""
    return any(len(unit) > 1 and _is_capital(encoding.table[unit]) for unit in _units(encoding.name).findall(text))


def _is_capital(letter: str) -> bool:
    return letter.isupper() and bool(_TONED.fullmatch(letter.lower()))


def with_capitals(lines: Sequence[str], converted: Sequence[bool]) -> list[str]:
    """Capitals with tone for text that came from an encoding without them (the lines where ``converted``): in words and
    lines of capitals, at the beginning of a sentence, in the name of a committee."""
    out: list[str] = []
    ended = True  # whether the line before ended a sentence
    for at, (line, is_converted) in enumerate(zip(lines, converted, strict=True)):
        if is_converted:
            following = lines[at + 1] if at + 1 < len(lines) else ""
            line = _COMMITTEE.sub("Ủy", _capital_words(line, _is_high(following)))
            if following.startswith("ban "):
                line = _TORN_COMMITTEE.sub("Ủy", line)
            line = _sentence_starts(line, ended)
        out.append(line)
        ended = not line.strip() or line.rstrip().endswith((".", ":", ";", "!", "?"))
    return out


def _sentence_starts(line: str, ended: bool) -> str:
    start = _START.match(line)
    at = start.end() if start else 0
    if (ended or at) and _TONED.match(line, at):
        line = line[:at] + line[at].upper() + line[at + 1 :]
    return re.sub(f"(?<=[.!?] ){_TONED.pattern}", lambda match: match[0].upper(), line)


def _is_high(line: str) -> bool | None:
    """Whether a line is printed in capitals, by its words that have letters without tone; None when it has none."""
    sure = [word for word in _LETTERS.findall(line.partition("(")[0]) if len(word) > 2 and is_syllable(word)]
    high = sum(all(c.isupper() for c in word if not _TONED.match(c)) for word in sure)
    return high >= 0.8 * len(sure) if sure else None


def _capital_words(line: str, following: bool | None) -> str:
    """Words of capitals whose letters with tone are small: "CéNG HßA" became "CộNG HòA". ``following``: whether the next
    line is in capitals, for a line too short to tell."""
    high = _is_high(line)
    all_high = following if high is None else high
    end = line.find("(") if "(" in line else len(line)  # what stands in brackets after a heading is not in capitals

    def word(match: re.Match[str]) -> str:
        text = match[0]
        if not _TONED.search(text):
            return text
        others = [c for c in text[1:] if not _TONED.match(c)]
        is_high = bool(others) and all(c.isupper() for c in text if not _TONED.match(c))
        return text.upper() if is_high or (all_high and match.end() <= end and not others) else text

    return _LETTERS.sub(word, line)
