"""Figures for reports: documents that organisations sent in some days, and of which types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from ...models import Outgoing


def sent(organisation_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """How many documents each organisation sent that are dated in these days."""
    return _count(organisation_ids, first, last)


def sent_letters(organisation_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """Of these, how many were công văn."""
    return _count(organisation_ids, first, last, doc_type="Công văn")


def sent_plans(organisation_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, int]:
    """Of these, how many were plans."""
    return _count(organisation_ids, first, last, doc_type="Kế hoạch")


def _count(organisation_ids: Collection[int], first: dt.date, last: dt.date, **more: str) -> dict[int, int]:
    rows = Outgoing.objects.filter(
        organisation__in=list(organisation_ids), state=Outgoing.State.SENT, date__range=(first, last), **more
    )
    counted = rows.order_by().values("organisation_id").annotate(count=Count("pk"))
    return {row["organisation_id"]: row["count"] for row in counted}


def sent_rows(_organisation_id: int, first: dt.date, last: dt.date) -> str:
    """The address of the documents that were sent."""
    return _address(first, last)


def sent_letters_rows(_organisation_id: int, first: dt.date, last: dt.date) -> str:
    """The address of the công văn that were sent."""
    return _address(first, last, type="Công văn")


def sent_plans_rows(_organisation_id: int, first: dt.date, last: dt.date) -> str:
    """The address of the plans that were sent."""
    return _address(first, last, type="Kế hoạch")


def _address(first: dt.date, last: dt.date, **more: str) -> str:
    """The list knows years; days that lie in two years open all of it."""
    year = {"year": str(first.year)} if first.year == last.year else {}
    return f"{reverse('outgoings')}?{urlencode({'state': 'sent', **year, **more})}"
