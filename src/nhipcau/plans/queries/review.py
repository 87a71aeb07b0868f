"""Everything that the review screen shows of one reading."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from nhipcau.core.actors import Actor
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Organisation

from .. import rules
from ..models import Doubt, Reading
from ..reviewing import contents
from ..reviewing.doubting import EDITED
from ..reviewing.edition import Edition, Pair, Ruler, edition_of, ruler_of
from .choices import Asked, asked, say
from .readings import LEFT

Rows = Sequence[tuple[int, str, int | None]]


@dataclasses.dataclass(slots=True)
class Review:
    """The screen: the edition, the doubt that is asked now, what is left."""

    reading: Reading
    edition: Edition
    doubts: list[Doubt]
    current: Doubt | None
    asked: Asked | None
    ruler: Ruler
    left: int
    points: int
    tasks: int
    may_review: bool

    @property
    def seen(self) -> int:
        """How many points were looked at."""
        return self.points - self.left

    @property
    def current_pair(self) -> Pair | None:
        """The pair in which the current doubt is asked."""
        return self.edition.pair_for(self.current.where) if self.current else None

    @property
    def next(self) -> Doubt | None:
        """The doubt after the current one, round and round."""
        return neighbour(self.doubts, self.current, 1)

    @property
    def previous(self) -> Doubt | None:
        """The doubt before the current one."""
        return neighbour(self.doubts, self.current, -1)


def lines_of(reading: Reading) -> Rows:
    """The lines of a reading's text: number, text, page."""
    if reading.text_id is None:
        return []
    return list(
        reading.text.lines.order_by("number").values_list("number", "text", "page")  # type: ignore[union-attr]
    )


def review_of(
    actor: Actor, reading: Reading, rows: Rows | None = None, *, position: int | None = None, ask: bool = True
) -> Review:
    """The review screen of a reading. ``position``: the doubt to ask about, else the next one after where the review
    stopped; ``ask`` False: nothing is asked now (a value is being edited)."""
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
    for doubt in points:
        pair = edition.pair_for(doubt.where)
        doubt.line = pair.first if pair else doubt.first_line or 1
        doubt.turn = pair.turn_of(doubt) if pair else 0
    left = walk(points)
    may_review = bool(rules.may_review(actor, reading))
    current = _current(left, position, reading.place_in_review, points) if may_review and ask else None
    if current is not None and (pair := edition.pair_for(current.where)) is not None:
        pair.is_current = True
    open_pks = {doubt.pk for doubt in left}
    say(doubts, reading.current, actor.person_id)
    return Review(
        reading=reading,
        edition=edition,
        doubts=left,
        current=current,
        asked=_asked(current, left, reading) if current else None,
        ruler=ruler_of(
            reading.current["source"]["line_count"],
            reading.outline,
            [(d.position, d.line, d.pk in open_pks) for d in points],
            current.position if current else None,
        ),
        left=len(left),
        points=len(points),
        tasks=len(contents.live(reading.current, "tasks")),
        may_review=may_review,
    )


def walk(points: Sequence[Doubt]) -> list[Doubt]:
    """The doubts that are left, in the order in which they are walked: down the page (``line``), those put off last."""
    left = [doubt for doubt in points if doubt.state in LEFT]
    return sorted(left, key=lambda d: (d.state == Doubt.State.LATER, d.line, d.turn, d.position))


def neighbour(left: Sequence[Doubt], current: Doubt | None, step: int) -> Doubt | None:
    """The doubt before or after the current one, round and round; None where there is no other."""
    places = [doubt.pk for doubt in left]
    if current is None or current.pk not in places:
        return left[0] if left else None
    return left[(places.index(current.pk) + step) % len(left)] if len(left) > 1 else None


def _current(left: Sequence[Doubt], position: int | None, place: str, points: Sequence[Doubt]) -> Doubt | None:
    if position is not None:
        asked_for = next((doubt for doubt in left if doubt.position == position), None)
        if asked_for is not None:
            return asked_for
        place = str(position)
    stopped = next((d for d in points if str(d.position) == place), None)
    if stopped is not None and left:
        line = (stopped.line, stopped.turn, stopped.position)
        fresh = [d for d in left if d.state == Doubt.State.OPEN]
        after = [d for d in fresh if (d.line, d.turn, d.position) > line]
        return (after or fresh or list(left))[0]
    return left[0] if left else None


def _asked(current: Doubt, left: Sequence[Doubt], reading: Reading) -> Asked:
    alike = sum(1 for doubt in left if doubt.kind == current.kind and doubt.pk != current.pk)
    return asked(current, reading.current, _scope(reading), alike)


def _scope(reading: Reading) -> Organisation:
    public_id = reading.current.get("scope")
    found = organisations.organisation_by_public_id(public_id) if public_id else None
    return found or reading.organisation
