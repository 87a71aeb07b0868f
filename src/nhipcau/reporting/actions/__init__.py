"""Every write to rounds and reports."""

from .drafting import draft_report
from .merging import merge_reports
from .rounds import Asked, add_units, close_round, move_round, open_round
from .signing import (
    Outdated,
    accept_report,
    ask_for_changes,
    correct_report,
    document_came_back,
    document_was_sent,
    submit_report,
)

__all__ = [
    "Asked",
    "Outdated",
    "accept_report",
    "add_units",
    "ask_for_changes",
    "close_round",
    "correct_report",
    "document_came_back",
    "document_was_sent",
    "draft_report",
    "merge_reports",
    "move_round",
    "open_round",
    "submit_report",
]
