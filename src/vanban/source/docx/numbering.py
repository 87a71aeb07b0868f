"""Automatic numbering as Word prints it: "I.", "1.", "a)", "2.1.", bullets (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import dataclasses
import re
import string

from lxml import etree

from vanban.source.docx.parts import W, number, switched, value

_LEVELS = 9
_BULLETS = {"o": "◦", "\uf06f": "◦", "\uf02d": "-", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e8": "→", "\uf02b": "+"}
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what it prints."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None  # 0: never; n: only after a paragraph of level n or above; None: after any above


@dataclasses.dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a document with their running counters. ``label`` must be asked in document order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[int, _List] = {}
        self._style_levels: dict[tuple[int, str], int] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[int, int]] = set()
        if root is not None:
            self._load(root)

    def label(self, num_id: int, level: int, style: str | None = None) -> str:
        """The label that the next paragraph of the list prints, with a blank behind it; "" where it prints none.

        ``style`` is the paragraph's style when the numbering comes from it: the level may be tied to that style.
        """
        found = self._lists.get(num_id)
        if found is None:
            return ""
        if style is not None:
            level = self._style_levels.get((num_id, style), level)
        level = min(max(level, 0), _LEVELS - 1)
        counters = self._count(num_id, found, level)
        definition = found.levels.get(level, Level())
        if definition.format == "bullet":
            return self._bullet(definition)
        if definition.format == "none" and "%" not in definition.text.replace(f"%{level + 1}", ""):
            text = _PLACE.sub("", definition.text)
        else:
            text = _PLACE.sub(lambda m: self._figure(found, counters, int(m[1]) - 1, definition.legal), definition.text)
        return f"{text} " if text.strip() and definition.suffix != "nothing" else text.strip()

    @staticmethod
    def _bullet(level: Level) -> str:
        mark = level.text.strip()[:1]
        if "\ue000" <= mark <= "\uf8ff" or mark == "o":
            mark = _BULLETS.get(mark, "•")  # symbol fonts keep their pictures in the private use area
        return f"{mark} " if mark else ""

    def _count(self, num_id: int, found: _List, level: int) -> list[int | None]:
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        start = found.starts.get(level)
        current = counters[level]
        if start is not None and (num_id, level) not in self._overridden:
            self._overridden.add((num_id, level))
            counters[level] = start
        elif current is None:
            counters[level] = found.levels.get(level, Level()).start if start is None else start
        else:
            counters[level] = current + 1
        for deeper in range(level + 1, _LEVELS):
            restart = found.levels.get(deeper, Level()).restart
            if restart is None or (restart != 0 and level < restart):
                counters[deeper] = None
        return counters

    @staticmethod
    def _figure(found: _List, counters: list[int | None], level: int, legal: bool) -> str:
        definition = found.levels.get(level, Level())
        count = counters[level]
        return figure(definition.start if count is None else count, "decimal" if legal else definition.format)

    def _load(self, root: etree._Element) -> None:
        abstracts = {value(a, "abstractNumId") or "": a for a in root.iterfind(f"{W}abstractNum")}
        by_style = {value(a.find(f"{W}styleLink")): key for key, a in abstracts.items()}
        for num in root.iterfind(f"{W}num"):
            num_id = number(num, "numId")
            abstract = value(num.find(f"{W}abstractNumId")) or ""
            if num_id is None or abstract not in abstracts:
                continue
            link = value(abstracts[abstract].find(f"{W}numStyleLink"))
            abstract = by_style.get(link, abstract) if link is not None else abstract
            self._add(num_id, abstract, abstracts[abstract], num)

    def _add(self, num_id: int, abstract: str, definition: etree._Element, num: etree._Element) -> None:
        found = _List(abstract, {}, {})
        overrides = list(num.iterfind(f"{W}lvlOverride"))
        for element in [*definition.iterfind(f"{W}lvl"), *(e for o in overrides for e in o.iterfind(f"{W}lvl"))]:
            index = number(element, "ilvl")
            if index is None:
                continue
            found.levels[index] = _level(element)
            if (style := value(element.find(f"{W}pStyle"))) is not None:
                self._style_levels[num_id, style] = index
        for override in overrides:
            index, start = number(override, "ilvl"), number(override.find(f"{W}startOverride"))
            if index is not None and start is not None:
                found.starts[index] = start
        self._lists[num_id] = found


def _level(element: etree._Element) -> Level:
    start = number(element.find(f"{W}start"))
    return Level(
        start=0 if start is None else start,
        format=value(element.find(f"{W}numFmt")) or "decimal",
        text=value(element.find(f"{W}lvlText")) or "",
        suffix=value(element.find(f"{W}suff")) or "tab",
        legal=bool(switched(element.find(f"{W}isLgl"))),
        restart=number(element.find(f"{W}lvlRestart")),
    )


def figure(count: int, form: str) -> str:
    """``count`` in the number format ``form`` (ECMA-376 ST_NumberFormat); what is not known prints as decimal."""
    if form in ("upperRoman", "lowerRoman"):
        text = _roman(count)
        return text.upper() if form == "upperRoman" else text
    if form in ("upperLetter", "lowerLetter") and count > 0:
        letters = string.ascii_uppercase if form == "upperLetter" else string.ascii_lowercase
        return letters[(count - 1) % 26] * min((count - 1) // 26 + 1, 10)
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4000:
        return str(count)
    out = ""
    for weight, letters in _ROMAN:
        times, count = divmod(count, weight)
        out += letters * times
    return out
