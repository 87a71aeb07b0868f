"""Clocks that run: the calendar and the limits of law as the database has them, and every clock that a room started.

A room's acts call ``start_clock``, ``extend_clock`` and ``close_clock``; its pages show ``unfold``. How a due moment is
computed stands in ``nhipcau.core.clocks``.
"""

from .calendars import read_calendar, work_calendar
from .legal import found_rules, rule_on, versions
from .running import (
    close_clock,
    computed,
    extend_clock,
    made_clock,
    running_clock,
    start_clock,
    unfold,
)

__all__ = [
    "close_clock",
    "computed",
    "extend_clock",
    "found_rules",
    "made_clock",
    "read_calendar",
    "rule_on",
    "running_clock",
    "start_clock",
    "unfold",
    "versions",
    "work_calendar",
]
