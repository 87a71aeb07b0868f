"""Every write to rounds and reports."""

from .drafting import draft_report
from .editing import (
    Changed,
    Gone,
    add_sentence,
    edit_figure,
    edit_sentence,
    leave_out,
    restore_figure,
    restore_sentence,
    take_in,
)
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
    "Changed",
    "Gone",
    "Outdated",
    "accept_report",
    "add_sentence",
    "add_units",
    "ask_for_changes",
    "close_round",
    "correct_report",
    "document_came_back",
    "document_was_sent",
    "draft_report",
    "edit_figure",
    "edit_sentence",
    "leave_out",
    "merge_reports",
    "move_round",
    "open_round",
    "restore_figure",
    "restore_sentence",
    "submit_report",
    "take_in",
]
