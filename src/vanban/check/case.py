"""What the rules share: the plan with its text, its day of issue, and the making of findings in the user's "
"language."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
from collections.abc import Iterator

from vanban import header
from vanban.citations import Mention, find
from vanban.citations.symbols import symbol_key
from vanban.knowledge import Knowledge
from vanban.model import Finding, Line, Lines, Plan, Severity, When
from vanban.outline import Node, build_nodes, paragraphs
from vanban.outline.tree import reads_one_each
from vanban.plan.regions import regions
from vanban.plan.tables import find_tables
from vanban.sitetext import body_lines
from vanban.text import nfc


class Case:
    """One plan under check, on the day ``as_of``. What several rules need is worked out once, when first asked "
    "for."""

    def __init__(self, plan: Plan, as_of: dt.date, knowledge: Knowledge, language: str) -> None:
        self.plan = plan
        self.as_of = as_of
        self.knowledge = knowledge
        self.language = language

    # --- findings --------------------------------------------------------------------------------------------

    def finding(
        self,
        rule: str,
        severity: Severity,
        where: str | None,
        lines: Lines | None,
        *,
        vi: str,
        en: str,
        suggestion: str | None = None,
    ) -> Finding:
        """A finding whose message is ``vi`` or ``en``; the suggestion is wording for the document, so it has one
        language."""
        return Finding(rule, severity, where, lines, en if self.language == "en" else vi, suggestion)

    # --- the text --------------------------------------------------------------------------------------------

    @functools.cached_property
    def is_sound(self) -> bool:
        """Whether letters can be trusted: in a torn or scanned text a wrong letter is the file's, not the "
        "writers'."""
        return self.plan.source.quality in ("good", "legacy")

    @functools.cached_property
    def is_plan(self) -> bool:
        """Whether the file holds a plan at all."""
        return not any(doubt.kind in ("not-a-plan", "no-text") for doubt in self.plan.doubts)

    @functools.cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the document itself, without the text of the site that it was saved from."""
        first, last = body_lines(self.plan.source)
        return tuple(line for line in self.plan.source.lines if first <= line.number <= last)

    @functools.cached_property
    def text(self) -> str:
        """These lines as one text in NFC, one line a line."""
        return "\n".join(nfc(line.text) for line in self.lines)

    @functools.cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(nfc(line.text)) + 1
        return starts

    def offset(self, number: int) -> int:
        """Where in ``text`` line ``number`` begins; its end for a line behind the last."""
        at = number - self.lines[0].number
        return self._starts[max(0, at)] if at < len(self._starts) else len(self.text)

    def lines_at(self, start: int, end: int) -> Lines:
        """The numbers of the lines from offset ``start`` to ``end`` of ``text``."""
        first, last = (max(0, bisect.bisect_right(self._starts, at) - 1) for at in (start, max(start, end - 1)))
        return self.lines[first].number, self.lines[last].number

    @functools.cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place of ``text`` that names a document, the plan's own number left out."""
        own = symbol_key(self.plan.header.symbol) if self.plan.header.symbol else None
        found = find(self.text, knowledge=self.knowledge, broken=self.plan.source.quality == "broken" or None)
        return tuple(mention for mention in found if mention.key != own)

    @functools.cached_property
    def tabled(self) -> frozenset[int]:
        """The numbers of the lines that tables take."""
        source = self.plan.source
        tables = [*(table.lines for table in source.tables), *(grid.lines for grid in find_tables(source))]
        return frozenset(number for begin, end in tables for number in range(begin, end + 1))

    @functools.cached_property
    def outline(self) -> Node:
        """The outline of the plan's body, without its tables."""
        source = self.plan.source
        if not source.lines:
            return build_nodes(())
        _, _, body_start = header.read(source)
        first, last = regions(source.lines, body_start).body
        shown = [
            Line(line.number, "|" if line.number in self.tabled else line.text, line.page)
            for line in source.lines[first:last]
        ]
        return build_nodes(paragraphs(shown, one_each=reads_one_each(source)))

    # --- time ------------------------------------------------------------------------------------------------

    @functools.cached_property
    def issued(self) -> dt.date | None:
        """The day of issue, where the document prints it."""
        return self.plan.header.date

    @functools.cached_property
    def not_before(self) -> dt.date | None:
        """The first day on which the plan can have been issued: its date, or that of the newest of its legal "
        "bases."""
        if self.issued is not None:
            return self.issued
        return max((c.date for c in self.plan.citations if c.is_basis and c.date), default=None)

    def times(self) -> Iterator[tuple[str, str, When, Lines]]:
        """Every time that the plan sets: (pointer, name of the entry, time, lines)."""
        plan = self.plan
        for at, task in enumerate(plan.tasks):
            if task.time is not None:
                yield f"/tasks/{at}/time", task.code, task.time, task.lines
        for at, entry in enumerate(plan.reporting):
            if entry.time is not None:
                yield f"/reporting/{at}/time", "", entry.time, entry.lines
        for at, obligation in enumerate(plan.obligations):
            if obligation.time is not None:
                yield f"/obligations/{at}/time", "", obligation.time, obligation.lines


def day(date: dt.date) -> str:
    """A date as documents print it: dd/mm/yyyy."""
    return f"{date:%d/%m/%Y}"


def spans(lines: Lines, language: str) -> str:
    """ "dòng 12" or "dòng 12–13"; "line 12" in English."""
    word = "dòng" if language == "vi" else "line" if lines[0] == lines[1] else "lines"
    return f"{word} {lines[0]}" if lines[0] == lines[1] else f"{word} {lines[0]}–{lines[1]}"
