"""Sets the parallel edition: headings, pairs of lines and values, and what belongs to nothing, folded away."""

from __future__ import annotations

import dataclasses
import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from nhipcau.documents.actions import Facts
from vanban.text import fold

from ...models import Doubt
from .. import values
from ..contents import Content, entry_of, get, has, is_name, live, places_of, steps
from ..doubting import EDITED, UNMATCHED
from ..unsure import standing
from .marks import in_lines, in_value, parts_of
from .pieces import Edition, Gap, Heading, Pair, Value, shown_at
from .places import Lines, Span, ending_places, header_places, task_places
from .words import NamePart, Part, SourceLine

_ABOUT_NO_WORDS = {"shared-block", "no-lead", "no-time", "missing-rows"}


# What an entry of each section can be given where the reader found nothing.
_ADDABLE = {
    "tasks": ("lead", "coordinating", "form", "time"),
    "duties": ("agencies",),
    "obligations": ("who", "time"),
    "reporting": ("to", "via", "time"),
}


@dataclasses.dataclass(slots=True)
class _Anchor:
    pointer: str
    first: int
    last: int
    is_shared: bool = False
    is_weak: bool = False


def edition_of(
    content: Content,
    found: Content,
    outline: Sequence[Mapping[str, Any]],
    lines: Sequence[tuple[int, str, int | None]],
    doubts: Iterable[Doubt],
    meanings: Mapping[str, str],
) -> Edition:
    """The edition of a reading. ``meanings``: what each folded name is called in the directory. ``found`` is what was
    read and never changes: pairs keep their places while values change."""
    return _Builder(content, found, outline, lines, list(doubts), meanings).build()


