"""What a limit says: ``working_days 10``, ``before_month 2024-12``; read, checked, said in words. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .words import spoken

HOURS, WORKING_DAYS, CALENDAR_DAYS, MONTHS = "hours", "working_days", "calendar_days", "months"
WORKING_DAYS_BEFORE, HOURS_BEFORE = "working_days_before", "hours_before"
BEFORE_MONTH, BEFORE_DAY, QUARTER, UNTIL = "before_month", "before_day", "quarter", "until"
COUNTED = (HOURS, WORKING_DAYS, CALENDAR_DAYS, MONTHS)  # they run from a beginning
FIXED = (BEFORE_MONTH, BEFORE_DAY, QUARTER, UNTIL)  # they name their last day themselves
BACKWARD = (WORKING_DAYS_BEFORE, HOURS_BEFORE)  # they end before the given moment
KINDS = (*COUNTED, *BACKWARD, *FIXED)
NUMBERED = (*COUNTED, *BACKWARD)
MOST = {
    HOURS: 87_600, WORKING_DAYS: 2_500, CALENDAR_DAYS: 3_660, MONTHS: 120, WORKING_DAYS_BEFORE: 2_500, HOURS_BEFORE: 8_760,
}  # fmt: skip  # ten years

NEXT, BACK, NONE = "next", "back", "none"
ROLLS = (NEXT, BACK, NONE)
AS_IS, NEXT_WORKING_DAY = "as_is", "next_working_day"
RECEIPTS = (AS_IS, NEXT_WORKING_DAY)
NOMINAL, ROLLED = "nominal", "rolled"
EXTENDS_FROM = (NOMINAL, ROLLED)

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


class LimitError(ValueError):
    """A limit, or what it is computed from, that cannot be read. Its words are a sentence for people."""


@dataclasses.dataclass(frozen=True, slots=True)
class Limit:
    """One limit. ``number`` belongs to the kinds that count, ``year``, ``month`` and ``day`` to those that name a day."""

    kind: str
    number: int = 0
    year: int = 0
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """As it is written and read again."""
        if self.kind in NUMBERED:
            return f"{self.kind} {self.number}"
        if self.kind == BEFORE_MONTH:
            return f"{self.kind} {self.year:04}-{self.month:02}"
        if self.kind == BEFORE_DAY:
            return f"{self.kind} {self.day:02}/{self.month:02}"
        if self.kind == QUARTER:
            return f"{self.kind} {self.year:04}-{('I', 'II', 'III', 'IV')[self.month - 1]}"
        return f"{self.kind} {self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def default_roll(self) -> str:
        """What happens when the last day is a day off, unless said otherwise: days and months go on to the next working
        day (Bộ luật Dân sự 91/2015/QH13, Điều 148.5); hours run on, and a day that a document names stays."""
        return NEXT if self.kind in (CALENDAR_DAYS, MONTHS) else NONE


def parse_limit(text: str) -> Limit:
    """Read a limit as it is written. Raises ``LimitError`` with a sentence that says what is wrong."""
    kind, _blank, rest = " ".join(text.split()).partition(" ")
    if kind not in KINDS:
        raise LimitError(
            _("Không hiểu thời hạn “%(text)s”. Bạn hãy ghi một trong các dạng: %(forms)s.")
            % {"text": text.strip(), "forms": FORMS}
        )
    if kind in NUMBERED:
        return Limit(kind, number=_number(kind, rest))
    if kind == BEFORE_MONTH:
        found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", rest) or re.fullmatch(
            r"(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})", rest
        )
        if found is None:
            raise LimitError(_("“before_month” cần năm và tháng, ví dụ before_month 2024-12."))
        named = found.groupdict()
        year, month = (named["y"], named["m"]) if named else found.groups()
        return Limit(kind, year=_year(int(year)), month=_month(int(month)))
    if kind == BEFORE_DAY:
        found = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})", rest)
        if found is None:
            raise LimitError(_("“before_day” cần ngày và tháng, ví dụ before_day 11/11."))
        day, month = int(found[1]), _month(int(found[2]))
        if not 1 <= day <= _LONGEST_MONTH[month - 1]:
            raise LimitError(_("Tháng %(month)s không có ngày %(day)s.") % {"month": month, "day": day})
        return Limit(kind, month=month, day=day)
    if kind == QUARTER:
        found = re.fullmatch(r"([0-9]{4})-(IV|I{1,3}|[1-4])", rest.upper())
        if found is None:
            raise LimitError(_("“quarter” cần năm và quý, ví dụ quarter 2025-II."))
        return Limit(kind, year=_year(int(found[1])), month=_QUARTERS[found[2]])
    try:
        until = dt.date.fromisoformat(rest)
    except ValueError:
        raise LimitError(_("“until” cần một ngày, ví dụ until 2026-12-31.")) from None
    return Limit(kind, year=_year(until.year), month=until.month, day=until.day)


FORMS = (
    "hours 24; working_days 10; calendar_days 12; months 3; working_days_before 7; before_month 2024-12; "
    "before_day 11/11; quarter 2025-II; until 2026-12-31"
)
_LONGEST_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def parse_extension(text: str) -> Limit:
    """Read a limit by which another is extended: hours, days, months, or a new last day. Raises ``LimitError``."""
    limit = parse_limit(text)
    if limit.kind not in (*COUNTED, UNTIL):
        raise LimitError(
            _(
                "Không gia hạn được bằng “%(text)s”. Bạn hãy ghi hours, working_days, calendar_days, months với một số, "
                "hoặc until với ngày cuối mới."
            )
            % {"text": text.strip()}
        )
    return limit


def limit_words(limit: Limit) -> str:
    """The limit as people say it: "10 ngày làm việc"."""
    number = {"n": limit.number}
    if limit.kind == HOURS:
        return ngettext("%(n)s giờ", "%(n)s giờ", limit.number) % number
    if limit.kind == WORKING_DAYS:
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", limit.number) % number
    if limit.kind == CALENDAR_DAYS:
        return ngettext("%(n)s ngày", "%(n)s ngày", limit.number) % number
    if limit.kind == MONTHS:
        return ngettext("%(n)s tháng", "%(n)s tháng", limit.number) % number
    if limit.kind == WORKING_DAYS_BEFORE:
        return ngettext("trước %(n)s ngày làm việc", "trước %(n)s ngày làm việc", limit.number) % number
    if limit.kind == HOURS_BEFORE:
        return ngettext("trước %(n)s giờ", "trước %(n)s giờ", limit.number) % number
    if limit.kind == BEFORE_MONTH:
        return _("trước tháng %(month)s/%(year)s") % {"month": limit.month, "year": limit.year}
    if limit.kind == BEFORE_DAY:
        return _("trước ngày %(day)02d/%(month)02d") % {"day": limit.day, "month": limit.month}
    if limit.kind == QUARTER:
        return _("trong quý %(quarter)s/%(year)s") % {
            "quarter": ("I", "II", "III", "IV")[limit.month - 1],
            "year": limit.year,
        }
    return _("đến hết ngày %(day)s") % {"day": spoken(dt.date(limit.year, limit.month, limit.day))}


def _number(kind: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= MOST[kind]:
        raise LimitError(
            _("“%(kind)s” cần một số từ 1 đến %(most)s, ví dụ %(kind)s 10.") % {"kind": kind, "most": MOST[kind]}
        )
    return int(text)


def _year(year: int) -> int:
    if not 1976 <= year <= 2150:
        raise LimitError(_("Năm phải trong khoảng từ %(first)s đến %(last)s.") % {"first": 1976, "last": 2150})
    return year


def _month(month: int) -> int:
    if not 1 <= month <= 12:
        raise LimitError(_("Tháng phải từ 1 đến 12."))
    return month
