"""One task with all that its page shows."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.core import clocks
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.written import Written
from nhipcau.documents.models import Line
from nhipcau.organisations import queries as organisations
from nhipcau.organisations.models import Group, Organisation
from nhipcau.plans.models import NO_DATE, Doubt, Plan, Task, TaskAgency
from nhipcau.plans.queries.plans import Viewer, sees_plan
from vanban.text import fold

LINES_SHOWN = 80
_BLOCK = 40  # lines below the text among which its block is looked for
_BLOCK_LINES = 12  # of which so many are printed ones
_NOT_SHOWN = ("folded", "sort_key", "plan__outline", "plan__recipients", "plan__signature", "plan__folded")
_ANY = "XXXXXXXXXX"  # stands for a public id in an address that is looked up once


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """An organisation that a group takes in."""

    name: str
    url: str


@dataclasses.dataclass(frozen=True, slots=True)
class Named:
    """An agency that a task names: in the plan's words, who it is, and whom it takes in when it is a group."""

    name: str
    organisation: Organisation | None
    group: Any
    members: list[Member]
    is_open: bool

    @property
    def is_unmatched(self) -> bool:
        """Nobody has said yet who is meant."""
        return self.organisation is None and self.group is None


def visible_task(viewer: Viewer, public_id: str) -> Task | None:
    """One task with its plan, or None when it does not exist for this viewer."""
    found = _TASK(public_id)
    return found[0] if found and sees_plan(viewer, found[0].plan) else None


_TASK = Written(
    lambda public_id: (
        Task.objects.filter(public_id=public_id).select_related("plan__organisation", "plan__text").defer(*_NOT_SHOWN)
    )
)


def day_of(plan: Plan) -> dt.date:
    """The day on which the plan's groups are meant: its date; where the file states none, the first day that any of its
    tasks states, since a plan comes before what it asks for; else today."""
    if plan.date:
        return plan.date
    stated = plan.tasks.aggregate(start=Min("start"), due=Min("due"))
    return min((day for day in stated.values() if day), default=timezone.localdate())


def named_agencies(task: Task, on: dt.date) -> dict[str, list[Named]]:
    """Whom the task names, by role; the members of a group are those on this day."""
    made: dict[str, list[Named]] = defaultdict(list)
    for row in _AGENCIES(task.pk):
        members = _members(row.group, on) if row.group else []
        made[row.role].append(Named(row.name, row.organisation, row.group, members, bool(row.group and not members)))
    return dict(made)


_AGENCIES = Written(
    lambda task: TaskAgency.objects.filter(task=task).select_related("organisation", "group").order_by("position", "pk")
)


def _members(group: Group, on: dt.date) -> list[Member]:
    """Of hundreds only what is shown. Recalled: many tasks name the same groups."""

    def made() -> list[Member]:
        address = reverse("organisation", args=[_ANY])
        rows = organisations.members(group, on=on).values_list("name", "public_id")
        return [Member(name, address.replace(_ANY, public_id)) for name, public_id in rows]

    return recalled(("members", group.pk, on), made, near=NOBODY)


def source_lines(task: Task, named: Iterable[str]) -> list[Line]:
    """The lines of the original that the task was read from: its text, and the block with its agencies and time where
    that stands below (for several bullets at once when they share it). Blank lines are left out."""
    end = _end_of_block(task)
    lines = _LINES(task.plan.text_id, task.first_line, end + _BLOCK)
    printed = [line for line in lines if line.text.strip()]
    own = [line for line in printed if line.number <= task.last_line]
    below = [line for line in printed if line.number > end][:_BLOCK_LINES]
    return [*own[:LINES_SHOWN], *_with_words(below, [task.time_text, *named])]


_LINES = Written(
    lambda text, first, last: Line.objects.filter(text_of=text, number__range=(first, last)).order_by("number")
)


def _end_of_block(task: Task) -> int:
    """The last line of the text of those siblings that share a block with this task; its own when it shares none."""
    if not task.shared_block:
        return task.last_line
    sharing = Task.objects.filter(
        plan=task.plan_id, kind=task.kind, state=task.state, group=task.group, shared_block=True
    )
    return max(sharing.aggregate(end=Max("last_line"))["end"] or 0, task.last_line)


def _with_words(lines: list[Line], wanted: list[str]) -> list[Line]:
    """From the first to the last of the lines in which one of these phrases stands; [] when none does."""
    numbers = [number for phrase in wanted if (found := lines_of(phrase, lines)) for number in found]
    return [line for line in lines if numbers and min(numbers) <= line.number <= max(numbers)]


