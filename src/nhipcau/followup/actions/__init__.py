"""Every official act of this room, by subject. Other rooms import from here."""

from .cascading import count_below_plan, take_in
from .chasing import AskedMeanwhile, chase
from .extending import extend_assignment
from .handing_over import hand_back, hand_over
from .obstacles import (
    answer_obstacle,
    follow_calendar,
    forward_obstacle,
    raise_obstacle,
    reopen_obstacle,
    settle_obstacle,
    withdraw_obstacle,
)
from .progress import Given, Outdated, record_progress, take_back_note
from .reported import reopen_duty, settle_duty
from .rhythm import set_rhythm
from .settling import open_periods, settle_plan
from .steps import add_step, change_step, finish_step, move_step, remove_step

__all__ = [
    "AskedMeanwhile",
    "Given",
    "Outdated",
    "add_step",
    "answer_obstacle",
    "change_step",
    "chase",
    "count_below_plan",
    "extend_assignment",
    "finish_step",
    "follow_calendar",
    "forward_obstacle",
    "hand_back",
    "hand_over",
    "move_step",
    "open_periods",
    "raise_obstacle",
    "record_progress",
    "remove_step",
    "reopen_duty",
    "reopen_obstacle",
    "set_rhythm",
    "settle_duty",
    "settle_obstacle",
    "settle_plan",
    "take_back_note",
    "take_in",
    "withdraw_obstacle",
]
