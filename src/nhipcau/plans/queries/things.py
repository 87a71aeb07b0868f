"""Plans and tasks as other rooms point at them: by public id, for evidence and the like."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import resolve, reverse
from django.utils.text import Truncator

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Finding
from nhipcau.plans.models import Plan
from nhipcau.plans.queries.finding import find_plans, find_tasks
from nhipcau.plans.queries.plans import sight_of
from nhipcau.plans.queries.register import visible_tasks


def tasks_shown(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """What these tasks are called and where they are, as far as the actor may see them. One query."""
    rows = visible_tasks(sight_of(actor)).filter(public_id__in=public_ids).select_related("plan")
    found = rows.only("public_id", "code", "text", "plan__symbol", "plan__title")
    return {
        task.public_id: Finding(
            Truncator(task.text).chars(160),
            reverse("task", args=[task.public_id]),
            " · ".join(part for part in (task.plan.label, task.code) if part),
        )
        for task in found
    }


def plans_shown(actor: Actor, public_ids: Collection[str]) -> dict[str, Finding]:
    """What these plans are called and where they are, as far as the actor may see them. One query."""
    rows = Plan.objects.filter(pk__in=sight_of(actor).keys, public_id__in=public_ids)
    return {
        plan.public_id: Finding(
            plan.label, reverse("plan", args=[plan.slug]), Truncator(plan.title).chars(160) if plan.symbol else ""
        )
        for plan in rows.only("public_id", "slug", "symbol", "title")
    }


def tasks_to_choose(actor: Actor, folded: str, limit: int) -> list[tuple[str, Finding]]:
    """What the search finds, with the public id of each."""
    return [(str(resolve(hit.url).kwargs["public_id"]), hit) for hit in find_tasks(actor, folded, limit)]


def plans_to_choose(actor: Actor, folded: str, limit: int) -> list[tuple[str, Finding]]:
    """What the search finds, with the public id of each."""
    hits = {str(resolve(hit.url).kwargs["slug"]): hit for hit in find_plans(actor, folded, limit)}
    keys = dict(Plan.objects.filter(slug__in=hits).values_list("slug", "public_id"))
    return [(keys[slug], hit) for slug, hit in hits.items() if slug in keys]
