"""Vietnamese text: one normal form, one folding for search and comparison, one order for sorting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# The Vietnamese alphabet; letters outside it (f, j, w, z) take their Latin places.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER = {letter: index for index, letter in enumerate(_ALPHABET)}
# Order of the tone marks in Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng.
_TONE = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_NO_WORD = re.compile(r"[\W_]+")  # what separates the words of a search
_QUOTE = re.compile(r'["“”„«»]')


def nfc(text: str) -> str:
    """``text`` in Unicode NFC, with no-break spaces made plain and byte-order marks dropped."""
    return unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\ufeff", ""))


def fold(text: str) -> str:
    """``text`` as a search reads it: lower case, no marks, đ as d, white space as single blanks."""
    text = unicodedata.normalize("NFD", text.lower())
    bare = "".join(c for c in text if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(bare.split())


def search_text(*parts: str) -> str:
    """``parts`` as a search column keeps them: folded words with one blank on either side of each, all other signs taken
    for blanks; "|" between parts, so that no phrase runs from one into the next.

    ``search_text("Quyết định", "407/QĐ-TTg")`` is ``" quyet dinh | 407 qd ttg "``.
    """
    return "|".join(f" {words} " for part in parts if (words := _NO_WORD.sub(" ", fold(part)).strip())) or " "


def search_patterns(query: str) -> tuple[str, ...]:
    """What all must stand in a ``search_text`` for it to fit ``query``: whole words, with or without marks.

    The last word may go on, since it may still be being typed; what stands in quotes is one phrase; so is a symbol
    ("407/QĐ-TTg"). A query without a letter or a digit fits nothing; an empty one fits everything: ().
    """
    pieces = _QUOTE.split(query)  # every second piece stood in quotes
    is_open = len(pieces) % 2 == 0  # the last quote is not closed yet
    patterns: list[str] = []
    for at, piece in enumerate(pieces):
        units = [piece] if at % 2 else piece.split()
        for unit in units:
            words = _NO_WORD.sub(" ", fold(unit)).split()
            is_one = at % 2 == 1 or any(word.isdigit() for word in words)
            patterns += [f" {' '.join(words)} "] if is_one and words else [f" {word} " for word in words]
    goes_on = is_open or bool(pieces[-1].strip())
    if patterns and goes_on:
        patterns[-1] = patterns[-1][:-1]
    return tuple(dict.fromkeys(patterns)) or ((query.strip(),) if _QUOTE.sub("", query).strip() else ())


def fits(searched: str, patterns: Iterable[str]) -> bool:
    """Whether a ``search_text`` has every one of ``search_patterns``."""
    return all(pattern in searched for pattern in patterns)


def phrase_pattern(query: str) -> str:
    """What stands in a ``search_text`` that has the words of ``query`` side by side, in its order; the last may go on."""
    return f" {_NO_WORD.sub(' ', fold(query)).strip()}"


def sort_key(text: str) -> str:
    """A key whose plain code-point order is the Vietnamese order: a < ă < â, d < đ, tones last; numbers by their value
    ("Phường 2" before "Phường 10").

    The letters are compared first through the whole text, then the tones; both databases can store and sort it.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        tone = 0
        for part in unicodedata.normalize("NFD", char):
            tone = _TONE.get(part, tone)
        base = unicodedata.normalize("NFC", "".join(p for p in unicodedata.normalize("NFD", char) if p not in _TONE))
        if base in _LETTER:
            letters.append(chr(ord("A") + _LETTER[base]))
            tones.append(str(tone))
        elif char.isdecimal():
            if letters and letters[-1].isdecimal():
                letters[-1] += str(int(char))
            else:
                letters.append(str(int(char)))
        else:
            letters.append(" " if not letters or letters[-1] != " " else "")
    letters = [f"{min(len(one), 9)}{one}" if one.isdecimal() else one for one in letters]  # longer numbers are larger
    return f"{''.join(letters).strip()}\t{''.join(tones)}"
