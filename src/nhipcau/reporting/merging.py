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
from .quoting import Said, grouped, own_said
from .saying import ended, lower, named, named_together, number, share, upper
from .writing import sentences_of as own_sentences_of
from .writing import status

_KIND = Sentence.Kind
NAMED = 12  # organisations that a sentence names; the rest are counted, and the annex has them all
NAMED_BESIDE = 5  # those that are named inside a sentence over a task
LATE_MOST = 20  # tasks with late organisations that are told one by one, those with the most first
REASONS_MOST = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Received:
    """The reports that one merges: each with its organisation, all rows behind them (their own lower reports included),
    what they say in their own words, the reasons that people gave for a row that is late (by the row's key), the reports
    that are still awaited, and, for tasks of lower plans, the tasks of the round's plan that they answer."""

    reports: Sequence[Report]
    rows: Sequence[ReportRow]
    said: Sequence[Said]
    awaited: Sequence[Report]
    reasons: Mapping[int, Sentence] = dataclasses.field(default_factory=dict)
    answers: Mapping[int, Sequence[Task]] = dataclasses.field(default_factory=dict)
    plan_id: int | None = None  # the round's plan: its tasks stand first
    standing: frozenset[str] = frozenset()  # keys of the sentences that stand in the merged report already


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
    """What a part of the merged report says, in order (not saved, without a report and a position). ``own``: the rows of
    the organisation that merges, each with its organisation."""
    made: list[Sentence] = []
    if part.kind == "figures":
        made.extend(_received(received))
    if part.kind in _MERGED:
        made.extend(_MERGED[part.kind](part, received, own, as_of))
    else:
        made.extend(own_sentences_of(part, own, figures, as_of=as_of))
        made.extend(_quoted(part, received))
    for sentence in made:
        sentence.part = part.key
        sentence.drafted = sentence.text
    return made


def _received(received: Received) -> Iterator[Sentence]:
    """Who sent a report, and who did not."""
    came, total = len(received.reports), len(received.reports) + len(received.awaited)
    if not total:
        return
    if came == 0:
        text = f"Chưa nhận được báo cáo của {number(total)} đơn vị."
    elif came == total:
        text = f"Đã nhận đủ báo cáo của {number(total)} đơn vị."
    else:
        text = f"Đã nhận {number(came)}/{number(total)} báo cáo của các đơn vị."
    refs = [["reporting.report", one.public_id] for one in received.reports or received.awaited]
    yield Sentence(key="received:count", kind=_KIND.SENTENCE, text=text, refs=refs)
    if received.awaited:
        names = listing([one.organisation.name for one in received.awaited])
        refs = [["reporting.report", one.public_id] for one in received.awaited]
        yield Sentence(key="received:awaited", kind=_KIND.GAP, text=f"Chưa nhận được báo cáo của: {names}.", refs=refs)


# --- tasks over all organisations --------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Unit:
    """How one organisation stands with a task: by its own assignment of it, else by those of lower plans that answer it,
    taken together."""

    name: str
    rows: Sequence[ReportRow]

    @property
    def progress(self) -> Progress:
        states = {row.progress for row in self.rows}
        if states == {Progress.DONE}:
            return Progress.DONE
        if Progress.CANNOT in states:
            return Progress.CANNOT
        return Progress.NOT_STARTED if states == {Progress.NOT_STARTED} else Progress.IN_PROGRESS

    @property
    def is_late(self) -> bool:
        return any(row.is_late for row in self.rows)

    @property
    def is_silent(self) -> bool:
        return all(row.is_silent for row in self.rows)


def _units(task: Task, rows: Sequence[ReportRow]) -> list[_Unit]:
    of_each: dict[int, list[ReportRow]] = {}
    for row in rows:
        of_each.setdefault(row.organisation_id, []).append(row)
    found = []
    for some in of_each.values():
        direct = [row for row in some if row.task_id == task.pk]
        found.append(_Unit(some[0].organisation.name, direct or some))
    return found


