"""What this room puts on the officer's first page and on the public front page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from nhipcau.core.actors import Actor
from nhipcau.core.clocks import SOON
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.documents.models import Document
from nhipcau.plans.models import Plan, Task, TaskAgency
from nhipcau.plans.queries import outline
from nhipcau.plans.queries.plans import Sight, sight_of, visible_plans
from nhipcau.plans.queries.readings import waiting_readings
from nhipcau.plans.queries.register import MINE, RegisterFilter, agency_rows, filtered_tasks
from nhipcau.plans.queries.rows import TaskRow, listed, task_rows

SHOWN = 6
FEW = 3  # of what has passed: the rest stands in the register
PLANS = 5
PUBLIC_PLANS = 3


def waiting_card(actor: Actor) -> dict[str, Any] | None:
    """Readings that wait for the review of the actor's organisation, each with ``left``, ``symbol`` and ``title``."""
    if not actor.has("officer", "coordinator", "head"):
        return None
    readings = waiting_readings(actor).defer("found", "current", "outline")
    waiting = list(readings.annotate(symbol=_header("symbol"), title=_header("title"))[: SHOWN + 1])
    if not waiting:
        return None
    return {"readings": waiting[:SHOWN], "first": waiting[0], "has_more": len(waiting) > SHOWN}


def work_card(actor: Actor) -> dict[str, Any] | None:
    """What is to be done, by its date: the tasks that name the actor's organisation or a group it belongs to; where
    none does, all that the actor may see. Every count comes with the address of the register that lists it."""
    if actor.organisation_id is None:
        return None
    today, sight = timezone.localdate(), sight_of(actor)
    return recalled(("work card", sight.place, today, get_language()), lambda: _work(sight, today), near=NOBODY)


def _work(sight: Sight, today: dt.date) -> dict[str, Any] | None:
    mine, everything = RegisterFilter(agency=MINE), RegisterFilter()
    of_mine, of_all = _figures(sight, today)
    wanted, counts = (mine, of_mine) if of_mine["count"] else (everything, of_all)
    if not counts["count"]:
        return None
    past, soon, later = _by_date(sight, wanted, today)
    address, register = wanted.address, reverse("register")
    return {
        "is_mine": wanted == mine,
        "groups": [
            {"name": "past", "rows": past, "count": counts["past"], "url": register + address(time="overdue")},
            {"name": "soon", "rows": soon, "count": counts["soon"], "url": register + address(time="soon")},
            {"name": "later", "rows": later, "count": 0, "url": ""},
        ],
        "count": counts["count"],
        "url": register + address(),
        "lead_url": register + address(role=TaskAgency.Role.LEAD) if wanted == mine else "",
        "others": of_all if wanted == mine and of_all["count"] > counts["count"] else None,
        "others_url": register,
        "others_past_url": register + everything.address(time="overdue"),
    }


def plans_card(actor: Actor) -> dict[str, Any] | None:
    """The newest plans of the actor's organisation, with their counts; where it has none, those that name it."""
    if actor.organisation_id is None:
        return None
    sight = sight_of(actor)
    return recalled(("plans card", sight.place), lambda: _plans(sight), near=NOBODY)


def _plans(sight: Sight) -> dict[str, Any] | None:
    plans = _newest(Plan.objects.filter(organisation=sight.organisation_id))
    is_own = bool(plans)
    if not plans:
        naming = TaskAgency.objects.filter(sight.meant, task__state=Task.State.LIVE).order_by()
        plans = _newest(Plan.objects.filter(pk__in=naming.values("task__plan")))
    if not plans:
        return None
    return {"plans": plans[:PLANS], "is_own": is_own, "has_more": len(plans) > PLANS, "register": reverse("register")}


def _newest(plans: QuerySet[Plan]) -> list[Plan]:
    """The newest few with their counts, and one more where there are more."""
    newest = plans.order_by(*outline.NEWEST_FIRST).values("pk")[: PLANS + 1]
    shown = outline.with_counts(Plan.objects.filter(pk__in=newest)).select_related("organisation")
    return list(shown.defer("outline", "recipients", "signature").order_by(*outline.NEWEST_FIRST))


