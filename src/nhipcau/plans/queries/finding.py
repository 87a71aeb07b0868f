"""What this room finds in the search over everything."""

from __future__ import annotations

from functools import reduce
from heapq import nsmallest
from operator import and_

from django.db.models import Case, Q, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import LessThan
from django.urls import reverse
from django.utils.text import Truncator

from nhipcau.core.actors import Actor
from nhipcau.core.recall import NOBODY, recalled
from nhipcau.core.rooms import Finding
from nhipcau.core.words import has_words
from nhipcau.plans.models import AGENCIES, Plan, Task
from nhipcau.plans.queries import outline
from nhipcau.plans.queries.plans import Sight, sight_of
from nhipcau.plans.queries.register import visible_in_order
from nhipcau.plans.queries.rows import agencies_of
from vanban.text import phrase_pattern, search_patterns

_MANY = 1000
_LONGEST = 160
_ANY = "XXXXXXXXXX"  # stands for the name of a thing in its address


def find_tasks(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """Tasks in force: first those with the words side by side in their own text, then those with all words in it, last
    those that fit only together with the names of their agencies; among equals the next date first."""
    patterns = search_patterns(folded)
    if not patterns:
        return []
    sight = sight_of(actor)
    return recalled(
        ("tasks by words", sight.reading, folded, limit), lambda: _tasks(sight, folded, patterns, limit), near=NOBODY
    )


def _tasks(sight: Sight, folded: str, patterns: tuple[str, ...], limit: int) -> list[Finding]:
    keys = _best(sight, folded, patterns, limit)
    columns = ("public_id", "code", "text", "plan__symbol", "plan__title")
    found = Task.objects.select_related("plan").only(*columns).in_bulk(keys)
    named = agencies_of(found)
    address = reverse("task", args=[_ANY])  # once: to make it anew takes as long as the rest of a hit
    return [_task(found[key], address, named.get(key, ([], 0))[0]) for key in keys if key in found]


def _best(sight: Sight, folded: str, patterns: tuple[str, ...], limit: int) -> list[int]:
    """The keys of the tasks to show. To look into the text of every task takes longest, so it is done once at most where
    few fit; where very many do, the database walks along the dates and stops when the page is full of the best sort."""
    phrase = phrase_pattern(folded)
    side_by_side = has_words("folded", phrase) & _in_own_words(phrase)
    rank = Case(When(side_by_side, then=0), When(reduce(and_, map(_in_own_words, patterns)), then=1), default=2)
    fitting = visible_in_order(sight).filter(has_words("folded", *patterns), state=Task.State.LIVE)
    order = ("next_due", "plan_id", "position")
    some = list(fitting.order_by().annotate(rank=rank).values_list("rank", *order, "pk")[: _MANY + 1])
    if len(some) <= _MANY:
        return [row[-1] for row in nsmallest(limit, some)]
    if sum(row[0] == 0 for row in some) >= limit:
        return list(fitting.filter(side_by_side).order_by(*order).values_list("pk", flat=True)[:limit])
    return list(fitting.order_by(rank, *order).values_list("pk", flat=True)[:limit])


def find_plans(actor: Actor, folded: str, limit: int) -> list[Finding]:
    """Plans: first those with the words side by side, then the newest."""
    patterns = search_patterns(folded)
    if not patterns:
        return []
    sight = sight_of(actor)
    return recalled(
        ("plans by words", sight.reading, folded, limit), lambda: _plans(sight, folded, patterns, limit), near=NOBODY
    )


def _plans(sight: Sight, folded: str, patterns: tuple[str, ...], limit: int) -> list[Finding]:
    plans = Plan.objects.filter(pk__in=sight.keys)
    plans = plans.filter(has_words("folded", *patterns))
    side_by_side = Case(When(has_words("folded", phrase_pattern(folded)), then=0), default=1)
    found = plans.order_by(side_by_side, *outline.NEWEST_FIRST).only("slug", "symbol", "title", "date")[:limit]
    address = reverse("plan", args=[_ANY])
    return [
        Finding(
            title=plan.label,
            url=address.replace(_ANY, plan.slug),
            detail=_cut(plan.title) if plan.symbol else "",
        )
        for plan in found
    ]


def _in_own_words(pattern: str) -> Q:
    """That a pattern which a task has stands before the names of its agencies."""
    return Q(LessThan(StrIndex("folded", Value(pattern)), StrIndex("folded", Value(AGENCIES))))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else Truncator(text).chars(_LONGEST)


def _task(task: Task, address: str, leads: list[str]) -> Finding:
    parts = (task.plan.label, task.code, "; ".join(leads))
    return Finding(
        title=_cut(task.text),
        url=address.replace(_ANY, task.public_id),
        detail=" · ".join(part for part in parts if part),
    )
