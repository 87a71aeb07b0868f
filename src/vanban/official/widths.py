"""How wide a text is in Times New Roman: rules under names are as long as a share of the words above them, and the number
of lines a title takes decides where it is broken.

The advance widths are those of Tinos, made to the measure of Times New Roman, in 1/2048 of the size. Letters with marks
are as wide as the bare letter (đ, ơ and ư stand for themselves).
"""

from __future__ import annotations

import functools
import unicodedata

from vanban.knowledge import Knowledge

_SIGNS = (
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
    "ĐđƠơƯư“”‘’–—…•§°×½²³«»"
)
_REGULAR = """
512 682 836 1024 1024 1706 1593 369 682 682 1024 1155 512 682 512 569 1024 1024 1024 1024 1024 1024 1024 1024 1024
1024 569 569 1155 1155 1155 909 1886 1479 1366 1366 1479 1251 1139 1479 1479 682 797 1479 1251 1821 1479 1479 1139
1479 1366 1139 1251 1479 1479 1933 1479 1479 1251 682 569 682 961 1024 682 909 1024 909 1024 909 682 1024 1024 569
569 1024 569 1593 1024 1024 1024 1024 682 797 569 1024 1024 1479 1024 1024 909 983 410 983 1108 1479 1024 1479 1083
1589 1110 909 909 682 682 1024 2048 2048 717 1024 819 1155 1536 614 614 1024 1024
"""
_BOLD = """
512 682 1137 1024 1024 2048 1706 569 682 682 1024 1167 512 682 512 569 1024 1024 1024 1024 1024 1024 1024 1024 1024
1024 682 682 1167 1167 1167 1024 1905 1479 1366 1479 1479 1366 1251 1593 1593 797 1024 1593 1366 1933 1479 1593 1251
1593 1479 1139 1366 1479 1479 2048 1479 1479 1366 682 569 682 1190 1024 682 1024 1139 909 1139 909 682 1024 1139 569
682 1139 569 1706 1139 1024 1139 1139 909 797 682 1139 1024 1479 1024 1024 909 807 451 807 1065 1479 1139 1593 1134
1630 1229 1024 1024 682 682 1024 2048 2048 717 1024 819 1167 1536 614 614 1024 1024
"""
_ITALIC = """
512 682 860 1024 1024 1706 1593 438 682 682 1024 1382 512 682 512 569 1024 1024 1024 1024 1024 1024 1024 1024 1024
1024 682 682 1382 1382 1382 1024 1884 1251 1251 1366 1479 1251 1251 1479 1479 682 909 1366 1139 1706 1366 1479 1251
1479 1251 1024 1139 1479 1251 1706 1251 1139 1139 797 569 797 864 1024 682 1024 1024 909 1024 909 569 1024 1024 569
569 909 569 1479 1024 1024 1024 1024 797 797 569 1024 909 1366 909 909 797 819 563 819 1108 1479 1024 1479 1093 1544
1117 1139 1139 682 682 1024 1821 1821 717 1024 819 1382 1536 614 614 1024 1024
"""
_BOLD_ITALIC = """
512 797 1137 1024 1024 1706 1593 569 682 682 1024 1167 512 682 512 569 1024 1024 1024 1024 1024 1024 1024 1024 1024
1024 682 682 1167 1167 1167 1024 1704 1366 1366 1366 1479 1366 1366 1479 1593 797 1024 1366 1251 1821 1479 1479 1251
1479 1366 1139 1251 1479 1366 1821 1366 1251 1251 682 569 682 1167 1024 682 1024 1024 909 1024 909 682 1024 1139 569
569 1024 569 1593 1139 1024 1024 1024 797 797 569 1139 909 1366 1024 909 797 713 451 713 1167 1479 1024 1479 1099
1587 1227 1024 1024 682 682 1024 2048 2048 717 1024 819 1167 1536 614 614 1024 1024
"""

