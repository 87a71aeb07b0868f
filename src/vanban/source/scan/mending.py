"""Lines read by an OCR put right where a class of errors is sure to be one: labels out of their sequence, bullets and
dashes read as other strokes, figures in the middle of a syllable.

What is changed here is always told (``Mended.words``); numbers, symbols, dates and names are never touched.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from vanban.fuzzy.spacing import is_syllable
from vanban.model import Line, UnsureWord
from vanban.text import fold

CONFIDENCE = 0.5  # of a repair: a person looks at it

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_DASHES = re.compile(r"(?<=\s)[-–—~]{2,3}(?=\s)|(?<=\s)[—~](?=\s)|(?<=\s)[-–—]{2,3}$|(?<=\s)—$")
_SLASHES = re.compile(r"/?[⁄∕]/?")
_QUARTER = re.compile(r"(?<=[Qq]uý )([IVTLl1|]{2,3})(?=[\s/,;.)]|$)|^(?!11)([IVTLl1|]{2,3})(?=/20\d\d\b)")
_TO_REPORT = re.compile(r"(?<=\(b/)[€©e](?=\))")
_TAIL = re.compile(r"(?<=[^\W\d_][.;])\s*[-–—~_]+$")
_BULLET = re.compile(r"^(?:[~¬=_«»—–]|[-–—_~]{2,3})\s+(?=[^\W\d_])")
_ROMAN_LABEL = re.compile(r"^([IVXLHTl1Í|]{1,6})([.,])?\s+(?=[^\W\d_])")
_ROMAN_CELL = re.compile(r"(?!\d+$|TT$)[IVXlTLÏÍ|1]{1,5}")
_LETTER_LABEL = re.compile(r"^([^\s()./-]{1,2})([)])\s+(?=\S)")
_TORN = re.compile(r"(?<![\w/.-])([^\W\d_]*)([015])([^\W\d_]+)(?![\w/-])")
_FIGURES = {"1": "TtlLiI", "0": "oO", "5": "Ss"}
_LIKE_ROMAN = str.maketrans({"L": "I", "l": "I", "1": "I", "Í": "I", "Ï": "I", "|": "I", "T": "I"})


@dataclasses.dataclass(frozen=True, slots=True)
class Mended:
    """The lines as far as they are put right, and each word that was: its place in the new line, what the OCR read."""

    lines: tuple[Line, ...]
    words: tuple[UnsureWord, ...]


def mended(lines: Sequence[Line], pages: frozenset[int]) -> Mended:
    """``lines`` with those on ``pages`` (read by an OCR) put right; all others stay as they are."""
    out = list(lines)
    words: list[UnsureWord] = []
    roman = letter = group = -1
    for at, line in enumerate(lines):
        ours = line.page in pages
        text = _strokes(line.text) if ours else line.text
        label = _ROMAN_LABEL.match(text)
        if label is not None and _is_heading(text[label.end() :]):
            value = _roman(label[1], roman)
            if ours and value is not None and _ROMAN[value] != label[1]:
                text = _changed(line, text, label[1], _ROMAN[value], 0, words)
            roman = roman if value is None else value
            letter = group = -1
        if ours and (cell := _ROMAN_CELL.fullmatch(text)) is not None:
            value = _group(cell[0], group)
            if value is not None and _ROMAN[value] != cell[0]:
                text = _changed(line, text, cell[0], _ROMAN[value], 0, words)
            group = group if value is None else value
        label = _LETTER_LABEL.match(text)
        if label is not None:
            value = _letter(label[1], letter)
            if ours and value is not None and _LETTERS[value] != label[1]:
                text = _changed(line, text, label[1], _LETTERS[value], 0, words)
            letter = -1 if value is None else value
        if ours:
            text = _whole_syllables(line, text, words)
            text = _quarters(line, text, words)
            text = _phrases(line, text, words)
        if text != line.text:
            out[at] = dataclasses.replace(line, text=text)
    return Mended(tuple(out), tuple(words))


def _changed(line: Line, text: str, found: str, right: str, start: int, words: list[UnsureWord]) -> str:
    """``text`` with ``right`` for ``found`` at ``start``, which is noted."""
    words.append(UnsureWord(line.number, start, start + len(right), found, CONFIDENCE))
    return text[:start] + right + text[start + len(found) :]


def _strokes(text: str) -> str:
    """A bullet or dash that was read as another stroke."""
    text = _TAIL.sub("", text)
    return _BULLET.sub("- ", _DASHES.sub("–", _SLASHES.sub("/", text)))


def _is_heading(text: str) -> bool:
    """Whether most letters are capitals, as in the heading of a section."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 3 and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _roman(read: str, last: int) -> int | None:
    """The place of a heading's number behind the heading ``last``; None where it is no such number."""
    known = _ROMAN.index(read) if read in _ROMAN else None
    if known is not None and (known > last or known == 0):
        return known
    following = last + 1
    if not 0 <= following < len(_ROMAN):
        return known
    shape = read.replace("H", "II").translate(_LIKE_ROMAN)
    near = shape == _ROMAN[following] or (known is not None and known == last and _near(shape, _ROMAN[following]))
    if near:
        return following
    return known if known is not None else _ROMAN.index(shape) if shape in _ROMAN and shape != read else None


