"""Tasks as a list shows them: few columns, agencies fetched once for the page, times in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.core.clocks import SOON, said, spoken
from nhipcau.core.written import Written
from nhipcau.plans.models import NO_DATE, Task, TaskAgency, TimeKind

_ANY = "XXXXXXXXXX"  # stands for the public id in the address of a task
_COLUMNS = (
    "public_id",
    "code",
    "kind",
    "state",
    "text",
    "group",
    "time_text",
    "time_kind",
    "next_due",
    "doubtful",
    "first_line",
    "last_line",
    "position",
    "plan__slug",
    "plan__symbol",
    "plan__title",
    "plan__is_public",
)


@dataclasses.dataclass(slots=True)
class TaskRow:
    """One line of a list of tasks."""

    public_id: str
    url: str
    code: str
    kind: str
    kind_words: str
    text: str
    group: str
    lead: str
    coordinating: int
    date: dt.date | None
    day: str  # the date as it is written
    time: str  # what stands in place of a date
    distance: str
    states: list[tuple[str, str]]
    lines: str
    plan_slug: str
    plan: str

    @property
    def of(self) -> str:
        """The second line of a row: its plan, and what sort of entry it is when it is no task."""
        plan = self.plan if len(self.plan) <= 48 else f"{self.plan[:47].rstrip()}…"
        return f"{plan} · {self.kind_words}" if self.kind_words else plan


def listed(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The query with the columns that a list needs, and no others."""
    return tasks.select_related("plan").only(*_COLUMNS)


def task_rows(tasks: QuerySet[Task] | Iterable[Task], today: dt.date, *, with_doubts: bool = True) -> list[TaskRow]:
    """The rows of a (sliced) query, in its order. Two queries, however many rows. Strangers are told of no doubts."""
    found = list(listed(tasks) if isinstance(tasks, QuerySet) else tasks)
    named = agencies_of(task.pk for task in found)
    address = reverse("task", args=[_ANY])  # once: to make it anew takes as long as the rest of a row
    return [
        _row(task, address, *named.get(task.pk, ([], 0)), today, states(task, today, with_doubts=with_doubts))
        for task in found
    ]


def agencies_of(task_ids: Iterable[int]) -> dict[int, tuple[list[str], int]]:
    """For each task the names of those who lead and the number of those who help."""
    made: dict[int, tuple[list[str], int]] = {}
    keys = tuple(task_ids)
    for task_id, role, name in _AGENCIES(keys) if keys else ():
        leads, helpers = made.get(task_id, ([], 0))
        if role == TaskAgency.Role.LEAD:
            leads.append(name)
        else:
            helpers += 1
        made[task_id] = (leads, helpers)
    return made


_AGENCIES = Written(
    lambda tasks: (
        TaskAgency.objects.filter(task__in=tasks).order_by("position", "pk").values_list("task_id", "role", "name")
    )
)


def states(task: Task, today: dt.date, *, with_doubts: bool = True) -> list[tuple[str, str]]:
    """How a task stands: kind of sign and words, the gravest first."""
    if task.state == Task.State.WITHDRAWN:
        return [("none", _("Không còn trong bản mới"))]
    made: list[tuple[str, str]] = []
    if task.next_due < today:
        made.append(("past", _("Hạn đã qua")))  # whether it was done is not known yet: not "late"
    elif task.next_due <= today + dt.timedelta(days=SOON):
        made.append(("need", _("Sắp đến hạn")))
    if task.doubtful and with_doubts:
        made.append(("need", _("Cần xem")))
    return made or [("going", _("Đang hiệu lực"))]


def time_words(task: Task) -> str:
    """What a list says where a task has no date."""
    if task.time_kind == TimeKind.OTHER and task.time_text:
        return Truncator(task.time_text).chars(60)
    label = str(task.get_time_kind_display()) if task.time_kind != TimeKind.NONE else _("không ghi thời gian")
    return label[:1].upper() + label[1:]


def _row(
    task: Task, address: str, leads: list[str], helpers: int, today: dt.date, stands: list[tuple[str, str]]
) -> TaskRow:
    date = None if task.next_due == NO_DATE else task.next_due
    same = task.first_line == task.last_line
    return TaskRow(
        public_id=task.public_id,
        url=address.replace(_ANY, task.public_id),
        code=task.code,
        kind=task.kind,
        kind_words=str(task.get_kind_display()) if task.kind != Task.Kind.TASK else "",
        text=task.text,
        group=task.group,
        lead="; ".join(leads),
        coordinating=helpers,
        date=date,
        day=spoken(date) if date else "",
        time="" if date else time_words(task),
        distance=said(date, today) if date and task.state == Task.State.LIVE else "",
        states=stands,
        lines=str(task.first_line) if same else f"{task.first_line}–{task.last_line}",
        plan_slug=task.plan.slug,
        plan=task.plan.label,
    )
