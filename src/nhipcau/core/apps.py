"""Core: what every room uses."""

from .rooms import RoomConfig


class CoreConfig(RoomConfig):
    name = "nhipcau.core"
    label = "core"
