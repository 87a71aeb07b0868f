"""What pages and files show of what the rules found. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from vanban.model import Finding, Lines, Severity
from vanban.text import fold

from ..reviewing.contents import ENTRIES, Content, entry_of, get, has, live, steps
from ..reviewing.edition import Edition, Gap, Heading, Pair

ORDER: tuple[Severity, ...] = ("error", "warning", "note")


@dataclasses.dataclass(frozen=True, slots=True)
class Noted:
    """A finding about a plan: ``mark`` is the same for the same objection to the same words in another reading, ``code``
    the entry that it is about ("III.1.a"), ``entry`` the lines of that entry."""

    rule: str
    severity: Severity
    where: str | None
    lines: Lines | None
    message: str
    suggestion: str | None
    code: str
    mark: str
    entry: Lines | None = None

    def to_dict(self) -> dict[str, Any]:
        """An entry of the contract ``findings/1``."""
        return Finding(self.rule, self.severity, self.where, self.lines, self.message, self.suggestion).to_dict()


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """That somebody looked at a finding and keeps what the plan says."""

    reason: str
    who: str
    when: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """A finding as a page shows it. ``place``: the block of the page beside which it stands, where there is one; ``task``:
    the live task that it is about."""

    noted: Noted
    title: str
    kept: Kept | None = None
    place: str = ""
    task: str = ""

    @property
    def anchor(self) -> str:
        """The name of its place in the page."""
        return f"dieu-{self.noted.mark[:12]}"


@dataclasses.dataclass(frozen=True, slots=True)
class Findings:
    """All that is found in a plan as of a day: what is open, the worst first, and what was looked at and is kept."""

    day: dt.date
    open: tuple[Shown, ...]
    kept: tuple[Shown, ...] = ()
    is_waiting: bool = False
    is_broken: bool = False

    @property
    def by_severity(self) -> list[tuple[Severity, list[Shown]]]:
        """What is open, the errors first; within a severity down the page."""
        groups = [(severity, [s for s in self.open if s.noted.severity == severity]) for severity in ORDER]
        return [(severity, shown) for severity, shown in groups if shown]

    def beside(self, edition: Edition) -> Findings:
        """The same, each put beside its lines in the page."""
        return dataclasses.replace(self, open=tuple(beside(edition, self.open)), kept=tuple(beside(edition, self.kept)))

    @property
    def everything(self) -> tuple[Shown, ...]:
        """What is open and what is kept, down the page."""
        return tuple(sorted((*self.open, *self.kept), key=lambda shown: shown.noted.lines or (0, 0)))


def noted(finding: Finding, where: str | None, content: Content, texts: Mapping[int, str]) -> Noted:
    """A finding with what tells it apart. ``where``: its place in the object; ``texts``: the lines by number."""
    entry = _entry(content, where, finding.lines)
    code = str(entry.get("code") or entry.get("symbol") or "")
    field = "/".join(part for part in (steps(where) if where else ()) if not part.isdecimal())
    value = get(content, where) if where and has(content, where) else None
    named = value if isinstance(value, str) else finding.suggestion or ""
    said = [texts.get(n, "") for n in range(finding.lines[0], finding.lines[1] + 1)] if finding.lines else []
    words = (finding.rule, field, code, fold(named), *(fold(text).strip() for text in said))
    return Noted(
        rule=finding.rule,
        severity=finding.severity,
        where=where,
        lines=finding.lines,
        message=finding.message,
        suggestion=finding.suggestion,
        code=code,
        mark=hashlib.sha256("\n".join(words).encode()).hexdigest()[:32],
        entry=(entry["lines"][0], entry["lines"][1]) if "lines" in entry else None,
    )


def _entry(content: Content, where: str | None, lines: Lines | None) -> dict[str, Any]:
    """The entry, or the cited document, that a finding is about: by its pointer, else by its lines; else nothing."""
    pointer = entry_of(where) if where else None
    found = get(content, pointer) if pointer and has(content, pointer) else None
    if isinstance(found, dict):
        return found
    if where is None and lines is not None:
        for section in ENTRIES:
            for _place, entry in live(content, section):
                if entry["lines"][0] <= lines[0] <= entry["lines"][1]:
                    return entry
    return {}


def beside(edition: Edition, shown: Iterable[Shown]) -> list[Shown]:
    """Put each finding beside the lines that it is about, in the block of the page that shows them; returns all of them
    with their places. What concerns the whole document stands nowhere but on top."""
    starts: list[tuple[int, int, Pair | Gap | Heading]] = []
    for block in edition.blocks:
        numbers = [line.number for line in block.lines]
        if numbers:
            starts.append((numbers[0], numbers[-1], block))
    placed = []
    for one in shown:
        found = _block(edition, starts, one.noted)
        placed.append(dataclasses.replace(one, place=one.anchor if found is not None else ""))
        if found is not None:
            found.findings.append(placed[-1])
    return placed


def _block(
    edition: Edition, starts: Iterable[tuple[int, int, Pair | Gap | Heading]], found: Noted
) -> Pair | Gap | Heading | None:
    if found.lines is not None:
        first = found.lines[0]
        best = [block for begin, end, block in starts if begin <= first <= end]
        if best:
            return next((block for block in best if isinstance(block, Pair)), best[0])
    return edition.pair_for(found.where) if found.where else None
