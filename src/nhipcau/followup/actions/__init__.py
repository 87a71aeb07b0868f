"""Every official act of this room, by subject. Other rooms import from here."""

from .progress import Given, Outdated, record_progress, take_back_note
from .settling import open_periods, settle_plan

__all__ = ["Given", "Outdated", "open_periods", "record_progress", "settle_plan", "take_back_note"]
