"""Who acts: the signed-in person, in the name of one of their organisations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from nhipcau.core.acts import STRANGER, Actor

from .models import Membership

SESSION_KEY = "organisation"


def actor_for(person_id: int, wanted_organisation_id: int | None, today: dt.date) -> Actor:
    """The actor for a person: in the organisation they chose, else in the first where they hold a role today."""
    held = [
        m
        for m in Membership.objects.filter(person_id=person_id).order_by("id")
        if (m.valid_from is None or m.valid_from <= today) and (m.valid_to is None or today <= m.valid_to)
    ]
    if not held:
        return Actor(person_id=person_id)
    chosen = next((m for m in held if m.organisation_id == wanted_organisation_id), held[0]).organisation_id
    return Actor(
        person_id=person_id,
        organisation_id=chosen,
        roles=frozenset(m.role for m in held if m.organisation_id == chosen),
    )


def request_actor(request: HttpRequest) -> Actor:
    """The actor of a request, computed once."""
    if not request.user.is_authenticated:
        return STRANGER
    return actor_for(request.user.pk, request.session.get(SESSION_KEY), timezone.localdate())


class ActorMiddleware:
    """Puts ``request.actor`` there, computed when first asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: request_actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)
