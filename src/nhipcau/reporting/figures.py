"""The figures of a report: what is counted in its rows, and what other rooms offer (``core.rooms.figures``)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from nhipcau.core import rooms
from nhipcau.followup.models import Obstacle, Progress

from .models import ReportFigure, ReportRow, Round
from .outlines import outline_from_dict

_PART_OF = "Trong đó: "  # how the label of a figure begins that is a part of the one before it


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    """A figure of this room: its words, and what each row adds to it (0: the row is not behind it)."""

    key: str
    label: Promise
    unit: Promise
    of: Callable[[ReportRow], int]

    def count(self, rows: Sequence[ReportRow]) -> int:
        """The figure of these rows."""
        return sum(self.of(row) for row in rows)


def _settled(row: ReportRow) -> int:
    return sum(1 for one in row.obstacles if one["state"] == Obstacle.State.SETTLED)


_TASKS = _("nhiệm vụ")
_CASES = _("vướng mắc")
OWN: tuple[Counted, ...] = (
    Counted("tasks.total", _("Nhiệm vụ được giao"), _TASKS, lambda _row: 1),
    Counted("tasks.lead", _("Trong đó: chủ trì"), _TASKS, lambda row: int(row.role == "lead")),
    Counted("tasks.done", _("Đã hoàn thành"), _TASKS, lambda row: int(row.progress == Progress.DONE)),
    Counted(
        "tasks.done_late",
        _("Hoàn thành chậm so với thời hạn"),
        _TASKS,
        lambda row: int(row.progress == Progress.DONE and row.is_late),
    ),
    Counted("tasks.running", _("Đang thực hiện"), _TASKS, lambda row: int(row.progress == Progress.IN_PROGRESS)),
    Counted("tasks.waiting", _("Chưa thực hiện"), _TASKS, lambda row: int(row.progress == Progress.NOT_STARTED)),
    Counted("tasks.cannot", _("Đang vướng"), _TASKS, lambda row: int(row.progress == Progress.CANNOT)),
    Counted(
        "tasks.overdue",
        _("Quá hạn chưa hoàn thành"),
        _TASKS,
        lambda row: int(row.progress != Progress.DONE and row.is_late),
    ),
    Counted("tasks.silent", _("Chưa có thông tin trong kỳ"), _TASKS, lambda row: int(row.is_silent)),
    Counted("evidence.total", _("Minh chứng kèm theo"), _("minh chứng"), lambda row: len(row.evidence)),
    Counted("obstacles.raised", _("Khó khăn, vướng mắc đã nêu"), _CASES, lambda row: len(row.obstacles)),
    Counted("obstacles.settled", _("Vướng mắc đã được gỡ"), _CASES, _settled),
)


def counted(key: str) -> Counted | None:
    """The figure of this room with this key; None: another room offers it, or nobody."""
    return next((one for one in OWN if one.key == key), None)


# Of each kind of part, the figure that its sentence on "nothing" states: taken whatever was chosen.
_STATED = {
    "tasks": "tasks.total", "next": "tasks.total", "late": "tasks.overdue", "obstacles": "obstacles.raised",
}  # fmt: skip


def wanted_of(round_: Round) -> set[str]:
    """The figures that the drafts of a round take: those that were chosen for it and those that its sentences state; none:
    all."""
    if not round_.figures:
        return set()
    kinds = {part.kind for part in outline_from_dict(round_.outline).all_parts()}
    return {*round_.figures, *(key for kind, key in _STATED.items() if kind in kinds)}


def figures_of(round_: Round, rows: Mapping[int, Sequence[ReportRow]]) -> dict[int, list[ReportFigure]]:
    """The figures of each organisation (not saved, without a report) that the round takes: those of this room counted in
    its ``rows``, those that other rooms offer asked for all organisations at once."""
    wanted = wanted_of(round_)
    found: dict[int, list[ReportFigure]] = {pk: [] for pk in rows}
    for one in OWN:
        if not wanted or one.key in wanted:
            for pk, own in rows.items():
                found[pk].append(_figure(one.key, one.label, one.unit, one.count(own)))
    for offered in rooms.figures():
        if not wanted or offered.key in wanted:
            counts = import_string(offered.count)(list(rows), round_.first, round_.last)
            for pk in rows:
                found[pk].append(_figure(offered.key, offered.label, offered.unit, counts.get(pk, 0)))
    for figures in found.values():
        for position, figure in enumerate(figures, start=1):
            figure.position = position
    return found


def _figure(key: str, label: Promise, unit: Promise, value: int) -> ReportFigure:
    return ReportFigure(key=key, label=str(label), unit=str(unit), value=value)


def figure_choices() -> list[tuple[str, str]]:
    """The same to choose from, in an order in which a part follows its whole and names it: "Văn bản đã ban hành: kế
    hoạch"."""
    made, whole = [], ""
    for key, words in known_figures().items():
        if words.startswith(_PART_OF):
            made.append((key, f"{whole}: {words.removeprefix(_PART_OF)}" if whole else words))
        else:
            whole = words
            made.append((key, words))
    return made


def known_figures() -> dict[str, str]:
    """Every figure that a report can have: key and words."""
    own = {one.key: str(one.label) for one in OWN}
    return own | {offered.key: str(offered.label) for offered in rooms.figures()}
