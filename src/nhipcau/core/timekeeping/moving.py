"""After a change of the calendar: the clocks that run are computed again, and which moved is written down.

Clocks of the same limit and options are computed together over an index of working days, and those that get the same new
moment are written together: a hundred thousand take seconds (bench/clocks.py). Each batch is a transaction of its own and
finds what is already right: killed and run again, it changes nothing twice.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction
from django.db.models import Count, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from nhipcau.core import clocks
from nhipcau.core.clocks import Options, WorkCalendar
from nhipcau.core.clocks.bulk import WorkIndex, compute_many
from nhipcau.core.models import CalendarChange, Clock, ClockMove

from .calendars import read_calendar

BATCH = 25_000
_OFFSET = dt.timedelta(hours=7)  # Asia/Ho_Chi_Minh, since 1975 and without summer time
_NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
Told = Callable[[int, int], None]


class _Row(NamedTuple):
    """What is read of a clock. Moments are UTC, as the database gives them."""

    pk: int
    limit: str
    roll: str
    receipt: str
    extends_from: str
    extended: str  # the extensions, as text
    from_at: dt.datetime
    due_at: dt.datetime
    nominal_on: dt.date


class _New(NamedTuple):
    """What a clock gets; those that had the same and get the same are written together."""

    old_due_at: dt.datetime
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
            batch = open_ones.filter(pk__gt=last).order_by("pk")
            read = batch.annotate(extended=Cast("extensions", TextField())).values_list(*_Row._fields)
            rows = [_Row._make(row) for row in read[:BATCH]]
            if not rows:
                break
            _move(change, rows, read_calendar())
        done, last = done + len(rows), rows[-1].pk
        told(done, total)
    return change.moves.count()


def moves_by_organisation(change: CalendarChange) -> dict[int | None, int]:
    """How many clocks of each organisation the change moved. One query."""
    rows = change.moves.order_by().values_list("organisation_id").annotate(n=Count("pk"))
    return dict(rows)


def _move(change: CalendarChange, rows: Sequence[_Row], calendar: WorkCalendar) -> None:
    years = [row.from_at.year for row in rows]
    index = WorkIndex(calendar, min(years), max(years))
    together: dict[_New, list[int]] = {}
    for pk, new in _computed(rows, index):
        together.setdefault(new, []).append(pk)
    for new, changed in together.items():
        # A clock that was extended or closed since it was read is left alone: that act knew the calendar as it is. Asked
        # as "closed_at IS NULL", PostgreSQL may walk the whole index of open clocks for each statement.
        asked = Clock.objects.annotate(ends=Coalesce("closed_at", Value(_NEVER)))
        asked.filter(pk__in=changed, due_at=new.old_due_at, ends=_NEVER).update(
            due_at=new.due_at, nominal_on=new.nominal_on, first_on=new.first_on, last_on=new.last_on
        )
        if new.due_at != new.old_due_at:
            _write_moves(change, changed, new)


def _write_moves(change: CalendarChange, changed: list[int], new: _New) -> None:
    """Write down from when to when these clocks moved, without reading them."""
    old_due, due = (connection.ops.adapt_datetimefield_value(each) for each in (new.old_due_at, new.due_at))
    marks = ", ".join(["%s"] * len(changed))
    moves, held = ClockMove._meta.db_table, Clock._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {moves} (change_id, clock_id, organisation_id, old_due_at, new_due_at) "  # noqa: S608 our names
            f"SELECT %s, id, organisation_id, %s, due_at FROM {held} WHERE id IN ({marks}) AND due_at = %s",
            [change.pk, old_due, *changed, due],
        )


def _computed(rows: Sequence[_Row], index: WorkIndex) -> Iterator[tuple[int, _New]]:
    """The clocks whose computation gives something else than they hold, with what it gives."""
    alike: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        alike.setdefault(row[1:6], []).append(row)
    for (limit, roll, receipt, extends_from, extended), same in alike.items():
        found = compute_many(
            clocks.parse_limit(limit),
            _moments([row.from_at for row in same]) + np.timedelta64(_OFFSET),
            index,
            Options(roll or None, receipt, extends_from),
            [clocks.parse_extension(each["limit"]) for each in json.loads(extended)],
        )
        due = found.due - np.timedelta64(_OFFSET)
        days = [column.astype("datetime64[D]") for column in (found.nominal, found.first, found.last)]
        # Where neither of the two differs, the days that were looked at are the same.
        differs = due != _moments([row.due_at for row in same])
        differs |= days[0] != np.array([row.nominal_on for row in same], dtype="datetime64[D]")
        where = np.flatnonzero(differs)
        columns = [column[where].tolist() for column in (due, *days)]
        for at, moment, *dates in zip(where.tolist(), *columns, strict=True):
            yield same[at].pk, _New(same[at].due_at, moment.replace(tzinfo=dt.UTC), *dates)


def _moments(given: Sequence[dt.datetime]) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    return np.array([moment.replace(tzinfo=None) for moment in given], dtype="datetime64[us]")


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
