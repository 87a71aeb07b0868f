"""Every write of this room: the library here, the way of an organisation's own documents in ``outgoing``."""

from ..rules import Facts
from .library import (
    drop_text,
    file_documents,
    hold_text,
    keep_text,
    open_text,
    record_citations,
    record_facts,
)

__all__ = [
    "Facts",
    "drop_text",
    "file_documents",
    "hold_text",
    "keep_text",
    "open_text",
    "record_citations",
    "record_facts",
]
