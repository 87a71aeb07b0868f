"""Figures for reports: how much organisations told of their work, and what they settled for others, in some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from ..models import Note, Obstacle, ObstacleStep


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


def words_rows(_organisation_id: int, _first: dt.date, _last: dt.date) -> str:
    """The address of the organisation's assignments, each with what was told of it."""
    return reverse("mine")


def settled_rows(_organisation_id: int, _first: dt.date, _last: dt.date) -> str:
    """The address of the obstacles."""
    return reverse("obstacles")


def _moments(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The first moment of these days, and the first after them."""
    begin, after = dt.datetime.combine(first, dt.time()), dt.datetime.combine(last + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(begin), timezone.make_aware(after)
