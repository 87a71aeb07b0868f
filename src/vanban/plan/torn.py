"""A plan read from torn text: its words put back as found where they are not sure, and every repair noted as a doubt.

The structure is read from lines in which known phrases were written rightly (``vanban.fuzzy``). Agencies and times keep
their right words, each with a doubt; running texts stand as the restorer proposes them (``vanban.restore``), with the
phrases that are beyond doubt written over it, each with a doubt that says what the file has.
"""

from __future__ import annotations

import dataclasses

from vanban.fuzzy import Mended, skeleton
from vanban.model import Doubt, Duty, Lines, Obligation, Plan, Reporting, Task

_SURE = 0.95  # no text that was put together anew is surer than this


def restate(plan: Plan, mended: Mended, reach: dict[str, Lines], heads: dict[str, Lines]) -> Plan:
    """``plan``, read from ``mended`` lines, with its texts as far as they are sure and a doubt for each repair.

    ``reach`` gives for the code of each task the lines over which its block stands, ``heads`` for the code of each duty
    those on which its agency is named.
    """
    notes = _Notes(mended, plan.source.quality == "broken")
    tasks = tuple(notes.task(at, task, reach.get(task.code, task.lines)) for at, task in enumerate(plan.tasks))
    duties = tuple(notes.duty(at, duty, heads.get(duty.code, duty.lines)) for at, duty in enumerate(plan.duties))
    reporting = tuple(notes.reporting(at, entry) for at, entry in enumerate(plan.reporting))
    obligations = tuple(notes.obligation(at, entry) for at, entry in enumerate(plan.obligations))
    if notes.broken:
        notes.ending(plan)
    return dataclasses.replace(
        plan,
        tasks=tasks,
        duties=duties,
        reporting=reporting,
        obligations=obligations,
        doubts=(*plan.doubts, *notes.doubts),
    )


class _Notes:
    """Walks the entries, noting each repaired place once."""

    def __init__(self, mended: Mended, broken: bool) -> None:
        self.mended = mended
        self.broken = broken
        self.doubts: list[Doubt] = []
        self.seen: set[tuple[str, str, Lines]] = set()

    def task(self, at: int, task: Task, reach: Lines) -> Task:
        span = (task.lines[0], max(reach[1], task.lines[1]))
        self._agencies(task.lead, span, f"/tasks/{at}/lead")
        self._agencies(task.coordinating, span, f"/tasks/{at}/coordinating")
        if task.time is not None:
            self._repair("repaired-time", task.time.text, reach, f"/tasks/{at}/time/text")
        text = self._text(task.text, task.lines, f"/tasks/{at}/text")
        form = self.mended.strict(task.form, reach) if task.form else None
        group = self.mended.strict(task.group, (1, task.lines[0])) if task.group else None
        return dataclasses.replace(task, text=text, form=form or task.form, group=group or task.group)

    def duty(self, at: int, duty: Duty, head: Lines) -> Duty:
        self._agencies(duty.agencies, head, f"/duties/{at}/agencies")
        return dataclasses.replace(duty, text=self._text(duty.text, duty.lines, f"/duties/{at}/text"))

    def reporting(self, at: int, entry: Reporting) -> Reporting:
        for field in ("to", "via"):
            value = getattr(entry, field)
            if value:
                self._repair("repaired-agency", value, entry.lines, f"/reporting/{at}/{field}")
        self._agencies(entry.who, entry.lines, f"/reporting/{at}/who")
        if entry.time is not None:
            self._repair("repaired-time", entry.time.text, entry.lines, f"/reporting/{at}/time/text")
        return entry

    def obligation(self, at: int, entry: Obligation) -> Obligation:
        self._agencies(entry.who, entry.lines, f"/obligations/{at}/who")
        return dataclasses.replace(entry, text=self._text(entry.text, entry.lines, f"/obligations/{at}/text"))

    def ending(self, plan: Plan) -> None:
        """The signer's name is never altered and recipients are mostly abbreviations: a person looks at both."""
        if plan.signature.name:
            self.doubts.append(
                Doubt("broken-text", "/signature/name", None, plan.signature.name, plan.signature.name, 0.5)
            )
        if plan.recipients:
            self.doubts.append(Doubt("broken-text", "/recipients", None, "; ".join(plan.recipients), None, 0.5))

    def _agencies(self, names: tuple[str, ...], span: Lines, where: str) -> None:
        for at, name in enumerate(names):
            self._repair("repaired-agency", name, span, f"{where}/{at}")

    def _repair(self, kind: str, value: str, lines: Lines, where: str) -> None:
        """Notes that ``value`` stands for something else in the source, once for each place there."""
        span = self.mended.span(value, lines)
        if span is None:
            return
        found = " ".join(token.found for token in span if token.found).strip(" .;:,)")
        key = (kind, value, (span[0].line, span[-1].line))
        if found == value or key in self.seen:
            return
        self.seen.add(key)
        self.doubts.append(Doubt(kind, where, (span[0].line, span[-1].line), found, value, _confidence(found, value)))

    def _text(self, text: str, lines: Lines, where: str) -> str:
        """The running text with its sure repairs; a doubt says that it is torn."""
        strict = self.mended.strict(text, lines)
        found = self.mended.found(text, lines)
        proposed = strict or text
        span = self.mended.span(text, lines) or []
        whole = self.broken and any(not token.sure for token in span)
        if (found is not None and found != proposed) or whole:
            sure = min((token.confidence for token in span if not token.sure), default=_SURE)
            self.doubts.append(Doubt("broken-text", where, lines, found, proposed, min(sure, _SURE) if span else 0.5))
        return proposed


def _confidence(found: str, value: str) -> float:
    """How sure a repair is: nearly certain where only marks were lost, less with each torn letter."""
    left, right = skeleton(found), skeleton(value)
    if left == right:
        return 0.95
    same = sum(a == b for a, b in zip(left, right, strict=False))
    return round(max(0.6, 0.9 * same / max(len(left), len(right), 1)), 2)