_UNITS = 2048
_HORN = "\u031b"


@functools.cache
def _table(bold: bool, italic: bool) -> dict[str, int]:
    widths = {(False, False): _REGULAR, (True, False): _BOLD, (False, True): _ITALIC, (True, True): _BOLD_ITALIC}
    return dict(zip(_SIGNS, map(int, widths[bold, italic].split()), strict=True))


def text_width(text: str, points: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width in points of a text on one line. A sign that the table does not know is as wide as "n"."""
    table = _table(bold, italic)
    return sum(table.get(sign) or table.get(_bare(sign), table["n"]) for sign in text) * points / _UNITS


def _bare(sign: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    return unicodedata.normalize("NFC", "".join(p for p in parts if p == _HORN or not unicodedata.combining(p)))


def broken(text: str, points: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """A title cut at its blanks into as few lines as fit into ``room`` points: lines of like length, broken where a reader
    pauses and not inside a term, a name or a date. A word wider than the room stands on a line of its own."""
    words = text.split(" ")
    widths = [text_width(word, points, bold=bold) for word in words]
    blank = text_width(" ", points, bold=bold)
    count = _needed(widths, blank, room)
    if count == 1:
        return (text,)
    pauses = [0.0, *(_strain(before, after) for before, after in zip(words, words[1:], strict=False))]
    even = (sum(widths) + blank * (len(words) - count)) / count
    # best[n]: the least cost of the first n words on the lines so far, and the words on each.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        best = _next_line(best, widths, blank, room, even, pauses)
    ends = best[len(words)][1]
    return tuple(" ".join(words[start:end]) for start, end in zip((0, *ends), ends, strict=False))


def _next_line(
    best: dict[int, tuple[float, tuple[int, ...]]],
    widths: list[float],
    blank: float,
    room: float,
    even: float,
    pauses: list[float],
) -> dict[int, tuple[float, tuple[int, ...]]]:
    found: dict[int, tuple[float, tuple[int, ...]]] = {}
    for start, (cost, ends) in best.items():
        used = -blank
        for end in range(start + 1, len(widths) + 1):
            used += blank + widths[end - 1]
            if used > room and end > start + 1:
                break
            here = cost + ((used - even) / even) ** 2 + pauses[start]
            if end not in found or here < found[end][0]:
                found[end] = here, (*ends, end)
    return found


def _needed(widths: list[float], blank: float, room: float) -> int:
    lines, used = 1, -blank
    for width in widths:
        if used + blank + width > room and used > 0:
            lines, used = lines + 1, -blank
        used += blank + width
    return lines


def _strain(before: str, after: str) -> float:
    """How badly a line break between two words reads; below zero: well."""
    if before[-1:] in ",;:":
        return -0.05
    if after == "-" or (before == "-") or before.lower() in _LEANING or after[:1].isdigit():
        return 0.3
    pair = before.lower().strip(_AROUND), after.lower().strip(_AROUND)
    if pair in _terms() or (before[:1].isdigit() and pair[1] in ("tháng", "năm")):
        return 0.5
    if pair[1] in _LEANING:
        return -0.02
    # Two words of a name ("Nghệ An"); among capitals nobody can tell.
    return 0.4 if before.istitle() and after.istitle() else 0.0


_AROUND = "“”\"'(),;:."
_LEANING = ("và", "của", "về", "cho", "tại", "trên", "trong", "theo", "từ", "đến", "với", "do", "số", "các", "những")


@functools.cache
def _terms() -> frozenset[tuple[str, str]]:
    """Neighbouring words of known terms: "nhân dân", "truyền thông"."""
    pairs: set[tuple[str, str]] = set()
    for phrase in Knowledge.packaged().lexicon:
        words = phrase.split(" ")
        pairs.update(zip(words, words[1:], strict=False))
    return frozenset(pair for pair in pairs if not {*_LEANING} & {*pair} and "," not in pair[0])