def _tasks(part: Part, received: Received, own: Sequence[ReportRow], as_of: dt.date) -> Iterator[Sentence]:
    group = None
    for task, rows in _by_task([*own, *received.rows], received):
        if task.group and task.group != group:
            group = task.group
            yield Sentence(key=f"group:{task.pk}", kind=_KIND.HEADING, text=ended(group, ""))
        yield _over_all(task, rows, as_of)
    others = list(_quoted(part, received))
    if others and group is not None:
        yield Sentence(key="group:others", kind=_KIND.HEADING, text="Nội dung khác do các đơn vị báo cáo")
    yield from others


def _over_all(task: Task, rows: Sequence[ReportRow], as_of: dt.date) -> Sentence:
    """One task as all who have it stand: "22/30 đơn vị đã hoàn thành (73,3%); …"."""
    refs = [["reporting.row", str(row.pk)] for row in rows]
    units = _units(task, rows)
    if all(unit.is_silent for unit in units):
        names = f"{listing([unit.name for unit in units])}"
        text = f"{named(task.text)}: chưa có thông tin trong kỳ báo cáo ({names})."
        return Sentence(key=f"all:{task.pk}", mark="-", kind=_KIND.GAP, text=text, refs=refs)
    told = _alone(units[0], as_of) if len(units) == 1 else _together(units)
    text = f"{named(task.text)}: {told}."
    return Sentence(key=f"all:{task.pk}", mark="-", kind=_KIND.SENTENCE, text=text, refs=refs)


def _alone(unit: _Unit, as_of: dt.date) -> str:
    if len(unit.rows) == 1:
        [row] = unit.rows
        word = f". {upper(ended(row.word, ''))}" if row.word else ""
        return f"{unit.name} {status(row, as_of)}{word}"
    done = sum(1 for row in unit.rows if row.progress == Progress.DONE)
    if not done:
        return f"{unit.name} chưa hoàn thành việc nào trong {number(len(unit.rows))} việc đã cụ thể hóa"
    return f"{unit.name} đã hoàn thành {number(done)}/{number(len(unit.rows))} việc đã cụ thể hóa"


def _together(units: Sequence[_Unit]) -> str:
    done = [unit for unit in units if unit.progress == Progress.DONE]
    total = number(len(units))
    if not done:
        text = f"chưa có đơn vị nào trong {total} đơn vị hoàn thành"
    elif len(done) == len(units):
        text = f"cả {total} đơn vị đã hoàn thành"
    else:
        text = f"{number(len(done))}/{total} đơn vị đã hoàn thành ({share(len(done), len(units))})"
    silent = [unit for unit in units if unit.is_silent]
    open_ = [unit for unit in units if not unit.is_silent]
    told = [
        ("hoàn thành chậm", [unit for unit in done if unit.is_late], False),
        ("đang thực hiện", [unit for unit in open_ if unit.progress == Progress.IN_PROGRESS], False),
        ("chưa thực hiện", [unit for unit in open_ if unit.progress == Progress.NOT_STARTED], False),
        ("đang vướng mắc", [unit for unit in open_ if unit.progress == Progress.CANNOT], True),
        ("chưa có thông tin", silent, True),
    ]
    for words, some, with_names in told:
        if some:
            text += f"; {number(len(some))} đơn vị {words}"
            if with_names and len(some) <= NAMED_BESIDE:
                text += f" ({named_together([unit.name for unit in some])})"
    return text


def _late(part: Part, received: Received, own: Sequence[ReportRow], _as_of: dt.date) -> Iterator[Sentence]:
    late = [row for row in [*own, *received.rows] if row.is_late and row.progress != Progress.DONE]
    if not late:
        text = "Không có nhiệm vụ chậm so với thời hạn."
        yield Sentence(key="late:none", kind=_KIND.SENTENCE, text=text, figures=["tasks.overdue"])
    tasks = _by_task(late, received)
    told = {task.pk for task, _rows in sorted(tasks, key=lambda one: -len(_units(*one)))[:LATE_MOST]}
    for task, rows in tasks:
        if task.pk in told:
            names = [unit.name for unit in _units(task, rows)]
            text = f"{named(task.text)}: {number(len(names))} đơn vị quá hạn chưa hoàn thành ({listing(names)})."
            refs = [["reporting.row", str(row.pk)] for row in rows]
            yield Sentence(key=f"late:{task.pk}", mark="-", kind=_KIND.SENTENCE, text=text, refs=refs)
            yield from _reasons(task, rows, received)
    rest = [row for task, rows in tasks if task.pk not in told for row in rows]
    if rest:
        text = f"Ngoài ra, {number(len(tasks) - len(told))} nhiệm vụ khác có đơn vị quá hạn chưa hoàn thành."
        refs = [["reporting.row", str(row.pk)] for row in rest]
        yield Sentence(key="late:rest", mark="-", kind=_KIND.SENTENCE, text=text, refs=refs)
    yield from _quoted(part, received)


