"""Marks before paragraphs: those that a word processor counts by itself are automatic, the others are typed.

A mark is automatic where the word processor, counting, would print exactly it; a clerk who adds a heading then gets the
next number. Letters are always typed: no word processor counts a, b, c, d, đ, e, g as Vietnamese does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from vanban.official import ELEMENTS, text_width
from vanban.official.numbers import roman
from vanban.write.docx.xml import DECLARATION, NAMESPACES, tag, twips
from vanban.write.laying import ADDRESSEES_LIST_INSET


@dataclasses.dataclass(frozen=True, slots=True)
class Level:
    """A level of the list of headings. ``endless``: it goes on counting whatever stands above."""

    before: str
    after: str
    roman: bool = False
    bold: bool = False
    endless: bool = False


# The order is that of depth: a level begins anew after any that stands before it here.
_LEVELS = (
    Level("Phần ", "", roman=True),
    Level("Chương ", "", roman=True, endless=True),
    Level("", ".", roman=True),
    Level("Điều ", ".", endless=True),
    Level("Điều ", ".", bold=True, endless=True),
    Level("", "."),
    Level("", "."),
)
# (element, kind of mark) → level.
NUMBERED: Mapping[tuple[str, str], int] = MappingProxyType(
    {
        ("part", ""): 0,
        ("part", "chapter"): 1,
        ("roman", ""): 2,
        ("article", ""): 3,
        ("body", "article"): 4,
        ("arabic", ""): 5,
        ("body", "arabic"): 6,
    }
)
NUMBERED_LIST = 1  # numbers of lists in the file: the headings of the document; those of annexes come last


@dataclasses.dataclass(frozen=True, slots=True)
class Bullet:
    """A list with a sign: its number in the file, and for elements that have one of their own, theirs."""

    sign: str
    list: int
    own: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def list_of(self, element: str) -> int:
        """The list of this sign for an element."""
        return self.own.get(element, self.list)


BULLETS: Mapping[str, Bullet] = MappingProxyType(
    {"dash": Bullet("-", 2, {"addressees": 4, "recipients": 5}), "plus": Bullet("+", 3)}
)
_FIRST_OF_ANNEXES = 6


def kind_of(element: str, mark: str) -> str:
    """The kind of a mark: "dash", "plus", "arabic", "letter", "article", "chapter"; "" where the element says it."""
    if mark in ("-", "+"):
        return "dash" if mark == "-" else "plus"
    if element == "part":
        return "chapter" if mark.startswith("Chương") else ""
    if element != "body" or not mark:
        return ""
    if mark.startswith("Điều"):
        return "article"
    return "arabic" if mark[0].isdigit() else "letter"


class Counter:
    """What the word processor would print before the paragraphs of one list, one after the other."""

    def __init__(self, list_number: int) -> None:
        self.list = list_number
        self._counts = [0] * len(_LEVELS)

    def counts(self, level: int, mark: str) -> bool:
        """Whether the mark is what comes next on its level; if so, it is counted."""
        expected = _LEVELS[level]
        number = self._counts[level] + 1
        if mark != expected.before + (roman(number) if expected.roman else str(number)) + expected.after:
            return False
        self._counts[level] = number
        for deeper in range(level + 1, len(_LEVELS)):
            if not _LEVELS[deeper].endless:
                self._counts[deeper] = 0
        return True


def annex_list(position: int) -> int:
    """The number of the list of the position-th annex (from 1)."""
    return _FIRST_OF_ANNEXES + position - 1


def numbering_xml(annexes: int, first_line: int, linked: Mapping[int, str]) -> str:
    """The part ``word/numbering.xml``: lists for the headings of the document and of each annex, and for dashes.
    ``linked``: the style of each level of the document's own headings."""
    sizes = dict.fromkeys((2, 3), "body") | {4: "addressees", 5: "recipients"}
    signs = {bullet.list: bullet.sign for bullet in BULLETS.values()} | {4: "-", 5: "-"}
    lists = [(NUMBERED_LIST, _multilevel(NUMBERED_LIST, first_line, linked))]
    lists += [(number, _bullets(number, signs[number], sizes[number], first_line)) for number in sorted(signs)]
    lists += [(n, _multilevel(n, first_line, {})) for n in map(annex_list, range(1, annexes + 1))]
    inside = "".join(abstract for _, abstract in lists)
    inside += "".join(tag("w:num", tag("w:abstractNumId", val=number), numId=number) for number, _ in lists)
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{inside}</w:numbering>"


def _multilevel(number: int, first_line: int, linked: Mapping[int, str]) -> str:
    levels = "".join(_level(n, level, first_line, linked.get(n, "")) for n, level in enumerate(_LEVELS))
    kind = tag("w:multiLevelType", val="multilevel")
    return tag("w:abstractNum", kind, levels, abstractNumId=number)


def _level(position: int, level: Level, first_line: int, style: str) -> str:
    return tag("w:lvl", *_level_parts(position, level, first_line, style), ilvl=position)


def _level_parts(position: int, level: Level, first_line: int, style: str) -> Iterator[str]:
    yield tag("w:start", val=1)
    yield tag("w:numFmt", val="upperRoman" if level.roman else "decimal")
    if level.endless and position:
        yield tag("w:lvlRestart", val=0)
    if style:
        yield tag("w:pStyle", val=style)
    yield tag("w:suff", val="space" if level.after else "nothing")
    yield tag("w:lvlText", val=f"{level.before}%{position + 1}{level.after}")
    yield tag("w:lvlJc", val="left")
    yield tag("w:pPr", tag("w:ind", left=0, firstLine=first_line if level.after else 0))
    if level.bold:
        yield tag("w:rPr", "<w:b/><w:bCs/>")


def _bullets(number: int, sign: str, element: str, first_line: int) -> str:
    hang = twips(text_width("- ", ELEMENTS[element].chosen))
    if element == "body":
        place = tag("w:ind", left=0, firstLine=first_line)
    else:
        inset = twips(ADDRESSEES_LIST_INSET) if element == "addressees" else 0
        place = tag("w:ind", left=inset + hang, hanging=hang)
    level = tag(
        "w:lvl",
        tag("w:start", val=1),
        tag("w:numFmt", val="bullet"),
        tag("w:suff", val="space"),
        tag("w:lvlText", val=sign),
        tag("w:lvlJc", val="left"),
        tag("w:pPr", place),
        ilvl=0,
    )
    return tag("w:abstractNum", tag("w:multiLevelType", val="singleLevel"), level, abstractNumId=number)
