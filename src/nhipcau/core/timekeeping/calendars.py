"""The calendar of working days as the database has it."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clocks import Entry, WorkCalendar
from nhipcau.core.models import CalendarDay
from nhipcau.core.recall import NOBODY, recalled


def work_calendar() -> WorkCalendar:
    """The calendar, recalled from one request to the next until an act changes anything. One query at most."""
    return recalled("core.work_calendar", read_calendar, near=NOBODY)


def read_calendar() -> WorkCalendar:
    """The calendar as it is this moment. One query."""
    return WorkCalendar(entry_of(day) for day in CalendarDay.objects.filter(applies=True))


def entry_of(day: CalendarDay) -> Entry:
    """A row as the value that computations know."""
    return Entry(day.date, day.kind, day.name, day.basis, day.confirmed)


def days_of(year: int) -> list[CalendarDay]:
    """The rows of a year by date, proposals too. One query."""
    return list(CalendarDay.objects.filter(date__range=(dt.date(year, 1, 1), dt.date(year, 12, 31))).order_by("date"))
