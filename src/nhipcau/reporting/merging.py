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
from nhipcau.plans.models import NO_DATE, Task

from .alike import digest
from .models import Report, ReportFigure, ReportRow, Sentence
from .outlines import Part
from .quoting import ByNumber, Group, Said, by_number, grouped, own_said
from .saying import day, ended, heading, lower, named, named_together, number, upper
from .units import alone, together, units_of
from .writing import CONTINUOUS, NEXT_MOST, NOTHING_NEXT, has_day, is_ahead
from .writing import sentences_of as own_sentences_of

_KIND = Sentence.Kind
NAMED = 12  # organisations that a sentence names; the rest are counted, and the annex has them all
LATE_MOST = 20  # tasks with late organisations that are told one by one, those with the most first
REASONS_MOST = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Received:
    """The reports that one merges: each with its organisation, all rows behind them (their own lower reports included),
    what they say in their own words, the reasons that people gave for a row that is late and what they wrote of a row
    themselves (by the row's key), the reports that are still awaited and those that came late, and, for tasks of lower
    plans, the tasks of the round's plan that they answer."""

    reports: Sequence[Report]
    rows: Sequence[ReportRow]
    said: Sequence[Said]
    awaited: Sequence[Report]
    late: Sequence[Report] = ()
    reasons: Mapping[int, Sentence] = dataclasses.field(default_factory=dict)
    told: Mapping[int, Sentence] = dataclasses.field(default_factory=dict)
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
        made.extend(own_sentences_of(part, own, figures, as_of=as_of, is_merged=True))
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
        text = f"Chưa nhận được báo cáo của {number(total)} đơn vị"
    elif came == total:
        text = f"Đã nhận đủ báo cáo của {number(total)} đơn vị"
    else:
        text = f"Đã nhận {number(came)}/{number(total)} báo cáo của các đơn vị"
    if received.late:
        names = listing([one.organisation.name for one in received.late])
        text += f", trong đó {number(len(received.late))} đơn vị gửi chậm ({names})"
    refs = [["reporting.report", one.public_id] for one in received.reports or received.awaited]
    yield Sentence(key="received:count", kind=_KIND.SENTENCE, text=f"{text}.", refs=refs)
    if received.awaited:
        names = listing([one.organisation.name for one in received.awaited])
        refs = [["reporting.report", one.public_id] for one in received.awaited]
        yield Sentence(key="received:awaited", kind=_KIND.GAP, text=f"Chưa nhận được báo cáo của: {names}.", refs=refs)


# --- tasks over all organisations --------------------------------------------------------------------------------------


def _tasks(part: Part, received: Received, own: Sequence[ReportRow], as_of: dt.date) -> Iterator[Sentence]:
    group = None
    for task, rows in _by_task([*own, *received.rows], received):
        if task.group and task.group != group:
            group = task.group
            yield Sentence(key=f"group:{task.pk}", kind=_KIND.HEADING, text=heading(group))
        yield _over_all(task, rows, as_of, received.told)
        yield from _told_of(part, task, rows, received)
    others = list(_quoted(part, received))
    if others and group is not None:
        yield Sentence(key="group:others", kind=_KIND.HEADING, text="Nội dung khác do các đơn vị báo cáo")
    yield from others


def _over_all(task: Task, rows: Sequence[ReportRow], as_of: dt.date, written: Mapping[int, Sentence]) -> Sentence:
    """One task as all who have it stand: "22/30 đơn vị đã hoàn thành (73,3%); …"."""
    refs = [["reporting.row", str(row.pk)] for row in rows]
    units = units_of(task, rows, written)
    if all(unit.is_unknown for unit in units):
        text = f"{named(task.text)}: chưa có thông tin trong kỳ báo cáo ({listing([unit.name for unit in units])})."
        return Sentence(key=f"all:{task.pk}", mark="-", kind=_KIND.GAP, text=text, refs=refs)
    goes_on = task.time_kind in CONTINUOUS and all(row.due == NO_DATE for row in rows)
    told = alone(units[0], as_of) if len(units) == 1 else together(units, goes_on=goes_on)
    text = f"{named(task.text)}: {told}."
    return Sentence(key=f"all:{task.pk}", mark="-", kind=_KIND.SENTENCE, text=text, refs=refs)


def _told_of(part: Part, task: Task, rows: Sequence[ReportRow], received: Received) -> Iterator[Sentence]:
    """What reports say of a task in words that people wrote, each with who says it."""
    name, said = f"{named(task.text)}: ", []
    for row in rows:
        written = received.told.get(row.pk)
        if written is not None:
            text = upper(written.text.removeprefix(name))
            pointer = ("reporting.sentence", written.public_id)
            origin = digest(str(row.organisation_id), str(task.pk))
            said.append(Said(text, (row.organisation.name,), origin, (pointer,), part.key, written))
    for group in grouped(said):
        yield _quote(group, f"told:{group.origins[0]}", "+")


