"""Which doubts are asked about together, as one stop of the walk. Pure.

A plan read from a bad scan has a hundred doubts; a tired officer gives up long before the end. Nothing is hidden from
them, but what one look answers is one stop: several doubts about one value; one repair that was made in many places; all
names, times and symbols that only lost their marks; all names that the directory knows as they were mended; all labels
that follow from the one before; the words of one entry that may be wrong; running text that was put right, or stays torn,
without a word to choose in it. Every doubt keeps its own row and can be decided, and taken back, by itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from vanban.text import fold

from .contents import entry_of, is_name, steps
from .decisions import place_of
from .doubting import UNMATCHED

# Repairs that mean the same wherever they were made. Titles, labels and dates are each their own.
_SAME_EVERYWHERE = frozenset({"repaired-agency", "repaired-issuer", "repaired-time", "repaired-symbol"})
_ONLY_MARKS = _SAME_EVERYWHERE | {"repaired-title", "repaired-signature"}
_RUNNING_TEXT = frozenset({"tasks", "duties", "obligations"})
_WITH_ENTRY = frozenset({*_RUNNING_TEXT, "reporting", "citations"})


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
    @property
    def words(self) -> list[dict[str, Any]]: ...


T = TypeVar("T", bound=Asking)


def stops_of(points: Sequence[Asking], outline: Iterable[Mapping[str, Any]], known: Collection[str] = ()) -> list[int]:
    """For each point the number of its stop: the place of the stop's first point, counted from 1. ``known``: the names,
    folded, that the directory knows."""
    sections = sorted((s["lines"][0], s["code"]) for s in outline if s["code"].count(".") == 0)
    at_place = Counter(place for place, _what in {(place_of(point.where), _repair(point)) for point in points})
    made_in: dict[tuple[str, str], set[str]] = defaultdict(set)
    for point in points:
        made_in[_repair(point)].add(entry_of(point.where) or point.where)
    first: dict[tuple[str, ...], int] = {}
    keys = [_key(point, at_place, made_in, sections, known) for point in points]
    return [first.setdefault(key, number) for number, key in enumerate(keys, 1)]


def _key(
    point: Asking,
    at_place: Mapping[str, int],
    made_in: Mapping[tuple[str, str], set[str]],
    sections: Sequence[tuple[int, str]],
    known: Collection[str],
) -> tuple[str, ...]:
    place, repair, entry = place_of(point.where), _repair(point), entry_of(point.where)
    if entry and point.words:
        return ("entry", entry)
    if at_place[place] > 1:
        return ("place", place)
    if is_torn_text(point):
        if point.found and point.proposed and point.found != point.proposed:
            return ("restored",)
        line = point.first_line or 0
        return ("torn", next((code for start, code in reversed(sections) if start <= line), ""))
    if point.kind == "repaired-label":
        return ("labels",)
    if only_lost_marks(point):
        return ("marks",)
    if point.kind == "repaired-agency" and point.proposed and fold(point.proposed) in known:
        return ("known",)
    if repair[0] in _SAME_EVERYWHERE and len(made_in[repair]) > 1:
        return ("same", *repair)
    if entry and point.kind.startswith("repaired-") and steps(entry)[0] in _WITH_ENTRY:
        return ("entry", entry)
    return ("place", place)


def _repair(point: Asking) -> tuple[str, str]:
    """What was done to the words. A name that was mended and that the directory does not know is one question."""
    if point.kind in UNMATCHED and point.found:
        return "repaired-agency", point.found.casefold()
    return point.kind, (point.proposed or "").casefold()


def only_lost_marks(point: Asking) -> bool:
    """Whether every letter of the repair stands in the file, and nothing but marks was put back."""
    if point.kind not in _ONLY_MARKS or not point.found or not point.proposed:
        return False
    found, proposed = (re.sub(r"[\W_]+", " ", fold(text)).strip() for text in (point.found, point.proposed))
    return found == proposed and re.findall(r"\d+", point.found) == re.findall(r"\d+", point.proposed)


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
    return all(is_torn_text(point) and not _is_put_right(point) for point in points)


def is_list(points: Sequence[Asking]) -> bool:
    """Whether the points are several repairs, each with words of its own: they are accepted together, or looked at one
    by one."""
    repairs = {(place_of(point.where), *_repair(point)) for point in points}
    return (
        len({place for place, _kind, _words in repairs}) > 1
        and len({words for _place, _kind, words in repairs}) > 1
        and all(point.kind.startswith("repaired-") or point.kind in ("broken-text", "unsure-word") for point in points)
    )


def _is_put_right(point: Asking) -> bool:
    return bool(point.found and point.proposed and point.found != point.proposed)
