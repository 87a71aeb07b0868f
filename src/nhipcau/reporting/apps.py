"""What this room offers to the house."""

from nhipcau.core.rooms import Offers, RoomConfig


class ReportingConfig(RoomConfig):
    name = "nhipcau.reporting"
    label = "reporting"
    offers = Offers()
