"""Everything that the review screen shows of one reading."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from nhipcau.core.actors import Actor

from .. import rules
from ..models import Doubt, Reading
from ..reviewing import contents
from ..reviewing.doubting import EDITED
from ..reviewing.edition import Edition, Pair, Ruler, edition_of, ruler_of
from ..reviewing.stops import is_torn_text
from .choices import Asked, asked
from .picturing import illustrate
from .readings import LEFT, scope_of
from .wording import say

Rows = Sequence[tuple[int, str, int | None]]


@dataclasses.dataclass(frozen=True, slots=True)
class Stop:
    """The doubts that are asked about together and are left, in the order of the page."""

    doubts: list[Doubt]

    @property
    def first(self) -> Doubt:
        """The doubt by which the stop is called."""
        return self.doubts[0]

    @property
    def order(self) -> tuple[bool, bool, int, int, int]:
        """Where the walk comes to it: what was put off last of all, torn text behind what has one right answer."""
        is_late = all(doubt.state == Doubt.State.LATER for doubt in self.doubts)
        return (is_late, *_place(self.first))


@dataclasses.dataclass(slots=True)
class Review:
    """The screen: the edition, the stops that are left, the doubt at which one of them is asked about now."""

    reading: Reading
    edition: Edition
    stops: list[Stop]
    current: Doubt | None
    asked: Asked | None
    ruler: Ruler
    left: int
    points: int
    tasks: int
    may_review: bool

    @property
    def doubts(self) -> list[Doubt]:
        """The first doubt of each stop that is left, in the order of the walk."""
        return [stop.first for stop in self.stops]

    @property
    def seen(self) -> int:
        """How many stops were looked at."""
        return self.points - self.left

    @property
    def current_pair(self) -> Pair | None:
        """The pair in which the current doubt is asked."""
        return self.edition.pair_for(self.current.where) if self.current else None

    @property
    def next(self) -> Doubt | None:
        """The stop after the current one, round and round."""
        return neighbour(self.stops, self.current, 1)

    @property
    def previous(self) -> Doubt | None:
        """The stop before the current one."""
        return neighbour(self.stops, self.current, -1)


def lines_of(reading: Reading) -> Rows:
    """The lines of a reading's text: number, text, page."""
    if reading.text_id is None:
        return []
    return list(
        reading.text.lines.order_by("number").values_list("number", "text", "page")  # type: ignore[union-attr]
    )


def review_of(
    actor: Actor,
    reading: Reading,
    rows: Rows | None = None,
    *,
    position: int | None = None,
    ask: bool = True,
    alone: bool = False,
) -> Review:
    """The review screen of a reading. ``position``: the doubt to ask about, else the next one after where the review
    stopped; ``ask`` False: nothing is asked now (a value is being edited); ``alone``: that one doubt, without those
    that are asked about with it."""
    doubts = list(reading.doubts.order_by("position"))
    points = [doubt for doubt in doubts if doubt.kind != EDITED]
    edition = edition_of(
        reading.current,
        reading.found,
        reading.outline,
        lines_of(reading) if rows is None else rows,
        doubts,
        contents.explained(reading.current),
    )
    illustrate(edition, reading)
    for doubt in points:
        pair = edition.pair_for(doubt.where)
        doubt.line = pair.first if pair else doubt.first_line or 1
        doubt.turn = pair.turn_of(doubt) if pair else 0
    left = walk(points)
    may_review = bool(rules.may_review(actor, reading))
    current = _current(left, position, reading.place_in_review, points) if may_review and ask else None
    if current is not None and (pair := edition.pair_for(current.where)) is not None:
        pair.is_current = True
    _show_each_stop_once(edition, current)
    open_pks = {doubt.pk for stop in left for doubt in stop.doubts}
    say(doubts, reading.current, actor.person_id)
    return Review(
        reading=reading,
        edition=edition,
        stops=left,
        current=current,
        asked=_asked(current, left, reading, alone) if current else None,
        ruler=ruler_of(
            reading.current["source"]["line_count"],
            reading.outline,
            [(d.position, d.line, d.pk in open_pks) for d in points],
            {(current if current in stop.doubts else stop.first).position for stop in left},
            current.position if current else None,
        ),
        left=len(left),
        points=len({doubt.stop for doubt in points}),
        tasks=len(contents.live(reading.current, "tasks")),
        may_review=may_review,
    )


def _show_each_stop_once(edition: Edition, current: Doubt | None) -> None:
    """One value names a stop once, by the doubt that is asked now if it is there."""
    for pair in {id(pair): pair for pair in edition.pair_of.values()}.values():
        for value in pair.values:
            kept: dict[int, Doubt] = {}
            for doubt in value.open:
                if doubt == current or doubt.stop not in kept:
                    kept[doubt.stop] = doubt
            value.open = list(kept.values())


def walk(points: Sequence[Doubt]) -> list[Stop]:
    """The stops that are left, in the order in which they are walked."""
    found: dict[int, list[Doubt]] = {}
    for doubt in sorted((doubt for doubt in points if doubt.state in LEFT), key=_place):
        found.setdefault(doubt.stop, []).append(doubt)
    return sorted((Stop(doubts) for doubts in found.values()), key=lambda stop: stop.order)


def _place(doubt: Doubt) -> tuple[bool, int, int, int]:
    """Down the page (``line``), torn text behind all others."""
    return is_torn_text(doubt) and not doubt.words, doubt.line, doubt.turn, doubt.position


def neighbour(left: Sequence[Stop], current: Doubt | None, step: int) -> Doubt | None:
    """The first doubt of the stop before or after the current one, round and round; None where there is no other."""
    places = [stop.first.stop for stop in left]
    if current is None or current.stop not in places:
        return left[0].first if left else None
    return left[(places.index(current.stop) + step) % len(left)].first if len(left) > 1 else None


def _current(left: Sequence[Stop], position: int | None, place: str, points: Sequence[Doubt]) -> Doubt | None:
    if position is not None:
        asked_for = next((d for stop in left for d in stop.doubts if d.position == position), None)
        if asked_for is not None:
            return asked_for
        place = str(position)
    stopped = next((d for d in points if str(d.position) == place), None)
    if stopped is not None and left:
        fresh = [stop.first for stop in left if any(d.state == Doubt.State.OPEN for d in stop.doubts)]
        after = [doubt for doubt in fresh if _place(doubt) > _place(stopped)]
        return (after or fresh or [left[0].first])[0]
    return left[0].first if left else None


def _asked(current: Doubt, left: Sequence[Stop], reading: Reading, alone: bool) -> Asked:
    stop = next(stop for stop in left if stop.first.stop == current.stop)
    others = [other for other in left if other is not stop]
    alike = sum(1 for other in others if any(doubt.kind == current.kind for doubt in other.doubts))
    together = [current] if alone else stop.doubts
    return asked(
        current, together, reading.current, scope_of(reading), alike=alike, alone=alone and len(stop.doubts) > 1
    )
