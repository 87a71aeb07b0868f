"""What this room offers to the house."""

from nhipcau.core.rooms import RoomConfig


class PlansConfig(RoomConfig):
    name = "nhipcau.plans"
    label = "plans"
