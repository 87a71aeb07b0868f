"""After a change of the calendar: the clocks that run are computed again, and which moved is written down.

Clocks of the same limit and options are computed together over an index of working days, and those that get the same new
moment are written together: a hundred thousand take seconds (bench/clocks.py). Each batch is a transaction of its own and
finds what is already right: killed and run again, it changes nothing twice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from nhipcau.core import clocks
from nhipcau.core.clocks import Options, WorkCalendar
from nhipcau.core.clocks.bulk import WorkIndex, compute_many
from nhipcau.core.models import CalendarChange, Clock, ClockMove

from .calendars import read_calendar

BATCH = 25_000
_OFFSET = dt.timedelta(hours=7)  # Asia/Ho_Chi_Minh, since 1975 and without summer time
_READ = (
    "limit", "roll", "receipt", "extends_from", "extensions", "pk", "organisation_id", "from_at", "due_at", "nominal_on",
    "first_on", "last_on",
)  # fmt: skip
Row = tuple[Any, ...]
Told = Callable[[int, int], None]


@dataclasses.dataclass(frozen=True, slots=True)
class _New:
    """What a clock gets; those that get the same are written together."""

    due_at: dt.datetime
    nominal_on: dt.date
    first_on: dt.date
    last_on: dt.date


def recompute(change: CalendarChange, told: Told = lambda _done, _total: None) -> int:
    """Compute again every running clock that a change of the calendar may have moved; returns how many moved in all.
    ``told(done, total)`` is called after each batch."""
    open_ones = Clock.objects.filter(closed_at=None, first_on__lte=change.last_on, last_on__gte=change.first_on)
    total = open_ones.count()
    done, last = 0, 0
    while True:
        with transaction.atomic():
            batch = open_ones.filter(pk__gt=last).order_by("pk").select_for_update()
            rows: list[Row] = list(batch.values_list(*_READ)[:BATCH])
            if not rows:
                break
            _move(change, rows, read_calendar())
        done, last = done + len(rows), rows[-1][5]
        told(done, total)
    return change.moves.count()


def moves_by_organisation(change: CalendarChange) -> dict[int | None, int]:
    """How many clocks of each organisation the change moved. One query."""
    rows = change.moves.order_by().values_list("organisation_id").annotate(n=Count("pk"))
    return dict(rows)


def _move(change: CalendarChange, rows: Sequence[Row], calendar: WorkCalendar) -> None:
    years = [row[7].year for row in rows]
    index = WorkIndex(calendar, min(years), max(years))
    together: dict[_New, list[Row]] = {}
    for row, new in _computed(rows, index):
        together.setdefault(new, []).append(row)
    moves = []
    for new, changed in together.items():
        Clock.objects.filter(pk__in=[row[5] for row in changed]).update(
            due_at=new.due_at, nominal_on=new.nominal_on, first_on=new.first_on, last_on=new.last_on
        )
        moves += [
            ClockMove(
                change_id=change.pk, clock_id=row[5], organisation_id=row[6], old_due_at=row[8], new_due_at=new.due_at
            )
            for row in changed
            if row[8] != new.due_at
        ]
    ClockMove.objects.bulk_create(moves, batch_size=_at_once())


def _computed(rows: Sequence[Row], index: WorkIndex) -> Iterator[tuple[Row, _New]]:
    """The rows whose computation gives something else than they hold, with what it gives."""
    for _key, group in groupby(sorted(rows, key=_shape), key=_shape):
        same = list(group)
        limit, roll, receipt, extends_from, extensions = same[0][:5]
        begins = [row[7].astimezone(dt.UTC).replace(tzinfo=None) + _OFFSET for row in same]
        found = compute_many(
            clocks.parse_limit(limit),
            np.array(begins, dtype="datetime64[us]"),
            index,
            Options(roll or None, receipt, extends_from),
            [clocks.parse_extension(each["limit"]) for each in extensions],
        )
        due = (found.due - np.timedelta64(_OFFSET)).tolist()
        days = [column.astype("datetime64[D]").tolist() for column in (found.nominal, found.first, found.last)]
        for row, moment, nominal, first, last in zip(same, due, *days, strict=True):
            if (row[8].replace(tzinfo=None), *row[9:]) != (moment, nominal, first, last):
                yield row, _New(moment.replace(tzinfo=dt.UTC), nominal, first, last)


def _shape(row: Row) -> tuple[str, str, str, str, str]:
    """What clocks that are computed together have in common."""
    return (row[0], row[1], row[2], row[3], "|".join(each["limit"] for each in row[4]))


def _at_once() -> int | None:
    """How many rows one INSERT takes: SQLite reads a statement of a hundred thousand values slowly."""
    return 5000 if connection.vendor == "sqlite" else None


def check_all(told: Told = lambda _done, _total: None) -> int:
    """Compute every running clock again, as a daily check: a clock may have begun while the calendar changed. Leaves a
    change of its own only where something moved."""
    whole = {"first_on": dt.date(1900, 1, 1), "last_on": dt.date(9999, 1, 1)}
    with transaction.atomic():
        change = CalendarChange.objects.create(what=CalendarChange.What.CHECKED, words="", **whole)
    moved = recompute(change, told)
    if moved:
        CalendarChange.objects.filter(pk=change.pk).update(moved=moved, made_at=timezone.now())
    else:
        change.delete()
    return moved
