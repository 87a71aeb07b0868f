"""What stands in the calendar that a person or an organisation subscribes to: days by which something is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Event

from ..models import Assignment, Obstacle, Step
from .people import acting_for

MOST = 2000


def events(
    actors: list[Actor], *, person_id: int | None, organisation_id: int | None, first: dt.date, last: dt.date
) -> list[Event]:
    """The due days of what runs and is not done: of the organisation, or of those in whose names the person acts, with
    the person's own steps and those of whom they stand in for; and the days by which they answer obstacles. Three queries."""
    if person_id is not None:
        mine = [actor.organisation_id for actor in actors if actor.organisation_id is not None]
    else:
        mine = [organisation_id] if organisation_id is not None else []
    span = (first, last)
    steps = Step.objects.filter(done_at=None, due__range=span, assignment__ended="", assignment__organisation__in=mine)
    if person_id is not None:
        steps = steps.filter(person__in=acting_for(person_id))
    work = Assignment.objects.filter(organisation__in=mine, is_open=True, due__range=span)
    obstacles = Obstacle.objects.filter(asked__in=mine, state=Obstacle.State.OPEN, due__range=span)
    return [*_work(work), *_steps(steps), *_obstacles(obstacles)]


def _work(rows: QuerySet[Assignment]) -> Iterator[Event]:
    rows = rows.select_related("task", "organisation", "plan").only(
        "public_id", "period", "due", "role", "task__text", "organisation__name", "plan__symbol", "plan__title"
    )
    for row in rows.order_by("due", "pk")[:MOST]:
        yield Event(
            uid=f"{row.public_id}-{row.period or 'mot-lan'}",
            title=_("Hạn: %(task)s") % {"task": Truncator(row.task.text).chars(120)},
            url=reverse("assignment", args=[row.public_id]),
            day=row.due,
            description=f"{row.organisation.name} · {row.get_role_display()} · {row.plan.label}",
        )


def _steps(rows: QuerySet[Step]) -> Iterator[Event]:
    for row in rows.select_related("assignment__task", "person").order_by("due", "pk")[:MOST]:
        yield Event(
            uid=f"buoc-{row.public_id}",
            title=_("Bước: %(step)s") % {"step": Truncator(row.text).chars(120)},
            url=reverse("assignment", args=[row.assignment.public_id]),
            day=row.due,
            description=Truncator(row.assignment.task.text).chars(200),
        )


def _obstacles(rows: QuerySet[Obstacle]) -> Iterator[Event]:
    for row in rows.select_related("assignment__organisation").order_by("due", "pk")[:MOST]:
        yield Event(
            uid=f"vuong-mac-{row.public_id}",
            title=_("Trả lời vướng mắc của %(who)s") % {"who": row.assignment.organisation.label},
            url=reverse("obstacle", args=[row.public_id]),
            day=row.due,
            description=Truncator(row.text).chars(200),
        )
