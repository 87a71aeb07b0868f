"""A month of due days on the board."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt

from django.db.models import Count, Q

from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.core.recall import recalled
from nhipcau.plans.models import Task

from .board import BoardFilter, board_rows

MOST = 300  # tasks listed below a month
_SHOWN = ("public_id", "code", "text", "position", "plan_id", "plan__symbol", "plan__title")


@dataclasses.dataclass(frozen=True, slots=True)
class DueTask:
    """One task that is due on a day: for how many agencies, how many of them have not done it."""

    public_id: str
    code: str
    text: str
    plan: str
    count: int
    still: int


@dataclasses.dataclass(frozen=True, slots=True)
class DueDay:
    """One day: what is due on it."""

    day: dt.date
    tasks: tuple[DueTask, ...]

    @property
    def count(self) -> int:
        """How many assignments are due."""
        return sum(task.count for task in self.tasks)

    @property
    def still(self) -> int:
        """How many of them are not done."""
        return sum(task.still for task in self.tasks)


def due_in_month(actor: Actor, wanted: BoardFilter, month: dt.date, today: dt.date) -> dict[dt.date, DueDay]:
    """The days of a month (its first day) on which something on the board is due. Two queries, recalled."""
    wanted = dataclasses.replace(wanted, state="", sort="", due="", year=str(month.year))
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])

    def made() -> dict[dt.date, DueDay]:
        rows = board_rows(actor, wanted, today).filter(due__range=(month, last))
        counted = rows.values("due", "task_id").annotate(n=Count("pk"), still=Count("pk", filter=Q(is_open=True)))
        found = {(row["due"], row["task_id"]): (row["n"], row["still"]) for row in counted}
        keys = written_out({task for _day, task in found})
        tasks = {task.pk: task for task in Task.objects.filter(pk__in=keys).select_related("plan").only(*_SHOWN)}
        days: dict[dt.date, list[DueTask]] = {}
        order = sorted((day, tasks[pk].plan_id, tasks[pk].position, pk) for day, pk in found)
        for day, _plan, _position, pk in order[:MOST]:
            task = tasks[pk]
            shown = DueTask(task.public_id, task.code, task.text, task.plan.label, *found[day, pk])
            days.setdefault(day, []).append(shown)
        return {day: DueDay(day, tuple(tasks)) for day, tasks in days.items()}

    return recalled(("board month", actor.organisation_id, actor.is_system, wanted, month, today), made)
