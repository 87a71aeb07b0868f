"""Figures for reports: plans that organisations issued in some days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse

from ..models import Plan


def issued(organisation_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """How many plans of their own, dated in these days, are in the register."""
    rows = Plan.objects.filter(organisation__in=list(organisation_ids), date__range=(first, last))
    counted = rows.order_by().values("organisation_id").annotate(count=Count("pk"))
    return {row["organisation_id"]: row["count"] for row in counted}


def issued_rows(_organisation_id: int, _first: dt.date, _last: dt.date) -> str:
    """The address of the plans."""
    return reverse("plans")
