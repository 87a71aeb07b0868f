"""A moment as people ask for it: "10:00 ngày mai", "chiều thứ Sáu", "trong ngày", "trước 17 giờ ngày 25/11", "3 ngày làm
việc". Pure: the moment and the calendar are given.

A day without an hour ends at its 24:00, as every limit does; "trước ngày 25/11" ends with the day before (as "trước 11/11"
does in plans), "trước 17 giờ ngày 25/11" at that hour. What is understood is said back (``due_words``) before it counts.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext as _

from .computing import ZONE, add_months, compute, end_of
from .limits import Limit, LimitError
from .words import weekday
from .workdays import DAY, WorkCalendar

NOON, OFFICE_ENDS = dt.time(12), dt.time(17)
MOST_DAYS = 366  # a later moment is a slip
_HOUR = re.compile(r"(?<!\d)(\d{1,2}) ?(?::|giờ|h|g)(?![^\W\d])(?: ?(\d{2})(?!\d)| ?(rưỡi))?(?: ?phút)?")
_SPAN = re.compile(
    r"(?:(trong|sau) (?:vòng )?)?(?<![\d:h])(?<!thứ )(\d{1,4}) (ngày làm việc|ngày|giờ|phút|tuần|tháng)( nữa| tới)?(?! \d)"
)
_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})(?:[/.-](?P<y>\d{4}))?(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2}) tháng (?P<m>\d{1,2})(?: năm (?P<y>\d{4}))?(?!\d)"),
    re.compile(r"ngày (?P<d>\d{1,2})(?: tháng này)?(?!\d)"),
)
_WEEKDAY = re.compile(r"(?:thứ (hai|ba|tư|năm|sáu|bảy|[2-7])|(chủ nhật|cn))(?: (tuần này|tuần sau|tuần tới))?(?!\w)")
_DAYS_OF_WEEK = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "7": 5,
}  # fmt: skip
# The hour that a part of the day ends with; the longer words first.
_PARTS: tuple[tuple[str, dt.time | None], ...] = (
    ("đầu giờ sáng", dt.time(8)), ("đầu giờ chiều", dt.time(13, 30)), ("cuối giờ sáng", dt.time(11, 30)),
    ("cuối giờ chiều", OFFICE_ENDS), ("hết giờ làm việc", OFFICE_ENDS), ("cuối giờ làm việc", OFFICE_ENDS),
    ("hết giờ hành chính", OFFICE_ENDS), ("cuối giờ", OFFICE_ENDS), ("hết ngày", None), ("cuối ngày", None),
    ("sáng", dt.time(11, 30)), ("trưa", NOON), ("chiều", OFFICE_ENDS), ("tối", dt.time(21)), ("đêm", None),
)  # fmt: skip
_NAMED: tuple[tuple[str, Callable[[dt.date, WorkCalendar], dt.date]], ...] = (
    ("trong ngày mai", lambda today, _calendar: today + DAY),
    ("trong ngày hôm nay", lambda today, _calendar: today),
    ("trong ngày", lambda today, _calendar: today),
    ("trong hôm nay", lambda today, _calendar: today),
    ("hôm nay", lambda today, _calendar: today),
    ("ngày mai", lambda today, _calendar: today + DAY),
    ("ngày kia", lambda today, _calendar: today + 2 * DAY),
    ("ngày mốt", lambda today, _calendar: today + 2 * DAY),
    ("ngày làm việc tiếp theo", lambda today, calendar: calendar.next_working(today + DAY)),
    ("cuối tuần này", lambda today, _calendar: today + DAY * ((4 - today.weekday()) % 7)),
    ("cuối tuần", lambda today, _calendar: today + DAY * ((4 - today.weekday()) % 7)),
    ("cuối tháng này", lambda today, _calendar: add_months(today.replace(day=1), 1) - DAY),
    ("hết tháng này", lambda today, _calendar: add_months(today.replace(day=1), 1) - DAY),
    ("cuối tháng", lambda today, _calendar: add_months(today.replace(day=1), 1) - DAY),
    ("hết tháng", lambda today, _calendar: add_months(today.replace(day=1), 1) - DAY),
    ("mai", lambda today, _calendar: today + DAY),
    ("nay", lambda today, _calendar: today),
)
_FILLERS = frozenset(
    (
        "trước",
        "chậm",
        "muộn",
        "nhất",
        "đến",
        "hết",
        "lúc",
        "vào",
        "ngày",
        "giờ",
        "hạn",
        "gửi",
        "xong",
        "phải",
        "trong",
        "của",
    )
)
_END_WORDS = frozenset(("hết", "chậm", "muộn", "đến"))


def asked_moment(text: str, now: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """The moment that these words mean at ``now``: aware, in Asia/Ho_Chi_Minh; a day's end is its 23:59:59. It may have
    passed already. Raises ``LimitError`` with a sentence that says what is not understood."""
    return _Asked(text, now.astimezone(ZONE), calendar).read()


def _day_of_week(found: re.Match[str]) -> int:
    """Which day of the week a match of ``_WEEKDAY`` names; Monday is 0."""
    return 6 if found[2] else _DAYS_OF_WEEK[found[1]]


class _Asked:
    """The words of one moment, of which what is understood is taken away piece by piece."""

    def __init__(self, text: str, now: dt.datetime, calendar: WorkCalendar) -> None:
        self.text = " ".join(text.split())[:120]
        plain = unicodedata.normalize("NFC", self.text).lower()
        self.rest = " ".join(re.sub(r"[,;()“”\"]|\.(?!\d)", " ", plain).split())
        self.now, self.today, self.calendar = now, now.date(), calendar
        self.is_days_end = False  # said as "24 giờ"

    def read(self) -> dt.datetime:
        if not self.rest:
            raise LimitError(_("Bạn hãy ghi thời hạn, ví dụ: 10:00 ngày mai; chiều thứ Sáu; trước 17 giờ ngày 25/11."))
        span = self._span()
        day = self._day() if span is None else None
        hour = self._hour() if span is None else None
        part = self._part()
        words = set(self.rest.split())
        if words - _FILLERS or (span is None and day is None and hour is None and part is None):
            raise self._unknown()
        if span is not None:
            return span if part is None else self._at(span.date(), None, part)
        is_bare = hour is None and part is None and not self.is_days_end
        if day is not None and is_bare and "trước" in words and not words & _END_WORDS:
            return end_of(day - DAY)
        return self._at(day or self.today, hour, part)

    def _at(self, day: dt.date, hour: dt.time | None, part: str | None) -> dt.datetime:
        if hour is not None and part is not None:
            hour = self._in_part(hour, part)
        elif hour is None and not self.is_days_end:
            hour = dict(_PARTS)[part] if part is not None else None
        if (day - self.today).days > MOST_DAYS:
            raise LimitError(_("Thời hạn không quá một năm kể từ hôm nay. Bạn hãy xem lại ngày."))
        return end_of(day) if hour is None else dt.datetime.combine(day, hour, ZONE)

    def _in_part(self, hour: dt.time, part: str) -> dt.time | None:
        """An hour of twelve in its part of the day: "5 giờ chiều", "1 giờ trưa"; the small hours of a night are its own, and
        its twelve is the day's end (None)."""
        if part.endswith("sáng") and hour.hour > 12:
            raise self._unknown()
        if part == "đêm" and hour.hour == 12:
            return None
        first = {"đêm": 6, "trưa": 0, "tối": 0}.get(part, 0 if part.endswith("chiều") else 12)
        last = 3 if part == "trưa" else 11
        return hour.replace(hour=hour.hour + 12) if first <= hour.hour <= last else hour

    def _taken(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.rest)
        if found is not None:
            self.rest = " ".join(f"{self.rest[: found.start()]} {self.rest[found.end() :]}".split())
        return found

    def _span(self) -> dt.datetime | None:
        """ "3 ngày làm việc", "trong 24 giờ", "2 giờ nữa"; an hour alone is one of the clock."""
        found = _SPAN.search(self.rest)
        if found is None or (found[3] in ("giờ", "phút", "tháng") and not (found[1] or found[4])):
            return None
        self._taken(_SPAN)
        number, unit = int(found[2]), found[3]
        if number < 1:
            raise self._unknown()
        if unit == "phút":
            return self.now + dt.timedelta(minutes=number)
        kind = {"giờ": "hours", "ngày làm việc": "working_days", "tháng": "months"}.get(unit, "calendar_days")
        counted = number * 7 if unit == "tuần" else number
        if counted > (8_760 if unit == "giờ" else 12 if unit == "tháng" else MOST_DAYS):
            raise LimitError(_("Thời hạn không quá một năm kể từ hôm nay. Bạn hãy xem lại ngày."))
        return compute(Limit(kind, number=counted), self.now, self.calendar).due

    def _day(self) -> dt.date | None:
        for pattern in _DATES:
            if (found := self._taken(pattern)) is not None:
                day = self._dated(found)
                named = self._taken(_WEEKDAY)
                if named is not None and _day_of_week(named) != day.weekday():
                    said = _("Ngày %(day)s là %(weekday)s. Bạn hãy xem lại.")
                    raise LimitError(said % {"day": f"{day:%d/%m/%Y}", "weekday": weekday(day)})
                return day
        if (found := self._taken(_WEEKDAY)) is not None:
            wanted = _day_of_week(found)
            monday = self.today - DAY * self.today.weekday()
            if found[3]:
                return monday + DAY * (wanted + (0 if found[3] == "tuần này" else 7))
            return self.today + DAY * ((wanted - self.today.weekday()) % 7)
        for words, named_day in _NAMED:
            if self._taken(re.compile(rf"(?<!\w){words}(?!\w)")) is not None:
                return named_day(self.today, self.calendar)
        return None

    def _dated(self, found: re.Match[str]) -> dt.date:
        """The date that was written; without a year the one nearest to today, without a month that of today."""
        given = found.groupdict()
        month = int(given.get("m") or self.today.month)
        year = int(given.get("y") or self.today.year)
        try:
            day = dt.date(year, month, int(given["d"]))
            if not given.get("y") and (self.today - day).days > MOST_DAYS // 2:
                day = dt.date(year + 1, month, day.day)
        except ValueError:
            said = _("Không có ngày %(day)s. Bạn hãy xem lại.")
            raise LimitError(said % {"day": found[0].removeprefix("ngày ")}) from None
        return day

    def _hour(self) -> dt.time | None:
        found = self._taken(_HOUR)
        if found is None:
            return None
        hour, minute = int(found[1]), 30 if found[3] else int(found[2] or 0)
        if hour == 24 and minute == 0:
            self.is_days_end = True
            return None
        if hour > 23 or minute > 59:
            raise LimitError(_("Không có giờ %(hour)s. Bạn hãy ghi như 10:00 hoặc 16h30.") % {"hour": found[0].strip()})
        return dt.time(hour, minute)

    def _part(self) -> str | None:
        for words, _hour in _PARTS:
            if self._taken(re.compile(rf"(?<!\w){words}(?!\w)")) is not None:
                return words
        return None

    def _unknown(self) -> LimitError:
        said = _(
            "Chưa hiểu thời hạn “%(text)s”. Bạn ghi như: 10:00 ngày mai; chiều thứ Sáu; trước 17 giờ ngày 25/11; 3 ngày làm "
            "việc."
        )
        return LimitError(said % {"text": self.text[:60]})
