"""Clocks: when a thing is due, from the words of a plan or from a limit of law, with every day that was counted. Pure: the
day, the moment and the calendar are given. What stands in the database is in ``nhipcau.core.timekeeping``."""

from .asked import asked_moment
from .computing import ZONE, Computed, Day, Options, Stage, compute, end_of, moment
from .limits import Limit, LimitError, limit_words, parse_extension, parse_limit
from .packaged import packaged_calendar
from .stated import SOON, StatedTime, meaning, next_due, reasons
from .unfolding import as_value, basis_of, day_words, due_words, entry_words, moment_words, steps, why_words
from .words import days_left, said, said_working, spoken, weekday
from .workdays import Entry, WorkCalendar, kind_name

__all__ = [
    "SOON",
    "ZONE",
    "Computed",
    "Day",
    "Entry",
    "Limit",
    "LimitError",
    "Options",
    "Stage",
    "StatedTime",
    "WorkCalendar",
    "as_value",
    "asked_moment",
    "basis_of",
    "compute",
    "day_words",
    "days_left",
    "due_words",
    "end_of",
    "entry_words",
    "kind_name",
    "limit_words",
    "meaning",
    "moment",
    "moment_words",
    "next_due",
    "packaged_calendar",
    "parse_extension",
    "parse_limit",
    "reasons",
    "said",
    "said_working",
    "spoken",
    "steps",
    "weekday",
    "why_words",
]
