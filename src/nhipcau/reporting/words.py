"""How the state and the time of a report are said."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.core.clocks import WorkCalendar, said_working, spoken

from .models import Report

_LAST_MINUTE = dt.time(23, 59)


def due_words(due_at: dt.datetime, today: dt.date, calendar: WorkCalendar) -> str:
    """Until when, as people say it, with the date: "còn 2 ngày làm việc, 10/11/2026"; the hour where it is not the end of
    the day."""
    local = timezone.localtime(due_at)
    distance = said_working(local.date(), today, calendar)
    return f"{distance}, {moment_words(due_at)}"


def moment_words(due_at: dt.datetime) -> str:
    """The moment itself: "10/11/2026", or "10:00 ngày 10/11/2026" where it is not the end of the day."""
    local = timezone.localtime(due_at)
    if local.time().replace(second=0, microsecond=0) >= _LAST_MINUTE:
        return spoken(local.date())
    return _("%(time)s ngày %(day)s") % {"time": f"{local:%H:%M}", "day": spoken(local.date())}


def late_by(due_at: dt.datetime, at: dt.datetime) -> str:
    """How long after: "3 ngày", "5 giờ", "20 phút"; "" where it is not."""
    minutes = int((at - due_at).total_seconds() // 60)
    if at <= due_at:
        return ""
    if minutes >= 24 * 60:
        n = minutes // (24 * 60)
        return ngettext("%(n)s ngày", "%(n)s ngày", n) % {"n": n}
    if minutes >= 60:
        n = minutes // 60
        return ngettext("%(n)s giờ", "%(n)s giờ", n) % {"n": n}
    n = max(1, minutes)
    return ngettext("%(n)s phút", "%(n)s phút", n) % {"n": n}


def standing(report: Report, now: dt.datetime) -> tuple[str, str]:
    """The sign (``core/ui/state.html``) and the words for how a report stands by the clock."""
    state = Report.State(report.state)
    if report.sent_at is None:
        if report.due_at < now:
            return "late", _("quá hạn %(long)s, chưa gửi") % {"long": late_by(report.due_at, now)}
        if state == Report.State.WAITING:
            return "none", _("chưa lập")
        return ("need" if state == Report.State.SIGNING else "going"), str(state.label)
    if state == Report.State.ASKED:
        return "need", _("được yêu cầu bổ sung")
    after = late_by(report.due_at, report.sent_at)
    if state == Report.State.ACCEPTED:
        return "done", (_("đã chấp nhận, gửi chậm %(long)s") % {"long": after} if after else _("đã chấp nhận"))
    if after:
        return "past", _("đã gửi, chậm %(long)s") % {"long": after}
    return "done", _("đã gửi đúng hạn")


def typed_moment(at: dt.datetime) -> str:
    """The moment as it can be typed and read again: "25/11/2026", or "10:00 25/11/2026" where it is not the end of a day."""
    local = timezone.localtime(at)
    is_end = local.time().replace(second=0, microsecond=0) >= _LAST_MINUTE
    return spoken(local.date()) if is_end else f"{local:%H:%M} {spoken(local.date())}"
