"""The pieces that the edition is made of: headings, pairs, gaps, and the values in them."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.safestring import SafeString

from nhipcau.documents.queries.pictures import Picture

from ...models import Doubt
from ..contents import steps
from ..decisions import place_of
from .html import lines_html, names_html, parts_html
from .words import NamePart, Part, SourceLine

SHORT_GAP = 2  # so few lines are shown as they are, not folded


@dataclasses.dataclass(slots=True)
class Value:
    """A value on the right: what it is called, what it says, and what is asked or was decided about it."""

    pointer: str
    label: str
    parts: list[Part] = dataclasses.field(default_factory=list)
    names: list[NamePart] | None = None
    note: str = ""
    open: list[Doubt] = dataclasses.field(default_factory=list)
    settled: list[Doubt] = dataclasses.field(default_factory=list)
    is_shared: bool = False
    is_empty: bool = False
    is_removed: bool = False
    can_edit: bool = True
    missing: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    fields: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    entry: str = ""  # set on the value that can take its whole entry out

    @property
    def html(self) -> SafeString:
        """The value's words, what is in question marked."""
        return parts_html(self.parts) if self.names is None else names_html(self.names)


@dataclasses.dataclass(slots=True)
class Pair:
    """Lines left, with their pictures where they were read from any; the values read from them right. ``is_current``: a
    doubt of this pair is asked now."""

    first: int
    last: int
    lines: list[SourceLine]
    values: list[Value]
    is_current: bool = False
    findings: list[Any] = dataclasses.field(default_factory=list)  # what rules object to here (``checking.shown``)
    pictures: list[Picture] = dataclasses.field(default_factory=list)

    @property
    def id(self) -> str:
        return f"doan-{self.first}"

    @property
    def lines_html(self) -> SafeString:
        """The lines on the left."""
        return lines_html(self.lines)

    def turn_of(self, doubt: Doubt) -> int:
        """The place of the value, among those of the pair, that the doubt is about."""
        at = shown_at(doubt.where)
        return next((i for i, value in enumerate(self.values) if value.pointer == at), 0)

    @property
    def is_asking(self) -> bool:
        return any(value.open for value in self.values)


@dataclasses.dataclass(slots=True)
class Heading:
    """A heading of the document, or of one task in it (``level`` 3). ``is_printed``: the lines say just its title."""

    code: str
    title: str
    level: int
    lines: list[SourceLine]
    is_printed: bool = False
    findings: list[Any] = dataclasses.field(default_factory=list)  # what rules object to here (``checking.shown``)

    @property
    def lines_html(self) -> SafeString:
        """The lines of the heading as printed."""
        return lines_html(self.lines)


@dataclasses.dataclass(slots=True)
class Gap:
    """Lines that belong to no entry."""

    first: int
    last: int
    lines: list[SourceLine]
    pictures: list[Picture] = dataclasses.field(default_factory=list)
    findings: list[Any] = dataclasses.field(default_factory=list)  # what rules object to here (``checking.shown``)

    @property
    def lines_html(self) -> SafeString:
        """The lines that belong to nothing."""
        return lines_html(self.lines)

    @property
    def is_short(self) -> bool:
        return len(self.lines) <= SHORT_GAP


@dataclasses.dataclass(slots=True)
class Edition:
    """The page: its blocks in order, and where each place is shown."""

    blocks: list[Heading | Pair | Gap]
    pair_of: dict[str, Pair]

    def pair_for(self, where: str) -> Pair | None:
        """The pair in which a place is shown."""
        return self.pair_of.get(shown_at(where))


def shown_at(where: str) -> str:
    """The pointer of the value that shows a place: a name's list, a citation as a whole, the text of an entry."""
    where = place_of(where)
    way = steps(where)
    if not way:
        return "/header/title"
    if way[0] == "citations":
        return f"/citations/{way[1]}" if len(way) > 1 else "/header/title"
    if way[0] == "recipients":
        return "/recipients"
    if way[0] in ("header", "signature"):
        return f"/{way[0]}/{way[1]}" if len(way) > 1 else f"/{way[0]}/title"
    if len(way) <= 2:
        return f"{where}/text"
    if way[0] in ("tasks", "obligations", "duties", "reporting") and way[2] in ("code", "group"):
        return f"/{way[0]}/{way[1]}/text"
    return "/" + "/".join(way[:3])
