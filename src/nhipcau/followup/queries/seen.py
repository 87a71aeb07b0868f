"""Assignments, starting from those that the actor may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nhipcau.core.actors import Actor
from nhipcau.organisations import queries as organisations

from ..models import Assignment


def visible_assignments(actor: Actor) -> QuerySet[Assignment]:
    """The assignments that ``actor`` may read; the only place that says so for them and all that hangs on them.

    An organisation sees its own and those of organisations below it, all those of plans that it or one below it owns
    (who gives a task follows it), and, as lead of a task, those of its coordinators. Public plans show their tasks to
    everyone, never who is how far.
    """
    if actor.is_system:
        return Assignment.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Assignment.objects.none()
    below = organisations.reach(actor).order_by().values("pk")
    led = Assignment.objects.filter(organisation_id=actor.organisation_id, role="lead", ended="").values("task_id")
    return Assignment.objects.filter(Q(organisation_id__in=below) | Q(owner_id__in=below) | Q(task_id__in=led))


def visible_assignment(actor: Actor, public_id: str) -> Assignment | None:
    """One assignment with what its page needs, or None when it does not exist for this actor."""
    rows = visible_assignments(actor).select_related("task", "plan__organisation", "organisation", "owner", "group")
    return rows.defer("plan__outline", "plan__recipients", "plan__signature").filter(public_id=public_id).first()
