"""Every write to rounds and reports."""

from .drafting import draft_report

__all__ = ["draft_report"]
