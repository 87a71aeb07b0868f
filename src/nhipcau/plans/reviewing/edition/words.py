"""The smallest pieces of the edition: words, names and lines, each of which may be in question."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple


class Part(NamedTuple):
    """A piece of a text; ``lit``: it is in question."""

    text: str
    lit: bool


@dataclasses.dataclass(slots=True)
class NamePart:
    """One agency in a list: its name, whether it is in question, and what it means in the directory."""

    name: str
    lit: bool
    meant: str  # name in the directory, "" where nobody has said
    is_same: bool  # the directory's name is the document's


@dataclasses.dataclass(slots=True)
class SourceLine:
    """A line on the left; ``parts`` where torn words in it are underlined."""

    number: int
    text: str
    page: int | None
    parts: list[Part] | None = None
