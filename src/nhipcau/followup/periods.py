"""Periods and rhythms of assignments. Pure: no clock is read here, "today" is given."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt

from nhipcau.core.clocks import StatedTime, next_due
from nhipcau.plans.models import NO_DATE, TimeKind

from .models import Rhythm

_MONTHS = {TimeKind.YEARLY: 12, TimeKind.HALF_YEARLY: 6, TimeKind.QUARTERLY: 3, TimeKind.MONTHLY: 1}
_USUAL = {
    TimeKind.ONCE: Rhythm.QUARTERLY,
    TimeKind.YEARLY: Rhythm.QUARTERLY,
    TimeKind.HALF_YEARLY: Rhythm.QUARTERLY,
    TimeKind.QUARTERLY: Rhythm.NONE,  # what is due that soon needs no word in between
    TimeKind.MONTHLY: Rhythm.NONE,
}


ENDLESS = (TimeKind.CONTINUOUS, TimeKind.WEEKLY, TimeKind.DAILY)  # they are never done for good


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """One turn of something that comes back: its name, its first day, its last day that counts, its year."""

    name: str
    start: dt.date | None
    due: dt.date
    year: int


def usual_rhythm(time_kind: str) -> str:
    """How often a word is asked of a task where nobody has said otherwise: monthly of what goes on without end,
    quarterly of what has one day in the year or one day at all."""
    return _USUAL.get(TimeKind(time_kind), Rhythm.MONTHLY)


def period_on(time: StatedTime, today: dt.date) -> Period:
    """The period in which ``today`` falls: a calendar year, half year, quarter or month; before the first one begins,
    the first; after the whole has ended, the last. What is done once or without end has one period, "".

    ``due`` is ``NO_DATE`` where the document gives the period no last day.
    """
    if time.kind not in _MONTHS:
        due = next_due(time, today)
        return Period("", time.start, due or NO_DATE, due.year if due else today.year)
    day = max(today, time.start) if time.start else today
    if time.due is not None:
        day = min(day, time.due)
    length = _MONTHS[TimeKind(time.kind)]
    start = dt.date(day.year, (day.month - 1) // length * length + 1, 1)
    due = next_due(time, start) or NO_DATE
    return Period(_name(time.kind, start), start, due, start.year)


def word_due(rhythm: str, since: dt.date, last_word: dt.date | None) -> dt.date:
    """The last day for the next word: of the week, month or quarter in which the assignment began, or of the one after
    that of the last word. ``NO_DATE`` where no word is asked."""
    if rhythm == Rhythm.NONE:
        return NO_DATE
    if last_word is None:
        return turn_end(rhythm, since)
    return turn_end(rhythm, turn_end(rhythm, last_word) + dt.timedelta(days=1))


def length_of(period: str) -> int:
    """How many months the period of this name has; 0 of what has one period without name."""
    part = period.partition("-")[2]
    return {"H": 6, "Q": 3}.get(part[:1], 1) if part else 12 if period else 0


def last_day_of(period: str) -> dt.date:
    """The last day of the period of this name; ``NO_DATE`` of what has one period without name."""
    if not period:
        return NO_DATE
    year, _dash, part = period.partition("-")
    if not part:
        month = 12
    elif part.startswith(("H", "Q")):
        month = int(part[1:]) * (6 if part[0] == "H" else 3)
    else:
        month = int(part)
    return dt.date(int(year), month, calendar.monthrange(int(year), month)[1])


def turn_end(rhythm: str, day: dt.date) -> dt.date:
    """The last day of the week, month or quarter of ``day``."""
    if rhythm == Rhythm.WEEKLY:
        return day + dt.timedelta(days=6 - day.weekday())
    month = day.month if rhythm == Rhythm.MONTHLY else (day.month + 2) // 3 * 3
    return dt.date(day.year, month, calendar.monthrange(day.year, month)[1])


def _name(kind: str, start: dt.date) -> str:
    if kind == TimeKind.YEARLY:
        return str(start.year)
    if kind == TimeKind.HALF_YEARLY:
        return f"{start.year}-H{(start.month + 5) // 6}"
    if kind == TimeKind.QUARTERLY:
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return f"{start:%Y-%m}"