class _Builder:
    def __init__(
        self,
        content: Content,
        found: Content,
        outline: Sequence[Mapping[str, Any]],
        lines: Sequence[tuple[int, str, int | None]],
        doubts: list[Doubt],
        meanings: Mapping[str, str],
    ) -> None:
        self.content, self.found, self.outline, self.meanings = content, found, outline, meanings
        self.lines = Lines({number: text for number, text, _page in lines})
        self.rows = {number: SourceLine(number, text, page) for number, text, page in lines if text.strip()}
        self.open_at: dict[str, list[Doubt]] = defaultdict(list)
        self.settled_at: dict[str, list[Doubt]] = defaultdict(list)
        self.lit_names: set[str] = set()
        self.underlined: dict[int, list[Span]] = defaultdict(list)
        for doubt in doubts:
            self._file(doubt)
        for number, offsets in self.underlined.items():
            self.rows[number].parts = parts_of(self.rows[number].text, offsets)

    # --- doubts ------------------------------------------------------------------------------------------------------

    def _file(self, doubt: Doubt) -> None:
        at = shown_at(doubt.where)
        is_open = doubt.state in (Doubt.State.OPEN, Doubt.State.LATER) and doubt.kind != EDITED
        (self.open_at if is_open else self.settled_at)[at].append(doubt)
        if not is_open:
            return
        if is_name(doubt.where) and has(self.content, doubt.where):
            self.lit_names.add(fold(get(self.content, doubt.where)))
        if doubt.words:
            for word in doubt.words:
                if word["line"] in self.rows:
                    self.underlined[word["line"]].append((word["start"], word["end"]))
        elif doubt.found and doubt.first_line and doubt.kind not in UNMATCHED:
            self._underline(doubt.found, doubt.first_line, doubt.last_line or doubt.first_line)

    def _underline(self, words: str, first: int, last: int) -> None:
        span = [(n, self.rows[n].text) for n in range(first, last + 1) if n in self.rows]
        for number, offsets in in_lines(span, words).items():
            self.underlined[number].extend(offsets)

    # --- where everything stands -------------------------------------------------------------------------------------

    def build(self) -> Edition:
        anchors = self._anchors()
        headings = {s["lines"][0]: s for s in self.outline}
        starts = sorted({a.first for a in anchors if not a.is_weak})
        covers: dict[int, int] = defaultdict(int)
        for anchor in anchors:
            if not anchor.is_weak:
                covers[anchor.first] = max(covers[anchor.first], anchor.last)
        by_start: dict[int, list[_Anchor]] = defaultdict(list)
        for anchor in anchors:
            by_start[self._snapped(anchor, starts, covers)].append(anchor)
        edges = sorted({*by_start, *headings})
        edition = Edition([], {})
        at = 1
        for i, edge in enumerate(edges):
            self._gap(edition, at, edge - 1)
            at = max(at, edge)
            following = edges[i + 1] if i + 1 < len(edges) else self.lines.last + 1
            group = by_start.get(edge, [])
            if edge in headings:
                at = max(at, self._heading(edition, headings[edge], group, following))
            if group:
                at = max(at, self._pair(edition, edge, group, following))
        self._gap(edition, at, self.lines.last)
        return edition

    @staticmethod
    def _snapped(anchor: _Anchor, starts: list[int], covers: Mapping[int, int]) -> int:
        """A citation inside the lines of another value is shown beside that value."""
        if not anchor.is_weak:
            return anchor.first
        place = bisect_right(starts, anchor.first) - 1
        return starts[place] if place >= 0 and covers[starts[place]] >= anchor.first else anchor.first

    def _anchors(self) -> list[_Anchor]:
        entry_starts = [
            entry["lines"][0] for section in ("tasks", "duties", "reporting", "obligations")
            for entry in self.found[section]
        ]  # fmt: skip
        starts = sorted({*entry_starts, *(s["lines"][0] for s in self.outline)})
        body = min(starts, default=60) - 1
        anchors = [self._header_anchor(pointer, span) for pointer, span in header_places(self.found, self.lines, body)]
        ends = {i: self._end(task["lines"][1], starts) for i, task in enumerate(self.found["tasks"])}
        anchors += [_Anchor(p, *span, is_shared=s) for p, span, s in task_places(self.found, self.lines, ends)]
        for section in ("duties", "obligations", "reporting"):
            for i, entry in enumerate(self.found[section]):
                anchors += self._entry_anchors(f"/{section}/{i}", entry)
        for section in ("tasks", "duties", "obligations", "reporting"):
            for i in range(len(self.found[section]), len(self.content[section])):
                anchors += self._entry_anchors(f"/{section}/{i}", self.content[section][i])
        for i, citation in enumerate(self.found["citations"]):
            first, last = citation["mentions"][0]
            anchors.append(_Anchor(f"/citations/{i}", first, last, is_weak=True))
        last_start = max(starts, default=1)
        for pointer, span in ending_places(self.found, self.lines, last_start):
            anchors.append(_Anchor(pointer, *(span or (self.lines.last, self.lines.last))))
        return anchors

    def _header_anchor(self, pointer: str, span: Span | None) -> _Anchor:
        top = min(self.rows, default=1)
        return _Anchor(pointer, *(span or (top, top)))

    def _end(self, last: int, starts: list[int]) -> int:
        return next((s - 1 for s in starts if s > last), self.lines.last)

    def _entry_anchors(self, pointer: str, entry: Mapping[str, Any]) -> list[_Anchor]:
        fields = {
            "tasks": ("text", "lead", "coordinating", "form", "time"),
            "duties": ("text", "agencies"),
            "obligations": ("text", "who", "time"),
            "reporting": ("who", "to", "via", "time"),
        }[steps(pointer)[0]]
        first, last = entry["lines"]
        return [_Anchor(f"{pointer}/{field}", first, last) for field in fields]

    # --- blocks ------------------------------------------------------------------------------------------------------

    def _gap(self, edition: Edition, first: int, last: int) -> None:
        lines = [self.rows[n] for n in range(first, last + 1) if n in self.rows]
        if lines:
            edition.blocks.append(Gap(lines[0].number, lines[-1].number, lines))

    def _heading(self, edition: Edition, section: Mapping[str, Any], group: list[_Anchor], following: int) -> int:
        """Set a heading; returns the line after it. That of a task is set with its pair, which shows its lines."""
        first, last = int(section["lines"][0]), int(section["lines"][1])
        if any(entry_of(a.pointer) and not a.is_weak for a in group):
            return first
        shown = [self.rows[n] for n in range(first, min(last, following - 1) + 1) if n in self.rows]
        is_printed = fold(section["title"]) in fold(" ".join(line.text for line in shown))
        level = 2 if section["code"].count(".") <= 1 else 3
        edition.blocks.append(Heading(section["code"], section["title"], level, shown, is_printed))
        return min(last, following - 1) + 1

    def _pair(self, edition: Edition, edge: int, group: list[_Anchor], following: int) -> int:
        task = next((a.pointer for a in group if a.pointer.startswith("/tasks/") and a.pointer.endswith("/text")), "")
        if task:
            i = int(steps(task)[1])
            title = _("Nhiệm vụ %(n)s") % {"n": i + 1}
            edition.blocks.append(Heading(self.content["tasks"][i]["code"], title, 3, []))
        last = min(max(a.last for a in group), following - 1)
        lines = [self.rows[n] for n in range(edge, last + 1) if n in self.rows]
        shown = [value for anchor in group if (value := self._value(anchor)) is not None]
        pair = Pair(edge, last, lines, shown)
        for value in shown:
            edition.pair_of[value.pointer] = pair
        if shown or lines:
            edition.blocks.append(pair)
        return last + 1

    # --- values ------------------------------------------------------------------------------------------------------

    def _value(self, anchor: _Anchor) -> Value | None:
        pointer = anchor.pointer
        entry = entry_of(pointer)
        whole = get(self.content, entry) if entry and has(self.content, entry) else None
        is_removed = isinstance(whole, dict) and bool(whole.get("removed"))
        is_main = pointer.endswith("/text") or pointer.startswith("/citations/") or (
            pointer.startswith("/reporting/") and pointer.endswith("/who"))  # fmt: skip
        if is_removed and not is_main:
            return None
        stands = get(self.content, pointer)
        asked, settled = self.open_at.get(pointer, []), self.settled_at.get(pointer, [])
        is_kept = pointer.startswith("/header/") or (is_main and pointer.startswith("/reporting/"))
        if stands in (None, [], "") and not asked and not settled and not is_kept:
            return None
        value = Value(
            pointer,
            values.label_of(pointer),
            open=asked,
            settled=settled,
            is_shared=anchor.is_shared,
            is_removed=is_removed,
            is_empty=stands in (None, [], ""),
            entry=entry if is_main and entry else "",
        )
        self._say(value, stands, asked)
        if is_main and entry and not is_removed:
            value.missing = [
                (f"{entry}/{field}", str(values.LABELS[field]).lower())
                for field in _ADDABLE.get(steps(pointer)[0], ())
                if not get(self.content, f"{entry}/{field}")
            ]
            if pointer.startswith("/tasks/"):
                value.fields = [(f"{entry}/code", values.label_of(f"{entry}/code"))]
        return value

    def _say(self, value: Value, stands: Any, asked: list[Doubt]) -> None:
        sort = values.sort_of(value.pointer)
        if value.pointer.startswith("/citations/"):
            value.label = _("Căn cứ") if stands["is_basis"] else _("Dẫn chiếu")
            value.can_edit = False
            value.parts = in_value(cited(stands), [d.proposed for d in asked])
            value.fields = [
                (f"{value.pointer}/{field}", values.label_of(f"{value.pointer}/{field}"))
                for field in ("symbol", "date", "issuer", "title")
            ]
        elif sort in ("names", "recipients"):
            value.names = [self._name(name) for name in stands]
            if sort == "recipients":
                value.names = [NamePart(name, False, name, True) for name in stands]
        elif sort == "when" and stands:
            value.note = values.meaning(stands)
            value.parts = in_value(stands["text"], [d.proposed for d in asked])
        else:
            shown = values.shown(value.pointer, stands)
            value.parts = self._parts(shown, stands, asked) if shown else []

    def _parts(self, shown: str, stands: Any, asked: list[Doubt]) -> list[Part]:
        """The words in question in a value: the single ones that may be wrong where they are known, else the repair."""
        words = [word for doubt in asked for word in standing(stands, doubt.words)]
        if words and shown == stands:
            return parts_of(shown, [(word["at"], word["at"] + len(word["text"])) for word in words])
        return in_value(shown, [self._proposed(d) for d in asked if d.kind not in _ABOUT_NO_WORDS])

    @staticmethod
    def _proposed(doubt: Doubt) -> str | None:
        if doubt.where.endswith("/date") and doubt.proposed and len(doubt.proposed) == 10:
            return dt.date.fromisoformat(doubt.proposed).strftime("%d/%m/%Y")
        return doubt.proposed

    def _name(self, name: str) -> NamePart:
        meant = self.meanings.get(fold(name), "")
        return NamePart(name, fold(name) in self.lit_names, meant, fold(meant) == fold(name))


def cited(citation: Mapping[str, Any]) -> str:
    """A cited document in one line: type and symbol, date, issuer, title."""
    date = dt.date.fromisoformat(citation["date"]).strftime("%d/%m/%Y") if citation["date"] else ""
    kind, title = Facts.type_name(citation["doc_type"] or ""), citation["title"] or ""
    is_in_title = not citation["symbol"] and fold(title).startswith(fold(kind))
    name = " ".join(part for part in ("" if is_in_title else kind, citation["symbol"]) if part)
    parts = (name, date and _("ngày %(date)s") % {"date": date}, citation["issuer"], title)
    return ", ".join(part for part in parts if part)


def live_tasks(content: Content) -> int:
    """How many tasks would go live."""
    return len(live(content, "tasks"))


def same_name_places(content: Content, where: str) -> int:
    """In how many places the name stands that this pointer leads to."""
    return len(places_of(content, get(content, where))) if is_name(where) and has(content, where) else 1
