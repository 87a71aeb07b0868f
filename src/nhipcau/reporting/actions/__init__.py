"""Every write to rounds and reports."""

from .drafting import draft_report
from .merging import merge_reports
from .rounds import Asked, add_units, close_round, move_round, open_round

__all__ = ["Asked", "add_units", "close_round", "draft_report", "merge_reports", "move_round", "open_round"]
