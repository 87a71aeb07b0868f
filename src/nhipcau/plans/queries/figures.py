"""Figures for reports: plans that organisations issued in some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import FigureRow

from ..models import Plan
from .plans import visible_plans


def issued(organisation_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """How many plans of their own, dated in these days, are in the register."""
    rows = Plan.objects.filter(organisation__in=list(organisation_ids), date__range=(first, last))
    counted = rows.order_by().values("organisation_id").annotate(count=Count("pk"))
    return {row["organisation_id"]: row["count"] for row in counted}


def issued_rows(actor: Actor, organisation_id: int, first: dt.date, last: dt.date) -> list[FigureRow]:
    """These plans."""
    rows = visible_plans(actor).filter(organisation=organisation_id, date__range=(first, last)).order_by("date", "pk")
    return [
        FigureRow(date, title, reverse("plan", args=[slug]), symbol)
        for date, title, slug, symbol in rows.values_list("date", "title", "slug", "symbol")
    ]