def _late(part: Part, received: Received, own: Sequence[ReportRow], _as_of: dt.date) -> Iterator[Sentence]:
    late = [row for row in [*own, *received.rows] if row.is_late and row.progress != Progress.DONE]
    if not late:
        text = "Không có nhiệm vụ chậm so với thời hạn."
        yield Sentence(key="late:none", kind=_KIND.SENTENCE, text=text, figures=["tasks.overdue"])
    tasks = _by_task(late, received)
    told = {task.pk for task, _rows in sorted(tasks, key=lambda one: -len(units_of(*one)))[:LATE_MOST]}
    for task, rows in tasks:
        if task.pk in told:
            names = [unit.name for unit in units_of(task, rows)]
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
    """Why they are late: what people wrote as the reason, else what stands in the way by the register; how many say none."""
    said: list[Said] = []
    silent = {row.organisation_id for row in rows}
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
        if written is not None or row.obstacles:
            silent.discard(row.organisation_id)
    groups = sorted(grouped(said), key=lambda group: -len(group.organisations))
    if not groups:
        refs = [["reporting.row", str(row.pk)] for row in rows]
        yield Sentence(key=f"why:{task.pk}", mark="+", kind=_KIND.GAP, text="Nguyên nhân: chưa nêu.", refs=refs)
        return
    told = [f"{lower(ended(group.text, ''))} ({listing(group.organisations)})" for group in groups[:REASONS_MOST]]
    if len(groups) > REASONS_MOST:
        told.append(f"{number(len(groups) - REASONS_MOST)} nguyên nhân khác")
    if silent:
        told.append(f"{number(len(silent))} đơn vị chưa nêu nguyên nhân")
    refs = [list(ref) for group in groups for ref in group.refs]
    text = f"Nguyên nhân: {'; '.join(told)}."
    yield Sentence(key=f"why:{task.pk}", mark="+", kind=_KIND.SENTENCE, text=text, refs=refs)


def _next(part: Part, received: Received, own: Sequence[ReportRow], as_of: dt.date) -> Iterator[Sentence]:
    """What is still to be done: dated tasks by their day, with how many have them open; the others counted."""
    open_rows = [row for row in [*own, *received.rows] if is_ahead(row)]
    tasks = _by_task(open_rows, received)
    dated = sorted(
        ((min(row.due for row in rows), task, rows) for task, rows in tasks if any(has_day(row) for row in rows)),
        key=lambda one: one[0],
    )
    said = list(_quoted(part, received))
    if dated:
        text = "Tiếp tục chỉ đạo, đôn đốc hoàn thành các nhiệm vụ sau:"
        yield Sentence(key="next:these", kind=_KIND.SENTENCE, text=text, figures=["tasks.total"])
    for due, task, rows in dated[:NEXT_MOST]:
        names = [unit.name for unit in units_of(task, rows)]
        when = f"{'đã quá thời hạn' if due < as_of else 'thời hạn'} {day(due)}"
        who = names[0] if len(names) == 1 else f"còn {number(len(names))} đơn vị chưa hoàn thành"
        refs = [["reporting.row", str(row.pk)] for row in rows]
        text = f"{named(task.text)} ({when}): {who}."
        yield Sentence(key=f"next:{task.pk}", mark="-", kind=_KIND.SENTENCE, text=text, refs=refs)
    rest = len(tasks) - len(dated[:NEXT_MOST])
    if rest:
        text = f"Tiếp tục thực hiện {number(rest)} nhiệm vụ{' khác' if dated else ''} theo kế hoạch."
        mark = "-" if dated else ""
        yield Sentence(key="next:rest", mark=mark, kind=_KIND.SENTENCE, text=text, figures=["tasks.total"])
    if not tasks and not said:
        yield Sentence(key="next:none", kind=_KIND.GAP, text=NOTHING_NEXT)
    yield from said


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
    for one in by_number(grouped([*own, *(said for said in received.said if said.part == part.key)])):
        yield _by_number(one) if isinstance(one, ByNumber) else _quote(one, one.key(received.standing), "-")


def _by_number(found: ByNumber) -> Sentence:
    """ "Đã ban hành từ 02 đến 06 văn bản: 02 (Ủy ban nhân dân xã An Hòa); 06 (Ủy ban nhân dân xã Bình Tân)." """
    least, most = found.groups[0][0], found.groups[-1][0]
    told = "; ".join(f"{number(count)} ({listing(group.organisations)})" for count, group in found.groups)
    text = f"{found.before}từ {number(least)} đến {number(most)}{found.behind}: {told}."
    refs = [list(ref) for _count, group in found.groups for ref in group.refs]
    return Sentence(key=found.key, mark="-", kind=_KIND.SENTENCE, text=text, refs=refs)


def _quote(group: Group, key: str, mark: str) -> Sentence:
    return Sentence(
        key=key,
        mark=mark,
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
    "next": _next,
}


def listing(names: Sequence[str]) -> str:
    """Names one after the other; many are cut and counted."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= NAMED:
        return named_together(unique)
    return f"{named_together(unique[:NAMED])} và {number(len(unique) - NAMED)} đơn vị khác"
