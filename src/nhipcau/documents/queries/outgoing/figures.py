"""Figures for reports: documents that organisations sent in some days, and of which types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import FigureRow

from ...models import Outgoing
from .seen import visible_outgoings


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


def sent_rows(actor: Actor, organisation_id: int, first: dt.date, last: dt.date) -> list[FigureRow]:
    """The documents that were sent."""
    return _rows(actor, organisation_id, first, last)


def sent_letters_rows(actor: Actor, organisation_id: int, first: dt.date, last: dt.date) -> list[FigureRow]:
    """The công văn that were sent."""
    return _rows(actor, organisation_id, first, last, doc_type="Công văn")


def sent_plans_rows(actor: Actor, organisation_id: int, first: dt.date, last: dt.date) -> list[FigureRow]:
    """The plans that were sent."""
    return _rows(actor, organisation_id, first, last, doc_type="Kế hoạch")


def _rows(actor: Actor, organisation_id: int, first: dt.date, last: dt.date, **more: str) -> list[FigureRow]:
    rows = visible_outgoings(actor).filter(
        organisation=organisation_id, state=Outgoing.State.SENT, date__range=(first, last), **more
    )
    return [
        FigureRow(row.date, f"{row.doc_type} {row.symbol}", reverse("outgoing", args=[row.public_id]), row.subject)
        for row in rows.select_related("number__organisation").defer("content").order_by("date", "pk")
    ]
