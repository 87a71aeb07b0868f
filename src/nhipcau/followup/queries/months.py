"""How many assignments on a board had a word, month by month."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import threading
import time

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from nhipcau.core.actors import Actor

from ..models import Note
from .board import BoardFilter, board_rows, year_of

_KEPT_FOR = 3600.0  # seconds
_MOST = 200
_past: dict[object, tuple[float, list[int]]] = {}
_lock = threading.Lock()


def words_by_month(actor: Actor, wanted: BoardFilter, today: dt.date) -> list[int]:
    """For each month of the year up to today's how many assignments on the board have at least one word in it."""
    year = year_of(wanted, today)
    last = 12 if year < today.year else today.month if year == today.year else 0
    over = 12 if year < today.year else last - 1
    wanted = dataclasses.replace(wanted, state="", sort="")
    if last == 0:
        return []
    key = (actor.organisation_id, actor.is_system, wanted, today)
    kept = _kept(key)
    if kept is not None:
        return [*kept, *_counted(actor, wanted, today, year, range(over + 1, last + 1))] if last > over else kept
    found = _counted(actor, wanted, today, year, range(1, last + 1))
    _keep(key, found[:over])
    return found


# The months that are over change only where a plan or a group does, so an hour's memory of this process is enough: a
# year's words are ten times what the rest of the board reads.


def _kept(key: object) -> list[int] | None:
    with _lock:
        found = _past.get(key)
        return found[1] if found is not None and time.monotonic() - found[0] < _KEPT_FOR else None


def _keep(key: object, months: list[int]) -> None:
    if connection.in_atomic_block:
        return  # what is seen here may never come to be
    with _lock:
        if len(_past) >= _MOST:
            _past.clear()
        _past[key] = (time.monotonic(), months)


def _counted(actor: Actor, wanted: BoardFilter, today: dt.date, year: int, months: range) -> list[int]:
    ends = [(_moment(year, month, 1), _moment(year, month, calendar.monthrange(year, month)[1], 1)) for month in months]
    notes = Note.objects.filter(taken_back_at=None, at__gte=ends[0][0], at__lt=ends[-1][1])
    notes = notes.filter(assignment__in=board_rows(actor, wanted, today).values("pk"))
    counted = {
        f"m{at}": Count("assignment", distinct=True, filter=Q(at__gte=first, at__lt=after))
        for at, (first, after) in enumerate(ends)
    }
    return list(notes.order_by().aggregate(**counted).values())


def _moment(year: int, month: int, day: int, days: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dt.date(year, month, day) + dt.timedelta(days=days), dt.time()))


def forget() -> None:
    """Drop what this process keeps of months that are over."""
    with _lock:
        _past.clear()
