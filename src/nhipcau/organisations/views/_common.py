"""What the views of this room share."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest

from nhipcau.core.actors import Actor

from ..models import Group, Organisation
from ..queries import group_by_public_id, organisation_by_public_id

SECTION = "organisations"


def actor_of(request: HttpRequest) -> Actor:
    """The actor of the request, put there by ``ActorMiddleware``."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def organisation_or_404(public_id: str) -> Organisation:
    """The organisation of this public id."""
    found = organisation_by_public_id(public_id)
    if found is None:
        raise Http404
    return found


def group_or_404(public_id: str) -> Group:
    """The group of this public id."""
    found = group_by_public_id(public_id)
    if found is None:
        raise Http404
    return found
