"""The tree of organisations: what lies below an actor, what stands above an organisation, what existed on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from nhipcau.core.actors import Actor
from nhipcau.core.once import once, told

from ..models import Level, Organisation, OrganisationKind


def valid_on(day: dt.date, prefix: str = "") -> Q:
    """The condition "existed on this day" for a model with ``valid_from`` and ``valid_to``.

    ``prefix`` leads to that model ("organisation__").
    """
    began = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    not_ended = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return began & not_ended


def reach(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose things the actor may read by right: their own and all below it. Strangers reach none, the
    system reaches all. To stand inside another query: by the path where this request knows it (``known_path``), which
    the database compares at once, else by a subquery."""
    if actor.is_system:
        return Organisation.objects.all()
    if actor.organisation_id is None or not actor.roles:
        return Organisation.objects.none()
    if known := told(_path_of(actor.organisation_id)):
        return Organisation.objects.filter(path__startswith=str(known))
    own_path = Organisation.objects.filter(pk=actor.organisation_id).values("path")[:1]
    return Organisation.objects.filter(path__startswith=own_path)


def ancestors_ids(organisation_id: int) -> tuple[int, ...]:
    """Ids of the organisations above this one, the highest first. Empty for a root or an id that does not exist."""
    paths = Organisation.objects.filter(pk=organisation_id).values_list("path", flat=True)
    path = once(_path_of(organisation_id), paths.first) or ""
    return tuple(int(part) for part in path.split("/") if part and int(part) != organisation_id)


def known_path(organisation: Organisation) -> None:
    """Within this request the path of this organisation need not be read again."""
    once(_path_of(organisation.pk), lambda: organisation.path)


def _path_of(organisation_id: int) -> tuple[str, int]:
    return "path", organisation_id  # under which a request remembers it


def chain(organisation: Organisation) -> list[Organisation]:
    """The organisation and those above it, the nearest first."""
    ids = [int(part) for part in organisation.path.split("/") if part]
    if len(ids) == 1:
        return [organisation]
    found = Organisation.objects.in_bulk(ids)
    return [found[pk] for pk in reversed(ids) if pk in found]


def office_name() -> str:
    """Whose site this is: the name of the committee at the top of its tree; "" when there is none yet or several."""
    tops = Organisation.objects.filter(parent=None, kind=OrganisationKind.COMMITTEE).exclude(level=Level.CENTRAL)
    names = list(tops.values_list("name", flat=True)[:2])
    return names[0] if len(names) == 1 else ""


def organisation_by_public_id(public_id: str) -> Organisation | None:
    """One organisation; the directory itself is open to every official."""
    return Organisation.objects.select_related("parent").filter(public_id=public_id).first()
