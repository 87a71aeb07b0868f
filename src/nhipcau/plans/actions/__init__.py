"""Every write of this room: one function for one official act."""

from .confirming import confirm_reading
from .deciding import (
    AlreadySettled,
    Overtaken,
    accept_alike,
    postpone_doubt,
    recognise_names,
    settle_doubt,
    settle_stop,
    undo_decision,
)
from .editing import ChangedMeanwhile, add_entry, change_value, remove_entry, restore_entry
from .findings import keep_finding, reopen_finding, switch_rule_off, switch_rule_on
from .importing import Arrival, cancel_reading, discard_reading, read_again, upload_plan
from .keeping import fail_reading, keep_reading, start_reading
from .words import settle_words

__all__ = [
    "AlreadySettled",
    "Arrival",
    "ChangedMeanwhile",
    "Overtaken",
    "accept_alike",
    "add_entry",
    "cancel_reading",
    "change_value",
    "confirm_reading",
    "discard_reading",
    "fail_reading",
    "keep_finding",
    "keep_reading",
    "postpone_doubt",
    "read_again",
    "recognise_names",
    "remove_entry",
    "reopen_finding",
    "restore_entry",
    "settle_doubt",
    "settle_stop",
    "settle_words",
    "start_reading",
    "switch_rule_off",
    "switch_rule_on",
    "undo_decision",
    "upload_plan",
]
