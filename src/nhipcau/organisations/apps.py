"""What this room offers to the house."""

from nhipcau.core.rooms import RoomConfig


class OrganisationsConfig(RoomConfig):
    name = "nhipcau.organisations"
    label = "organisations"
