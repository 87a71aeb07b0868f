"""Makes golden_dates.csv by another way than ours: NumPy's business days over tables typed by hand, and dateutil's months.

    python tests/core/golden_dates.py > tests/core/golden_dates.csv

Nothing of the platform is imported. The tables are the days off of 2024 to 2027 as notices and the Labour Code have them
(what was only proposed is left out), typed here anew.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
import sys
from collections.abc import Iterator

import numpy as np
from dateutil.relativedelta import relativedelta


def days(written: str) -> list[str]:
    return written.split()


OFF = days("""
2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 2024-02-14 2024-04-18 2024-04-29 2024-04-30 2024-05-01
2024-09-02 2024-09-03
2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-07 2025-04-30 2025-05-01 2025-05-02
2025-09-01 2025-09-02
2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27 2026-04-30 2026-05-01
2026-08-31 2026-09-01 2026-09-02 2026-11-24
2027-01-01 2027-02-04 2027-02-05 2027-02-08 2027-02-09 2027-02-10 2027-04-16 2027-04-30 2027-05-03 2027-09-02
2027-09-03 2027-11-24
""")
WORKED = days("2024-05-04 2025-04-26 2026-01-10 2026-08-22")  # Saturdays

_first, _last = dt.date(2023, 12, 1), dt.date(2027, 12, 31)
_weekends = [d for n in range((_last - _first).days + 1) if (d := _first + dt.timedelta(n)).weekday() > 4]
CALENDAR = np.busdaycalendar(
    weekmask="1111111", holidays=sorted(({str(d) for d in _weekends} | set(OFF)) - set(WORKED))
)
FIELDS = ("limit", "from", "roll", "receipt", "extend", "extend_from", "due")
DEFAULT_ROLL = {"calendar_days": "next", "months": "next"}


def offset(day: dt.date, number: int, roll: str) -> dt.date:
    return np.busday_offset(day, number, roll=roll, busdaycal=CALENDAR).astype(dt.date)


def nominal(kind: str, number: int, day: dt.date) -> dt.date:
    if kind == "working_days":
        return offset(day, number, "backward")  # a day off begins to count where the working day before it would
    if kind == "working_days_before":
        return offset(day, -number, "forward")
    if kind == "calendar_days":
        return day + dt.timedelta(days=number)
    return day + relativedelta(months=number)


def rolled(day: dt.date, how: str) -> dt.date:
    return day if how == "none" else offset(day, 0, "forward" if how == "next" else "backward")


def due(limit: str, begin: dt.datetime, roll: str, receipt: str, extend: str, extend_from: str) -> str:
    kind, number = limit.split()
    day = offset(begin.date(), 0, "forward") if receipt == "next_working_day" else begin.date()
    if kind == "hours":
        start = begin if day == begin.date() else dt.datetime.combine(day, dt.time())
        return f"{(start + dt.timedelta(hours=int(number))).isoformat()}+07:00"
    last = nominal(kind, int(number), day)
    end = rolled(last, roll or DEFAULT_ROLL.get(kind, "none"))
    if extend:
        kind, number = extend.split()
        last = nominal(kind, int(number), end if extend_from == "rolled" else last)
        end = rolled(last, roll or DEFAULT_ROLL.get(kind, "none"))
    return f"{end}T23:59:59+07:00"


def rows() -> Iterator[dict[str, str]]:
    """Around every feast, and at random over four years."""
    dice = random.Random(20261122)
    feasts = [dt.date.fromisoformat(day) for day in (*OFF, *WORKED)]
    near = [day - dt.timedelta(days=n) for day in feasts for n in (0, 1, 3)]
    anywhere = [dt.date(2024, 1, 2) + dt.timedelta(days=dice.randrange(1300)) for _ in range(560)]
    limits = itertools.cycle(
        ["working_days 5", "calendar_days 12", "working_days 10", "months 1", "working_days 2", "calendar_days 30",
         "hours 24", "working_days_before 7", "working_days 15", "calendar_days 3", "months 3", "hours 72", "working_days 1",
         "calendar_days 20", "working_days 30", "months 6", "working_days_before 2", "calendar_days 45"]
    )  # fmt: skip
    for day, limit in zip((*near, *anywhere), limits, strict=False):
        begin = dt.datetime.combine(day, dt.time(dice.randrange(24), dice.choice((0, 15, 30, 59))))
        is_counted = limit.split()[0] in ("working_days", "calendar_days", "months")
        extend = dice.choice(("", "", "", "calendar_days 12", "working_days 5", "months 1")) if is_counted else ""
        if not dt.datetime(2024, 1, 1) <= begin < dt.datetime(2027, 9, 1):
            continue
        receipt = "as_is" if "before" in limit else dice.choice(("as_is", "as_is", "next_working_day"))
        given = {
            "limit": limit,
            "from": begin.isoformat(timespec="minutes"),
            "roll": dice.choice(("", "", "", "next", "back", "none")) if is_counted else "",
            "receipt": receipt,
            "extend": extend,
            "extend_from": dice.choice(("nominal", "rolled")) if extend else "nominal",
        }
        found = due(limit, begin, given["roll"], receipt, extend, given["extend_from"])
        if found < "2027-12-20":
            yield given | {"due": found}


if __name__ == "__main__":
    table = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows())
