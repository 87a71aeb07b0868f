"""What plans add to pages of rooms below."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from nhipcau.core.actors import Actor
from nhipcau.documents import queries as documents
from nhipcau.documents.models import Document
from nhipcau.organisations.models import Organisation

from ..models import Plan, Task, TaskAgency
from .outline import NEWEST_FIRST
from .plans import meant, sight_of
from .register import RegisterFilter

_PLANS = 20


def still_cited_panel(actor: Actor, document: Document) -> dict[str, Any] | None:
    """On the page of a document that is no longer in force: the live plans that cite it still."""
    if not documents.is_out_of_force(document):
        return None
    citing = Plan.objects.filter(pk__in=sight_of(actor).keys, text__citations__document=document)
    plans = citing.select_related("organisation").defer("outline", "recipients", "signature").order_by(*NEWEST_FIRST)
    count = citing.count()
    if not count:
        return None
    return {
        "plans": list(plans[:_PLANS]),
        "count": count,
        "more": max(0, count - _PLANS),
        "is_official": bool(actor.roles),
    }


def organisation_panel(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    """How many live tasks, duties and reports visible to the actor name the organisation: as lead, as helper, and
    through its groups besides; each number with the register's address that lists exactly these."""
    if not actor.roles:
        return None
    sight = sight_of(actor)
    means = sight.meant if organisation.pk == actor.organisation_id else meant(organisation.pk)
    live = Q(task__state=Task.State.LIVE, task__plan__in=sight.keys)
    rows = TaskAgency.objects.filter(live, organisation=organisation).order_by().values("role")
    counts = dict(rows.annotate(n=Count("task", distinct=True)).values_list("role", "n"))
    through = TaskAgency.objects.filter(live, means).aggregate(n=Count("task", distinct=True))["n"]
    address, register = RegisterFilter(agency=organisation.public_id, kind="all").address, reverse("register")
    return {
        "lead": counts.get(TaskAgency.Role.LEAD, 0),
        "coordinating": counts.get(TaskAgency.Role.COORDINATING, 0),
        "through": through,
        "lead_url": register + address(role="lead"),
        "coordinating_url": register + address(role="coordinating"),
        "through_url": register + address(through="1"),
    }
