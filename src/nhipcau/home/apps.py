"""What this room offers to the house."""

from nhipcau.core.rooms import RoomConfig


class HomeConfig(RoomConfig):
    name = "nhipcau.home"
    label = "home"
