"""Reminding: each person's rhythm and quiet hours, and the one letter that says all that waits (``job``)."""

from .rhythm import rhythm_of, wake_for_notices
from .times import awake, is_quiet, next_letter

__all__ = ["awake", "is_quiet", "next_letter", "rhythm_of", "wake_for_notices"]
