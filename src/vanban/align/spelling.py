"""How words are spelt when they are compared: folded, with their marks, written out."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence

from vanban.text import fold as fold_text
from vanban.text import nfc

EDGES = " .,;:()[]“”\"'‘’«»-–—•+*/…"
_VIETNAMESE = re.compile(r"[ăâđêôơưà-ỹ]", re.IGNORECASE)


@functools.lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """``vanban.text.fold`` of a word, kept."""
    return fold_text(word)


@functools.lru_cache(maxsize=50_000)
def exact(word: str) -> str:
    """``word`` in small letters, wherever its tone mark is put (hòa, hoà) and however its vowels are composed."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(sorted(c for c in letters if c in "\u0300\u0301\u0303\u0309\u0323"))
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in "\u0300\u0301\u0303\u0309\u0323"))
    return f"{bare}{tones}" if tones else bare


def plain_words(text: str) -> list[str]:
    return [word for chunk in nfc(text).lower().split() if (word := chunk.strip(EDGES)) and word[0].isalpha()]


_CAPITALS = re.compile(r"(?<![\w/-])[A-ZĐ]{3,7}(?![\w/-])")


def abbreviations(texts: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """What the words in capitals of ``texts`` stand for: words found there with those initials, else the ``known``."""
    letters = set().union(*(_CAPITALS.findall(text) for text in texts)) if texts else set()
    out = {short: full.lower() for short, full in known.items() if short in letters and " " in full}
    wanted = {short for short in letters if short not in out}
    if not wanted:
        return out
    for text in texts:
        words = [word for word in plain_words(text) if word.isalpha()]
        initials = "".join(word[0] for word in words).upper()
        for short in wanted - set(out):
            at = initials.find(short)
            if at >= 0:
                out[short] = " ".join(words[at : at + len(short)])
    return out


def is_marked(text: str) -> bool:
    """Whether ``text`` has letters that only Vietnamese has."""
    return bool(_VIETNAMESE.search(text))
