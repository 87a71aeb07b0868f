"""All usual syllables (``vanban.syllables``) with their tones, where official documents print them: hóa, khỏe, thủy."""

from __future__ import annotations

import functools
import unicodedata

from vanban.syllables import bodies

#: Level, grave, acute, hook, tilde, dot below, as combining marks.
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_STOPPED = ("", "\u0301", "\u0323")  # the tones of a syllable that ends in c, ch, p or t: written sắc or nặng

_QUALITY = "ăâêôơư"
_VOWELS = "aăâeêioôơuưy"


@functools.cache
def syllables() -> frozenset[str]:
    """Every usual syllable, in small letters (NFC): about 16,000, of which some 7,000 are words."""
    return frozenset(
        toned for start, rhyme in bodies() for toned in (_toned(start, rhyme, tone) for tone in _tones(rhyme))
    )


def _tones(rhyme: str) -> tuple[str, ...]:
    return tuple(t for t in _STOPPED if t) if rhyme.endswith(("c", "ch", "p", "t")) else TONES


def _toned(start: str, rhyme: str, tone: str) -> str:
    at = _bearer(rhyme)
    return unicodedata.normalize("NFC", f"{start}{rhyme[: at + 1]}{tone}{rhyme[at + 1 :]}")


def _bearer(rhyme: str) -> int:
    """The place in ``rhyme`` of the vowel that carries the tone."""
    marked = [at for at, letter in enumerate(rhyme) if letter in _QUALITY]
    if marked:
        return marked[-1]
    vowels = [at for at, letter in enumerate(rhyme) if letter in _VOWELS]
    if len(vowels) == 1 or rhyme[-1] in _VOWELS:
        return vowels[1] if len(vowels) == 3 else vowels[0]
    return vowels[-1]


_NEW_STYLE = {
    f"{pair}": f"{old}"
    for tone in TONES[1:]
    for first, second in ("oa", "oe", "uy")
    for pair, old in (
        (
            unicodedata.normalize("NFC", f"{first}{second}{tone}"),
            unicodedata.normalize("NFC", f"{first}{tone}{second}"),
        ),
    )
}


def old_style(word: str) -> str:
    """``word`` (small letters, NFC) with its tone where official documents put it: hoà gives hóa, uỷ gives ủy."""
    if len(word) >= 2 and word[-2:] in _NEW_STYLE and not word.startswith("qu"):
        return word[:-2] + _NEW_STYLE[word[-2:]]
    return word


@functools.lru_cache(maxsize=1 << 16)
def bare(letter: str) -> str:
    """``letter`` without its marks, đ as d; case kept."""
    if letter in "đĐ":
        return "d" if letter == "đ" else "D"
    return unicodedata.normalize("NFD", letter)[0] if letter else ""


@functools.lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """``word`` without any mark; case kept."""
    return "".join(bare(letter) for letter in unicodedata.normalize("NFC", word))
