"""The figures of a report: what is counted in its rows, and what other rooms offer (``core.rooms.figures``)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from nhipcau.core import rooms
from nhipcau.followup.models import Obstacle, Progress

from .models import ReportFigure, ReportRow, Round


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    """A figure of this room: its words, and how it is counted in rows."""

    key: str
    label: Promise
    unit: Promise
    count: Callable[[Sequence[ReportRow]], int]


def _that(test: Callable[[ReportRow], bool]) -> Callable[[Sequence[ReportRow]], int]:
    return lambda rows: sum(1 for row in rows if test(row))


_TASKS = _("nhiệm vụ")
_CASES = _("vướng mắc")
OWN: tuple[Counted, ...] = (
    Counted("tasks.total", _("Nhiệm vụ được giao"), _TASKS, len),
    Counted("tasks.lead", _("Trong đó: chủ trì"), _TASKS, _that(lambda row: row.role == "lead")),
    Counted("tasks.done", _("Đã hoàn thành"), _TASKS, _that(lambda row: row.progress == Progress.DONE)),
    Counted(
        "tasks.done_late",
        _("Hoàn thành chậm so với thời hạn"),
        _TASKS,
        _that(lambda row: row.progress == Progress.DONE and row.is_late),
    ),
    Counted("tasks.running", _("Đang thực hiện"), _TASKS, _that(lambda row: row.progress == Progress.IN_PROGRESS)),
    Counted("tasks.waiting", _("Chưa thực hiện"), _TASKS, _that(lambda row: row.progress == Progress.NOT_STARTED)),
    Counted("tasks.cannot", _("Đang vướng"), _TASKS, _that(lambda row: row.progress == Progress.CANNOT)),
    Counted(
        "tasks.overdue",
        _("Chưa hoàn thành, đã quá hạn"),
        _TASKS,
        _that(lambda row: row.progress != Progress.DONE and row.is_late),
    ),
    Counted("tasks.silent", _("Chưa có thông tin trong kỳ"), _TASKS, _that(lambda row: row.is_silent)),
    Counted("evidence.total", _("Minh chứng kèm theo"), _("minh chứng"), lambda rows: _all(rows, "evidence")),
    Counted("obstacles.raised", _("Khó khăn, vướng mắc đã nêu"), _CASES, lambda rows: _all(rows, "obstacles")),
    Counted("obstacles.settled", _("Vướng mắc đã được gỡ"), _CASES, lambda rows: len(_settled(rows))),
)


def _all(rows: Iterable[ReportRow], name: str) -> int:
    return sum(len(getattr(row, name)) for row in rows)


def _settled(rows: Iterable[ReportRow]) -> list[str]:
    return [one["id"] for row in rows for one in row.obstacles if one["state"] == Obstacle.State.SETTLED]


def figures_of(
    round_: Round, rows: Mapping[int, Sequence[ReportRow]], wanted: Collection[str] = ()
) -> dict[int, list[ReportFigure]]:
    """The figures of each organisation (not saved, without a report): those of this room counted in its ``rows``, those
    that other rooms offer asked for all organisations at once. ``wanted``: keys; none: all."""
    found: dict[int, list[ReportFigure]] = {pk: [] for pk in rows}
    for counted in OWN:
        if not wanted or counted.key in wanted:
            for pk, own in rows.items():
                found[pk].append(_figure(counted.key, counted.label, counted.unit, counted.count(own)))
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


def known_figures() -> dict[str, str]:
    """Every figure that a report can have: key and words."""
    own = {counted.key: str(counted.label) for counted in OWN}
    return own | {offered.key: str(offered.label) for offered in rooms.figures()}
