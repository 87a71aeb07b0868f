"""What this room puts on the officer's first page, on the public front page and into the search over everything."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding
from nhipcau.documents.models import Document
from nhipcau.plans.models import Plan, Task, TaskAgency
from nhipcau.plans.queries import outline
from nhipcau.plans.queries.plans import sight_of, visible_plans
from nhipcau.plans.queries.readings import waiting_readings
from nhipcau.plans.queries.register import MINE, RegisterFilter, filtered_tasks, visible_tasks
from nhipcau.plans.queries.rows import agencies_of, task_rows

SHOWN = 6
PUBLIC_PLANS = 3


def waiting_card(actor: Actor) -> dict[str, Any] | None:
    """Readings that wait for the review of the actor's organisation."""
    if not actor.has("officer", "coordinator", "head"):
        return None
    readings = waiting_readings(actor).defer("found", "current", "outline")
    waiting = list(readings[: SHOWN + 1])
    if not waiting:
        return None
    return {"readings": waiting[:SHOWN], "first": waiting[0], "has_more": len(waiting) > SHOWN}


def mine_card(actor: Actor) -> dict[str, Any] | None:
    """The tasks that name the actor's organisation or a group it belongs to: the newest plans first, then by date."""
    if actor.organisation_id is None:
        return None
    today = timezone.localdate()
    sight = sight_of(actor)
    mine = filtered_tasks(sight, RegisterFilter(agency=MINE), today)
    count = mine.order_by().count()
    if not count:
        return None
    rows = task_rows(
        mine.order_by(F("plan__date").desc(nulls_last=True), "-plan_id", "next_due", "position")[:SHOWN], today
    )
    lead = filtered_tasks(sight, RegisterFilter(agency=MINE, role=TaskAgency.Role.LEAD), today).order_by().count()
    url = reverse("register")
    return {
        "rows": rows,
        "count": count,
        "lead": lead,
        "url": url + RegisterFilter(agency=MINE).address(),
        "lead_url": url + RegisterFilter(agency=MINE, role=TaskAgency.Role.LEAD).address(),
    }


def near_card(actor: Actor) -> dict[str, Any] | None:
    """What is near its date among all that the actor may see."""
    if actor.organisation_id is None:
        return None
    today = timezone.localdate()
    sight = sight_of(actor)
    soon = filtered_tasks(sight, RegisterFilter(time="soon"), today)
    rows = task_rows(soon[: SHOWN + 1], today)
    late = filtered_tasks(sight, RegisterFilter(time="overdue"), today).order_by().count()
    if not rows and not late:
        return None
    return {
        "rows": rows[:SHOWN],
        "has_more": len(rows) > SHOWN,
        "late": late,
        "url": reverse("register") + RegisterFilter(time="soon").address(),
        "late_url": reverse("register") + RegisterFilter(time="overdue").address(),
    }


def public_part() -> dict[str, Any] | None:
    """The published plans, the newest with their groups of tasks."""
    today = timezone.localdate()
    published = Plan.objects.filter(is_public=True).select_related("organisation").defer("outline", "recipients")
    count = published.count()
    if not count:
        return None
    newest = list(published.order_by(*outline.NEWEST_FIRST)[: PUBLIC_PLANS + 20])
    live = Task.objects.filter(plan__is_public=True, state=Task.State.LIVE, kind=Task.Kind.TASK)
    leads = TaskAgency.objects.filter(task__in=live.order_by().values("pk"), role=TaskAgency.Role.LEAD).order_by()
    return {
        "count": count,
        "tasks": live.order_by().count(),
        "agencies": leads.exclude(organisation=None).values("organisation").distinct().count(),
        "newest": newest[0],
        "plans": [_public_plan(plan, today) for plan in newest[:PUBLIC_PLANS]],
        "others": newest[PUBLIC_PLANS:],
        "has_more": count > len(newest),
    }


def _public_plan(plan: Plan, today: dt.date) -> dict[str, Any]:
    tasks = outline.live_tasks(plan).filter(kind=Task.Kind.TASK)
    sections = outline.parts(tasks, today, with_doubts=False)[Task.Kind.TASK]
    return {"plan": plan, "sections": sections, "count": sum(len(section.rows) for section in sections)}


def find_tasks(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """Tasks for the search over everything."""
    tasks = visible_tasks(sight_of(actor)).filter(state=Task.State.LIVE)
    for word in folded.split():
        tasks = tasks.filter(folded__contains=word)
    found = list(
        tasks.select_related("plan")
        .only("public_id", "code", "text", "plan__symbol", "plan__title")
        .order_by("next_due", "plan_id", "position")[:limit]
    )
    named = agencies_of(task.pk for task in found)
    return [
        Finding(
            title=Truncator(task.text).chars(160),
            url=reverse("task", args=[task.public_id]),
            detail=" · ".join(
                part for part in (task.plan.label, task.code, "; ".join(named.get(task.pk, ([], 0))[0])) if part
            ),
        )
        for task in found
    ]


def find_plans(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """Plans for the search over everything."""
    plans = Plan.objects.filter(pk__in=sight_of(actor).keys)
    for word in folded.split():
        plans = plans.filter(document__folded__contains=word)
    found = plans.order_by(*outline.NEWEST_FIRST).only("slug", "symbol", "title", "date")[:limit]
    return [
        Finding(
            title=plan.label,
            url=reverse("plan", args=[plan.slug]),
            detail=Truncator(plan.title).chars(160) if plan.symbol else "",
        )
        for plan in found
    ]


def plan_panel(actor: Actor, document: Document) -> dict[str, Any] | None:
    """On the page of a document that is a plan: the way to the plan."""
    plan = visible_plans(actor).filter(document=document).first()
    if plan is None:
        return None
    return {"plan": plan, "count": outline.live_tasks(plan).filter(kind=Task.Kind.TASK).count()}
