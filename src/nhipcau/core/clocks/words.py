"""How dates and distances in time are said."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .workdays import WorkCalendar


def days_left(due: dt.date, today: dt.date) -> int:
    """Calendar days from today to the last day that counts: 0 on that day, negative when it has passed."""
    return (due - today).days


def said(due: dt.date, today: dt.date) -> str:
    """How people say that distance: "còn 9 ngày", "hôm nay", "đã qua 8 ngày"."""
    left = days_left(due, today)
    if left == 0:
        return _("hôm nay")
    if left == 1:
        return _("ngày mai")
    count, unit = _rounded(abs(left))
    if unit == "day":
        words = ngettext("%(n)s ngày", "%(n)s ngày", count)
    elif unit == "month":
        words = ngettext("%(n)s tháng", "%(n)s tháng", count)
    else:
        words = ngettext("hơn %(n)s năm", "hơn %(n)s năm", count)
    words %= {"n": count}
    return (_("còn %(long)s") if left > 0 else _("đã qua %(long)s")) % {"long": words}


def said_working(due: dt.date, today: dt.date, calendar: WorkCalendar) -> str:
    """The same distance in working days: "còn 2 ngày làm việc", "đã qua 3 ngày làm việc".

    Days after today up to ``due`` are counted, or days after ``due`` up to today; today and tomorrow are said as such.
    Where no working day lies between (Saturday before a Sunday), the distance is said in calendar days.
    """
    left = days_left(due, today)
    if left in (0, 1):
        return said(due, today)
    first, last = sorted((due, today))
    count = calendar.working_days_between(first + dt.timedelta(days=1), last)
    if not count:
        return said(due, today)
    words = ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", count) % {"n": count}
    return (_("còn %(long)s") if left > 0 else _("đã qua %(long)s")) % {"long": words}


def spoken(day: dt.date) -> str:
    """dd/mm/yyyy."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def weekday(day: dt.date) -> str:
    """The day of the week as it is written inside a sentence."""
    return (
        _("thứ Hai"),
        _("thứ Ba"),
        _("thứ Tư"),
        _("thứ Năm"),
        _("thứ Sáu"),
        _("thứ Bảy"),
        _("Chủ nhật"),
    )[day.weekday()]


def _rounded(days: int) -> tuple[int, str]:
    if days < 90:
        return days, "day"
    return (days // 30, "month") if days < 366 else (days // 365, "year")
