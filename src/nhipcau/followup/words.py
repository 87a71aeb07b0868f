"""How an assignment stands, in words. Pure: "today" is given."""

from __future__ import annotations

import datetime as dt

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.clocks import SOON, WorkCalendar, said, said_working, spoken
from nhipcau.plans.models import NO_DATE, TimeKind

from .models import Assignment, Progress

_QUARTERS = ("I", "II", "III", "IV")
_LONG = 90  # days: from there on a date says more than their number


def standing(row: Assignment, today: dt.date, calendar: WorkCalendar | None = None) -> tuple[str, str]:
    """Kind of sign and words: the gravest thing that is to be said of the assignment today. What is near is said in
    working days where a ``calendar`` is given."""
    if row.ended:
        return "none", capfirst(str(row.get_ended_display()))
    if row.progress == Progress.DONE:
        return "done", _("Đã xong")
    if row.due < today:
        return "late", _late(row.due, today)
    if row.word_due < today:
        days = (today - row.word_due).days
        return "need", ngettext("Cần một câu, chậm %(n)s ngày", "Cần một câu, chậm %(n)s ngày", days) % {"n": days}
    if row.word_due == today and row.due != today:
        return "need", _("Cần một câu, hôm nay")
    if row.progress == Progress.CANNOT:
        return "need", _("Vướng")
    if row.due <= today + dt.timedelta(days=SOON):
        return "need", capfirst(said_working(row.due, today, calendar) if calendar else said(row.due, today))
    if row.due != NO_DATE:
        return "going", capfirst(said(row.due, today))
    return ("going", _("Đang làm")) if row.progress == Progress.IN_PROGRESS else ("none", _("Chưa làm"))


def _late(due: dt.date, today: dt.date) -> str:
    days = (today - due).days
    if days > _LONG:
        return _("Quá hạn từ %(day)s") % {"day": spoken(due)}
    return ngettext("Quá hạn %(n)s ngày", "Quá hạn %(n)s ngày", days) % {"n": days}


def due_words(row: Assignment, today: dt.date) -> str:
    """The second thing to know: the last day, or until when a word is expected; "" where ``standing`` says it."""
    if row.is_open and (today - row.due).days > _LONG:
        return ""
    if row.due != NO_DATE:
        return _("hạn %(day)s") % {"day": spoken(row.due)}
    if row.word_due != NO_DATE:
        return _("một câu trước hết ngày %(day)s") % {"day": spoken(row.word_due)}
    return ""


def period_words(name: str) -> str:
    """A period as it is said: "quý IV/2026", "tháng 11/2026"; "" for what has no periods."""
    year, _dash, part = name.partition("-")
    if not part:
        return _("năm %(year)s") % {"year": year} if year else ""
    if part == "H1":
        return _("sáu tháng đầu năm %(year)s") % {"year": year}
    if part == "H2":
        return _("sáu tháng cuối năm %(year)s") % {"year": year}
    if part.startswith("Q"):
        return _("quý %(quarter)s/%(year)s") % {"quarter": _QUARTERS[int(part[1]) - 1], "year": year}
    return _("tháng %(month)s/%(year)s") % {"month": part, "year": year}


def takes_percent(time_kind: str) -> bool:
    """Whether "how many percent" means something: of what has an end."""
    return time_kind not in {TimeKind.CONTINUOUS, TimeKind.WEEKLY, TimeKind.DAILY, TimeKind.NONE, TimeKind.OTHER}
