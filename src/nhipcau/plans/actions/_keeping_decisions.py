"""How a reviewer's decision is written down: with what it changed, so that it can be taken back, and with what became of
the doubts about the same names."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils import timezone

from nhipcau.core.acts import Act
from nhipcau.organisations import queries as organisations
from vanban.text import fold

from ..models import Doubt, Reading
from ..queries import readings
from ..queries.readings import known_names
from ..reviewing import contents, doubting
from ..reviewing.changes import Changes, moved
from ..reviewing.doubting import EDITED


def keep(
    act: Act,
    reading: Reading,
    doubt: Doubt,
    state: str,
    changes: Changes,
    before: contents.Content,
    *,
    how: str,
    together: str = "",
) -> None:
    """Write the decision with what it changed, and let the other doubts follow their values. ``together``: what the
    decisions on one stop share, so that they can be taken back together."""
    doubt.state, doubt.person_id, doubt.settled_at = state, act.actor.person_id, timezone.now()
    moved_doubts, made = _follow(reading, doubt, before) if changes.values else ([], [])
    if any(pointer in _SAYS_WHO_IS_MEANT for pointer, _before, _after in changes.values):
        moved_doubts += resolve_anew(reading)
    doubt.value = {**changes.record(), "how": how, "made": made, **({"together": together} if together else {})}
    doubt.before = {"doubts": moved_doubts}
    doubt.save()
    reading.place_in_review = str(doubt.position)
    reading.save(update_fields=("current", "place_in_review", "changed_at"))


def _follow(reading: Reading, settled: Doubt, before: contents.Content) -> tuple[list[list[Any]], list[int]]:
    """Doubts about names move with their names; those whose name stands nowhere any more are settled with this
    decision; a name that was typed and that the directory does not know becomes a doubt of its own."""
    after = reading.current
    changed: list[list[Any]] = []
    for other in reading.doubts.exclude(pk=settled.pk).exclude(kind=EDITED):
        where = moved(other.where, before, after)
        if where == other.where:
            continue
        changed.append([other.pk, other.where, other.state])
        if where is None and other.state in readings.LEFT:
            other.state = Doubt.State.CHANGED
        other.where = where or other.where
        other.save(update_fields=("where", "state"))
    return changed, _ask_about_new_names(reading, before)


def _ask_about_new_names(reading: Reading, before: contents.Content) -> list[int]:
    known = {name for _pointer, name in contents.names(before)}
    new = sorted({name for _pointer, name in contents.names(reading.current)} - known)
    if not new:
        return []
    scope, day = readings.scope_and_day(reading, reading.current)
    found = {
        name: match
        for name, match in organisations.resolve(new, scope, day).items()
        if fold(name) not in reading.current.get("matches", {})
    }
    reading.current["known"] = {**reading.current.get("known", {}), **known_names(found)}
    last = reading.doubts.order_by("-position").values_list("position", flat=True).first() or 0
    points = doubting.unmatched(reading.current, found)
    made = Doubt.objects.bulk_create(
        Doubt(reading=reading, position=last + 1 + i, stop=last + 1 + i, **dataclasses.asdict(point))
        for i, point in enumerate(points, 1)
    )
    return [doubt.pk for doubt in made]


_SAYS_WHO_IS_MEANT = ("/header/date", "/header/issuer")


def resolve_anew(reading: Reading) -> list[list[Any]]:
    """Another issuer or date means other agencies by the same names: the directory is asked again, and what it then
    knows is no longer asked about. Returns the doubts that were settled by it, as they stood."""
    scope, day = readings.scope_and_day(reading, reading.current)
    named = sorted({name for _pointer, name in contents.names(reading.current)})
    known = known_names(organisations.resolve(named, scope, day))
    reading.current["known"], reading.current["scope"] = known, scope.public_id
    answered = []
    for doubt in reading.doubts.filter(kind__in=doubting.UNMATCHED, state__in=readings.LEFT):
        if fold(doubt.found or "") in known:
            answered.append([doubt.pk, doubt.where, doubt.state])
            doubt.state = Doubt.State.CHANGED
            doubt.save(update_fields=("state",))
    return answered
