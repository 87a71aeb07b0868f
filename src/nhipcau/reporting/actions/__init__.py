"""Every write to rounds and reports."""

from ._opening import make_and_open, open_due_round
from ._received import Content, KeyUsed, was_received
from .chasing import chase_reports
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
from .overlapping import settle_overlap
from .receiving import WrongContent, receive_report
from .regimes import (
    change_outline,
    change_regime,
    copy_outline,
    drop_outline,
    end_regime,
    make_regime,
)
from .rounds import Asked, close_round, move_round, open_round
from .signing import (
    Outdated,
    accept_report,
    ask_for_changes,
    correct_report,
    document_came_back,
    document_was_sent,
    submit_report,
)
from .units import add_units, hand_over_report, release_unit

__all__ = [
    "Asked",
    "WrongContent",
    "Content",
    "Changed",
    "Gone",
    "KeyUsed",
    "Outdated",
    "accept_report",
    "add_sentence",
    "add_units",
    "ask_for_changes",
    "change_outline",
    "change_regime",
    "chase_reports",
    "close_round",
    "copy_outline",
    "correct_report",
    "document_came_back",
    "document_was_sent",
    "draft_report",
    "drop_outline",
    "edit_figure",
    "edit_sentence",
    "end_regime",
    "leave_out",
    "make_and_open",
    "make_regime",
    "hand_over_report",
    "merge_reports",
    "move_round",
    "open_due_round",
    "open_round",
    "receive_report",
    "release_unit",
    "restore_figure",
    "restore_sentence",
    "settle_overlap",
    "submit_report",
    "take_in",
    "was_received",
]
