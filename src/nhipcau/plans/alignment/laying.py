"""Two plans as ``vanban`` compares them, and what is kept of the comparison. Pure."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

from vanban import align, model
from vanban.align.names import place_of
from vanban.fuzzy import skeleton
from vanban.knowledge import Knowledge

from ..checking.checkable import Rows, checkable
from ..reviewing.contents import Content

LANGUAGES = ("vi", "en")
TORN = ("broken", "ocr")
_FOUND = 80.0  # so much (of 100) of a value must stand in a line for the line to be its place
_BLOCK = 40  # lines below a text in which its agencies and time are looked for


class Bare(Exception):
    """The reading of the plan holds nothing to compare."""


@dataclasses.dataclass(frozen=True, slots=True)
class Laid:
    """What is kept of a comparison; see ``models.Alignment``."""

    cites_higher: bool
    result: dict[str, Any]
    extra: dict[str, Any]
    counts: dict[str, Any]


def plan_of(
    content: Content, outline: Sequence[Mapping[str, Any]], rows: Rows, behind: Mapping[str, Any]
) -> model.Plan:
    """The plan that a reading describes as it stands after its review. Raises ``Bare``."""
    if "header" not in content:
        raise Bare
    return checkable(content, outline, rows, behind).plan


def laid(higher: model.Plan, lower: model.Plan, knowledge: Knowledge) -> Laid:
    """Compare two plans, once in each language."""
    said = {name: align.align(higher, lower, knowledge=knowledge, language=name) for name in LANGUAGES}
    found = said["vi"]
    both = (_Side(higher), _Side(lower))
    return Laid(
        cites_higher=found.cites_higher,
        result={name: result.to_dict() for name, result in said.items()},
        extra={
            "sides": _sides(higher, lower, knowledge),
            "weights": [[change.weight for change in pair.changes] for pair in found.pairs],
            "places": [_places(pair, both) for pair in found.pairs],
            "items": {"higher": both[0].items, "lower": both[1].items},
            "findings": [_shown(finding, higher, lower, found.pairs) for finding in found.findings],
            "counterparts": [list(row) for row in found.counterparts],
            "torn": [plan.source.quality in TORN for plan in (higher, lower)],
        },
        counts=counted(found.pairs, len(found.findings)),
    )


def counted(pairs: Sequence[align.Pair], findings: int) -> dict[str, Any]:
    """How many pairs of each kind, by part, how many findings, and which items (part, code) are left out."""
    counts = {part: dict(Counter(pair.kind for pair in pairs if pair.part == part)) for part in ("task", "duty")}
    left_out = [[pair.part, code] for pair in pairs if pair.kind == "dropped" for code in pair.higher]
    return {**counts, "findings": {"all": findings}, "left_out": left_out}


def _sides(higher: model.Plan, lower: model.Plan, knowledge: Knowledge) -> list[str]:
    """What the two sides are called by the place they speak for ("tỉnh", "thành phố"); empty where that tells nothing
    apart."""
    words = [place_of(plan, knowledge).word for plan in (higher, lower)]
    return ["", ""] if words[0] == words[1] else words


class _Side:
    """One plan's items by part and code, with where their values stand."""

    def __init__(self, plan: model.Plan) -> None:
        self.lines = {line.number: line.text for line in plan.source.lines}
        self.is_torn = plan.source.quality in TORN
        self.items: dict[str, dict[str, Any]] = {"task": {}, "duty": {}}
        for task in plan.tasks:
            self.items["task"].setdefault(
                task.code,
                {
                    "text": task.text,
                    "lines": list(task.lines),
                    "group": task.group or "",
                    "lead": list(task.lead),
                    "coordinating": list(task.coordinating),
                    "form": task.form or "",
                    "time": task.time.text if task.time else "",
                },
            )
        for duty in plan.duties:
            self.items["duty"].setdefault(
                duty.code, {"text": duty.text, "lines": list(duty.lines), "agencies": list(duty.agencies)}
            )
        spans = [entry.lines for entry in plan.tasks] + [entry.lines for entry in plan.duties]
        spans += [part.lines for part in plan.outline] + [entry.lines for entry in plan.reporting]
        self.starts = sorted({first for first, _last in spans})
        for item in (item for part in self.items.values() for item in part.values()):
            item["mended"] = self.is_torn and not self._is_printed(item["text"], item["lines"])

    def _is_printed(self, text: str, span: Sequence[int]) -> bool:
        printed = " ".join(self.lines.get(number, "") for number in range(span[0], span[1] + 1))
        return " ".join(text.split()) in " ".join(printed.split())

    def line_of(self, part: str, codes: Sequence[str], field: str, value: str | None) -> int | None:
        """The line in which a value of an item begins; the item's first line where it is not found. A field that has
        no value to look for is looked for by what it lists."""
        item = self.items[part].get(codes[0]) if codes else None
        if item is None:
            return None
        first, last = item["lines"]
        if not value and field not in ("text", "verb"):
            listed = item.get(field) or ""
            value = listed if isinstance(listed, str) else next(iter(listed), "")
        if field in ("text", "verb") and value and item["text"].startswith(value[:20]):
            return int(first)
        wanted = skeleton((value or "").replace(" ", ""))[:60]
        best, at = _FOUND, int(first)
        for number in range(first, self._end(last) + 1) if wanted else ():
            printed = self.lines.get(number, "")
            score = fuzz.partial_ratio(wanted, skeleton(printed.replace(" ", ""))) if len(printed) > 3 else 0.0
            if score > best:
                best, at = score, number
        return at

    def _end(self, last: int) -> int:
        """The last line that can belong to an item whose text ends here: agencies and time stand below the text."""
        following = self.starts[bisect_right(self.starts, last) :]
        return min(following[0] - 1 if following else last, last + _BLOCK)


