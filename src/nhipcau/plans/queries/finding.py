"""What this room finds in the search over everything."""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.db.models import Case, Q, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import LessThan
from django.urls import reverse
from django.utils.text import Truncator

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding
from nhipcau.plans.models import AGENCIES, Plan, Task
from nhipcau.plans.queries import outline
from nhipcau.plans.queries.plans import sight_of
from nhipcau.plans.queries.register import visible_tasks
from nhipcau.plans.queries.rows import agencies_of
from vanban.text import phrase_pattern, search_patterns


def find_tasks(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """Tasks in force: first those with the words side by side in their own text, then those with all words in it, last
    those that fit only together with the names of their agencies; among equals the next date first."""
    patterns = search_patterns(folded)
    if not patterns:
        return []
    tasks = visible_tasks(sight_of(actor)).filter(state=Task.State.LIVE)
    for pattern in patterns:
        tasks = tasks.filter(folded__contains=pattern)
    best = Case(
        When(_in_own_words(phrase_pattern(folded)) & Q(folded__contains=phrase_pattern(folded)), then=0),
        When(reduce(and_, map(_in_own_words, patterns)), then=1),
        default=2,
    )
    # The keys alone are sorted: the database need not carry the texts of thousands of hits about.
    keys = list(tasks.order_by(best, "next_due", "plan_id", "position").values_list("pk", flat=True)[:limit])
    columns = ("public_id", "code", "text", "plan__symbol", "plan__title")
    found = Task.objects.select_related("plan").only(*columns).in_bulk(keys)
    named = agencies_of(found)
    return [_task(found[key], named.get(key, ([], 0))[0]) for key in keys if key in found]


def find_plans(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """Plans: first those with the words side by side, then the newest."""
    patterns = search_patterns(folded)
    if not patterns:
        return []
    plans = Plan.objects.filter(pk__in=sight_of(actor).keys)
    for pattern in patterns:
        plans = plans.filter(document__folded__contains=pattern)
    side_by_side = Case(When(document__folded__contains=phrase_pattern(folded), then=0), default=1)
    found = plans.order_by(side_by_side, *outline.NEWEST_FIRST).only("slug", "symbol", "title", "date")[:limit]
    return [
        Finding(
            title=plan.label,
            url=reverse("plan", args=[plan.slug]),
            detail=Truncator(plan.title).chars(160) if plan.symbol else "",
        )
        for plan in found
    ]


def _in_own_words(pattern: str) -> Q:
    """That a pattern which a task has stands before the names of its agencies."""
    return Q(LessThan(StrIndex("folded", Value(pattern)), StrIndex("folded", Value(AGENCIES))))


def _task(task: Task, leads: list[str]) -> Finding:
    parts = (task.plan.label, task.code, "; ".join(leads))
    return Finding(
        title=Truncator(task.text).chars(160),
        url=reverse("task", args=[task.public_id]),
        detail=" · ".join(part for part in parts if part),
    )
