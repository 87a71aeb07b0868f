"""Figures for reports: how much organisations told of their work, and what they settled for others, in some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import FigureRow

from ..models import Note, Obstacle, ObstacleStep, Progress
from .obstacles import visible_obstacles
from .seen import visible_assignments


def words(organisation_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """How many words on progress each organisation wrote, those taken back not counted."""
    begin, end = _moments(first, last)
    rows = Note.objects.filter(
        assignment__organisation__in=list(organisation_ids), taken_back_at=None, at__gte=begin, at__lt=end
    )
    counted = rows.order_by().values("assignment__organisation_id").annotate(count=Count("pk"))
    return {row["assignment__organisation_id"]: row["count"] for row in counted}


def settled_for_others(organisation_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """How many obstacles of other organisations that each was asked about were settled, and still are."""
    begin, end = _moments(first, last)
    settled = ObstacleStep.objects.filter(kind=ObstacleStep.Kind.SETTLED, at__gte=begin, at__lt=end)
    rows = Obstacle.objects.filter(
        asked__in=list(organisation_ids), state=Obstacle.State.SETTLED, pk__in=settled.order_by().values("obstacle_id")
    )
    counted = rows.order_by().values("asked_id").annotate(count=Count("pk"))
    return {row["asked_id"]: row["count"] for row in counted}


def words_rows(actor: Actor, organisation_id: int, first: dt.date, last: dt.date) -> list[FigureRow]:
    """These words, each at its assignment."""
    begin, end = _moments(first, last)
    seen = visible_assignments(actor).filter(organisation=organisation_id).order_by().values("pk")
    rows = Note.objects.filter(assignment__in=seen, taken_back_at=None, at__gte=begin, at__lt=end).order_by("at", "pk")
    fields = ("at", "text", "progress", "assignment__public_id", "assignment__task__text")
    return [
        FigureRow(
            timezone.localdate(at), text or str(Progress(progress).label), reverse("assignment", args=[public_id]), task
        )
        for at, text, progress, public_id, task in rows.values_list(*fields)
    ]


def settled_rows(actor: Actor, organisation_id: int, first: dt.date, last: dt.date) -> list[FigureRow]:
    """These obstacles, each on the day on which it was settled."""
    begin, end = _moments(first, last)
    steps = ObstacleStep.objects.filter(
        kind=ObstacleStep.Kind.SETTLED, at__gte=begin, at__lt=end, obstacle__asked=organisation_id,
        obstacle__state=Obstacle.State.SETTLED, obstacle__in=visible_obstacles(actor).order_by().values("pk"),
    )  # fmt: skip
    found: dict[str, FigureRow] = {}
    fields = ("at", "obstacle__text", "obstacle__public_id", "obstacle__assignment__organisation__name")
    for at, text, public_id, name in steps.order_by("at", "pk").values_list(*fields):
        found[public_id] = FigureRow(timezone.localdate(at), text, reverse("obstacle", args=[public_id]), name)
    return list(found.values())


def _moments(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of these days, and the first after them."""
    begin, after = dt.datetime.combine(first, dt.time()), dt.datetime.combine(last + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(begin), timezone.make_aware(after)
