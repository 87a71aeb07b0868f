"""What a report is made of: the outline as a value, and the outlines that come with the software. Pure.

An outline is kept as plain values (``Outline.content``, ``Round.outline``); a round has its own copy, so that a change
of the outline never changes reports that are on their way.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any, Literal

# What a part is written from: nothing (an officer writes it, or answers its questions), the figures, the tasks by group,
# what is late, obstacles, proposals, what comes next.
PartKind = Literal["words", "figures", "tasks", "late", "obstacles", "proposals", "next"]


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One part of a report. ``key``: its name within the outline; ``title``: of its section; ``words``: a sentence that
    always stands first; ``questions``: what the officer is asked, each answered by a sentence or shown as a gap;
    ``figures``: keys of the figures shown there; ``charts``: keys of ``charts.CHARTS``; ``parts``: sections below it."""

    key: str
    title: str
    kind: PartKind = "words"
    words: str = ""
    questions: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def walk(self) -> list[Part]:
        """This part and those below it, as they are printed."""
        return [self, *(below for part in self.parts for below in part.walk())]


@dataclasses.dataclass(frozen=True, slots=True)
class Outline:
    """The whole. Texts may hold {plan}, {period}, {year}, {organisation}, {receiver}, {first}, {last}, {day}."""

    subject: str
    opening: str
    parts: tuple[Part, ...]
    closing: str = ""
    recipients: tuple[str, ...] = ("Như trên",)
    archive: str = "VT"
    with_register: bool = True  # the tasks one by one as an annex

    def all_parts(self) -> list[Part]:
        """Every part, as they are printed."""
        return [below for part in self.parts for below in part.walk()]


def with_figures(outline: Outline, chosen: Collection[str]) -> Outline:
    """The outline with the figures that were chosen (none: as it is): its parts show no other, and what none of them
    showed stands in its first part of figures, else in one of its own at the end."""
    if not chosen:
        return outline
    shown = {key for part in outline.all_parts() for key in part.figures}
    more = tuple(key for key in chosen if key not in shown)
    is_added = not more

    def narrowed(part: Part) -> Part:
        nonlocal is_added
        kept = tuple(key for key in part.figures if key in chosen)
        if part.kind == "figures" and not is_added:
            kept, is_added = kept + more, True
        return dataclasses.replace(part, figures=kept, parts=tuple(narrowed(below) for below in part.parts))

    parts = tuple(narrowed(part) for part in outline.parts)
    if not is_added:
        parts += (Part("chosen-figures", "Số liệu", "figures", figures=more),)
    return dataclasses.replace(outline, parts=parts)


def outline_to_dict(outline: Outline) -> dict[str, Any]:
    """Plain values for JSON."""
    return dataclasses.asdict(outline)


def outline_from_dict(found: Mapping[str, Any]) -> Outline:
    """The outline of which ``outline_to_dict`` made these values. Raises KeyError or TypeError for others."""
    return Outline(
        **dict(found) | {"parts": _parts(found["parts"]), "recipients": tuple(found["recipients"])},
    )


def _parts(found: list[dict[str, Any]]) -> tuple[Part, ...]:
    lists = ("questions", "figures", "charts")
    return tuple(
        Part(**part | {name: tuple(part[name]) for name in lists} | {"parts": _parts(part["parts"])}) for part in found
    )


_GENERAL = (
    "tasks.total",
    "tasks.done",
    "tasks.done_late",
    "tasks.running",
    "tasks.waiting",
    "tasks.overdue",
    "tasks.cannot",
    "tasks.silent",
    "evidence.total",
    "obstacles.raised",
    "obstacles.settled",
    "followup.settled",
)

# The usual outline of a report on a plan, in the order in which reports on the year's work are read: how it was directed,
# results in figures and by group of tasks, what is late and stands in the way and why, what comes next and is proposed.
USUAL = Outline(
    subject="Kết quả thực hiện {plan} {period}",
    opening=(
        "Thực hiện {plan}, {organisation} báo cáo kết quả {period} (số liệu từ ngày {first} đến hết ngày {last}) như sau:"
    ),
    parts=(
        Part(
            "direction",
            "Tình hình chỉ đạo, triển khai",
            figures=("plans.issued", "documents.sent", "documents.sent_plans", "documents.sent_letters"),
            questions=("Cơ quan đã ban hành văn bản nào để chỉ đạo, triển khai?",),
        ),
        Part(
            "results",
            "Kết quả thực hiện",
            parts=(
                Part("figures", "Số liệu chung", "figures", figures=_GENERAL, charts=("progress", "months")),
                Part("tasks", "Kết quả theo nhóm nhiệm vụ", "tasks"),
            ),
        ),
        Part(
            "shortcomings",
            "Tồn tại, hạn chế và nguyên nhân",
            parts=(
                Part("late", "Nhiệm vụ chậm so với thời hạn", "late", charts=("timeliness",)),
                Part("obstacles", "Khó khăn, vướng mắc", "obstacles"),
            ),
        ),
        Part(
            "ahead",
            "Phương hướng và kiến nghị",
            parts=(
                Part("next", "Nhiệm vụ trọng tâm thời gian tới", "next"),
                Part("proposals", "Đề xuất, kiến nghị", "proposals"),
            ),
        ),
    ),
    closing="Trên đây là kết quả thực hiện {plan} {period}, {organisation} báo cáo để {receiver} tổng hợp, chỉ đạo.",
)

# For what is asked today and wanted tomorrow.
SHORT = Outline(
    subject="Báo cáo nhanh {period}",
    opening="Thực hiện yêu cầu báo cáo nhanh, {organisation} báo cáo như sau:",
    parts=(
        Part("figures", "Số liệu", "figures", figures=("tasks.total", "tasks.done", "tasks.overdue", "tasks.cannot")),
        Part("late", "Việc chậm và nguyên nhân", "late"),
        Part("proposals", "Đề xuất, kiến nghị", "proposals"),
    ),
    closing="{organisation} báo cáo để {receiver} biết, chỉ đạo.",
    with_register=False,
)

SHIPPED: Mapping[str, Outline] = {"usual": USUAL, "short": SHORT}
