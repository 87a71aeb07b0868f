"""The duties to report, in the register, that a report answers."""

from __future__ import annotations

import dataclasses

from nhipcau.core.keys import written_out
from nhipcau.followup.models import Assignment
from nhipcau.plans.models import Task, TimeKind

from ..models import Report
from .merging import answers_to
from .register import plans_of


@dataclasses.dataclass(frozen=True, slots=True)
class Duty:
    """An assignment of the organisation that reports, and the period of it that the report is for."""

    assignment: Assignment
    period: str


def duties_of(report: Report) -> list[Duty]:
    """Of a round that answers a plan's duty to report: what the organisation that reports has to do for that duty, and for
    the duties of lower plans that carry it out. Of a lower plan in which the comparison found no such duty it is the one
    that comes back as often, where there is only one: nothing is guessed. Six queries and fewer."""
    task = report.round.task
    if task is None:
        return []
    plans = plans_of(report.round)
    held = Assignment.objects.filter(
        ended=Assignment.Ended.RUNNING,
        organisation=report.organisation_id,
        plan__in=written_out(plans),
        task__kind=Task.Kind.REPORTING,
        task__state=Task.State.LIVE,
    )
    rows = list(held.select_related("task").defer("task__folded").order_by("pk"))
    answers = answers_to(task.plan_id, {row.task_id for row in rows})
    alone = _alone([row.task.plan_id for row in rows], task.time_kind)
    period = "" if task.time_kind == TimeKind.ONCE else report.round.period
    return [Duty(row, period) for row in rows if _is_answered(row.task, task, answers.get(row.task_id), alone)]


def _is_answered(own: Task, asked: Task, answers: list[Task] | None, alone: set[int]) -> bool:
    if own.plan_id == asked.plan_id:
        return own.pk == asked.pk
    if answers is not None:
        return any(one.pk == asked.pk for one in answers)
    return own.pk in alone


def _alone(plan_ids: list[int], time_kind: str) -> set[int]:
    """Of these plans, the duties to report that come back as often and that have no other beside them."""
    rows = Task.objects.filter(
        plan__in=plan_ids, kind=Task.Kind.REPORTING, state=Task.State.LIVE, time_kind=time_kind
    ).order_by("pk")
    by_plan: dict[int, list[int]] = {}
    for pk, plan_id in rows.values_list("pk", "plan_id"):
        by_plan.setdefault(plan_id, []).append(pk)
    return {found[0] for found in by_plan.values() if len(found) == 1}
