"""A month of due days on the board."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt

from django.db.models import Count, Q

from nhipcau.core.actors import Actor
from nhipcau.core.recall import recalled

from .board import BoardFilter, board_rows

MOST = 300  # tasks listed below a month


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
    """The days of a month (its first day) on which something on the board is due. One query, recalled."""
    wanted = dataclasses.replace(wanted, state="", sort="", due="", year=str(month.year))
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])

    def made() -> dict[dt.date, DueDay]:
        rows = board_rows(actor, wanted, today).filter(due__range=(month, last))
        fields = ("due", "task__public_id", "task__code", "task__text", "plan__symbol", "plan__title")
        found = (
            rows.values("task_id", *fields)
            .annotate(n=Count("pk"), still=Count("pk", filter=Q(is_open=True)))
            .order_by("due", "plan_id", "task__position", "task_id")
        )
        days: dict[dt.date, list[DueTask]] = {}
        for row in found[:MOST]:
            plan = row["plan__symbol"] or row["plan__title"]
            task = DueTask(row["task__public_id"], row["task__code"], row["task__text"], plan, row["n"], row["still"])
            days.setdefault(row["due"], []).append(task)
        return {day: DueDay(day, tuple(tasks)) for day, tasks in days.items()}

    return recalled(("board month", actor.organisation_id, actor.is_system, wanted, month, today), made)
