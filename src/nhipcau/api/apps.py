"""What this room offers to the house."""

from nhipcau.core.rooms import RoomConfig


class ApiConfig(RoomConfig):
    name = "nhipcau.api"
    label = "api"