def _group(read: str, last: int) -> int | None:
    """The place of a Roman number that stands alone in a table's cell, behind the number ``last``."""
    if read in _ROMAN and (_ROMAN.index(read) > last or read == "I"):
        return _ROMAN.index(read)
    following = _ROMAN[last + 1] if last + 1 < len(_ROMAN) else ""
    shape = read.translate(_LIKE_ROMAN)
    return last + 1 if following and (shape == following or _near(shape, following)) else None


def _near(one: str, other: str) -> bool:
    """Whether one stroke more or less parts them: II, III."""
    return abs(len(one) - len(other)) == 1 and (one in other or other in one)


def _letter(read: str, last: int) -> int | None:
    """The place of an item's letter behind the item ``last``; None where it is none."""
    if len(read) == 1 and read in _LETTERS:
        return _LETTERS.index(read)
    following = last + 1
    if last < 0 and read not in ("ä", "à", "á", "â", "ã", "ạ", "ả", "ă"):
        return None
    if following >= len(_LETTERS) or len(read) > 1 or read.isdigit() and read not in "80":
        return None
    strange = not read.isascii() or not read.isalnum() or read.isdigit()
    return (
        following if strange and (not read.isalpha() or fold(read) not in _LETTERS or _alike(read, following)) else None
    )


def _alike(read: str, place: int) -> bool:
    return fold(read) == fold(_LETTERS[place]) or read in "øöỡợờớởỗ"


def _quarters(line: Line, text: str, words: list[UnsureWord]) -> str:
    """The Roman number of a quarter: "Quý I1/2026"."""
    for match in _QUARTER.finditer(text):
        right = match[0].translate(_LIKE_ROMAN)
        if right in _ROMAN[:4] and right != match[0]:
            text = _changed(line, text, match[0], right, match.start(), words)
    return text


def _phrases(line: Line, text: str, words: list[UnsureWord]) -> str:
    """Words that nothing but one phrase can be: "(b/€)", to report."""
    for match in _TO_REPORT.finditer(text):
        text = _changed(line, text, match[0], "c", match.start(), words)
    return text


def _whole_syllables(line: Line, text: str, words: list[UnsureWord]) -> str:
    """Figures within syllables ("1ổ chức", "S0 Tài chính") as the letters that they are."""
    at = 0
    while (match := _TORN.search(text, at)) is not None:
        at = match.end()
        before, figure, after = match.groups()
        found = match[0]
        if found.isascii() and not (before and after):
            continue
        for right in _FIGURES[figure]:
            whole = before + right + after
            if is_syllable(whole) and (whole.islower() or whole.istitle() or whole.isupper()) and not whole.isascii():
                text = _changed(line, text, found, whole, match.start(), words)
                break
    return text
