"""Reads of the calendar's pages: the moves that an actor may see, the names of who changed what."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from nhipcau.core import rooms
from nhipcau.core.actors import Actor
from nhipcau.core.models import CalendarChange, ClockMove, User


def moves_seen(actor: Actor, change: CalendarChange) -> QuerySet[ClockMove]:
    """The clocks that a change moved of the organisations in the actor's reach, the nearest first."""
    found = change.moves.select_related("clock").order_by("new_due_at", "pk")
    if actor.is_system:
        return found
    return found.filter(organisation_id__in=rooms.reach_of(actor))


def people_named(changes: Iterable[CalendarChange]) -> dict[int, str]:
    """The names of the people who made these changes, by id. One query at most."""
    wanted = {change.person_id for change in changes if change.person_id}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
