"""The marks that a word processor computes for numbered paragraphs (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from typing import Any

from vanban.official import roman
from vanban.parse.docx.package import W

_PLACE = re.compile(r"%(\d)")
_BULLETS = {"\uf0b7": "-", "•": "-", "–": "-", "−": "-", "": "-", "o": "-"}
_Level = tuple[int, str, str]  # where it begins, the kind of its numbers, the text around them


class Numbering:
    """The numbering of one file; ``mark`` is asked for each numbered paragraph in the order of the text."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._abstract: dict[str, str] = {}
        self._begins: dict[str, dict[int, int]] = {}
        if root is None:
            return
        drafts = {found.get(f"{W}abstractNumId", ""): found for found in root.iter(f"{W}abstractNum")}
        for found in root.iter(f"{W}num"):
            identifier = found.get(f"{W}numId", "")
            chosen = found.find(f"{W}abstractNumId")
            abstract = chosen.get(f"{W}val", "") if chosen is not None else ""
            levels = _levels(drafts.get(abstract))
            begins: dict[int, int] = {}
            for override in found.iter(f"{W}lvlOverride"):
                depth = _number(override.get(f"{W}ilvl"), 0)
                if (level := override.find(f"{W}lvl")) is not None:
                    levels[depth] = _level(level)
                if (start := override.find(f"{W}startOverride")) is not None:
                    begins[depth] = _number(start.get(f"{W}val"), 1)
            self._levels[identifier], self._abstract[identifier], self._begins[identifier] = levels, abstract, begins

    def mark(self, identifier: str, depth: int) -> str:
        """The mark of the next paragraph of this list on this level; "" where the file does not define it."""
        levels = self._levels.get(identifier, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract[identifier], {})
        begins = self._begins[identifier]
        if depth in begins:  # a list that begins anew does so once
            counts[depth] = begins.pop(depth)
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else levels[depth][0]
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        start, kind, text = levels[depth]
        if kind == "bullet":
            return _BULLETS.get(text) or _BULLETS.get(_plain(text), _plain(text))
        if kind == "none":
            return _PLACE.sub("", text)

        def number(place: re.Match[str]) -> str:
            level = int(place[1]) - 1
            value = counts.get(level, levels.get(level, (start, "", ""))[0])
            return _written(value, levels.get(level, (1, "decimal", ""))[1])

        return _PLACE.sub(number, text).strip()


def _plain(text: str) -> str:
    """A sign of the font Symbol, which word processors keep in the private area, as the sign that it shows."""
    return "".join(chr(ord(sign) - 0xF000) if 0xF020 <= ord(sign) < 0xF07F else sign for sign in text)


def _levels(draft: Any | None) -> dict[int, _Level]:
    if draft is None:
        return {}
    return {_number(level.get(f"{W}ilvl"), 0): _level(level) for level in draft.iter(f"{W}lvl")}


def _level(found: Any) -> _Level:
    values = {}
    for name in ("start", "numFmt", "lvlText"):
        child = found.find(f"{W}{name}")
        values[name] = child.get(f"{W}val", "") if child is not None else ""
    return _number(values["start"], 1), values["numFmt"] or "decimal", values["lvlText"]


def _number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdigit() else otherwise


def _written(value: int, kind: str) -> str:
    if kind in ("upperRoman", "lowerRoman") and 1 <= value <= 399:
        return roman(value) if kind == "upperRoman" else roman(value).lower()
    if kind in ("upperLetter", "lowerLetter") and value >= 1:
        sign = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return sign.upper() if kind == "upperLetter" else sign
    return f"{value:02d}" if kind == "decimalZero" else str(value)
