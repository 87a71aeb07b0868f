"""What this room puts on other pages: on an officer's first page, on the page of a task."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.plans.models import Task, TaskAgency

from .. import words
from ..models import Assignment, ChaseLine, Obstacle, Progress, Step
from ..rules import DOERS
from .jobs import jobs_of
from .mine import (
    FEW,
    GROUPS,
    JobGroup,
    MineFilter,
    chases_asking,
    group_of,
    next_step,
    obstacles_waiting,
    own_assignments,
    steps_of,
    titles,
)
from .seen import visible_at_task

SHOWN, FIRST = 60, 6  # agencies of one task; so many before the fold
_ANY = "XXXXXXXXXX"  # stands for a public id in an address that is looked up once


def mine_card(actor: Actor) -> dict[str, Any] | None:
    """The next step of the actor's organisation and how much there is in all; every figure leads to its rows. One query
    where nothing waits."""
    if actor.organisation_id is None or not actor.has(*DOERS):
        return None
    today = timezone.localdate()
    waiting = _waiting(actor, today)
    lines: dict[str, list[tuple[dt.date, int]]] = {name: [] for name in GROUPS}
    for kind, key, due, word_due in waiting:
        if kind == "job":
            name = group_of(True, due, word_due, today)
            lines[name].append((due if name == "late" else min(due, word_due), key))
    kinds = {row[0] for row in waiting}
    first = next((name for name in GROUPS if lines[name]), None)
    groups = []
    if first is not None:
        keys = [key for _day, key in sorted(lines[first])[:FEW]]
        jobs = jobs_of(keys, actor, today)
        groups = [JobGroup(first, "", len(keys), [jobs[key] for key in keys if key in jobs], "")]
    step = next_step(
        groups,
        chases_asking(actor) if "chase" in kinds else [],
        obstacles_waiting(actor) if "obstacle" in kinds else [],
        steps_of(actor) if "step" in kinds else [],
        today,
    )
    if step is None:
        return None
    counts = [
        {"title": title, "count": len(lines[name]), "url": reverse("mine") + MineFilter().address(group=name)}
        for name, title in titles().items()
        if lines[name]
    ]
    return {"step": step, "counts": counts}


def _waiting(actor: Actor, today: dt.date) -> list[tuple[str, int, dt.date, dt.date]]:
    """What waits for the organisation, and for this person in it: kind, key, day, day of the next word."""
    open_ones = own_assignments(actor, MineFilter(), today).filter(is_open=True)
    chases = ChaseLine.objects.filter(asked_id=actor.organisation_id, answered_at=None, assignment__ended="")
    obstacles = Obstacle.objects.filter(asked_id=actor.organisation_id, state=Obstacle.State.OPEN)
    own = Step.objects.filter(
        person_id=actor.person_id,
        done_at=None,
        assignment__ended="",
        assignment__organisation=actor.organisation_id or 0,
    ).order_by()
    parts = (
        _named(open_ones, "job", "due", "word_due"),
        _named(chases, "chase", "chase__answer_by", "chase__answer_by"),
        _named(obstacles, "obstacle", "due", "due"),
        _named(own, "step", "due", "due"),
    )
    return list(parts[0].union(*parts[1:], all=True))


def _named(rows: QuerySet[Any], kind: str, day: str, other: str) -> QuerySet[Any, Any]:
    named = rows.annotate(of=Value(kind, CharField()), day=F(day), other=F(other))
    found: QuerySet[Any, Any] = named.order_by().values_list("of", "pk", "day", "other")
    return found


@dataclasses.dataclass(slots=True)
class AtTask:
    """One agency's assignment on the page of its task."""

    row: Assignment
    url: str
    role: str
    sign: str
    state: str
    due: str


def task_panel(actor: Actor, task: Task) -> dict[str, Any] | None:
    """How far the agencies of a task are, as far as the actor may see; None where that is nobody."""
    if not actor.roles:
        return None
    today = timezone.localdate()
    rows = visible_at_task(actor, task)
    shown_rows = rows.select_related("organisation").only(*_AT_TASK).order_by("-role", "organisation__sort_key")
    found = list(shown_rows[: SHOWN + 1])
    if not found:
        return None
    sums = rows.order_by().aggregate(
        count=Count("pk"),
        done=Count("pk", filter=Q(progress=Progress.DONE)),
        late=Count("pk", filter=Q(is_open=True, due__lt=today)),
        silent=Count("pk", filter=Q(is_open=True, word_due__lt=today)),
        going=Count("pk", filter=Q(progress__in=(Progress.IN_PROGRESS, Progress.CANNOT))),
    )
    # One's own first, then those who said something, then as they stand in the plan.
    found.sort(key=lambda row: (row.organisation_id != actor.organisation_id, not row.last_word))
    shown = _at_task(found[:SHOWN], today)
    own = next((row for row in found if row.organisation_id == actor.organisation_id), None)
    return {
        **sums,
        "rows": shown[:FIRST],
        "others": shown[FIRST:],
        "more": sums["count"] - min(len(found), SHOWN),
        "own": own if own is not None and actor.has(*DOERS) else None,
        "bar_done": round(200 * sums["done"] / sums["count"], 1),
        "bar_going": round(200 * sums["going"] / sums["count"], 1),
    }


_AT_TASK = (
    "public_id", "role", "ended", "progress", "is_open", "due", "word_due", "last_word", "last_word_at",
    "organisation__name",
)  # fmt: skip


def _at_task(rows: list[Assignment], today: dt.date) -> list[AtTask]:
    roles = {value: str(label) for value, label in TaskAgency.Role.choices}
    address = reverse("assignment", args=[_ANY])
    return [
        AtTask(
            row,
            address.replace(_ANY, row.public_id),
            roles[row.role],
            *words.standing(row, today),
            words.due_words(row, today),
        )
        for row in rows
    ]
