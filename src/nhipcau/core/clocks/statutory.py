"""The holidays of a year that nobody has notified yet, by the law's own rules.

Bộ luật Lao động 45/2019/QH14: Điều 112.1 (the days), 112.3 (which days of Tết and which day beside 2/9 is decided each
year: computed here as the last lunar day with the first four, and 3/9), 111.3 (a holiday on a weekly day off gives the
next working day off). 24/11 from 2026: Nghị quyết 28/2026/QH16, Điều 2. The second day at 2/9 since 2021, Giỗ Tổ since
2007. Swapped days are not computed: only a notice makes them. Pure.
"""

from __future__ import annotations

import datetime as dt
import functools

from . import lunar

DAY = dt.timedelta(days=1)
_CODE = "Bộ luật Lao động 45/2019/QH14"
Row = tuple[dt.date, str, str, str]  # day, kind, name, basis


@functools.cache
def holidays_of(year: int) -> tuple[Row, ...]:
    """Holidays and compensatory days of a year, by date."""
    named = _named(year)
    off = {day for day, _name, _basis in named}
    rows: dict[dt.date, Row] = {day: (day, "holiday", name, basis) for day, name, basis in reversed(named)}
    for day in sorted(off):
        if day.weekday() < 5:
            continue
        instead = day + DAY
        while instead.weekday() >= 5 or instead in rows:
            instead += DAY
        name = f"Nghỉ bù {rows[day][2]}"
        rows[instead] = (instead, "compensatory", name, f"{_CODE} Điều 111.3")
    return tuple(row for day, row in sorted(rows.items()) if day.year == year)


def _named(year: int) -> list[tuple[dt.date, str, str]]:
    """Day, name, basis of each holiday; two may fall on one day."""
    tet = lunar.new_year(year)
    found = [
        (dt.date(year, 1, 1), "Tết Dương lịch", f"{_CODE} Điều 112.1.a"),
        (tet - DAY, "Tết Nguyên đán: ngày cuối năm âm lịch", f"{_CODE} Điều 112.1.b"),
    ]
    found += [(tet + DAY * n, f"Tết Nguyên đán: mùng {n + 1}", f"{_CODE} Điều 112.1.b") for n in range(4)]
    if year >= 2007:
        found.append((lunar.solar_date(10, 3, year), "Giỗ Tổ Hùng Vương", f"{_CODE} Điều 112.1.e"))
    found.append((dt.date(year, 4, 30), "Ngày Chiến thắng", f"{_CODE} Điều 112.1.c"))
    found.append((dt.date(year, 5, 1), "Quốc tế Lao động", f"{_CODE} Điều 112.1.d"))
    found.append((dt.date(year, 9, 2), "Quốc khánh", f"{_CODE} Điều 112.1.đ"))
    if year >= 2021:
        found.append((dt.date(year, 9, 3), "Quốc khánh: ngày liền kề", f"{_CODE} Điều 112.1.đ"))
    if year >= 2026:
        found.append((dt.date(year, 11, 24), "Ngày Văn hóa Việt Nam", "Nghị quyết 28/2026/QH16 Điều 2"))
    return found
