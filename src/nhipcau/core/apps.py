"""Core: what every room uses."""

from importlib import import_module

from .rooms import RoomConfig


class CoreConfig(RoomConfig):
    name = "nhipcau.core"
    label = "core"

    def ready(self) -> None:
        super().ready()
        import_module("nhipcau.core.delivery")  # its jobs register themselves, once the tables are known
