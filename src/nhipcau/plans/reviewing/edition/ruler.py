"""The strip of the document: its sections, what is in question and what was looked at, drawn to scale. Pure."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

_AXIS = 20
_MARGIN = 8
_APART = 14  # least distance between two section names


@dataclasses.dataclass(frozen=True, slots=True)
class Tick:
    """A section: where it begins, and its name where there is room for it. Places are texts: a template would write a
    number with the decimal comma of the language, which a drawing does not read."""

    x: str
    code: str


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """A point in question, or looked at: a shape at its line. ``leads``: it stands for its stop; the other places of the
    same stop are drawn, but not read out."""

    line: int
    x: str
    path: str
    is_open: bool
    position: int
    is_current: bool
    leads: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Strip:
    """One drawing of the strip, for one width."""

    name: str
    width: int
    end: int
    ticks: list[Tick]
    marks: list[Mark]


@dataclasses.dataclass(frozen=True, slots=True)
class Ruler:
    """The strip in its two widths, and the same in words: ``left`` counts stops, as the page does."""

    strips: tuple[Strip, ...]
    lines: int
    left: int


def ruler_of(
    line_count: int,
    outline: Iterable[Mapping[str, Any]],
    points: Sequence[tuple[int, int, bool]],
    leading: Collection[int],
    current: int | None = None,
) -> Ruler:
    """``points``: (position, line, is open); ``leading``: the positions of those that stand for the stops that are left.
    Sections of the first rank are named."""
    sections = [(s["code"], s["lines"][0]) for s in outline if "." not in s["code"]]
    strips = [
        _strip(name, width, line_count, sections, points, leading, current)
        for name, width in (("broad", 1184), ("narrow", 358))
    ]
    return Ruler(tuple(strips), line_count, len(leading))


def _strip(
    name: str,
    width: int,
    line_count: int,
    sections: Sequence[tuple[str, int]],
    points: Sequence[tuple[int, int, bool]],
    leading: Collection[int],
    current: int | None,
) -> Strip:
    scale = (width - 2 * _MARGIN) / max(line_count, 1)

    def x(line: int) -> float:
        return round(_MARGIN + min(max(line, 0), line_count) * scale, 1)

    ticks: list[Tick] = []
    named = -100.0
    for code, line in sections:
        has_room = x(line) - named >= _APART + 4 * len(code)
        named = x(line) if has_room else named
        ticks.append(Tick(str(x(line)), code if has_room else ""))
    marks = [
        Mark(
            line,
            str(x(line)),
            _diamond(x(line), 8 if position == current else 5.5),
            is_open,
            position,
            position == current,
            position in leading,
        )
        for position, line, is_open in sorted(points, key=lambda p: (p[0] == current, p[1]))
    ]
    return Strip(name, width, width - _MARGIN, ticks, marks)


def _diamond(x: float, size: float) -> str:
    return f"M{x} {_AXIS - size}l{size} {size}l-{size} {size}l-{size} -{size}z"
