"""What this room offers to the house."""

from nhipcau.core.rooms import RoomConfig


class DocumentsConfig(RoomConfig):
    name = "nhipcau.documents"
    label = "documents"
