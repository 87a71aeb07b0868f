"""Marks before paragraphs: those that a word processor counts by itself are automatic, the others are typed.

A mark is automatic where the word processor, counting, would print exactly it; a clerk who adds a heading then gets the
next number. Letters are always typed: no word processor counts a, b, c, d, đ, e, g as Vietnamese does.

Parts, chapters and articles each head a list of their own: articles go on over chapters (sections begin anew in each), and
LibreOffice begins a level anew under every one above it, whatever the file says (``w:lvlRestart``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from vanban.official import ELEMENTS, text_width
from vanban.official.numbers import roman
from vanban.write.docx.xml import DECLARATION, NAMESPACES, tag, twips
from vanban.write.laying import ADDRESSEES_LIST_INSET

Key = tuple[str, str]  # an element and the kind of its mark


@dataclasses.dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: what stands before and after the number."""

    before: str
    after: str
    roman: bool = False
    bold: bool = False

    def mark(self, number: int) -> str:
        """The mark of the number-th paragraph."""
        return f"{self.before}{roman(number) if self.roman else number}{self.after}"


_SECTIONS = {
    ("roman", ""): Level("", ".", roman=True),
    ("arabic", ""): Level("", "."),
    ("body", "arabic"): Level("", "."),
}
_POINTS = {key: _SECTIONS[key] for key in (("arabic", ""), ("body", "arabic"))}
# The lists, in the order of their numbers in the file; in each, its levels from above to below.
LISTS: tuple[Mapping[Key, Level], ...] = (
    {("part", ""): Level("Phần ", "", roman=True)} | _SECTIONS,
    {
        ("part", "chapter"): Level("Chương ", "", roman=True),
        ("part", "section"): Level("Mục ", ""),
        ("part", "subsection"): Level("Tiểu mục ", ""),
    }
    | _SECTIONS,
    {("article", ""): Level("Điều ", ".")} | _POINTS,
    {("body", "article"): Level("Điều ", ".", bold=True)} | _POINTS,
)
_HEADS = {next(iter(levels)): number for number, levels in enumerate(LISTS)}
# (element, kind) → the list and the level that its style counts in by itself.
LINKED: Mapping[Key, tuple[int, int]] = MappingProxyType(
    {key: (number, level) for number in (1, 0) for level, key in enumerate(LISTS[number])}
    | {key: (number, 0) for key, number in _HEADS.items()}
)


@dataclasses.dataclass(frozen=True, slots=True)
class Bullet:
    """A list with a sign: its number in the file, the element whose size and place it has."""

    list: int
    sign: str
    element: str


# (element, kind) → list. Their numbers follow those of the headings.
BULLETS: Mapping[Key, Bullet] = MappingProxyType(
    {
        ("body", "dash"): Bullet(5, "-", "body"),
        ("body", "plus"): Bullet(6, "+", "body"),
        ("addressees", "dash"): Bullet(7, "-", "addressees"),
        ("recipients", "dash"): Bullet(8, "-", "recipients"),
    }
)
_FIRST_OF_ANNEXES = 9
_PART_KINDS = {"Phần": "", "Chương": "chapter", "Mục": "section", "Tiểu mục": "subsection"}


def kind_of(element: str, mark: str) -> str:
    """The kind of a mark: "dash", "plus", "arabic", "letter", "article", "chapter", "section", "subsection"; "" where the
    element says it."""
    if mark in ("-", "+"):
        return "dash" if mark == "-" else "plus"
    if element == "part":
        return _PART_KINDS[mark.rpartition(" ")[0]]
    if element != "body" or not mark:
        return ""
    if mark.startswith("Điều"):
        return "article"
    return "arabic" if mark[0].isdigit() else "letter"


