"""Who holds which role in which organisation, for rooms below that know organisations by their ids only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from nhipcau.core.actors import Actor

from ..models import Membership, Role
from .tree import reach, valid_on


def coordinators_of(organisation_ids: Iterable[int]) -> dict[int, list[int]]:
    """The people (ids) who coordinate each of these organisations today. One query."""
    held = Membership.objects.filter(
        valid_on(timezone.localdate()), organisation__in=list(organisation_ids), role=Role.COORDINATOR
    )
    found: dict[int, list[int]] = {}
    for organisation_id, person_id in held.order_by("pk").values_list("organisation_id", "person_id"):
        found.setdefault(organisation_id, []).append(person_id)
    return found


def reach_ids(actor: Actor) -> QuerySet[Any, Any]:
    """The ids of the organisations in the actor's reach, to stand inside another query."""
    return reach(actor).values("pk")