def _header(part: str) -> NullIf:
    """A part of the head of what was read; SQLite writes "null" where the file states none."""
    return NullIf(KT(f"current__header__{part}"), Value("null"), output_field=CharField())


def _figures(sight: Sight, today: dt.date) -> tuple[dict[str, int], dict[str, int]]:
    """How many tasks name the actor's organisation, and how many there are in all; of each how many have a date that has
    passed or is near. One walk over the tasks."""
    near = Q(next_due__range=(today, today + dt.timedelta(days=SOON)))
    counts = {"count": Count("pk"), "past": Count("pk", filter=Q(next_due__lt=today)), "soon": Count("pk", filter=near)}
    named = agency_rows(sight, RegisterFilter(agency=MINE)).order_by().values("task")
    is_mine = Case(When(pk__in=named, then=1), default=0)
    parts = filtered_tasks(sight, RegisterFilter(), today).order_by().values(is_mine=is_mine).annotate(**counts)
    mine, others = dict.fromkeys(counts, 0), dict.fromkeys(counts, 0)
    for part, *numbers in parts.values_list("is_mine", *counts):
        (mine if part else others).update(zip(counts, numbers, strict=True))
    return mine, {name: mine[name] + others[name] for name in counts}


def _by_date(
    sight: Sight, wanted: RegisterFilter, today: dt.date
) -> tuple[list[TaskRow], list[TaskRow], list[TaskRow]]:
    """Rows of what has passed (the latest few), of what is near, and of what comes after (to fill the page)."""
    tasks = filtered_tasks(sight, wanted, today)
    past = tasks.filter(next_due__lt=today).order_by("-next_due", "plan_id", "position")
    few = (past.values("pk")[:FEW], tasks.filter(next_due__gte=today).values("pk")[:SHOWN])
    first, second = (listed(Task.objects.filter(pk__in=keys)).order_by() for keys in few)
    found = sorted(first.union(second, all=True), key=lambda task: (task.next_due, task.plan_id, task.position))
    rows = task_rows(found, today)
    gone = [row for row in rows if row.date and row.date < today]
    coming = rows[len(gone) :]
    last = today + dt.timedelta(days=SOON)
    near = [row for row in coming if row.date and row.date <= last]
    gone.sort(key=lambda row: row.date or today, reverse=True)
    return gone, near, coming[len(near) :]


def public_part() -> dict[str, Any] | None:
    """The published plans, the newest with their groups of tasks."""
    today = timezone.localdate()
    published = Plan.objects.filter(is_public=True).select_related("organisation").defer("outline", "recipients")
    count = published.count()
    if not count:
        return None
    newest = list(published.order_by(*outline.NEWEST_FIRST)[: PUBLIC_PLANS + 20])
    live = Task.objects.filter(plan__is_public=True, state=Task.State.LIVE, kind=Task.Kind.TASK)
    return {
        "count": count,
        "tasks": live.order_by().count(),
        "newest": newest[0],
        "plans": [_public_plan(plan, today) for plan in newest[:PUBLIC_PLANS]],
        "others": newest[PUBLIC_PLANS:],
        "has_more": count > len(newest),
    }


def _public_plan(plan: Plan, today: dt.date) -> dict[str, Any]:
    tasks = outline.live_tasks(plan).filter(kind=Task.Kind.TASK)
    sections = outline.parts(tasks, today, with_doubts=False)[Task.Kind.TASK]
    return {"plan": plan, "sections": sections, "count": sum(len(section.rows) for section in sections)}


def plan_panel(actor: Actor, document: Document) -> dict[str, Any] | None:
    """On the page of a document that is a plan: the way to the plan; of several to that of its issuer, else to one's
    own."""
    plans = visible_plans(actor).filter(document=document).select_related("organisation").order_by("confirmed_at")[:100]
    if not plans:
        return None
    plan = min(
        plans, key=lambda p: (not document.is_issued_by(p.organisation), p.organisation_id != actor.organisation_id)
    )
    return {"plan": plan, "count": outline.live_tasks(plan).filter(kind=Task.Kind.TASK).count()}