def number_of(position: int, annex: int) -> int:
    """The number in the file of a list of headings (from 0) in an annex (from 1; 0: the document itself)."""
    return position + 1 if annex == 0 else _FIRST_OF_ANNEXES + (annex - 1) * len(LISTS) + position


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A mark and where it stands in the lists; ``automatic``: the word processor counts it."""

    list: int
    level: int
    mark: str
    automatic: bool = False


def placed(lines: Iterable[tuple[Key, str]]) -> list[Mark]:
    """The marks of a body in their order, those that lists can hold: each in the list of what it stands under."""
    found: list[Mark] = []
    current = sections = 0
    for key, mark in lines:
        if key in _HEADS:
            current = _HEADS[key]
            sections = current if key[0] == "part" else sections
        elif key[0] == "part":
            current = sections = LINKED[key][0]
        elif key == ("roman", ""):
            current = sections
        if mark and key in LISTS[current]:
            found.append(Mark(current, list(LISTS[current]).index(key), mark))
    for number in range(len(LISTS)):
        own = [n for n, mark in enumerate(found) if mark.list == number]
        counted = _automatic(tuple(LISTS[number].values()), [(found[n].level, found[n].mark) for n in own])
        for n, automatic in zip(own, counted, strict=True):
            found[n] = dataclasses.replace(found[n], automatic=automatic)
    return found


def _automatic(levels: Sequence[Level], marks: Sequence[tuple[int, str]]) -> list[bool]:
    """Typed is what would not be counted so; and what would make a later mark wrong: a paragraph deep in the list, with
    none above it yet, makes LibreOffice count the missing one above; the one that does come then gets the second number."""
    ahead = _ahead([level for level, _ in marks], len(levels))
    counts, behind = [0] * len(levels), [-1] * len(levels)
    found = []
    for (level, mark), following in zip(marks, ahead, strict=True):
        misleads = any(following[upper] == upper and behind[upper] != upper for upper in range(level))
        found.append(mark == levels[level].mark(counts[level] + 1) and not misleads)
        if found[-1]:
            deeper = len(levels) - level
            counts[level:] = [counts[level] + 1, *([0] * (deeper - 1))]
            behind[level:] = [level] * deeper
    return found


def _ahead(levels: Sequence[int], count: int) -> list[tuple[int, ...]]:
    """For each place and each level, the first level after that place that is this one or stands above it (-1: none)."""
    found, nearest = [], [-1] * count
    for level in reversed(levels):
        found.append(tuple(nearest))
        nearest[level:] = [level] * (count - level)
    return found[::-1]


def numbering_xml(annexes: int, first_line: int, linked: Mapping[tuple[int, int], str]) -> str:
    """The part ``word/numbering.xml``: lists for the headings of the document and of each annex, and for dashes.
    ``linked``: the style of a list's level, where it counts by itself."""
    made: dict[int, str] = {}
    for annex in range(annexes + 1):
        for position, levels in enumerate(LISTS):
            styles = [linked.get((position, n), "") if annex == 0 else "" for n in range(len(levels))]
            number = number_of(position, annex)
            made[number] = _multilevel(number, tuple(levels.values()), styles, first_line)
    made |= {bullet.list: _bullets(bullet, first_line) for bullet in BULLETS.values()}
    inside = "".join(made.values())
    inside += "".join(tag("w:num", tag("w:abstractNumId", val=number), numId=number) for number in made)
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{inside}</w:numbering>"


def _multilevel(number: int, levels: Sequence[Level], styles: Sequence[str], first_line: int) -> str:
    kind = tag("w:multiLevelType", val="multilevel")
    inside = (
        tag("w:lvl", *_level(n, level, style, first_line), ilvl=n)
        for n, (level, style) in enumerate(zip(levels, styles, strict=True))
    )
    return tag("w:abstractNum", kind, *inside, abstractNumId=number)


def _level(position: int, level: Level, style: str, first_line: int) -> Iterator[str]:
    yield tag("w:start", val=1)
    yield tag("w:numFmt", val="upperRoman" if level.roman else "decimal")
    if style:
        yield tag("w:pStyle", val=style)
    yield tag("w:suff", val="space" if level.after else "nothing")
    yield tag("w:lvlText", val=f"{level.before}%{position + 1}{level.after}")
    yield tag("w:lvlJc", val="left")
    yield tag("w:pPr", tag("w:ind", left=0, firstLine=first_line if level.after else 0))
    if level.bold:
        yield tag("w:rPr", "<w:b/><w:bCs/>")


def _bullets(bullet: Bullet, first_line: int) -> str:
    hang = twips(text_width("- ", ELEMENTS[bullet.element].chosen))
    if bullet.element == "body":
        place = tag("w:ind", left=0, firstLine=first_line)
    else:
        inset = twips(ADDRESSEES_LIST_INSET) if bullet.element == "addressees" else 0
        place = tag("w:ind", left=inset + hang, hanging=hang)
    level = tag(
        "w:lvl",
        tag("w:start", val=1),
        tag("w:numFmt", val="bullet"),
        tag("w:suff", val="space"),
        tag("w:lvlText", val=bullet.sign),
        tag("w:lvlJc", val="left"),
        tag("w:pPr", place),
        ilvl=0,
    )
    return tag("w:abstractNum", tag("w:multiLevelType", val="singleLevel"), level, abstractNumId=bullet.list)
