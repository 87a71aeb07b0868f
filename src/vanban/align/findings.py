"""What only two plans together show: no day left to aggregate, a heading that orders less, a plan that is not cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from vanban.align.changes import Sides
from vanban.align.notes import day_month, iso_day
from vanban.align.tokens import Token
from vanban.align.verbs import head_verb
from vanban.model import Citation, Duty, Finding, Plan, Reporting, Task, When

#: Working with what units send in takes days; this many are proposed between the two deadlines.
_DAYS = 10
_TEXTS = {
    "vi": {
        "same": "{L} thu báo cáo của các đơn vị trước ngày {b}, đúng hạn mà {h} yêu cầu báo cáo, nên không còn ngày nào "
        "để tổng hợp.",
        "later": "{L} thu báo cáo của các đơn vị đến ngày {b}, sau hạn mà {h} yêu cầu ({a}), nên báo cáo của {l} chắc chắn "
        "chậm.",
        "propose": "trước ngày {c}",
        "heading": "Tiêu đề nhóm nhiệm vụ nhẹ đi: {h} viết “{a}”, {l} viết “{b}”.",
        "uncited": "{L} không dẫn kế hoạch của {h} làm căn cứ; hãy bổ sung căn cứ, hoặc kiểm tra lại hai kế hoạch có "
        "đúng là cấp trên và cấp dưới.",
        "moved-duty": "Nhiệm vụ {a} của {h} không mất đi: {l} giao nó ở phần trách nhiệm, mục {b}.",
        "moved-task": "Trách nhiệm {a} của {h} không mất đi: {l} đặt nó thành nhiệm vụ {b}.",
        "before": "Kế hoạch của {l} ghi ngày {b}, trước ngày {a} của kế hoạch cấp trên; hãy kiểm tra lại ngày ban hành.",
    },
    "en": {
        "same": "{L} collects its units' reports before {b}, the very deadline that {h} sets for it, which leaves no day "
        "to aggregate.",
        "later": "{L} collects its units' reports until {b}, after the deadline that {h} sets ({a}): its own report will "
        "be late.",
        "propose": "trước ngày {c}",
        "heading": "A group's heading orders less: {h} writes “{a}”, {l} “{b}”.",
        "uncited": "{L} does not cite the plan of {h} among its bases; add it, or check that these two plans belong "
        "together.",
        "moved-duty": "Task {a} of {h} is not lost: {l} lays it on an agency as duty {b}.",
        "moved-task": "Duty {a} of {h} is not lost: {l} has made it task {b}.",
        "before": "The plan of {l} bears the date {b}, before that of the higher plan ({a}); check the date of issue.",
    },
}


def findings(
    higher: Plan,
    lower: Plan,
    sides: Sides,
    cited: Citation | None,
    tasks: Sequence[tuple[Task, Task]],
    moved: Sequence[tuple[Task | Duty, Task | Duty]],
) -> tuple[Finding, ...]:
    """Places are those in the lower plan. ``tasks`` are the tasks that answer one another; ``moved`` what is a task in
    the one plan and a duty in the other."""
    return (
        *_uncited(higher, lower, sides, cited),
        *_before(higher, lower, sides),
        *_no_day(higher, lower, sides),
        *_headings(lower, sides, tasks),
        *_moved(lower, sides, moved),
    )


def _say(sides: Sides, name: str, **values: str) -> str:
    notes = sides.notes
    higher, lower = notes.higher, notes.lower
    return _TEXTS[notes.language][name].format(
        H=higher[:1].upper() + higher[1:], h=higher, L=lower[:1].upper() + lower[1:], l=lower, **values
    )


def _uncited(higher: Plan, lower: Plan, sides: Sides, cited: Citation | None) -> Iterable[Finding]:
    same_file = higher.source.sha256 == lower.source.sha256
    if cited is None and not same_file:
        yield Finding("higher-not-cited", "note", "/citations", None, _say(sides, "uncited"))


def _before(higher: Plan, lower: Plan, sides: Sides) -> Iterable[Finding]:
    days = higher.header.date, lower.header.date
    if days[0] and days[1] and days[1] < days[0]:
        message = _say(sides, "before", a=iso_day(days[0]), b=iso_day(days[1]))
        yield Finding("lower-before-higher", "warning", "/header/date", None, message)


def _no_day(higher: Plan, lower: Plan, sides: Sides) -> Iterable[Finding]:
    """The day by which the lower body collects is not before that by which it must itself report."""
    if higher.source.sha256 == lower.source.sha256:
        return
    asked = [entry for entry in higher.reporting if _collects(entry)]
    seen: set[str] = set()
    for at, entry in enumerate(lower.reporting):
        if not _collects(entry) or entry.time is None:
            continue
        for other in asked:
            later = _compared(other.time, entry.time)
            if later is None or later < 0 or entry.time.text in seen:
                continue
            seen.add(entry.time.text)
            message = _say(sides, "later" if later else "same", a=_day(other.time), b=_day(entry.time))
            proposed = _say(sides, "propose", c=_earlier(other.time))
            yield Finding("no-day-to-aggregate", "warning", f"/reporting/{at}/time", entry.lines, message, proposed)
            break


def _collects(entry: Reporting) -> bool:
    """Whether reports of many come in here, rather than one agency's own report going up."""
    return entry.time is not None and (len(entry.who) != 1 or entry.who[0][:3].lower() in ("các", "ubn", "ủy ", "tất"))


