"""Every official act of this room, by subject. Other rooms import from here."""

from .chasing import AskedMeanwhile, chase
from .progress import Given, Outdated, record_progress, take_back_note
from .settling import open_periods, settle_plan

__all__ = [
    "AskedMeanwhile",
    "Given",
    "Outdated",
    "chase",
    "open_periods",
    "record_progress",
    "settle_plan",
    "take_back_note",
]
