"""When two sentences say the same: the same words in the same order but for signs, capitals, where a tone mark is put, zeros
before numbers, and words that say nothing of the matter. What differs by one word that means something is not the same:
nobody is made to say what another said. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,/]*")
_FULL_WIDTH_OF_NUMBERS = re.compile(r"(?<=\d)[.,](?=\d{3}(?:\D|$))")
_ASKING = ("kính đề nghị", "đề nghị", "kính kiến nghị", "kiến nghị", "đề xuất", "xin đề nghị", "kính mong", "mong")
_SAYS_NOTHING = frozenset(
    ("các", "những", "là", "thì", "hiện", "nay", "vẫn", "còn", "rất", "cũng", "xem", "xét", "quan", "tâm")
)
_FEWEST = 3  # words that must be left: of shorter sentences all count


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, small, their tone marks behind the syllable ("hoà" and "hòa" are one word), numbers plain
    ("05" is 5, "1.200" is 1200)."""
    return tuple(
        _plain(word) for word in _WORD.findall(_FULL_WIDTH_OF_NUMBERS.sub("", unicodedata.normalize("NFC", text)))
    )


def said_by(text: str) -> tuple[str, ...]:
    """What a sentence says, to be compared: equal for sentences that say the same."""
    whole = words_of(text)
    found = whole
    for asking in _ASKING:
        opening = words_of(asking)
        if found[: len(opening)] == opening:
            found = found[len(opening) :]
            break
    found = tuple(word for word in found if word not in _QUIET)
    return found if len(found) >= _FEWEST else whole


def digest(*parts: str) -> str:
    """A few signs that stand for these texts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _plain(word: str) -> str:
    if word[0].isdigit():
        bare = word.rstrip(".,/")
        return bare.lstrip("0") or "0" if bare.isdigit() else bare
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(sign for sign in letters if sign not in _TONES) + "".join(sign for sign in letters if sign in _TONES)


_QUIET = frozenset(_plain(word) for word in _SAYS_NOTHING)
