"""Where in the lines each value of a reading stands. The contract says it of entries; their parts are found here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rapidfuzz import fuzz

from vanban.text import fold

from ..contents import Content
from ..decisions import runs_of

Span = tuple[int, int]

# How plans label the parts of a task's block, folded; a torn label is still near to one of them.
_LABELS = {
    "lead": (
        "co quan chu tri", "don vi chu tri", "chu tri", "co quan thuc hien", "don vi thuc hien",
        "co quan chu tri tham muu", "don vi chu tri thuc hien",
    ),
    "coordinating": (
        "co quan phoi hop", "don vi phoi hop", "phoi hop", "phoi hop thuc hien", "don vi phoi hop thuc hien",
    ),
    "time": (
        "thoi gian thuc hien", "thoi gian hoan thanh", "thoi gian", "thoi han", "thoi han hoan thanh", "tien do",
        "tien do thuc hien",
    ),
    "form": ("hinh thuc", "hinh thuc thuc hien", "san pham", "ket qua"),
}  # fmt: skip
_HEAD = re.compile(r"^[\s\-–+*•.]*(?:[a-zđ0-9]{1,3}[).]\s*)?([^:]{4,45}):")
_NEAR = 84.0
_LIKE = 78.0


class Lines:
    """The lines of a text, asked by number."""

    def __init__(self, lines: Mapping[int, str]) -> None:
        self._lines = lines
        self.last = max(lines, default=0)

    def text(self, number: int) -> str:
        return self._lines.get(number, "")

    def is_blank(self, number: int) -> bool:
        return not self.text(number).strip()

    def trimmed(self, first: int, last: int) -> Span | None:
        """The span without blank lines at its ends; None where nothing is left."""
        while first <= last and self.is_blank(first):
            first += 1
        while last >= first and self.is_blank(last):
            last -= 1
        return (first, last) if first <= last else None

    def find(self, value: str, first: int, last: int, like: float = _LIKE) -> Span | None:
        """The lines in which the value (or what a bad scan made of it) stands, between two lines."""
        wanted = fold(value)
        if len(wanted) < 2:
            return None
        text, starts = "", []
        for number in range(max(first, 1), min(last, self.last) + 1):
            starts.append((len(text), number))
            text += fold(self.text(number)) + " "
        if len(text) < len(wanted):
            return None
        found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=like)
        if found is None:
            return None
        begin, end = found.dest_start, max(found.dest_start, found.dest_end - 1)
        line_at = [number for start, number in starts if start <= begin][-1]
        line_to = [number for start, number in starts if start <= end][-1]
        return self.trimmed(line_at, line_to)


def label_at(line: str) -> str | None:
    """Which part of a block the line opens ("- Cơ quan chủ trì: …"), torn letters forgiven."""
    head = _HEAD.match(fold(line))
    if head is None:
        return None
    said = head.group(1).strip(" -–+*•.")
    best, nearest = None, _NEAR
    for field, labels in _LABELS.items():
        for label in labels:
            score = fuzz.ratio(said, label)
            if score > nearest:
                best, nearest = field, score
    return best


def blocks(lines: Lines, first: int, last: int) -> dict[str, Span]:
    """The labelled parts between two lines: field → its lines, up to the next label."""
    found: dict[str, Span] = {}
    openings = [(n, field) for n in range(first, last + 1) if (field := label_at(lines.text(n)))]
    for i, (number, field) in enumerate(openings):
        end = openings[i + 1][0] - 1 if i + 1 < len(openings) else last
        span = lines.trimmed(number, _paragraph_end(lines, number, end))
        if span and field not in found:
            found[field] = span
    return found


def _paragraph_end(lines: Lines, first: int, last: int) -> int:
    """Where a labelled part ends: before a line that begins something new ("- ", "2. ", "b) ")."""
    for number in range(first + 1, last + 1):
        if re.match(r"^\s*(?:[-–+•*]\s|\d{1,2}\.\s|[a-zđ]\)\s|[IVX]{1,5}\.\s|https?://)", lines.text(number)):
            return number - 1
    return last


def header_places(content: Content, lines: Lines, body: int) -> Iterator[tuple[str, Span | None]]:
    """Each part of the head with its lines, looked for above line ``body``; None: the file does not have it."""
    repaired = {d["where"]: d for d in content["doubts"] if d["where"].startswith("/header/") and d["lines"]}
    for field in ("symbol", "date", "place", "issuer", "title"):
        value = content["header"][field]
        pointer = f"/header/{field}"
        if pointer in repaired:
            first, last = repaired[pointer]["lines"]
            found = lines.find(repaired[pointer]["found"] or "", first, last + 6)
            yield pointer, (first, max(last, found[1]) if found else last)
        elif value is None:
            yield pointer, None
        else:
            yield pointer, _header_part(lines, field, value, body)


def _header_part(lines: Lines, field: str, value: str, body: int) -> Span | None:
    if field == "date":
        year, month, day = value.split("-")
        for number in range(1, min(body, lines.last) + 1):
            said = [int(n) for n in re.findall(r"\d+", lines.text(number))]
            if {int(day), int(month), int(year)} <= set(said):
                return number, number
        return None
    return lines.find(value, 1, body)


def task_places(content: Content, lines: Lines, ends: Mapping[int, int]) -> Iterator[tuple[str, Span, bool]]:
    """Each value of each task: pointer, lines, and whether it stands in a block that several tasks share.

    ``ends``: for each task the last line before the next entry or heading.
    """
    tasks = content["tasks"]
    for run in runs_of(tasks):
        last = run[-1]
        found = blocks(lines, tasks[last]["lines"][0], ends[last])
        for i in run:
            entry = f"/tasks/{i}"
            first, text_last = tasks[i]["lines"]
            within = [span[0] for span in found.values() if span[0] > first]
            text_end = min([text_last, *(n - 1 for n in within)]) if i == last else text_last
            yield f"{entry}/text", lines.trimmed(first, max(first, text_end)) or (first, first), False
            for field in ("lead", "coordinating", "form", "time"):
                if not tasks[i][field] and not (i == last and field in found):
                    continue
                span = found.get(field) or _unlabelled(lines, tasks[last], field, ends[last])
                is_here = i == last
                yield f"{entry}/{field}", (span or (first, first)) if is_here else (first, first), not is_here


def _unlabelled(lines: Lines, task: Mapping[str, Any], field: str, end: int) -> Span | None:
    """A value without a label of its own, as in a table's cell: where its words stand."""
    value = task[field]
    words = value["text"] if field == "time" and value else value[0] if isinstance(value, list) and value else value
    if not isinstance(words, str):
        return None
    first = task["lines"][0]
    cell = next((n for n in range(first, end + 1) if fold(lines.text(n)).strip(" -–+").startswith(fold(words))), None)
    if cell is not None:  # the words open their cell; within another sentence they may stand by chance
        return cell, cell
    return lines.find(words, first, end, 88.0)


def ending_places(content: Content, lines: Lines, body_end: int) -> Iterator[tuple[str, Span | None]]:
    """The recipients and the signature, looked for in the last pages."""
    start = max(1, min(body_end, lines.last - 120))
    label = next(
        (n for n in range(lines.last, start - 1, -1) if fuzz.ratio(fold(lines.text(n))[:9], "noi nhan:") >= 75), None
    )
    if label is None:
        label = next((n for n in range(1, lines.last + 1) if fold(lines.text(n)).startswith("noi nhan")), None)
    names = content["recipients"]
    if label is not None:
        last = lines.find(names[-1], label, label + 80, 85.0) if names else None
        yield "/recipients", (label, last[1] if last else label)
    elif names:
        yield "/recipients", lines.find(names[0], start, lines.last)
    for field in ("authority", "capacity", "name"):
        value = content["signature"][field]
        if value:
            yield f"/signature/{field}", lines.find(value, label or start, lines.last, 85.0)
