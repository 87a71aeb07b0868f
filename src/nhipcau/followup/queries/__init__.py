"""Every read of this room, by subject. Other rooms import from here."""

from .seen import visible_assignment, visible_assignments

__all__ = ["visible_assignment", "visible_assignments"]