def _compared(higher: When | None, lower: When | None) -> int | None:
    """-1, 0, 1: the lower day is before, on, after the higher one; None where the two do not compare."""
    if higher is None or lower is None or higher.kind != lower.kind:
        return None
    for one, other in (
        (higher.month_day, lower.month_day),
        (higher.due and higher.due.isoformat(), lower.due and lower.due.isoformat()),
        (higher.day and f"{higher.day:02}", lower.day and f"{lower.day:02}"),
    ):
        if one and other:
            return (other > one) - (other < one)
    return None


def _next(when: When | None, days: int) -> dt.date | int | None:
    """The day behind the last one that counts, moved back by ``days``."""
    if when is None:
        return None
    if when.month_day:
        month, day = (int(part) for part in when.month_day.split("-"))
        leap = dt.date(2024, month, day)
        return leap + dt.timedelta(days=1 - days)
    if when.due:
        return when.due + dt.timedelta(days=1 - days)
    return max(1, (when.day or 1) + 1 - days)


def _printed(when: When | None, days: int) -> str:
    day = _next(when, days)
    if isinstance(day, dt.date) and when is not None:
        return iso_day(day) if when.due and not when.month_day else day_month(f"{day:%m-%d}")
    return f"{day} hằng tháng"


def _day(when: When | None) -> str:
    return _printed(when, 0)


def _earlier(when: When | None) -> str:
    return _printed(when, _DAYS)


def _headings(lower: Plan, sides: Sides, tasks: Sequence[tuple[Task, Task]]) -> Iterable[Finding]:
    seen: set[tuple[str, str]] = set()
    places = {task.code: at for at, task in enumerate(lower.tasks)}
    for one, other in tasks:
        groups = one.group, other.group
        if not groups[0] or not groups[1] or (groups[0], groups[1]) in seen:
            continue
        seen.add((groups[0], groups[1]))
        left, right = sides.higher.cut(groups[0]), sides.lower.cut(groups[1])
        before, after = head_verb(left), head_verb(right)
        if before[1] and after[1] and after[2] < before[2]:
            message = _say(sides, "heading", a=_first(left[before[0] :]), b=_first(right[after[0] :]))
            yield Finding("heading-weakened", "note", f"/tasks/{places[other.code]}/group", None, message)


def _moved(lower: Plan, sides: Sides, moved: Sequence[tuple[Task | Duty, Task | Duty]]) -> Iterable[Finding]:
    places = {id(task): f"/tasks/{at}" for at, task in enumerate(lower.tasks)}
    places |= {id(duty): f"/duties/{at}" for at, duty in enumerate(lower.duties)}
    for one, other in moved:
        name = "moved-duty" if isinstance(other, Duty) else "moved-task"
        message = _say(sides, name, a=one.code, b=other.code)
        yield Finding("moved", "note", places[id(other)], other.lines, message)


def _first(tokens: Sequence[Token]) -> str:
    """The first words of ``tokens`` as a sentence quotes them."""
    words = " ".join(f"{token.shown}{',' if token.comma else ''}" for token in tokens[:8]).rstrip(",")
    return words + (" …" if len(tokens) > 8 else "")