def doubts_left(task: Task) -> QuerySet[Doubt]:
    """What was confirmed without being settled and stands on this task's lines."""
    return Doubt.objects.filter(
        reading=task.plan.reading_id,
        state__in=(Doubt.State.OPEN, Doubt.State.LATER),
        first_line__lte=task.last_line,
        last_line__gte=task.first_line,
    )


def neighbours(task: Task) -> tuple[Task | None, Task | None]:
    """The tasks of the same kind before and after it in the plan."""
    here = (task.plan_id, task.position)
    before = _BEFORE(*here, kind=task.kind, state=task.state)
    after = _AFTER(*here, kind=task.kind, state=task.state)
    return before[0] if before else None, after[0] if after else None


def _same(plan: int, kind: str, state: str) -> QuerySet[Task]:
    return Task.objects.filter(plan=plan, kind=kind, state=state).only("public_id", "code", "text")


_BEFORE = Written(
    lambda plan, position, kind, state: _same(plan, kind, state).filter(position__lt=position).order_by("-position")[:1]
)
_AFTER = Written(
    lambda plan, position, kind, state: _same(plan, kind, state).filter(position__gt=position).order_by("position")[:1]
)


def time_facts(task: Task, lines: list[Line], today: dt.date) -> dict[str, Any]:
    """The time of a task: its words, where they stand, what they mean, the next day and why it is that day."""
    date = None if task.next_due == NO_DATE else task.next_due
    stands = lines_of(task.time_text, lines)
    line = stands[0] if stands else None
    steps = []
    if date:
        where = _("Dòng %(line)s: “%(text)s”.") if line else _("Kế hoạch ghi: “%(text)s”.")
        steps = [where % {"line": line, "text": task.time_text}] if task.time_text else []
        steps += clocks.reasons(task.stated_time, task.time_text, date)
    return {
        "text": task.time_text,
        "line": line,
        "meaning": clocks.meaning(task.stated_time),
        "date": date,
        "weekday": clocks.weekday(date) if date else "",
        "distance": clocks.said(date, today) if date and task.state == Task.State.LIVE else "",
        "why": steps,
    }


def lines_of(text: str, lines: list[Line]) -> tuple[int, int] | None:
    """The numbers of the lines where ``text`` begins and ends, found however the document breaks its lines."""
    wanted = fold(text)
    if not wanted:
        return None
    parts = [fold(line.text) for line in lines]
    ends = list(itertools.accumulate(len(part) + 1 for part in parts))
    at = " ".join(parts).find(wanted)
    if at < 0:
        return None
    first = next(line.number for line, end in zip(lines, ends, strict=True) if at < end)
    last = next(line.number for line, end in zip(lines, ends, strict=True) if at + len(wanted) <= end)
    return first, last


def siblings_of_block(task: Task) -> int:
    """How many tasks of the section share the block of agencies and time with this one, itself included."""
    if not task.shared_block:
        return 0
    return Task.objects.filter(
        plan=task.plan_id, kind=task.kind, state=task.state, group=task.group, shared_block=True
    ).count()


def agencies_involved(plan: Plan) -> list[dict[str, Any]]:
    """Everyone whom the plan's tasks name: how many tasks they lead and help with, those with most first."""
    rows = (
        TaskAgency.objects.filter(task__plan=plan, task__state=Task.State.LIVE)
        .order_by()
        .values_list(
            "role", "name", "organisation__public_id", "organisation__name", "group__public_id", "group__name", "task"
        )
    )
    made: dict[tuple[str, str], dict[str, Any]] = {}
    for role, name, organisation_id, organisation, group_id, group, task in rows:
        key = (organisation_id or group_id or "", "" if organisation_id or group_id else fold(name))
        entry = made.setdefault(
            key,
            {
                "name": organisation or group or name,
                "public_id": organisation_id or group_id or "",
                "is_group": bool(group_id),
                "lead": set(),
                "coordinating": set(),
            },
        )
        entry["lead" if role == TaskAgency.Role.LEAD else "coordinating"].add(task)
    for entry in made.values():
        entry["lead"], entry["coordinating"] = len(entry["lead"]), len(entry["coordinating"])
    return sorted(made.values(), key=lambda entry: (-entry["lead"], -entry["coordinating"], entry["name"]))