def _places(pair: align.Pair, sides: tuple[_Side, _Side]) -> list[list[int | None]]:
    """For each change the line in either plan where it is to be seen."""
    return [
        [
            sides[0].line_of(pair.part, pair.higher, change.field, change.from_),
            sides[1].line_of(pair.part, pair.lower, change.field, change.to),
        ]
        for change in pair.changes
    ]


def _shown(
    finding: model.Finding, higher: model.Plan, lower: model.Plan, pairs: Sequence[align.Pair]
) -> dict[str, Any]:
    """What a finding on two plans quotes of each: the words and their lines."""
    way = (finding.where or "").split("/")[1:]
    if len(way) == 3 and way[0] == "reporting" and way[2] == "time":
        entry = lower.reporting[int(way[1])]
        asked = next((other for other in higher.reporting if _is_one_day(other.time, entry.time)), None)
        return {"higher": _report(asked), "lower": _report(entry)}
    if len(way) == 3 and way[0] == "tasks" and way[2] == "group":
        below = lower.tasks[int(way[1])]
        code = next((p.higher[0] for p in pairs if p.part == "task" and p.higher and below.code in p.lower), "")
        above = next((task for task in higher.tasks if task.code == code), None)
        return {"higher": _heading(higher, above), "lower": _heading(lower, below)}
    return {"higher": None, "lower": None}


def _is_one_day(one: model.When | None, other: model.When | None) -> bool:
    if one is None or other is None or one.kind != other.kind:
        return False
    return any(
        a is not None and a == b
        for a, b in ((one.month_day, other.month_day), (one.due, other.due), (one.day, other.day))
    )


def _report(entry: model.Reporting | None) -> dict[str, Any] | None:
    if entry is None or entry.time is None:
        return None
    return {"text": entry.time.text, "line": entry.lines[0]}


def _heading(plan: model.Plan, task: model.Task | None) -> dict[str, Any] | None:
    if task is None or not task.group:
        return None
    before = [part for part in plan.outline if part.lines[0] <= task.lines[0] and part.title == task.group]
    return {"text": task.group, "line": before[-1].lines[0] if before else task.lines[0]}
