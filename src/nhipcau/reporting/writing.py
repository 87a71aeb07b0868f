"""The sentences of a draft, written from rows and figures: sober administrative Vietnamese, nothing that the register does
not say. Every sentence names what proves it (``refs``) or the figures that it states; what nobody has said is a gap.

Reports are Vietnamese documents: nothing here is translated. Pure: rows come with their tasks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from nhipcau.followup.models import Progress
from nhipcau.plans.models import NO_DATE, TimeKind

from .models import ReportFigure, ReportRow, Sentence
from .outlines import Part
from .saying import change, day, ended, heading, lower, named, number, share, upper

_KIND = Sentence.Kind
CONTINUOUS = (TimeKind.CONTINUOUS, TimeKind.NONE, TimeKind.OTHER, TimeKind.DAILY, TimeKind.WEEKLY)
RECURRING = (TimeKind.DAILY, TimeKind.WEEKLY, TimeKind.MONTHLY, TimeKind.QUARTERLY)
NEXT_MOST = 15  # tasks named in the part on what comes next
NOTHING_NEXT = "Nhiệm vụ trọng tâm thời gian tới: chưa nêu."
_PART_OF = "Trong đó: "


def sentences_of(
    part: Part,
    rows: Sequence[ReportRow],
    figures: Mapping[str, ReportFigure],
    *,
    as_of: dt.date,
    is_merged: bool = False,
) -> list[Sentence]:
    """What a part says, in order (not saved, without a report and a position). ``as_of``: the day as which it is seen;
    ``is_merged``: the figures are of several organisations."""
    if part.kind == "figures":
        written = list(_figures(part, figures, is_merged=is_merged))
    else:
        written = list(_WRITERS[part.kind](part, rows, figures, as_of))
    if part.words:
        written.insert(0, Sentence(key="words", kind=_KIND.SENTENCE, text=part.words))
    written.extend(_question(number, question) for number, question in enumerate(part.questions, start=1))
    for sentence in written:
        sentence.part = part.key
        sentence.drafted = sentence.text
    return written


def _question(number: int, question: str) -> Sentence:
    return Sentence(key=f"question:{number}", kind=_KIND.GAP, text=question)


def _stated(
    part: Part, _rows: Sequence[ReportRow], figures: Mapping[str, ReportFigure], _as_of: dt.date
) -> Iterator[Sentence]:
    """The figures of a part that people write, as far as there is anything to state."""
    shown = [figures[key] for key in part.figures if key in figures]
    if text := _listed(shown):
        keys = [one.key for one in shown]
        yield Sentence(key="figures:stated", kind=_KIND.SENTENCE, text=f"{upper(text)}.", figures=keys)


def _listed(figures: Sequence[ReportFigure]) -> str:
    """Figures one after the other, zeros left out: "văn bản đã ban hành: 12, trong đó: kế hoạch 01, công văn 05"."""
    text, inside = "", False
    for one in figures:
        if not one.shown:
            continue
        is_part = one.label.startswith(_PART_OF)
        words = one.label.removeprefix(_PART_OF) if is_part else lower(one.label)
        between = "" if not text else "; " if not is_part else ", " if inside else ", trong đó: "
        text += f"{between}{words}{'' if is_part else ':'} {number(one.shown)}"
        inside = is_part
    return text


# --- figures ---------------------------------------------------------------------------------------------------------


def _figures(part: Part, figures: Mapping[str, ReportFigure], *, is_merged: bool) -> Iterator[Sentence]:
    shown = {key: figures[key] for key in part.figures if key in figures}
    total = shown.get("tasks.total")
    if total is not None:
        yield _total(total, shown, is_merged=is_merged)
    others = [one for key, one in shown.items() if not key.startswith("tasks.")]
    said = _others(shown, others)
    if said:
        yield Sentence(
            key="figures:others",
            kind=_KIND.SENTENCE,
            text=f"{upper('; '.join(said))}.",
            figures=[one.key for one in others],
        )
    changed = [one for one in shown.values() if one.before is not None and one.before != one.shown]
    if changed:
        text = "; ".join(f"{lower(one.label)} {change(one)}" for one in changed)
        yield Sentence(
            key="figures:changed",
            kind=_KIND.SENTENCE,
            text=f"So với kỳ trước: {text}.",
            figures=[one.key for one in changed],
        )


def _others(shown: Mapping[str, ReportFigure], others: Sequence[ReportFigure]) -> list[str]:
    """What is said of evidence and obstacles, and of the figures of other rooms that are not zero."""
    said = []
    total = shown.get("tasks.total")
    if (evidence := shown.get("evidence.total")) is not None and (total is None or total.shown or evidence.shown):
        said.append(
            f"có {number(evidence.shown)} minh chứng kèm theo" if evidence.shown else "chưa có minh chứng kèm theo"
        )
    raised, settled = shown.get("obstacles.raised"), shown.get("obstacles.settled")
    if raised is not None and raised.shown:
        text = f"đã nêu {number(raised.shown)} khó khăn, vướng mắc"
        if settled is not None:
            text += _settled(settled.shown, raised.shown)
        said.append(text)
    known = ("evidence.total", "obstacles.raised", "obstacles.settled")
    if rest := _listed([one for one in others if one.key not in known]):
        said.append(rest)
    return said


def _settled(settled: int, raised: int) -> str:
    if not settled:
        return ", chưa được tháo gỡ" if raised == 1 else ", chưa có vướng mắc nào được tháo gỡ"
    if settled >= raised:
        return ", đã được tháo gỡ" if raised == 1 else ", tất cả đã được tháo gỡ"
    return f", trong đó {number(settled)} đã được tháo gỡ"


def _total(total: ReportFigure, shown: Mapping[str, ReportFigure], *, is_merged: bool) -> Sentence:
    if total.shown == 0:
        return Sentence(
            key="figures:total",
            kind=_KIND.SENTENCE,
            text=f"Trong kỳ, {'các đơn vị' if is_merged else 'cơ quan'} không có nhiệm vụ được giao theo kế hoạch.",
            figures=[total.key],
        )
    parts = [
        ("tasks.done", "đã hoàn thành"),
        ("tasks.running", "đang thực hiện"),
        ("tasks.waiting", "chưa thực hiện"),
        ("tasks.cannot", "đang vướng mắc"),
    ]
    told = [(shown[key], words) for key, words in parts if key in shown and shown[key].shown]
    text = f"{'Có' if total.shown == 1 else 'Tổng số'} {number(total.shown)} nhiệm vụ được giao"
    if is_merged:
        text += " (tính theo từng đơn vị)"
    if len(told) == 1 and told[0][0].shown == total.shown:
        text += f", {'' if total.shown == 1 else 'tất cả '}{told[0][1]}"
    elif told:
        text += ", trong đó: " + "; ".join(
            f"{words} {number(one.shown)} nhiệm vụ ({share(one.shown, total.shown)})" for one, words in told
        )
    marked = [
        ("tasks.done_late", "hoàn thành chậm so với thời hạn"),
        ("tasks.overdue", "quá hạn chưa hoàn thành"),
        ("tasks.silent", "chưa có thông tin trong kỳ"),
    ]
    late = [(shown[key], words) for key, words in marked if key in shown and shown[key].shown]
    if late:
        text += ". Có " + "; ".join(f"{number(one.shown)} nhiệm vụ {words}" for one, words in late)
    keys = [total.key, *(one.key for one, _words in told), *(one.key for one, _words in late)]
    return Sentence(key="figures:total", kind=_KIND.SENTENCE, text=f"{text}.", figures=keys)


# --- tasks -----------------------------------------------------------------------------------------------------------


def _tasks(
    _part: Part, rows: Sequence[ReportRow], _figures: Mapping[str, ReportFigure], as_of: dt.date
) -> Iterator[Sentence]:
    if not rows:
        yield _zero("tasks:none", "Không có kết quả để báo cáo do trong kỳ không có nhiệm vụ được giao.", "tasks.total")
    group = None
    for row in rows:
        if row.task.group and row.task.group != group:
            group = row.task.group
            yield Sentence(key=f"group:{row.position}", kind=_KIND.HEADING, text=heading(group))
        yield task_sentence(row, as_of)


def task_sentence(row: ReportRow, as_of: dt.date) -> Sentence:
    """What was done for one task, or that nobody has said."""
    name = named(row.task.text)
    key = f"task:{row.assignment_id}"
    if row.is_silent:
        text = f"{name}: chưa có thông tin trong kỳ báo cáo."
        return Sentence(key=key, mark="-", kind=_KIND.GAP, text=text, refs=_refs(row), row=row)
    text = f"{name}: {status(row, as_of)}."
    if row.word:
        text += f" {upper(ended(row.word))}"
    if row.evidence:
        text = f"{text[:-1]} (kèm {number(len(row.evidence))} minh chứng)."
    return Sentence(key=key, mark="-", kind=_KIND.SENTENCE, text=text, refs=_refs(row), row=row)


def status(row: ReportRow, as_of: dt.date) -> str:
    """How far a task is, with the day that counts: "đã hoàn thành ngày 05/11/2026, đúng thời hạn"."""
    limit = f"thời hạn {day(row.due)}" if row.due != NO_DATE else ""
    turns = f", đã thực hiện {number(row.periods_done)}/{number(row.periods)} kỳ" if row.periods else ""
    if row.progress == Progress.DONE:
        text = "đã hoàn thành" + (f" ngày {day(row.done_on)}" if row.done_on else "")
        if row.done_on and limit:
            over = (row.done_on - row.due).days
            text += (
                f", chậm {number(over)} ngày so với {limit}" if over > 0 else f", {'trước' if over else 'đúng'} {limit}"
            )
        return text + turns
    text = {
        Progress.IN_PROGRESS: "đang thực hiện",
        Progress.NOT_STARTED: "chưa thực hiện",
        Progress.CANNOT: "chưa thực hiện được do có vướng mắc",
    }[Progress(row.progress)]
    if row.progress == Progress.IN_PROGRESS and not limit and row.task.time_kind in CONTINUOUS:
        text = "đang thực hiện thường xuyên"
    if row.is_silent:
        text = "chưa có thông tin trong kỳ"  # what stands in the register is nobody's word
    if row.percent is not None and row.progress == Progress.IN_PROGRESS:
        text += f", đạt khoảng {row.percent}%"
    if row.is_late:
        text += f", chậm {number((as_of - row.due).days)} ngày so với {limit}"
    elif limit:
        text += f" ({limit})"
    return text + turns


# --- what is late, stands in the way, comes next ------------------------------------------------------------------------


def _late(
    _part: Part, rows: Sequence[ReportRow], _figures: Mapping[str, ReportFigure], as_of: dt.date
) -> Iterator[Sentence]:
    late = [row for row in rows if row.is_late]
    if not late:
        yield _zero("late:none", "Không có nhiệm vụ chậm so với thời hạn.", "tasks.overdue")
    for row in late:
        text = f"{named(row.task.text)}: {status(row, as_of)}."
        yield Sentence(
            key=f"late:{row.assignment_id}", mark="-", kind=_KIND.SENTENCE, text=text, refs=_refs(row), row=row
        )
        if row.obstacles:
            reasons = "; ".join(lower(ended(one["text"], "")) for one in row.obstacles)
            refs = [["followup.obstacle", one["id"]] for one in row.obstacles]
            yield Sentence(
                key=f"why:{row.assignment_id}",
                mark="+",
                kind=_KIND.SENTENCE,
                text=f"Nguyên nhân: {reasons}.",
                refs=refs,
                row=row,
            )
        else:
            yield Sentence(
                key=f"why:{row.assignment_id}",
                mark="+",
                kind=_KIND.GAP,
                text="Nguyên nhân: chưa nêu.",
                refs=_refs(row),
                row=row,
            )


def _obstacles(
    _part: Part, rows: Sequence[ReportRow], _figures: Mapping[str, ReportFigure], _as_of: dt.date
) -> Iterator[Sentence]:
    found = [(row, one) for row in rows for one in row.obstacles]
    if not found:
        yield _zero("obstacles:none", "Trong kỳ không nêu khó khăn, vướng mắc.", "obstacles.raised")
    for row, one in found:
        state = {"settled": " (đã được tháo gỡ)", "answered": " (đã có trả lời, chưa gỡ xong)"}.get(one["state"], "")
        yield Sentence(
            key=f"obstacle:{one['id']}",
            mark="-",
            kind=_KIND.SENTENCE,
            text=f"{ended(one['text'], '')}{state}.",
            refs=[["followup.obstacle", one["id"]]],
            row=row,
        )


def _proposals(
    _part: Part, rows: Sequence[ReportRow], _figures: Mapping[str, ReportFigure], _as_of: dt.date
) -> Iterator[Sentence]:
    found = [(row, one) for row in rows for one in row.obstacles if one["proposal"] and one["state"] != "settled"]
    if not found:
        yield Sentence(key="proposals:none", kind=_KIND.GAP, text="Đề xuất, kiến nghị: chưa nêu.")
    for row, one in found:
        yield Sentence(
            key=f"proposal:{one['id']}",
            mark="-",
            kind=_KIND.SENTENCE,
            text=ended(one["proposal"]),
            refs=[["followup.obstacle", one["id"]]],
            row=row,
        )


def _next(
    _part: Part, rows: Sequence[ReportRow], _figures: Mapping[str, ReportFigure], as_of: dt.date
) -> Iterator[Sentence]:
    open_rows = sorted((row for row in rows if is_ahead(row)), key=lambda row: row.due)
    dated = [row for row in open_rows if has_day(row)]
    if dated:
        text = "Tiếp tục thực hiện và hoàn thành các nhiệm vụ sau:"
        yield Sentence(key="next:these", kind=_KIND.SENTENCE, text=text, figures=["tasks.total"])
    for row in dated[:NEXT_MOST]:
        when = f"{'đã quá thời hạn' if row.due < as_of else 'thời hạn'} {day(row.due)}"
        yield Sentence(
            key=f"next:{row.assignment_id}",
            mark="-",
            kind=_KIND.SENTENCE,
            text=f"{named(row.task.text)} ({when}).",
            refs=_refs(row),
            row=row,
        )
    rest = len(open_rows) - len(dated[:NEXT_MOST])
    if rest:
        text = f"Tiếp tục thực hiện {number(rest)} nhiệm vụ{' khác' if dated else ''} theo kế hoạch."
        yield Sentence(
            key="next:rest", mark="-" if dated else "", kind=_KIND.SENTENCE, text=text, figures=["tasks.total"]
        )
    if not open_rows:
        yield Sentence(key="next:none", kind=_KIND.GAP, text=NOTHING_NEXT)


def is_ahead(row: ReportRow) -> bool:
    """Whether something is left to be done: what comes back in turn is never done with."""
    return row.progress != Progress.DONE or row.task.time_kind in RECURRING


def has_day(row: ReportRow) -> bool:
    """Whether it is to be finished by a day; that of a turn which has ended is none."""
    return row.due != NO_DATE and row.task.time_kind not in RECURRING


_Writer = Callable[[Part, Sequence[ReportRow], Mapping[str, ReportFigure], dt.date], Iterator[Sentence]]
_WRITERS: Mapping[str, _Writer] = {
    "words": _stated,
    "tasks": _tasks,
    "late": _late,
    "obstacles": _obstacles,
    "proposals": _proposals,
    "next": _next,
}


def _zero(key: str, text: str, figure: str) -> Sentence:
    return Sentence(key=key, kind=_KIND.SENTENCE, text=text, figures=[figure])


def _refs(row: ReportRow) -> list[list[str]]:
    """What proves a row: its evidence, the word on which it stands, else the assignment itself."""
    refs = [["followup.evidence", one["id"]] for one in row.evidence]
    if row.word_id:
        refs.append(["followup.note", row.word_id])
    if not refs and row.assignment is not None:
        refs.append(["followup.assignment", row.assignment.public_id])
    return refs
