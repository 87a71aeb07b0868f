"""Reminding: each person's rhythm and quiet hours, and the one letter that says all that waits."""

from .job import remind
from .rhythm import rhythm_of, wake_for_notices
from .times import awake, is_day_off, is_quiet, next_letter, working_days_between

__all__ = [
    "awake",
    "is_day_off",
    "is_quiet",
    "next_letter",
    "remind",
    "rhythm_of",
    "wake_for_notices",
    "working_days_between",
]
