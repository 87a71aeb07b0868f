"""The days of a recurring report: for which days, until when; and the limit in words. Pure: the calendar is given.

Periods follow one another without a gap: the first day is the one after the figures of the period before were closed
(Nghị định 09/2019/NĐ-CP, Điều 12 counts in the same way, from the 15th to the 14th).
"""

from __future__ import annotations

import calendar as months
import dataclasses
import datetime as dt
import re

from django.utils.translation import gettext as _

from nhipcau.core.clocks import Limit, LimitError, WorkCalendar, compute, end_of, limit_words, parse_limit

from .models import Frequency

LENGTHS = {Frequency.YEARLY: 12, Frequency.HALF_YEARLY: 6, Frequency.QUARTERLY: 3, Frequency.MONTHLY: 1}
USUAL_LIMIT = "working_days 5"  # after the figures close, where a regime names no limit
LATEST = 120  # days after the close by which a report is due: a longer time is a slip
_COUNTED = ("working_days", "calendar_days", "months")
_SAID = re.compile(r"(?:sau )?(?P<n>\d{1,4}) (?P<unit>ngày làm việc|ngày|tháng)(?: sau .*)?")
_BEFORE = re.compile(r"(?:chậm nhất )?(?:trước|trước ngày)? ?(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?: hằng năm)?")
_UNITS = {"ngày làm việc": "working_days", "ngày": "calendar_days", "tháng": "months"}


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """One period of a regime: its name ("2026", "2026-H1", "2026-Q4", "2026-11"), its days, and until when the collected
    report is due."""

    name: str
    first: dt.date
    last: dt.date
    due_at: dt.datetime


def limit_from_words(text: str) -> Limit:
    """A limit as an officer writes it ("trước 11/11", "5 ngày làm việc"), or as ``core.clocks`` does. Raises
    ``LimitError`` with a sentence that says what is wrong."""
    low = " ".join(text.lower().split()).rstrip(".")
    if found := _SAID.fullmatch(low):
        return _kept(parse_limit(f"{_UNITS[found['unit']]} {int(found['n'])}"))
    if found := _BEFORE.fullmatch(low):
        return _kept(parse_limit(f"before_day {found['day']}/{found['month']}"))
    try:
        return _kept(parse_limit(text))
    except LimitError as problem:
        said = _(
            "Không hiểu thời hạn “%(text)s”. Bạn ghi như “trước 11/11” hoặc “5 ngày làm việc” (sau ngày chốt số liệu)."
        )
        raise LimitError(said % {"text": text.strip()[:60]}) from problem


def _kept(limit: Limit) -> Limit:
    if limit.kind not in (*_COUNTED, "before_day"):
        raise LimitError("")
    return limit


def limit_in_words(text: str) -> str:
    """A kept limit as people say it; "" where there is none."""
    try:
        limit = parse_limit(text) if text else None
    except LimitError:
        return text
    if limit is None:
        return ""
    if limit.kind == "before_day":
        return limit_words(limit)
    return _("%(long)s sau ngày chốt số liệu") % {"long": limit_words(limit)}


def period_on(
    frequency: str, on: dt.date, calendar: WorkCalendar, *, due_limit: str = "", closes_on: str = ""
) -> Period:
    """The period in which the day ``on`` falls. ``closes_on`` ("MM-DD"): the last day counted; of shorter periods than a
    year only its day counts; "": the last day of the period, or, where the limit names an earlier day, the end of the
    month before it. Raises ``LimitError`` for a limit that cannot be, ``KeyError`` for a frequency without periods."""
    limit = limit_from_words(due_limit or USUAL_LIMIT)
    length = LENGTHS[Frequency(frequency)]
    start = dt.date(on.year, (on.month - 1) // length * length + 1, 1)
    if _last(start, length, closes_on, limit) < on:
        start = _plus(start, length)
    last = _last(start, length, closes_on, limit)
    first = _last(_plus(start, -length), length, closes_on, limit) + dt.timedelta(days=1)
    due = compute(limit, end_of(last), calendar).due_on
    return Period(_name(start, length), first, last, end_of(due))


def coming_period(
    frequency: str,
    now: dt.datetime,
    calendar: WorkCalendar,
    *,
    due_limit: str = "",
    closes_on: str = "",
) -> Period:
    """The period whose report is due next: its time has not passed. Raises as ``period_on`` does."""
    today = now.astimezone(end_of(now.date()).tzinfo).date()
    length = LENGTHS[Frequency(frequency)]
    start = _plus(today.replace(day=1), -length)
    for _at in range(5):
        period = period_on(frequency, start, calendar, due_limit=due_limit, closes_on=closes_on)
        if period.due_at >= now:
            return period
        start = period.last + dt.timedelta(days=1)
    return period


def check_days(frequency: str, due_limit: str, closes_on: str, calendar: WorkCalendar, on: dt.date) -> None:
    """Raises ``LimitError`` where limit and close do not go together: a day of the year for what recurs more often, or a
    due day long after the figures closed."""
    limit = limit_from_words(due_limit or USUAL_LIMIT)
    if limit.kind == "before_day" and frequency != Frequency.YEARLY:
        raise LimitError(
            _("Báo cáo nhiều kỳ trong năm thì thời hạn tính từ ngày chốt số liệu, ví dụ “5 ngày làm việc”.")
        )
    period = period_on(frequency, on, calendar, due_limit=due_limit, closes_on=closes_on)
    if (period.due_at.date() - period.last).days > LATEST:
        raise LimitError(
            _("Số liệu chốt %(close)s mà đến %(due)s mới phải gửi. Bạn hãy xem lại ngày chốt và thời hạn.")
            % {"close": f"{period.last:%d/%m/%Y}", "due": f"{period.due_at:%d/%m/%Y}"}
        )


def _last(start: dt.date, length: int, closes_on: str, limit: Limit) -> dt.date:
    """The last day counted in the period that begins with the month ``start``."""
    final = _plus(start, length - 1)
    if closes_on:
        month, day = (int(part) for part in closes_on.split("-"))
        return _clamped(start.year, month if length == 12 else final.month, day)
    if length == 12 and limit.kind == "before_day" and limit.month > 2:
        return dt.date(start.year, limit.month, 1) - dt.timedelta(
            days=1
        )  # January and February ask for the year before
    return _clamped(final.year, final.month, 31)


def _name(start: dt.date, length: int) -> str:
    if length == 12:
        return str(start.year)
    if length == 6:
        return f"{start.year}-H{start.month // 6 + 1}"
    if length == 3:
        return f"{start.year}-Q{start.month // 3 + 1}"
    return f"{start:%Y-%m}"


def _plus(day: dt.date, count: int) -> dt.date:
    month = day.year * 12 + day.month - 1 + count
    return dt.date(month // 12, month % 12 + 1, 1)


def _clamped(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, months.monthrange(year, month)[1]))
