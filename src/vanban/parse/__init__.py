"""A file of an official document read back into its value.

    from vanban.parse import parse

``parse(write(document)) == settled(document)``, for DOCX and PDF. Files of others are read by their words and places, as far
as these go. ``see`` gives what stands in a file before anything is made of it: ``vanban.lint`` measures that.
"""

from __future__ import annotations

from pathlib import Path

from vanban.official import OfficialDocument
from vanban.parse.building import built
from vanban.parse.opening import opened
from vanban.parse.roles import Named, named
from vanban.parse.seen import Seen

__all__ = ["Named", "Seen", "named", "parse", "see"]


def see(file: str | Path | bytes, name: str = "") -> Seen:
    """What stands in a DOCX or PDF file, given by its path or its bytes; ``name`` is what it is called in messages.

    Raises ``vanban.errors.Unreadable`` for a file that is missing, damaged, locked, hostile or of another kind."""
    return opened(file, name)


def parse(file: str | Path | bytes, name: str = "") -> OfficialDocument:
    """The official document that a DOCX or PDF file holds, given by its path or its bytes. What the file does not say is
    empty. Raises ``vanban.errors.Unreadable`` as ``see`` does."""
    return built(named(see(file, name)))
