"""A plan by its parts: sections with their tasks, duties by agency, reports, obligations, citations, versions."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet

from nhipcau.documents import queries as library
from nhipcau.documents.models import Citation, Text
from nhipcau.plans.models import Plan, Reading, Task
from nhipcau.plans.queries.rows import TaskRow, task_rows

NEWEST_FIRST = (F("date").desc(nulls_last=True), "-pk")  # the two databases place a missing date differently


@dataclasses.dataclass(slots=True)
class Section:
    """A section of the plan and the rows that stand in it."""

    title: str
    rows: list[TaskRow]

    @property
    def leads(self) -> str:
        """Who leads in this section, each once, in order."""
        names = (name for row in self.rows for name in row.lead.split("; ") if name)
        return "; ".join(dict.fromkeys(names))

    @property
    def code(self) -> str:
        """The part of the code that its rows share: "III.6" of III.6.a, III.6.b."""
        parents = {row.code.rpartition(".")[0] for row in self.rows}
        return parents.pop() if len(parents) == 1 else ""

    @property
    def times(self) -> str:
        """What is said about time in this section, each once, at most two."""
        said = list(dict.fromkeys(row.date.strftime("%d/%m/%Y") if row.date else row.time for row in self.rows))
        return "; ".join(said[:2]) + ("; …" if len(said) > 2 else "")

    @property
    def past(self) -> int:
        """How many of its rows have a date that has passed."""
        return sum(1 for row in self.rows if row.states[0][0] == "past")

    @property
    def state(self) -> tuple[str, str]:
        """The gravest state of its rows."""
        order = {"late": 0, "need": 1, "past": 2, "going": 3, "done": 4, "none": 5}
        every = (state for row in self.rows for state in row.states)
        return min(every, key=lambda state: order[state[0]], default=("none", ""))


def live_tasks(plan: Plan) -> QuerySet[Task]:
    """What the plan orders now, of every kind, in its order."""
    return Task.objects.filter(plan=plan, state=Task.State.LIVE).order_by("position")


def parts(
    tasks: Iterable[Task] | QuerySet[Task], today: dt.date, *, with_doubts: bool = True
) -> dict[str, list[Section]]:
    """For each kind its sections, in the order of the plan: tasks by section, duties by agency. Two queries."""
    made: dict[str, dict[str, Section]] = {kind: {} for kind in Task.Kind.values}
    for row in task_rows(tasks, today, with_doubts=with_doubts):
        by_title = made[row.kind]
        title = {Task.Kind.TASK: row.group, Task.Kind.DUTY: row.lead}.get(Task.Kind(row.kind), "")
        by_title.setdefault(title, Section(title, [])).rows.append(row)
    return {kind: list(sections.values()) for kind, sections in made.items()}


def citations(plan: Plan) -> list[Citation]:
    """What the plan cites, in order of first mention, with what its text tells of each document."""
    found = list(Citation.objects.filter(text_of=plan.text_id).select_related("document").order_by("position"))
    library.told(Text.objects.filter(pk=plan.text_id), [citation.document for citation in found])
    return found


def versions(plan: Plan) -> QuerySet[Reading]:
    """The confirmed readings that made the plan what it is, the newest first."""
    made = Q(pk=plan.reading_id) | Q(replaces=plan)
    return (
        Reading.objects.filter(made, state=Reading.State.CONFIRMED).defer("found", "current", "outline").order_by("-pk")
    )


def with_counts(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """The plans with ``task_count``, ``doubt_count`` and ``first_due`` of their live tasks."""
    live = Q(tasks__state=Task.State.LIVE, tasks__kind=Task.Kind.TASK)
    return plans.annotate(
        task_count=Count("tasks", filter=live),
        doubt_count=Count("tasks", filter=Q(tasks__state=Task.State.LIVE, tasks__doubtful=True)),
        last_due=Max("tasks__due", filter=live),
        first_due=Min("tasks__next_due", filter=live),
    )


def signature_lines(signature: dict[str, Any]) -> list[str]:
    """The signature as it stands under the plan, line by line."""
    return [str(signature[part]) for part in ("authority", "capacity", "name") if signature.get(part)]
