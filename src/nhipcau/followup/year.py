"""The strip of a year on the board, as numbers for an SVG that the template draws. Pure."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

from nhipcau.core.clocks import SOON

WIDTHS = (("broad", 1184.0), ("narrow", 358.0))
_EDGE = 4.0
_BASE, _HIGHEST = 76.0, 44.0  # where the columns stand, how high 100 % is


@dataclasses.dataclass(frozen=True, slots=True)
class Month:
    """One month: its first day, where its rule and its word stand, the share of assignments with a word in percent (None:
    not begun), and its column."""

    first: dt.date
    number: int
    x: float
    middle: float
    percent: int | None
    bar_x: float
    bar_width: float
    top: float
    height: float


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """One due day: how many assignments, how many of them are open, which sign, where."""

    day: dt.date
    count: int
    still: int
    kind: str  # late, gone (all done), need, hollow
    x: float
    says: str  # its number, where there is room for it
    side: str  # on which side of the sign: "start" behind it, "end" before it


@dataclasses.dataclass(frozen=True, slots=True)
class Year:
    """A year as a drawing of ``width`` units; ``today`` is None when it lies in another year."""

    size: str
    year: int
    width: float
    months: list[Month]
    marks: list[Mark]
    today: float | None
    past: float

    @property
    def end(self) -> float:
        """Where the drawing ends."""
        return self.width - _EDGE

    @property
    def anchor(self) -> str:
        """On which side of the needle its word has room."""
        if self.today is None or self.today < 60:
            return "start"
        return "end" if self.today > self.width - 60 else "middle"


def years(
    year: int, today: dt.date, total: int, words: Sequence[int], due: Sequence[tuple[dt.date, int, int]]
) -> list[Year]:
    """The year for a desk and for a phone. ``words``: for each month so far how many of ``total`` assignments had one;
    ``due``: for each due day how many assignments, and how many are open."""
    return [_year(size, width, year, today, total, words, due) for size, width in WIDTHS]


def sign(day: dt.date, today: dt.date, still: int) -> str:
    """The sign of a due day: late or past, near, or ahead."""
    if not still:
        return "gone"
    if day < today:
        return "late"
    return "need" if (day - today).days <= SOON else "hollow"


def _year(
    size: str, width: float, year: int, today: dt.date, total: int, words: Sequence[int],
    due: Sequence[tuple[dt.date, int, int]],
) -> Year:  # fmt: skip
    unit = (width - 2 * _EDGE) / (366 if calendar.isleap(year) else 365)

    def x(day: dt.date, part: float = 0.0) -> float:
        return round(_EDGE + (day.timetuple().tm_yday - 1 + part) * unit, 1)

    months = [_month(dt.date(year, n, 1), x(dt.date(year, n, 1)), unit, total, words) for n in range(1, 13)]
    at = x(today, 0.5) if today.year == year else None
    past = at if at is not None else (width - _EDGE if today.year > year else _EDGE)
    return Year(size, year, width, months, _marks(due, today, x, 34, width - _EDGE), at, round(past - 4, 1))


def _month(first: dt.date, x: float, unit: float, total: int, words: Sequence[int]) -> Month:
    wide = calendar.monthrange(first.year, first.month)[1] * unit
    said = words[first.month - 1] if first.month <= len(words) else None
    percent = None if said is None or not total else min(100, round(said * 100 / total))
    height = round(_HIGHEST * (percent or 0) / 100, 1)
    gap = 5 if wide > 60 else 3
    return Month(
        first, first.month, x, round(x + wide / 2, 1), percent, round(x + gap, 1), round(wide - 2 * gap, 1),
        round(_BASE - height, 1), height,
    )  # fmt: skip


def _marks(
    due: Sequence[tuple[dt.date, int, int]],
    today: dt.date,
    x: Callable[[dt.date, float], float],
    room: float,
    end: float,
) -> list[Mark]:
    """The signs of the due days. A number stands behind its sign where the next one leaves room for it, at the end of the
    year before it."""
    places = [_EDGE - room, *(x(day, 0.5) for day, _n, _still in due), end + _EDGE]
    marks = []
    for at, (day, count, still) in enumerate(due, start=1):
        before, here, after = places[at - 1 : at + 2]
        side = "start" if after - here >= room else "end" if after > end and here - before >= 2 * room else ""
        marks.append(Mark(day, count, still, sign(day, today, still), here, str(still or count) if side else "", side))
    return marks
