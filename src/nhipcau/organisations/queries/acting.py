"""What core may ask about organisations, of which it knows only the ids: who acts in whose name, and what they are
called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from nhipcau.core.actors import Actor
from nhipcau.core.rooms import Named

from ..models import Membership, Organisation
from .tree import valid_on


def actors_of(person_ids: Iterable[int], day: dt.date) -> dict[int, list[Actor]]:
    """In whose names these people may act on a day: one actor for each organisation in which they hold a role. One
    query."""
    held = Membership.objects.filter(valid_on(day), person_id__in=list(person_ids), person__is_active=True)
    roles: dict[int, dict[int, set[str]]] = {}
    for person_id, organisation_id, role in held.order_by("id").values_list("person_id", "organisation_id", "role"):
        roles.setdefault(person_id, {}).setdefault(organisation_id, set()).add(role)
    return {
        person_id: [Actor(person_id, organisation_id, frozenset(held)) for organisation_id, held in places.items()]
        for person_id, places in roles.items()
    }


def named(organisation_ids: Iterable[int]) -> dict[int, Named]:
    """Public id and name of these organisations. One query."""
    found = Organisation.objects.filter(pk__in=list(organisation_ids)).values_list("pk", "public_id", "name")
    return {pk: Named(public_id, name) for pk, public_id, name in found}
