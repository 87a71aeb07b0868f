"""How the organisations that have a task stand with it, each by itself and all of them in one sentence. Vietnamese only:
reports are Vietnamese documents. Pure."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from nhipcau.followup.models import Progress
from nhipcau.plans.models import Task

from .models import ReportRow, Sentence
from .saying import ended, named_together, number, share, upper
from .writing import status

NAMED_BESIDE = 5  # those that are named inside a sentence over a task


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """How one organisation stands with a task: by its own assignment of it, else by those of lower plans that answer it,
    taken together."""

    name: str
    rows: Sequence[ReportRow]
    has_told: bool = False  # its report says more of the task than the register

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

    @property
    def is_unknown(self) -> bool:
        return self.is_silent and not self.has_told


def units_of(task: Task, rows: Sequence[ReportRow], told: Mapping[int, Sentence] | None = None) -> list[Unit]:
    """The organisations among these rows of a task; ``told``: what people wrote of a row (by its key)."""
    of_each: dict[int, list[ReportRow]] = {}
    for row in rows:
        of_each.setdefault(row.organisation_id, []).append(row)
    found = []
    for some in of_each.values():
        direct = [row for row in some if row.task_id == task.pk]
        has_told = any(row.pk in (told or {}) for row in some)
        found.append(Unit(some[0].organisation.name, direct or some, has_told))
    return found


def alone(unit: Unit, as_of: dt.date) -> str:
    """How one stands, in words with its name."""
    if unit.is_silent:
        return f"{unit.name} có báo cáo bổ sung"
    if len(unit.rows) == 1:
        [row] = unit.rows
        word = f". {upper(ended(row.word, ''))}" if row.word else ""
        return f"{unit.name} {status(row, as_of)}{word}"
    done = sum(1 for row in unit.rows if row.progress == Progress.DONE)
    if not done:
        return f"{unit.name} chưa hoàn thành việc nào trong {number(len(unit.rows))} việc đã cụ thể hóa"
    return f"{unit.name} đã hoàn thành {number(done)}/{number(len(unit.rows))} việc đã cụ thể hóa"


def together(units: Sequence[Unit], *, goes_on: bool) -> str:
    """How several stand: how many of all have done it, or, of what has no end (``goes_on``), carry it out; then the rest."""
    done = [unit for unit in units if unit.progress == Progress.DONE]
    known = [unit for unit in units if not unit.is_silent]
    running = [unit for unit in known if unit.progress == Progress.IN_PROGRESS]
    total = number(len(units))
    first, words = (running, "đang thực hiện thường xuyên") if goes_on and running else (done, "đã hoàn thành")
    if not first:
        text = f"chưa có đơn vị nào trong {total} đơn vị {'thực hiện' if goes_on else 'hoàn thành'}"
    elif len(first) == len(units):
        text = f"cả {total} đơn vị {words}"
    else:
        text = f"{number(len(first))}/{total} đơn vị {words} ({share(len(first), len(units))})"
    turns = sum(row.periods for unit in units for row in unit.rows)
    if turns:
        done_turns = sum(row.periods_done for unit in units for row in unit.rows)
        text = (
            f"đã thực hiện {number(done_turns)}/{number(turns)} lượt ({share(done_turns, turns)}); kỳ gần nhất {text}"
        )
    told = [
        ("đã hoàn thành", done, False),
        ("hoàn thành chậm", [unit for unit in done if unit.is_late], False),
        ("đang thực hiện", running, False),
        ("chưa thực hiện", [unit for unit in known if unit.progress == Progress.NOT_STARTED], False),
        ("đang vướng mắc", [unit for unit in known if unit.progress == Progress.CANNOT], True),
        ("có báo cáo bổ sung", [unit for unit in units if unit.is_silent and unit.has_told], True),
        ("chưa có thông tin", [unit for unit in units if unit.is_unknown], True),
    ]
    for said, some, with_names in told:
        if some and some is not first:
            text += f"; {number(len(some))} đơn vị {said}"
            if with_names and len(some) <= NAMED_BESIDE:
                text += f" ({named_together([unit.name for unit in some])})"
    return text
