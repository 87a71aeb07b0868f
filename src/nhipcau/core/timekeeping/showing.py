"""What the calendar's page shows of a year: twelve small months, the table of its days. Values for templates."""

from __future__ import annotations

import calendar as months
import dataclasses
import datetime as dt
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from nhipcau.core import clocks
from nhipcau.core.clocks import WorkCalendar, kind_name
from nhipcau.core.models import CalendarDay

from .calendars import entry_of

_SIGNS = {"holiday": "off", "compensatory": "off", "swap_off": "off", "swap_work": "on"}


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One square of a month: its number (0: not of this month), its signs for the style, and what it is in words."""

    number: int
    signs: str = ""
    words: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Month:
    """A month at a glance, and how many days are worked in it."""

    name: str
    working: int
    weeks: tuple[tuple[Cell, ...], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A row of the table below; ``pk`` None where the day was computed. ``state``: kind and words of its standing."""

    pk: int | None
    day: dt.date
    weekday: str
    kind: str
    name: str
    basis: str
    state: str
    state_words: str


def months_of(year: int, calendar: WorkCalendar, days: list[CalendarDay], today: dt.date) -> list[Month]:
    """The twelve months of a year."""
    proposed = {day.date: day for day in days if not day.applies}
    shown = []
    for month in range(1, 13):
        first, length = dt.date(year, month, 1), months.monthrange(year, month)[1]
        weeks = tuple(
            tuple(_cell(dt.date(year, month, n) if n else None, calendar, proposed, today) for n in week)
            for week in months.monthcalendar(year, month)
        )
        working = calendar.working_days_between(first, dt.date(year, month, length))
        shown.append(Month(str(MONTHS[month]), working, weeks))
    return shown


def lines_of(year: int, calendar: WorkCalendar, days: list[CalendarDay]) -> list[Line]:
    """The table of a year: its rows, or where nobody has notified any, what the law's rules give."""
    if days and calendar.is_notified(year):
        return [_line(day.pk, entry_of(day), applies=day.applies) for day in days]
    rows = [_line(day.pk, entry_of(day), applies=False) for day in days]
    rows += [_line(None, entry, applies=True) for _day, entry in sorted(calendar.computed(year).items())]
    return sorted(rows, key=lambda line: line.day)


def _cell(day: dt.date | None, calendar: WorkCalendar, proposed: dict[dt.date, CalendarDay], today: dt.date) -> Cell:
    if day is None:
        return Cell(0)
    entry = calendar.entry(day)
    signs = [_SIGNS[entry.kind]] if entry else ["wk"] if day.weekday() >= 5 else []
    words = clocks.entry_words(entry) if entry else ""
    if entry and not entry.confirmed:
        signs.append("unsure")
    if day in proposed:
        signs.append("asked")
        words = _("%(name)s (đề xuất, chưa áp dụng)") % {"name": proposed[day].name}
    if day == today:
        signs.append("now")
    return Cell(day.day, " ".join(signs), words)


def _line(pk: int | None, entry: clocks.Entry, *, applies: bool) -> Line:
    state, words = "done", _("đã xác nhận")
    if not applies:
        state, words = "none", _("đề xuất, chưa áp dụng")
    elif entry.computed:
        state, words = "need", _("tính theo luật, chưa có thông báo")
    elif not entry.confirmed:
        state, words = "need", _("chưa xác nhận")
    return Line(pk, entry.day, clocks.weekday(entry.day), kind_name(entry.kind), entry.name, entry.basis, state, words)


def day_lines(done: clocks.Computed) -> list[dict[str, Any]]:
    """The days of a computation for a table: number where counted, day, weekday, why, basis."""
    counted = 0
    is_hours = done.limit.kind in ("hours", "hours_before")
    lines = []
    for day in done.days:
        counted += day.is_counted
        number = "·" if is_hours else str(counted)
        lines.append(
            {
                "number": number if day.is_counted else "–",
                "is_counted": day.is_counted,
                "day": day.day,
                "weekday": clocks.weekday(day.day),
                "why": clocks.why_words(day),
                "basis": clocks.basis_of(day),
            }
        )
    return lines
