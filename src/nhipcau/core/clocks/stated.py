"""When a thing is next due, from what a document says about its time. Pure: no clock is read here, "today" is given."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt

from django.utils.translation import gettext as _

from .words import spoken, weekday

SOON = 14  # days: what the register and the first page call "near its date"
_MONTHS_IN = {"yearly": 12, "half_yearly": 6, "quarterly": 3, "monthly": 1}


@dataclasses.dataclass(frozen=True, slots=True)
class StatedTime:
    """A time as a plan states it: the contract's ``when`` without its words.

    ``kind``: continuous, once, yearly, half_yearly, quarterly, monthly, weekly, daily, other or none. ``month_day``
    ("MM-DD")
    and ``day`` (of the month) are the last day that still counts.
    """

    kind: str
    start: dt.date | None = None
    due: dt.date | None = None
    month_day: str = ""
    day: int | None = None


def next_due(time: StatedTime, today: dt.date) -> dt.date | None:
    """The day by which the thing is to be done next, or None where its time has no date.

    A deadline that passed stays the date (it is then late). What recurs is due on the last day of the running period:
    on ``month_day`` or ``day`` where the document names one, else on the period's last calendar day (Civil Code
    91/2015/QH13,
    art. 148: a limit ends at the end of its last day). Weekly, daily, continuous and conditional times have no
    single date.
    """
    if time.kind == "once":
        return time.due
    if time.kind not in _MONTHS_IN:
        return None
    earliest = max(today, time.start) if time.start else today
    day = _in_period(time, earliest)
    if time.due is not None and day > time.due:
        return time.due  # the last period has begun: the end of the whole is its end
    return day


def meaning(time: StatedTime) -> str:
    """What a stated time means, in words: "mỗi năm một kỳ, từ 01/01/2024"; "" where the document states none."""
    words = {
        "continuous": _("làm thường xuyên, không có ngày cuối"),
        "once": _("một lần"),
        "yearly": _("mỗi năm một kỳ"),
        "half_yearly": _("mỗi sáu tháng một kỳ"),
        "quarterly": _("mỗi quý một kỳ"),
        "monthly": _("mỗi tháng một kỳ"),
        "weekly": _("mỗi tuần một kỳ"),
        "daily": _("mỗi ngày"),
        "other": _("theo điều kiện, không có ngày"),
    }.get(time.kind, "")
    if time.kind == "monthly" and time.day:
        words += _(", đến hết ngày %(day)s") % {"day": time.day}
    elif time.month_day:
        month, day = time.month_day.split("-")
        words += _(", đến hết ngày %(day)s/%(month)s") % {"day": day, "month": month}
    if time.start and not (time.kind == "once" and time.due == time.start):
        words += _(", từ %(day)s") % {"day": spoken(time.start)}
    if time.due and time.kind != "once":
        words += _(", đến %(day)s") % {"day": spoken(time.due)}
    return words


def reasons(time: StatedTime, text: str, due: dt.date) -> list[str]:
    """Why ``due`` is the day: one sentence a step, from the words of the document (``text``) to the last day that
    counts."""
    steps = []
    excluded = due + dt.timedelta(days=1)
    low = text.lower()
    if time.kind == "once" or time.month_day or time.day:
        if "trước tháng" in low and excluded.day == 1:
            steps.append(
                _("Tháng %(month)s bắt đầu từ %(first)s, nên %(last)s là ngày cuối còn trong hạn.")
                % {"month": excluded.month, "first": spoken(excluded), "last": spoken(due)}
            )
        elif "trước ngày" in low:
            steps.append(
                _("“Trước ngày %(first)s” không kể ngày đó, nên %(last)s là ngày cuối còn trong hạn.")
                % {"first": spoken(excluded), "last": spoken(due)}
            )
        else:
            steps.append(_("%(last)s là ngày cuối của thời gian được ghi.") % {"last": spoken(due)})
    else:  # a period without a day of its own
        steps.append(
            _("Kế hoạch không ghi ngày trong kỳ, nên hạn là ngày cuối của kỳ này: %(last)s.") % {"last": spoken(due)}
        )
    steps.append(_("%(day)s là %(weekday)s.") % {"day": spoken(due), "weekday": weekday(due)})
    return steps


def _in_period(time: StatedTime, earliest: dt.date) -> dt.date:
    """The first due day on or after ``earliest``."""
    length = _MONTHS_IN[time.kind]
    month, day = _anchor(time, length)
    year, at = earliest.year, 0
    while True:
        months = (month - 1) % length + at * length  # the anchor's month within each period, from January on
        due = _clamped(year + months // 12, months % 12 + 1, day)
        if due >= earliest:
            return due
        at += 1


def _anchor(time: StatedTime, length: int) -> tuple[int, int]:
    """The month and day on which a period ends."""
    if time.month_day:
        month, day = time.month_day.split("-")
        return int(month), int(day)
    return length, time.day or 31


def _clamped(year: int, month: int, day: int) -> dt.date:
    """That day, or the month's last where it has no such day."""
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
