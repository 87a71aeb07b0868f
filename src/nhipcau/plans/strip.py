"""The strip of a year with due dates, as numbers for an SVG that the template draws. Pure."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable

from nhipcau.core.clocks import SOON

LEFT, RIGHT = 4.0, 4.0


@dataclasses.dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, its number, where its rule and its word stand."""

    first: dt.date
    number: int
    x: float
    middle: float


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """One due date: where it stands, how many tasks, which sign, and how high its column is (0–1)."""

    day: dt.date
    count: int
    kind: str  # past, need, hollow
    x: float
    height: float


@dataclasses.dataclass(frozen=True, slots=True)
class Strip:
    """A year as a drawing of ``width`` units; ``today`` is None when it lies in another year."""

    year: int
    width: float
    months: list[Month]
    marks: list[Mark]
    today: float | None
    past: float  # how far the past reaches

    @property
    def end(self) -> float:
        return self.width - RIGHT


def year_to_show(days: Iterable[dt.date], today: dt.date) -> int | None:
    """This year when something is due in it; else the nearest year in which something is; None when nothing has a
    date."""
    years = {day.year for day in days}
    return min(years, key=lambda year: (abs(year - today.year), year)) if years else None


def year_strip(days: Iterable[dt.date], year: int, today: dt.date, width: float) -> Strip:
    """The strip of ``year`` for these due dates (one an item, repeated for several tasks)."""
    length = 366 if calendar.isleap(year) else 365
    unit = (width - LEFT - RIGHT) / length

    def x(day: dt.date, part: float = 0.0) -> float:
        return round(LEFT + (day.timetuple().tm_yday - 1 + part) * unit, 1)

    counts = Counter(day for day in days if day.year == year)
    most = max(counts.values(), default=1)
    months = []
    for number in range(1, 13):
        first = dt.date(year, number, 1)
        days_in = calendar.monthrange(year, number)[1]
        months.append(Month(first, number, x(first), round(x(first) + days_in * unit / 2, 1)))
    marks = [
        Mark(day, count, _sign(day, today), x(day, 0.5), round(0.35 + 0.65 * count / most, 2))
        for day, count in sorted(counts.items())
    ]
    at = x(today, 0.5) if today.year == year else None
    past = at if at is not None else (width - RIGHT if today.year > year else LEFT)
    return Strip(year, width, months, marks, at, past)


def _sign(day: dt.date, today: dt.date) -> str:
    if day < today:
        return "past"
    return "need" if (day - today).days <= SOON else "hollow"
