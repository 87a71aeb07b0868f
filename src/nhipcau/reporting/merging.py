"""What an organisation makes of the reports that others sent it: figures added up, one sentence for each task over all of
them, what stands in the way and what is proposed with who says so, and what was not received. Every sentence leads to the
sentences and rows that it comes from.

Reports are Vietnamese documents: nothing here is translated. Pure.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from nhipcau.followup.models import Progress
from nhipcau.plans.models import Task

from .models import Report, ReportFigure, ReportRow, Sentence
from .outlines import Part
from .writing import ended, number, share
from .writing import sentences_of as own_sentences_of

_KIND = Sentence.Kind
NAMED = 12  # organisations that a sentence names; the rest are counted, and the annex has them all


@dataclasses.dataclass(frozen=True, slots=True)
class Received:
    """The reports that one merges: each with its organisation, all rows behind them (their own lower reports included),
    the sentences that people wrote or that say what stands in the way, and the reports that are still awaited."""

    reports: Sequence[Report]
    rows: Sequence[ReportRow]
    sentences: Sequence[Sentence]
    awaited: Sequence[Report]


def merged_figures(own: Sequence[ReportFigure], received: Sequence[Sequence[ReportFigure]]) -> list[ReportFigure]:
    """The figures of the merged report: what the organisation's own rows give, and what the reports sent to it state."""
    added: dict[str, int] = defaultdict(int)
    labels: dict[str, ReportFigure] = {}
    for figures in received:
        for one in figures:
            added[one.key] += one.shown
            labels.setdefault(one.key, one)
    found = [
        ReportFigure(
            key=one.key, position=one.position, label=one.label, unit=one.unit, value=one.value + added[one.key]
        )
        for one in own
    ]
    known = {one.key for one in own}
    for key, one in labels.items():
        if key not in known:
            found.append(
                ReportFigure(key=key, position=len(found) + 1, label=one.label, unit=one.unit, value=added[key])
            )
    return found


def merged_sentences_of(
    part: Part,
    received: Received,
    own: Sequence[ReportRow],
    figures: Mapping[str, ReportFigure],
    *,
    as_of: dt.date,
) -> list[Sentence]:
    """What a part of the merged report says, in order (not saved, without a report and a position)."""
    made: list[Sentence] = []
    if part.kind == "figures":
        made.extend(_received(received))
    if part.kind in _MERGED:
        made.extend(_MERGED[part.kind](part, received, own))
    else:
        made.extend(own_sentences_of(part, own, figures, as_of=as_of))
        made.extend(_quoted(part, received))
    for sentence in made:
        sentence.part = part.key
        sentence.drafted = sentence.text
    return made


def _received(received: Received) -> Iterator[Sentence]:
    """Who sent a report, and who did not."""
    total = len(received.reports) + len(received.awaited)
    if not total:
        return
    refs = [["reporting.report", one.public_id] for one in received.reports]
    text = (
        f"Đã nhận {number(len(received.reports)) if received.reports else '0'}/{number(total)} báo cáo của các đơn vị."
    )
    yield Sentence(
        key="received:count",
        kind=_KIND.SENTENCE,
        text=text,
        refs=refs or [["reporting.report", one.public_id] for one in received.awaited],
    )
    if received.awaited:
        names = _named([one.organisation.name for one in received.awaited])
        refs = [["reporting.report", one.public_id] for one in received.awaited]
        yield Sentence(key="received:awaited", kind=_KIND.GAP, text=f"Chưa nhận được báo cáo của: {names}.", refs=refs)


# --- tasks over all organisations --------------------------------------------------------------------------------------


def _tasks(_part: Part, received: Received, own: Sequence[ReportRow]) -> Iterator[Sentence]:
    group = None
    for task, rows in _by_task([*own, *received.rows]):
        if task.group and task.group != group:
            group = task.group
            yield Sentence(key=f"group:{task.pk}", kind=_KIND.HEADING, text=ended(group, ""))
        yield _over_all(task, rows)


