"""When a letter may go out. Pure but for the calendar: "now" is given, times of day are those of the house's time zone."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from ..clocks import WorkCalendar
from ..models import Rhythm

LOOK = dt.timedelta(minutes=15)  # how often it is looked whether anything new waits for people who want to know at once
_DAY = dt.timedelta(days=1)
_LONGEST_REST = 30  # days off in a row after which a letter goes out all the same: the calendar must be wrong


def is_quiet(rhythm: Rhythm, moment: dt.datetime, calendar: WorkCalendar) -> bool:
    """Whether this is a time in which the person wants no letter."""
    local = timezone.localtime(moment)
    return _is_off(rhythm, local.date(), calendar) or _is_quiet_hour(rhythm, local.time())


def awake(rhythm: Rhythm, moment: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """The first moment from this one on in which a letter may go out."""
    local = timezone.localtime(moment)
    if _is_quiet_hour(rhythm, local.time()):
        begins_today = rhythm.quiet_from > rhythm.quiet_to and local.time() >= rhythm.quiet_from
        local = _at(local.date() + _DAY if begins_today else local.date(), rhythm.quiet_to)
    for _day in range(_LONGEST_REST):
        if not _is_off(rhythm, local.date(), calendar):
            break
        morning = rhythm.quiet_to if rhythm.quiet_from != rhythm.quiet_to else dt.time(0)
        local = _at(local.date() + _DAY, morning)
    return local


def next_letter(rhythm: Rhythm, now: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """When it is to be looked next whether this person must be written to: after ``now``, never in their quiet hours."""
    if rhythm.kind == Rhythm.Kind.AT_ONCE:
        return awake(rhythm, now + LOOK, calendar)
    today = timezone.localtime(now).date()
    for number in range(_LONGEST_REST + 8):
        day = today + _DAY * number
        if rhythm.kind == Rhythm.Kind.WEEKLY and day.weekday() != rhythm.weekday:
            continue
        if rhythm.kind != Rhythm.Kind.WEEKLY and _is_off(rhythm, day, calendar):
            continue
        moment = awake(rhythm, _at(day, dt.time(rhythm.hour)), calendar)
        if moment > now:
            return moment
    return now + _DAY


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def _is_off(rhythm: Rhythm, day: dt.date, calendar: WorkCalendar) -> bool:
    return rhythm.is_quiet_on_days_off and not calendar.is_working(day)


def _is_quiet_hour(rhythm: Rhythm, time: dt.time) -> bool:
    """From ``quiet_from`` up to ``quiet_to``, over midnight where that is earlier; the same twice: no quiet hours."""
    if rhythm.quiet_from <= rhythm.quiet_to:
        return rhythm.quiet_from <= time < rhythm.quiet_to
    return time >= rhythm.quiet_from or time < rhythm.quiet_to
