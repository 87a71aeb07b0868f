"""Vietnamese text: one normal form, one folding for search and comparison, one order for sorting."""

from __future__ import annotations

import unicodedata

# The Vietnamese alphabet; letters outside it (f, j, w, z) take their Latin places.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: index for index, letter in enumerate(_ALPHABET)}
# Order of the tone marks in Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
_TONE = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def nfc(text: str) -> str:
    """``text`` in Unicode NFC, with no-break spaces made plain and byte-order marks dropped."""
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\ufeff", ""))


def fold(text: str) -> str:
    """``text`` as a search reads it: lower case, no marks, đ as d, white space as single blanks."""
    text = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in text if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(bare.split())


def sort_key(text: str) -> str:
    """A key whose plain code-point order is the Vietnamese order: a < ă < â, d < đ, tones last.

    The letters are compared first through the whole text, then the tones; both databases can store and sort it.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        tone = 0
        for part in unicodedata.normalize("NFD", char):
            tone = _TONE.get(part, tone)
        base = unicodedata.normalize(
            "NFC", "".join(p for p in unicodedata.normalize("NFD", char) if p not in _TONE)
        )
        if base in _LETTER:
            letters.append(chr(ord("A") + _LETTER[base]))
            tones.append(str(tone))
        elif char.isdigit():
            letters.append(char)
        else:
            letters.append(" " if not letters or letters[-1] != " " else "")
    return f"{''.join(letters).strip()}\t{''.join(tones)}"
