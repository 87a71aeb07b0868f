"""Every read of this room, by subject. Other rooms import from here."""

from ..periods import last_day_of
from .seen import visible_assignment, visible_assignments

__all__ = ["last_day_of", "visible_assignment", "visible_assignments"]
