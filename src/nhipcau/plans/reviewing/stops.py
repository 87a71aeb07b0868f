"""Which doubts are asked about together, as one stop of the walk. Pure.

A plan read from a bad scan has a hundred doubts; a tired officer gives up long before the end. Nothing is hidden from
them, but several doubts about one value are one stop, one repair that was made in many places is one stop, and running
text that stays torn as it was found is one stop for each section, at the end of the walk. Every doubt keeps its own row
and can be decided, and taken back, by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from .contents import is_name, steps
from .decisions import place_of
from .doubting import UNMATCHED

# Repairs that mean the same wherever they were made. Titles, labels and dates are each their own.
_SAME_EVERYWHERE = frozenset({"repaired-agency", "repaired-issuer", "repaired-time", "repaired-symbol"})
_RUNNING_TEXT = frozenset({"tasks", "duties", "obligations"})


class Asking(Protocol):
    """What a stop needs to know of a doubt."""

    @property
    def kind(self) -> str: ...
    @property
    def where(self) -> str: ...
    @property
    def first_line(self) -> int | None: ...
    @property
    def found(self) -> str | None: ...
    @property
    def proposed(self) -> str | None: ...


T = TypeVar("T", bound=Asking)


def stops_of(points: Sequence[Asking], outline: Iterable[Mapping[str, Any]]) -> list[int]:
    """For each point the number of its stop: the place of the stop's first point, counted from 1."""
    sections = sorted((s["lines"][0], s["code"]) for s in outline if s["code"].count(".") == 0)
    at_place = Counter(place for place, _what in {(place_of(point.where), _repair(point)) for point in points})
    first: dict[tuple[str, ...], int] = {}
    return [first.setdefault(_key(point, at_place, sections), number) for number, point in enumerate(points, 1)]


def _key(point: Asking, at_place: Mapping[str, int], sections: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    place, repair = place_of(point.where), _repair(point)
    if at_place[place] == 1:
        if is_torn_text(point):
            line = point.first_line or 0
            return ("torn", next((code for start, code in reversed(sections) if start <= line), ""))
        if repair[0] in _SAME_EVERYWHERE:
            return ("same", *repair)
    return ("place", place)


def _repair(point: Asking) -> tuple[str, str]:
    """What was done to the words. A name that was mended and that the directory does not know is one question."""
    if point.kind in UNMATCHED and point.found:
        return "repaired-agency", point.found.casefold()
    return point.kind, (point.proposed or "").casefold()


def is_torn_text(point: Asking) -> bool:
    """Whether the point only says that running text is torn: no date, name or number hangs on it."""
    way = steps(point.where)
    return point.kind == "broken-text" and len(way) == 3 and way[0] in _RUNNING_TEXT and way[2] == "text"


def main_of(points: Sequence[T]) -> T:
    """The point whose answers decide the stop: about a name rather than about words, unknown rather than repaired."""
    return min(points, key=lambda p: (p.kind not in UNMATCHED, not is_name(p.where)))


def is_one_place(points: Sequence[Asking]) -> bool:
    """Whether all points of a stop are about one value."""
    return len({place_of(point.where) for point in points}) == 1


def is_torn(points: Sequence[Asking]) -> bool:
    """Whether the stop is running text that stays torn."""
    return all(is_torn_text(point) for point in points)
