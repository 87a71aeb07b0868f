"""Every write of this room: one function for one official act."""

from .confirming import confirm_reading
from .importing import Arrival, cancel_reading, discard_reading, read_again, upload_plan
from .keeping import fail_reading, keep_reading, start_reading
from .reviewing import (
    AlreadySettled,
    ChangedMeanwhile,
    Overtaken,
    accept_alike,
    add_entry,
    change_value,
    postpone_doubt,
    remove_entry,
    restore_entry,
    settle_doubt,
    undo_decision,
)

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
    "keep_reading",
    "postpone_doubt",
    "read_again",
    "remove_entry",
    "restore_entry",
    "settle_doubt",
    "start_reading",
    "undo_decision",
    "upload_plan",
]
