"""Who reports to whom in a round, and until when, so that each level has time to aggregate. Pure: the calendar is given."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

from nhipcau.core.clocks import Limit, WorkCalendar, compute, end_of


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """An organisation's place in a round: to whom it reports (None: the top), how many levels below the top."""

    organisation_id: int
    receiver_id: int | None
    depth: int


def places(top: int, paths: Mapping[int, str]) -> list[Place]:
    """The place of each organisation (id and path of each that reports; ``top`` among them or not): it reports to the
    nearest one above it that takes part, else to the top. In the order of depth, then of ids."""
    taking_part = {*paths, top}
    receivers: dict[int, int | None] = {pk: _receiver(pk, path, taking_part, top) for pk, path in paths.items()}
    receivers[top] = None
    found = [Place(pk, receiver, _depth(pk, receivers)) for pk, receiver in receivers.items()]
    return sorted(found, key=lambda place: (place.depth, place.organisation_id))


def _receiver(pk: int, path: str, taking_part: set[int], top: int) -> int | None:
    above = [int(part) for part in path.split("/") if part and int(part) != pk]
    return next((one for one in reversed(above) if one in taking_part), top)


def _depth(pk: int, receivers: Mapping[int, int | None]) -> int:
    depth, seen = 0, {pk}
    while (above := receivers[pk]) is not None and above not in seen:
        depth, pk = depth + 1, above
        seen.add(pk)
    return depth


def dues(
    due_at: dt.datetime, depths: Iterable[int], days_between: int, calendar: WorkCalendar
) -> dict[int, dt.datetime]:
    """Until when each level reports: the top at ``due_at``; each level below so many working days before the one above it,
    at the end of that day. With no days between, all at the same moment."""
    found = {0: due_at}
    for depth in range(1, max(depths, default=0) + 1):
        above = found[depth - 1]
        if days_between == 0:
            found[depth] = above
        else:
            limit = Limit("working_days_before", number=days_between)
            found[depth] = end_of(compute(limit, above, calendar).due_on)
    return found


def leaves_no_day(levels: Mapping[int, dt.datetime], now: dt.datetime) -> list[int]:
    """The levels whose time is the same as that of the level above (which then cannot aggregate) or is past already."""
    return [
        depth for depth, due in levels.items() if due <= now or (depth > 0 and due.date() >= levels[depth - 1].date())
    ]
