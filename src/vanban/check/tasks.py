"""Rules about who does a task and by when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from vanban.agencies.leading import leading
from vanban.check.case import Case
from vanban.model import Finding, Lines, Task
from vanban.outline import Node
from vanban.outline.markers import is_heading_like
from vanban.plan.blocks import is_attribution
from vanban.text import fold

_ITEM_KINDS = ("number", "number2", "number3", "number4", "letter", "paren")
_MOST, _NEARLY_ALL = 0.5, 0.8
_SEVERAL, _SECTIONS = 2, 3
_SHORTEST = 4  # words of something to do
_NAMES_OWNER = re.compile(r"chủ trì|phối hợp|\bgiao\b|đề nghị|chịu trách nhiệm", re.IGNORECASE)
_TIMED = re.compile(
    r"\b(?:trước|trong|đến|hết|chậm nhất|từ)\s+(?:hết\s+)?(?:ngày|tháng|quý|năm)\b|thường xuyên|h[àằ]ng (?:năm|quý|tháng)",
    re.IGNORECASE,
)


def no_lead(case: Case) -> Iterator[Finding]:
    """Tasks that nobody leads, although their neighbours have a lead."""
    tasks = case.plan.tasks
    led = _shares(tasks, lambda task: bool(task.lead))
    mostly = sum(bool(task.lead) for task in tasks) >= _MOST * len(tasks)
    for at, task in enumerate(tasks):
        if task.lead or _owned(task):
            continue
        if led[_parent(task)] >= _needed(case, task) or (mostly and task.coordinating):
            yield _missing(case, "no-lead", f"/tasks/{at}/lead", task.code, task.lines)
    if case.is_sound:
        for node in _unblocked(case):
            yield _missing(case, "no-lead", None, node.code, node.lines)


def no_time(case: Case) -> Iterator[Finding]:
    """Tasks without a time, although their neighbours have one."""
    tasks = case.plan.tasks
    timed = _shares(tasks, lambda task: task.time is not None)
    for at, task in enumerate(tasks):
        if task.time is not None or not task.lead or _TIMED.search(task.text):
            continue
        if timed[_parent(task)] >= _needed(case, task):
            yield _missing(case, "no-time", f"/tasks/{at}/time", task.code, task.lines)
    if case.is_sound:
        mostly = sum(task.time is not None for task in tasks) >= _MOST * len(tasks)
        shares = {code: share for (code, _), share in timed.items()}
        for node in _unblocked(case):
            section = node.code.rpartition(".")[0]
            if shares.get(section, float(mostly)) >= _MOST and not _TIMED.search(node.text):
                yield _missing(case, "no-time", None, node.code, node.lines)


def _shares(tasks: Sequence[Task], has: Callable[[Task], bool]) -> dict[tuple[str, str | None], float]:
    """For each section the share of its tasks that have it."""
    groups: dict[tuple[str, str | None], list[bool]] = {}
    for task in tasks:
        groups.setdefault(_parent(task), []).append(has(task))
    return {key: sum(found) / len(found) for key, found in groups.items()}


def _needed(case: Case, task: Task) -> float:
    """The share of a section's tasks that must have what one lacks: nearly all in a table, whose empty cell may be part
    of a merged one."""
    return _NEARLY_ALL if task.lines[0] in case.tabled else _MOST


def _owned(task: Task) -> bool:
    """Whether the heading over the task names who does it."""
    return task.group is not None and leading(task.group, heading=True) is not None


def lead_twice(case: Case) -> Iterator[Finding]:
    """An agency that both leads a task and helps with it."""
    for at, task in enumerate(case.plan.tasks):
        lead = {fold(name) for name in task.lead}
        for place, name in enumerate(task.coordinating):
            if fold(name) in lead and not re.search(r"\bcac\b", fold(name)):
                yield case.finding(
                    "lead-also-coordinates",
                    "warning",
                    f"/tasks/{at}/coordinating/{place}",
                    task.lines,
                    vi=f"Nhiệm vụ {task.code} ghi {name} vừa chủ trì vừa phối hợp; bạn hãy bỏ tên này ở một trong "
                    "hai chỗ.",
                    en=f"Task {task.code} names {name} both as lead and as coordinator; strike it out in one of "
                    "the two.",
                )


def _parent(task: Task) -> tuple[str, str | None]:
    return task.code.rpartition(".")[0], task.group


def _missing(case: Case, rule: str, where: str | None, code: str, lines: Lines) -> Finding:
    what = {
        "no-lead": (
            "cơ quan chủ trì",
            "bạn hãy ghi một cơ quan chịu trách nhiệm",
            "lead agency",
            "name the agency in charge",
        ),
        "no-time": ("thời gian thực hiện", "bạn hãy ghi thời hạn", "time", "set a deadline"),
    }[rule]
    suggestion = "Cơ quan chủ trì: …" if rule == "no-lead" else "Thời gian thực hiện: …"
    return case.finding(
        rule,
        "warning",
        where,
        lines,
        vi=f"Nhiệm vụ {code} không có {what[0]}, trong khi các nhiệm vụ bên cạnh đều có; {what[1]}.",
        en=f"Task {code} has no {what[2]} although its neighbours have one; {what[3]}.",
        suggestion=suggestion,
    )


def _unblocked(case: Case) -> Iterator[Node]:
    """Lowest items that stand among tasks with a block and have none: behind the last block of their section, or in a
    section of their own between sections whose items all have one."""
    codes = {task.code for task in case.plan.tasks}
    for parent in case.outline.walk():
        items = [child for child in parent.children if child.kind in _ITEM_KINDS]
        if sum(child.code in codes for child in items) >= _SEVERAL and leading(parent.text, heading=True) is None:
            yield from (child for child in items if _is_bare(child, codes))
        sections = [child for child in items if child.children]
        tasked = [child for child in sections if _holds_task(child, codes)]
        if len(tasked) >= _SECTIONS and len(tasked) >= _NEARLY_ALL * len(sections):
            kinds = {child.kind for section in tasked for child in section.children if child.code in codes}
            for section in sections:
                if section not in tasked and leading(section.text, heading=True) is None:
                    yield from (c for c in section.children if c.kind in kinds and _is_bare(c, codes))


def _holds_task(node: Node, codes: set[str]) -> bool:
    return any(code.startswith(f"{node.code}.") for code in codes)


def _is_bare(node: Node, codes: set[str]) -> bool:
    """Whether the item says something to do and neither it nor anything below it says who does it."""
    if node.code in codes or node.children or is_heading_like(node.text) or len(node.text.split()) < _SHORTEST:
        return False
    if is_attribution(node) or _holds_task(node, codes) or _NAMES_OWNER.search(node.text):
        return False
    return leading(node.text) is None
