"""The duties to report, in the register, that a report answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from nhipcau.core.actors import Actor
from nhipcau.core.keys import written_out
from nhipcau.followup.models import Assignment
from nhipcau.plans.models import Task, TimeKind

from .. import rules
from ..models import Report, Round
from .merging import answers_to
from .scope import plans_of


@dataclasses.dataclass(frozen=True, slots=True)
class Duty:
    """An assignment of the organisation that reports, and the period of it that the report is for."""

    assignment: Assignment
    period: str


def duties_of(report: Report) -> list[Duty]:
    """What the organisation of a report has to do by the duty that its round answers."""
    return duties_in(report.round, [report.organisation_id])


def duties_in(round_: Round, organisation_ids: Collection[int]) -> list[Duty]:
    """Of a round that answers a plan's duty to report: what these organisations have to do for that duty, and for the duties
    of lower plans that carry it out. Of a lower plan in which the comparison found no such duty it is the one that comes
    back as often, where there is only one: nothing is guessed. Six queries and fewer."""
    task = round_.task
    if task is None:
        return []
    held = Assignment.objects.filter(
        ended=Assignment.Ended.RUNNING,
        organisation__in=written_out(organisation_ids),
        plan__in=written_out(plans_of(round_)),
        task__kind=Task.Kind.REPORTING,
        task__state=Task.State.LIVE,
    )
    rows = list(held.select_related("task").defer("task__folded").order_by("pk"))
    answers = answers_to(task.plan_id, {row.task_id for row in rows})
    alone = _alone({row.task.plan_id for row in rows}, task.time_kind)
    period = "" if task.time_kind == TimeKind.ONCE else round_.period
    return [Duty(row, period) for row in rows if _is_answered(row.task, task, answers.get(row.task_id), alone)]


def _is_answered(own: Task, asked: Task, answers: list[Task] | None, alone: set[int]) -> bool:
    if own.plan_id == asked.plan_id:
        return own.pk == asked.pk
    if answers is not None:
        return any(one.pk == asked.pk for one in answers)
    return own.pk in alone


def _alone(plan_ids: Collection[int], time_kind: str) -> set[int]:
    """Of these plans, the duties to report that come back as often and that have no other beside them."""
    rows = Task.objects.filter(
        plan__in=written_out(plan_ids), kind=Task.Kind.REPORTING, state=Task.State.LIVE, time_kind=time_kind
    ).order_by("pk")
    by_plan: dict[int, list[int]] = {}
    for pk, plan_id in rows.values_list("pk", "plan_id"):
        by_plan.setdefault(plan_id, []).append(pk)
    return {found[0] for found in by_plan.values() if len(found) == 1}


def own_report_panel(actor: Actor, subject: Assignment | Task) -> dict[str, object] | None:
    """What the page of a duty to report offers to those who write: the report of their organisation that will settle it. Two
    queries for a duty, none for anything else."""
    task = subject.task if isinstance(subject, Assignment) else subject
    if task.kind != Task.Kind.REPORTING or actor.organisation_id is None or not actor.has(*rules.WRITERS):
        return None
    own = Report.objects.filter(organisation=actor.organisation_id, round__closed_at=None, round__task__isnull=False)
    own = own.exclude(state=Report.State.REPLACED).select_related("round__task", "round__plan").order_by("due_at", "pk")
    found = [one for one in own[:12] if task.pk in {one.round.task_id, *(d.assignment.task_id for d in duties_of(one))}]
    return {"reports": found} if found else None
