"""What a reading of an official document gives back: plain, frozen values.

``Source`` is a file as numbered lines; ``Plan`` is what was found in them. ``Plan.to_dict()`` prints the object of the
contract ``plan/1`` (JSON Schema in ``docs/contracts/plan.schema.json``). Every extracted value keeps the lines it was
read from, 1-based and inclusive, so that a person can always be shown where it stands.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any, Literal

Lines = tuple[int, int]
Quality = Literal["good", "broken", "ocr", "legacy"]
Severity = Literal["error", "warning", "note"]
TimeKind = Literal["continuous", "once", "yearly", "half_yearly", "quarterly", "monthly", "weekly", "daily", "other"]
ObligationKind = Literal["own_plan", "estimate", "report_obstacles", "other"]


# --- the file as read ------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of the source: its number through the whole file (from 1), its text (NFC), its page (from 1) if paged."""

    number: int
    text: str
    page: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text (lines joined by a newline) and the lines that it covers."""

    text: str
    lines: Lines
    column_span: int = 1
    row_span: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table that the file itself marks as one. A merged cell stands once, where it begins (see its spans)."""

    rows: tuple[tuple[Cell, ...], ...]
    lines: Lines


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of the file that its text does not show: the line it stands on and the address it leads to."""

    line: int
    url: str


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """Where a line stands: its page, and its edges as shares of the page's width and height as it is read (upright,
    level, from the upper left corner)."""

    line: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclasses.dataclass(frozen=True, slots=True)
class UnsureWord:
    """A word that was read from a picture and may be wrong: its place in the line's text (end exclusive) and how sure
    the reading is (0 to 1)."""

    line: int
    start: int
    end: int
    text: str
    confidence: float


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """A file as numbered lines. ``pages`` is None for a file without pages; ``empty_pages`` are those without any text.

    ``ocr_pages`` were read from pictures; the words that may be wrong there are ``unsure``. ``boxes`` tell where the
    lines of PDF files and pictures stand (``vanban.source.showing.page_image`` shows the page)."""

    name: str
    sha256: str
    media_type: str
    pages: int | None
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    quality: Quality = "good"
    empty_pages: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    boxes: tuple[Box, ...] = ()
    unsure: tuple[UnsureWord, ...] = ()

    def text(self) -> str:
        """The whole text, one line of the source a line."""
        return "\n".join(line.text for line in self.lines)


# --- what was found ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class When:
    """A time as the plan states it (``text``, whole) and what it means; see the contract for each field."""

    text: str
    kind: TimeKind
    start: dt.date | None = None
    due: dt.date | None = None
    month_day: str | None = None  # "MM-DD", the last day that still counts each year
    day: int | None = None  # the last day of the month that still counts, for monthly times


@dataclasses.dataclass(frozen=True, slots=True)
class Header:
    """The head of a document. What the file does not state is None."""

    doc_type: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: dt.date | None = None
    title: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Citation:
    """A document that the text cites, once; ``mentions`` has the lines of every mention."""

    doc_type: str | None
    symbol: str | None
    date: dt.date | None
    issuer: str | None
    title: str | None
    is_basis: bool
    mentions: tuple[Lines, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """A task with the agencies and the time that the plan gives it."""

    code: str
    group: str | None
    text: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    form: str | None
    time: When | None
    shared_block: bool
    lines: Lines


@dataclasses.dataclass(frozen=True, slots=True)
class Duty:
    """What the section on implementation lays on an agency: one bullet or paragraph."""

    code: str
    agencies: tuple[str, ...]
    text: str
    lines: Lines


@dataclasses.dataclass(frozen=True, slots=True)
class Reporting:
    """A duty to report: who to whom, through whom, and when (one entry for each date or rhythm)."""

    who: tuple[str, ...]
    to: str | None
    via: str | None
    time: When | None
    lines: Lines


@dataclasses.dataclass(frozen=True, slots=True)
class Obligation:
    """What is laid on everyone outside tasks, duties and reporting."""

    who: tuple[str, ...]
    text: str
    kind: ObligationKind
    time: When | None
    lines: Lines


@dataclasses.dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: for which body, in which capacity, by what name."""

    authority: str | None = None
    capacity: str | None = None
    name: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at before the plan goes live.

    ``where`` is a JSON Pointer into the plan object; ``found`` is what the source has, ``proposed`` what stands in the plan.
    Kinds are listed in ``vanban.doubts``.
    """

    kind: str
    where: str
    lines: Lines | None
    found: str | None
    proposed: str | None
    confidence: float


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading of the document: its path in the outline, its printed title and its lines."""

    code: str
    title: str
    lines: Lines


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What was read from a plan. ``outline`` is for showing the document; the contract does not carry it."""

    source: Source
    header: Header
    citations: tuple[Citation, ...] = ()
    tasks: tuple[Task, ...] = ()
    duties: tuple[Duty, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    recipients: tuple[str, ...] = ()
    signature: Signature = Signature()
    doubts: tuple[Doubt, ...] = ()
    outline: tuple[Section, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The contract's ``plan/1`` object: dates as ISO text, line pairs as lists."""
        source = self.source
        return {
            "schema": "plan/1",
            "source": {
                "name": source.name,
                "sha256": source.sha256,
                "media_type": source.media_type,
                "pages": source.pages,
                "line_count": len(source.lines),
                "text_quality": source.quality,
            },
            "header": _plain(self.header),
            "citations": [_plain(c) for c in self.citations],
            "tasks": [_plain(t) for t in self.tasks],
            "duties": [_plain(d) for d in self.duties],
            "reporting": [_plain(r) for r in self.reporting],
            "obligations": [_plain(o) for o in self.obligations],
            "recipients": list(self.recipients),
            "signature": _plain(self.signature),
            "doubts": [_plain(d) for d in self.doubts],
        }


# --- what a careful reader would object to ------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What a careful reader would object to in a plan, or between two plans (``vanban.check``, ``vanban.align``).

    ``where`` is a JSON Pointer into the plan object, None where the plan has no such place; ``lines`` those to show;
    ``message`` one sentence that says what and what to do; ``suggestion`` is proposed wording, where there is one.
    """

    rule: str
    severity: Severity
    where: str | None
    lines: Lines | None
    message: str
    suggestion: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """An entry of the contract ``findings/1``."""
        plain: dict[str, Any] = _plain(self)
        return plain


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
