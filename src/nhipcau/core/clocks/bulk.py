"""Many due moments at once: the same computation as ``computing``, on columns, over an index of working days.

Not imported by the package itself, since numpy is slow to load. Pure.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from . import limits
from .computing import Options
from .limits import Limit
from .workdays import FIRST_YEAR, LAST_YEAR, SWAP_WORK, WorkCalendar

Moments = NDArray[np.datetime64]  # local, in microseconds
Days = NDArray[np.int64]  # days since 1970
_DAY = np.timedelta64(1, "D")
_SECOND = np.timedelta64(1, "s")
_EPOCH = dt.date(1970, 1, 1).toordinal()
_YEARS_BEYOND = 11  # the longest limit is ten years


@dataclasses.dataclass(frozen=True, slots=True)
class Columns:
    """One row a clock: the due moment, the day before any roll, the first and the last day that were looked at."""

    due: Moments
    nominal: Days
    first: Days
    last: Days


class WorkIndex:
    """For every day of some years: whether it is worked, and its place in the row of working days."""

    def __init__(self, calendar: WorkCalendar, first_year: int, last_year: int) -> None:
        """``first_year`` and ``last_year``: of the earliest beginning and the latest, without what limits add."""
        self.first_year = max(first_year - _YEARS_BEYOND, FIRST_YEAR - _YEARS_BEYOND)
        self.last_year = min(last_year + 3 * _YEARS_BEYOND, LAST_YEAR + _YEARS_BEYOND)
        self._zero = dt.date(self.first_year, 1, 1).toordinal() - _EPOCH
        length = dt.date(self.last_year, 12, 31).toordinal() - _EPOCH - self._zero + 1
        weekdays = (np.arange(length) + self._zero + 3) % 7  # 01/01/1970 was a Thursday
        works = weekdays < 5
        for year in range(self.first_year, self.last_year + 1):
            for entry in calendar.special_days(year):
                works[entry.day.toordinal() - _EPOCH - self._zero] = entry.kind == SWAP_WORK
        self._works = works
        self._up_to = np.cumsum(works)  # working days up to this one, itself included
        self._days = np.flatnonzero(works).astype(np.int64) + self._zero

    def works(self, day: Days) -> NDArray[np.bool_]:
        return self._works[day - self._zero]

    def after(self, day: Days, number: int) -> Days:
        """The ``number``-th working day after each day."""
        found: Days = self._days[self._up_to[day - self._zero] + number - 1]
        return found

    def before(self, day: Days, number: int) -> Days:
        """The ``number``-th working day before each day."""
        at = day - self._zero
        found: Days = self._days[self._up_to[at] - self._works[at] - number]
        return found

    def next(self, day: Days) -> Days:
        """Each day, or the first working day after it."""
        return self.after(day - 1, 1)

    def last(self, day: Days) -> Days:
        """Each day, or the last working day before it."""
        return self.before(day + 1, 1)


def compute_many(
    limit: Limit, given: Moments, index: WorkIndex, options: Options | None = None, extensions: Sequence[Limit] = ()
) -> Columns:
    """What ``compute`` gives for each of ``given`` (local moments) under the same limit, options and extensions."""
    options = options or Options()
    start = given.astype("datetime64[us]")
    received = start
    if limit.kind in limits.COUNTED and options.receipt == limits.NEXT_WORKING_DAY:
        day = _day(start)
        working = index.next(day)
        received = np.where(working == day, start, _begin(working))
    begin_day = _day(start)
    seen: list[Days] = [] if limit.kind in limits.FIXED else [begin_day]
    counts_on = options.extends_from == limits.ROLLED
    due = received
    for stage, one in enumerate((limit, *extensions)):
        nominal = _nominal(one, due, index, is_extension=stage > 0)
        rolls = counts_on or stage == len(extensions)
        due = _rolled(nominal, (options.roll or one.default_roll) if rolls else limits.NONE, index)
        seen += [_day(nominal), _day(due)]
    return Columns(due, _day(nominal), np.minimum.reduce(seen), np.maximum.reduce(seen))


def _nominal(limit: Limit, begin: Moments, index: WorkIndex, *, is_extension: bool) -> Moments:
    day = _day(begin)
    if limit.kind == limits.HOURS:
        is_end = (begin == _end(day)) & is_extension
        end: Moments = np.where(is_end, begin + _SECOND, begin) + np.timedelta64(limit.number, "h")  # type: ignore[assignment]
        return np.where(is_end & (end == _begin(_day(end))), end - _SECOND, end)
    if limit.kind == limits.HOURS_BEFORE:
        return begin - np.timedelta64(limit.number, "h")
    if limit.kind == limits.WORKING_DAYS:
        return _end(index.after(day, limit.number))
    if limit.kind == limits.WORKING_DAYS_BEFORE:
        return _end(index.before(day, limit.number))
    if limit.kind == limits.CALENDAR_DAYS:
        return _end(day + limit.number)
    if limit.kind == limits.MONTHS:
        return _end(_months_later(day, limit.number))
    if limit.kind == limits.BEFORE_DAY:
        return _end(_before_day(day, limit))
    return _end(np.full(len(day), _fixed(limit), dtype=np.int64))


def _rolled(nominal: Moments, roll: str, index: WorkIndex) -> Moments:
    if roll == limits.NONE:
        return nominal
    day = _day(nominal)
    moved = index.next(day) if roll == limits.NEXT else index.last(day)
    return np.where(moved == day, nominal, _end(moved))


def _months_later(day: Days, number: int) -> Days:
    date = day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    target = month + np.timedelta64(number, "M")
    begin = target.astype("datetime64[D]")
    length = _int((target + np.timedelta64(1, "M")).astype("datetime64[D]")) - _int(begin)
    in_month = _int(date) - _int(month.astype("datetime64[D]"))
    found: Days = _int(begin) + np.minimum(in_month, length - 1)
    return found


def _before_day(day: Days, limit: Limit) -> Days:
    year = day.astype("datetime64[D]").astype("datetime64[Y]")
    last = np.full(len(day), np.iinfo(np.int64).min)
    for later in range(3):
        month = (year + np.timedelta64(later, "Y")).astype("datetime64[M]") + np.timedelta64(limit.month - 1, "M")
        found = _int(month.astype("datetime64[D]")) + limit.day - 2
        last = np.where(last < day, found, last)
    return last


def _fixed(limit: Limit) -> int:
    if limit.kind == limits.BEFORE_MONTH:
        return dt.date(limit.year, limit.month, 1).toordinal() - 1 - _EPOCH
    if limit.kind == limits.QUARTER:
        year, month = (limit.year, limit.month * 3 + 1) if limit.month < 4 else (limit.year + 1, 1)
        return dt.date(year, month, 1).toordinal() - 1 - _EPOCH
    return dt.date(limit.year, limit.month, limit.day).toordinal() - _EPOCH


def _day(moments: Moments) -> Days:
    return _int(moments.astype("datetime64[D]"))


def _int(dates: Moments) -> Days:
    return dates.astype(np.int64)


def _begin(day: Days) -> Moments:
    return day.astype("datetime64[D]").astype("datetime64[us]")


def _end(day: Days) -> Moments:
    return _begin(day) + (_DAY - _SECOND)
