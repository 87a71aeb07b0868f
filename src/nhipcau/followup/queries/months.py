"""How many assignments on a board had a word, month by month."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import hashlib

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.recall import recalled

from ..models import Note
from .board import AgencyFigures, BoardFilter, board_rows, year_of

_KEPT = 24 * 3600  # seconds


def words_by_month(actor: Actor, wanted: BoardFilter, figures: list[AgencyFigures], today: dt.date) -> list[int]:
    """For each month of the year up to today's how many assignments on the board have at least one word in it.

    Today's month is among the figures of the board. The months that are over change only where a plan or a group does:
    what was counted is kept for a day, for all processes, since a year's words are ten times what the rest of the board
    reads.
    """
    year = year_of(wanted, today)
    if year > today.year:
        return []
    over = 12 if year < today.year else today.month - 1
    wanted = dataclasses.replace(wanted, state="", sort="")
    found = _kept(actor, wanted, today, year, over) if over else []
    return [*found, sum(row.this_month for row in figures)] if year == today.year else found


def _kept(actor: Actor, wanted: BoardFilter, today: dt.date, year: int, over: int) -> list[int]:
    if connection.in_atomic_block:  # what is seen here may never come to be
        return _counted(actor, wanted, today, year, over)
    words = f"{actor.organisation_id} {actor.is_system} {wanted.address()} {year} {over}"
    key = f"followup.months:{hashlib.sha256(words.encode()).hexdigest()}"

    def made() -> list[int]:
        found: list[int] | None = cache.get(key)
        if found is None:
            found = _counted(actor, wanted, today, year, over)
            cache.set(key, found, _KEPT)
        return found

    return recalled((key, today), made)


def _counted(actor: Actor, wanted: BoardFilter, today: dt.date, year: int, over: int) -> list[int]:
    ends = [
        (_moment(year, month, 1), _moment(year, month, calendar.monthrange(year, month)[1], 1))
        for month in range(1, over + 1)
    ]
    notes = Note.objects.filter(taken_back_at=None, at__gte=ends[0][0], at__lt=ends[-1][1])
    notes = notes.filter(assignment__in=board_rows(actor, wanted, today).values("pk"))
    counted = {
        f"m{at}": Count("assignment", distinct=True, filter=Q(at__gte=first, at__lt=after))
        for at, (first, after) in enumerate(ends)
    }
    return list(notes.order_by().aggregate(**counted).values())


def _moment(year: int, month: int, day: int, days: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dt.date(year, month, day) + dt.timedelta(days=days), dt.time()))