def _reasons(task: Task, rows: Sequence[ReportRow], received: Received) -> Iterator[Sentence]:
    """Why they are late: what people wrote as the reason, else what stands in the way by the register."""
    said: list[Said] = []
    for row in rows:
        written = received.reasons.get(row.pk)
        if written is not None:
            text = written.text.removeprefix("Nguyên nhân:").strip()
            said.append(Said(text, (row.organisation.name,), "", (("reporting.sentence", written.public_id),)))
        else:
            said.extend(
                Said(one["text"], (row.organisation.name,), "", (("followup.obstacle", one["id"]),))
                for one in row.obstacles
            )
    groups = sorted(grouped(said), key=lambda group: -len(group.organisations))
    if not groups:
        return
    told = [f"{lower(ended(group.text, ''))} ({listing(group.organisations)})" for group in groups[:REASONS_MOST]]
    if len(groups) > REASONS_MOST:
        told.append(f"{number(len(groups) - REASONS_MOST)} nguyên nhân khác")
    refs = [list(ref) for group in groups for ref in group.refs]
    text = f"Nguyên nhân: {'; '.join(told)}."
    yield Sentence(key=f"why:{task.pk}", mark="+", kind=_KIND.SENTENCE, text=text, refs=refs)


def _by_task(rows: Sequence[ReportRow], received: Received) -> list[tuple[Task, list[ReportRow]]]:
    """The rows by task, in the order of the plans, the round's own first. A row of a lower plan counts with each task of
    the round's plan that its own task answers."""
    found: dict[int, tuple[Task, list[ReportRow]]] = {}
    for row in rows:
        for task in received.answers.get(row.task_id) or (row.task,):
            found.setdefault(task.pk, (task, []))[1].append(row)
    main = received.plan_id
    return sorted(found.values(), key=lambda one: (one[0].plan_id != main, one[0].plan_id, one[0].position, one[0].pk))


# --- what others wrote ---------------------------------------------------------------------------------------------------


def _quoting(part: Part, received: Received, own: Sequence[ReportRow], as_of: dt.date) -> Iterator[Sentence]:
    found = list(_quoted(part, received, own_said(own_sentences_of(part, own, {}, as_of=as_of), own)))
    yield from found
    if not found:
        if part.kind == "obstacles":
            text = "Trong kỳ không nêu khó khăn, vướng mắc."
            yield Sentence(key="obstacles:none", kind=_KIND.SENTENCE, text=text, figures=["obstacles.raised"])
        else:
            yield Sentence(key=f"{part.kind}:none", kind=_KIND.GAP, text=f"{part.title}: chưa nêu.")


def _quoted(part: Part, received: Received, own: Sequence[Said] = ()) -> Iterator[Sentence]:
    """What a part says in people's own words, each with who says it; what several say alike is said once."""
    for group in grouped([*own, *(one for one in received.said if one.part == part.key)]):
        yield Sentence(
            key=group.key(received.standing),
            mark="-",
            kind=_KIND.SENTENCE,
            text=f"{ended(group.text, '')} ({listing(group.organisations)}).",
            refs=[list(ref) for ref in group.refs],
            source=group.sentence,
            organisation=group.sentence.organisation if group.sentence is not None else None,
        )


_Merger = Callable[[Part, Received, Sequence[ReportRow], dt.date], Iterator[Sentence]]
_MERGED: Mapping[str, _Merger] = {
    "tasks": _tasks,
    "late": _late,
    "obstacles": _quoting,
    "proposals": _quoting,
}


def listing(names: Sequence[str]) -> str:
    """Names one after the other; many are cut and counted."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= NAMED:
        return named_together(unique)
    return f"{named_together(unique[:NAMED])} và {number(len(unique) - NAMED)} đơn vị khác"
