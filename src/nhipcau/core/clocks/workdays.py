"""Which days are worked: a calendar as a value, made from rows (a table, or what ships with the software).

A working day is Monday to Friday unless a holiday, a compensatory day or a swapped day off falls on it, or a Saturday or
Sunday that is worked in exchange (làm bù). A year without any row is filled with the statutory holidays, computed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from .statutory import holidays_of

DAY = dt.timedelta(days=1)
HOLIDAY, COMPENSATORY, SWAP_OFF, SWAP_WORK = "holiday", "compensatory", "swap_off", "swap_work"
KINDS = (HOLIDAY, COMPENSATORY, SWAP_OFF, SWAP_WORK)
FIRST_YEAR, LAST_YEAR = 1976, 2199  # Vietnam's clocks stand at UTC+7 since June 1975


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A day of the calendar that is not what its weekday says. ``confirmed``: an authority has notified it;
    ``computed``: nobody has written it down, the law's rule gives it."""

    day: dt.date
    kind: str
    name: str
    basis: str
    confirmed: bool = True
    computed: bool = False


class WorkCalendar:
    """The working days of all years. Immutable; two of the same entries are equal."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: Mapping[dt.date, Entry] = {entry.day: entry for entry in entries}
        self._by_year: dict[int, list[Entry]] = {}
        for entry in self.entries.values():
            self._by_year.setdefault(entry.day.year, []).append(entry)
        self.years = frozenset(self._by_year)
        self._computed: dict[int, dict[dt.date, Entry]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkCalendar) and self.entries == other.entries

    def __hash__(self) -> int:
        return hash(frozenset(self.entries.values()))

    def entry(self, day: dt.date) -> Entry | None:
        """What is special about a day; None for an ordinary one."""
        if day.year in self.years:
            return self.entries.get(day)
        return self.computed(day.year).get(day)

    def computed(self, year: int) -> Mapping[dt.date, Entry]:
        """The statutory days of a year as the law's rules give them, whether or not the year has rows."""
        if year not in self._computed:
            self._computed[year] = {
                day: Entry(day, kind, name, basis, confirmed=False, computed=True)
                for day, kind, name, basis in holidays_of(year)
            }
        return self._computed[year]

    def is_notified(self, year: int) -> bool:
        """Whether the year has rows; else its holidays are computed."""
        return year in self.years

    def special_days(self, year: int) -> Iterable[Entry]:
        """All that is special in a year, in no order."""
        return self._by_year[year] if year in self._by_year else self.computed(year).values()

    def is_working(self, day: dt.date) -> bool:
        """Whether offices work on that day."""
        entry = self.entry(day)
        return entry.kind == SWAP_WORK if entry is not None else day.weekday() < 5

    def next_working(self, day: dt.date) -> dt.date:
        """That day, or the first working day after it."""
        while not self.is_working(day):
            day += DAY
        return day

    def working_days_between(self, first: dt.date, last: dt.date) -> int:
        """How many days are worked from ``first`` to ``last``, both included; 0 where last is before first."""
        days = (last - first).days + 1
        if days <= 0:
            return 0
        weeks, rest = divmod(days, 7)
        count = weeks * 5 + sum((first + DAY * n).weekday() < 5 for n in range(rest))
        for year in range(first.year, last.year + 1):
            special = self.special_days(year)
            for entry in special:
                if first <= entry.day <= last:
                    count += (entry.kind == SWAP_WORK) - (entry.day.weekday() < 5)
        return count


def kind_name(kind: str) -> str:
    """What people call a kind of day."""
    return {
        HOLIDAY: _("Nghỉ lễ, tết"),
        COMPENSATORY: _("Nghỉ bù"),
        SWAP_OFF: _("Nghỉ hoán đổi"),
        SWAP_WORK: _("Làm bù"),
    }[kind]
