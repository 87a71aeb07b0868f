"""Which points of a reading a person is asked about, and in which order. Pure.

To the reader's own doubts the directory adds one for each name that it does not know, once for each name, however often
the plan uses it: settling it settles every place. What is asked together is for ``stops`` to say.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Protocol

from vanban.text import fold

from .contents import Content, entry_of, get, has, names

# Doubts that the directory raises, by what it found (``organisations.queries.Match.how``).
BY_DIRECTORY = {"unknown": "agency-unmatched", "ambiguous": "agency-ambiguous", "not-valid": "agency-ended"}
UNMATCHED = frozenset(BY_DIRECTORY.values())
CITED = "header-cited"  # the file states neither number nor date; a plan that cites it does
EDITED = "edited"  # not a doubt: what a reviewer changed of their own accord, kept so that it can be undone


def may_accept_alike(kind: str) -> bool:
    """Whether points of this kind may be accepted together: what was repaired, or left as it was found."""
    return kind.startswith("repaired-") or kind in ("broken-text", "shared-block")


class Match(Protocol):
    """What the directory says of a name (``organisations.queries.Match``)."""

    @property
    def how(self) -> str: ...

    def __bool__(self) -> bool: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """One doubt, as its row keeps it."""

    kind: str
    where: str
    first_line: int | None
    last_line: int | None
    found: str | None
    proposed: str | None
    confidence: float
    words: list[dict[str, Any]] = dataclasses.field(default_factory=list)  # ``unsure``


def gathered(content: Content, matches: Mapping[str, Match]) -> list[Point]:
    """The doubts of a reading in the order of the document; those about the header, which have no line, first."""
    new = unmatched(content, matches)
    about_unmatched = {point.where for point in new}
    read = [point for point in _read(content) if not _is_answered(content, point, matches, about_unmatched)]
    order = {"header": 0}
    return sorted(
        [*read, *new],
        key=lambda p: (p.first_line or 0, order.get(p.where.split("/")[1] if p.where else "", 1)),
    )


def _read(content: Content) -> list[Point]:
    """The reader's doubts, each said once."""
    points: dict[tuple[str, str, str | None, str | None], Point] = {}
    for doubt in content["doubts"]:
        first, last = doubt["lines"] or (None, None)
        point = Point(
            doubt["kind"], doubt["where"], first, last, doubt["found"], doubt["proposed"], doubt["confidence"]
        )
        points.setdefault((point.kind, point.where, point.found, point.proposed), point)
    return list(points.values())


def _is_answered(content: Content, point: Point, matches: Mapping[str, Match], asked: set[str]) -> bool:
    """Whether the directory has answered already: it knows the name that the reader thought strange, or asks itself."""
    if point.kind != "agency-unknown" or not has(content, point.where):
        return False
    name: Any = get(content, point.where)
    return isinstance(name, str) and (bool(matches.get(name)) or point.where in asked or name in matches)


def unmatched(content: Content, matches: Mapping[str, Match]) -> list[Point]:
    """A doubt for each name that the directory was asked about and does not know, once a name."""
    points: dict[str, Point] = {}
    for pointer, name in names(content):
        match = matches.get(name)
        if match is None or match or fold(name) in points:
            continue
        first, last = get(content, entry_of(pointer) or "")["lines"]
        kind = BY_DIRECTORY.get(match.how, BY_DIRECTORY["unknown"])
        points[fold(name)] = Point(kind, pointer, first, last, name, None, 0.0)
    return list(points.values())