def _over_all(task: Task, rows: Sequence[ReportRow]) -> Sentence:
    """One task as all who have it stand: "22/30 đơn vị đã hoàn thành (73,3%); …"."""
    refs = [["reporting.row", str(row.pk)] for row in rows]
    name = ended(task.text, "")
    total = len(rows)
    if all(row.is_silent for row in rows):
        text = f"{name}: chưa có đơn vị nào thông tin trong kỳ báo cáo ({number(total)} đơn vị)."
        return Sentence(key=f"all:{task.pk}", mark="-", kind=_KIND.GAP, text=text, refs=refs)
    done = [row for row in rows if row.progress == Progress.DONE]
    text = (
        f"{name}: {number(len(done)) if done else '0'}/{number(total)} đơn vị đã hoàn thành ({share(len(done), total)})"
    )
    told: list[tuple[str, list[ReportRow]]] = [
        ("hoàn thành chậm", [row for row in done if row.is_late]),
        ("đang thực hiện", [row for row in rows if row.progress == Progress.IN_PROGRESS]),
        ("chưa thực hiện", [row for row in rows if row.progress == Progress.NOT_STARTED and not row.is_silent]),
        ("đang vướng mắc", [row for row in rows if row.progress == Progress.CANNOT]),
        ("chưa có thông tin", [row for row in rows if row.is_silent]),
    ]
    for words, some in told:
        if some:
            text += f"; {number(len(some))} đơn vị {words}"
    return Sentence(key=f"all:{task.pk}", mark="-", kind=_KIND.SENTENCE, text=f"{text}.", refs=refs)


def _late(_part: Part, received: Received, own: Sequence[ReportRow]) -> Iterator[Sentence]:
    late = [row for row in [*own, *received.rows] if row.is_late and row.progress != Progress.DONE]
    if not late:
        text = "Không có nhiệm vụ chậm so với thời hạn."
        yield Sentence(key="late:none", kind=_KIND.SENTENCE, text=text, figures=["tasks.overdue"])
    for task, rows in _by_task(late):
        names = _named([row.organisation.name for row in rows])
        text = f"{ended(task.text, '')}: {number(len(rows))} đơn vị chưa hoàn thành, đã quá hạn ({names})."
        refs = [["reporting.row", str(row.pk)] for row in rows]
        yield Sentence(key=f"late:{task.pk}", mark="-", kind=_KIND.SENTENCE, text=text, refs=refs)


def _by_task(rows: Sequence[ReportRow]) -> list[tuple[Task, list[ReportRow]]]:
    found: dict[int, list[ReportRow]] = {}
    for row in sorted(rows, key=lambda row: (row.task.plan_id, row.task.position, row.position)):
        found.setdefault(row.task_id, []).append(row)
    return [(some[0].task, some) for some in found.values()]


# --- what others wrote ---------------------------------------------------------------------------------------------------


def _quoting(part: Part, received: Received, _own: Sequence[ReportRow]) -> Iterator[Sentence]:
    found = list(_quoted(part, received))
    yield from found
    if not found:
        if part.kind == "obstacles":
            text = "Trong kỳ không nêu khó khăn, vướng mắc."
            yield Sentence(key="obstacles:none", kind=_KIND.SENTENCE, text=text, figures=["obstacles.raised"])
        else:
            yield Sentence(key=f"{part.kind}:none", kind=_KIND.GAP, text=f"{part.title}: chưa nêu.")


def _quoted(part: Part, received: Received) -> Iterator[Sentence]:
    """The sentences of a part that lower reports say in their own words, each with who says it; the same words of several
    are said once."""
    same: dict[str, list[Sentence]] = {}
    for sentence in received.sentences:
        if sentence.part == part.key:
            same.setdefault(" ".join(sentence.text.lower().split()).rstrip(" .;"), []).append(sentence)
    for sentences in same.values():
        first = sentences[0]
        names = _named([one.organisation.name for one in sentences if one.organisation is not None])
        yield Sentence(
            key=f"quoted:{first.public_id}",
            mark="-",
            kind=_KIND.SENTENCE,
            text=f"{ended(first.text, '')} ({names}).",
            refs=[["reporting.sentence", one.public_id] for one in sentences],
            source=first,
            organisation=first.organisation,
        )


_Merger = Callable[[Part, Received, Sequence[ReportRow]], Iterator[Sentence]]
_MERGED: Mapping[str, _Merger] = {
    "tasks": _tasks,
    "late": _late,
    "obstacles": _quoting,
    "proposals": _quoting,
}


def _named(names: Sequence[str]) -> str:
    """Names one after the other; many are cut and counted."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= NAMED:
        return ", ".join(unique)
    return f"{', '.join(unique[:NAMED])} và {number(len(unique) - NAMED)} đơn vị khác"
